"""JSON as hosts really write it: decode fast, repair what can be repaired, say what was done.

`msgspec` is strict and fast, so it goes first.  What it refuses is tried again slowly:
invalid UTF-8, lone surrogates, NUL bytes, raw control characters, `NaN`, numbers out of
range.  Every string that comes out can be encoded as UTF-8.
"""

import json
import math
from typing import Any, Final

import msgspec
from msgspec import Struct

from trueline.trajectory.bounds import is_deep, may_be_deep
from trueline.trajectory.reader import MAX_DEPTH

BOM: Final = b"\xef\xbb\xbf"
MAX_INTEGER_DIGITS: Final = 300
"""An integer with more digits is kept as text: converting it costs quadratic time."""

DECODE_ERRORS: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What a `msgspec.json.Decoder` raises for hostile input."""

DECODER: Final = msgspec.json.Decoder()


class Decoded(Struct, frozen=True):
    """What came of decoding one JSON text.

    Attributes:
        value: the value; None when `failure` is set.
        repairs: what had to be mended first, empty if nothing.
        failure: why there is no value, empty if there is one.
    """

    value: Any = None
    repairs: str = ""
    failure: str = ""


_TOO_DEEP: Final = Decoded(failure=f"JSON is nested deeper than {MAX_DEPTH} levels")


def decode(data: bytes) -> Decoded:
    """Decode one JSON text, mending what can be mended; never raises."""
    try:
        value = DECODER.decode(data)
    except DECODE_ERRORS:
        return decode_slowly(data)
    if may_be_deep(data) and is_deep(value):
        return _TOO_DEEP
    return Decoded(value)


def decode_slowly(data: bytes) -> Decoded:
    """Decode a JSON text that the fast decoder refused; never raises, time linear in `data`."""
    repairs: list[str] = []
    data = data.removeprefix(BOM)
    if b"\x00" in data:
        data = data.replace(b"\x00", b"")
        repairs.append("NUL bytes removed")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode(errors="replace")
        repairs.append("invalid UTF-8 replaced")
    if not text or text.isspace():
        return Decoded(failure="nothing but white space or NUL bytes")
    try:
        value = _LENIENT.decode(text.strip())
    except RecursionError:
        return _TOO_DEEP
    except ValueError as error:
        return Decoded(failure=f"not JSON: {error}")
    if may_be_deep(data) and is_deep(value):
        return _TOO_DEEP
    if "\\u" in text or "\\U" in text:
        mended = without_surrogates(value)
        if mended is not value:
            repairs.append("lone surrogates replaced")
        value = mended
    return Decoded(value, ", ".join(repairs))


def _bounded_integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= MAX_INTEGER_DIGITS else digits


def _finite(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits


_LENIENT: Final = json.JSONDecoder(
    strict=False, parse_constant=str, parse_int=_bounded_integer, parse_float=_finite
)
"""Numbers that are not finite stay text (`"NaN"`), so that they survive being written again."""


def without_surrogates(value: Any) -> Any:
    """Return `value` with lone surrogates replaced; the same object where there are none.

    Recurses, so `value` must be within `MAX_DEPTH`.
    """
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        items = [without_surrogates(item) for item in value]
        return (
            items if any(new is not old for new, old in zip(items, value, strict=True)) else value
        )
    if isinstance(value, dict):
        pairs = [(without_surrogates(key), without_surrogates(item)) for key, item in value.items()]
        changed = any(
            new[0] is not old[0] or new[1] is not old[1]
            for new, old in zip(pairs, value.items(), strict=True)
        )
        return dict(pairs) if changed else value
    return value


def clean_text(text: str) -> str:
    """Return `text` with lone surrogates replaced by U+FFFD, so that it encodes as UTF-8."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def as_text(value: Any) -> str:
    """Return `value` if it is text, else the empty string."""
    return value if isinstance(value, str) else ""


def as_dict(value: Any) -> dict[str, Any]:
    """Return `value` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """Return `value` if it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def as_int(value: Any) -> int | None:
    """Return `value` if it is an integer of at most 64 bits (and not a boolean), else None."""
    if isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63:
        return value
    return None


def as_json(value: Any) -> str:
    """Return `value` as compact JSON text, for content that is neither text nor known."""
    try:
        return msgspec.json.encode(value).decode()
    except (TypeError, ValueError, RecursionError, OverflowError):
        return ""
