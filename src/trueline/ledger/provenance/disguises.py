"""The same value under other spellings: quoting, percent, base64 and hex encoding, white space.

Everything here is a pure function of one text, linear in it, and never raises.
"""

import base64
import binascii
from typing import Final, Literal
from urllib.parse import unquote_plus

from trueline.core.patterns import Match, pattern

Form = Literal["url", "base64", "hex", "quoted"]

_ALPHABET: Final = frozenset("+/_-=")
_NOT_ENCODED: Final = str.maketrans(
    {
        chr(code): " "
        for code in range(0x80)
        if not chr(code).isalnum() and chr(code) not in _ALPHABET
    }
)
_MIN_RUN: Final = 8
_PERCENT: Final = r"%[0-9A-Fa-f]{2}"
_UNICODE_ESCAPE: Final = r"\\u[0-9A-Fa-f]{4}"
_HEX_DIGITS: Final = frozenset("0123456789abcdefABCDEF")
_MIN_DECODED: Final = 4
_MAX_RUNS: Final = 20_000
"""Encoded-looking runs that are tried in one text; no text that means something has more."""

_UNQUOTED: Final = str.maketrans({"\\": None, '"': None, "'": None, "`": None})


def collapsed(text: str) -> str:
    """Return `text` in lower case, every run of white space one space."""
    return " ".join(text.lower().split())


def unquoted(text: str) -> str:
    r"""Return `text` in lower case without quotes, backslashes and the escapes of JSON."""
    return collapsed(unescaped(text).translate(_UNQUOTED))


def unescaped(text: str) -> str:
    r"""Return `text` with `\n`, `\t`, `\"`, `\/`, `\\` and `\uXXXX` turned into what they mean."""
    if "\\" not in text:
        return text
    text = text.replace("\\\\", "\x00")
    for escape, meaning in (
        ("\\n", "\n"),
        ("\\t", "\t"),
        ("\\r", "\r"),
        ('\\"', '"'),
        ("\\/", "/"),
    ):
        text = text.replace(escape, meaning)
    if "\\u" in text:
        text = pattern(_UNICODE_ESCAPE).sub(_escaped_char, text)
        # Two escapes may stand for one character beyond the first plane.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\x00", "\\")


def _escaped_char(found: Match) -> str:
    return chr(int(found.group()[2:], 16))


def percent_decoded(text: str) -> str:
    """Return `text` with percent encoding undone, `""` if there is none in it."""
    if "%" not in text or pattern(_PERCENT).search(text) is None:
        return ""
    return unquote_plus(text, errors="replace")


def decoded(run: str) -> tuple[str, Form] | None:
    """Return what `run` says if it is base64 or hex of readable text, else None."""
    if len(run) % 2 == 0 and _HEX_DIGITS.issuperset(run):
        found = _readable(bytes.fromhex(run))
        if found:
            return found, "hex"
    body = run.rstrip("=")
    if (
        not run.isascii()
        or len(body) % 4 == 1
        or body.isdigit()
        or (body.islower() and len(body) < 16)
    ):
        return None
    padded = body.replace("-", "+").replace("_", "/") + "=" * (-len(body) % 4)
    try:
        data = base64.b64decode(padded, validate=True)
    except (binascii.Error, ValueError):
        return None
    found = _readable(data)
    return (found, "base64") if found else None


def _readable(data: bytes) -> str:
    if len(data) < _MIN_DECODED:
        return ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    plain = text.replace("\n", "").replace("\t", "").replace("\r", "")
    if not plain.isprintable() or not any(char.isalnum() for char in plain):
        return ""
    # Random bytes that happen to be UTF-8 are mostly not letters of one script.
    return text if sum(char.isascii() for char in plain) * 2 >= len(plain) else ""


def hidden_texts(text: str) -> list[tuple[str, Form]]:
    """Return the readable texts that stand encoded in `text` as base64 or hex.

    A run that follows an equals sign (`data=aGVsbG8…`) is read without what stands before.
    """
    found: list[tuple[str, Form]] = []
    seen: set[str] = set()
    for run in text.translate(_NOT_ENCODED).split():
        if len(run) < _MIN_RUN or run in seen or not _looks_encoded(run):
            continue
        if len(seen) >= _MAX_RUNS:
            break
        seen.add(run)
        body = run.rstrip("=")
        inner = run[body.rfind("=") + 1 :]
        text_and_form = decoded(inner) if len(inner) >= _MIN_RUN else None
        if text_and_form is not None:
            found.append(text_and_form)
    return found


def _looks_encoded(run: str) -> bool:
    """Whether `run` is unlike a word: it mixes cases or digits as encodings do."""
    if _HEX_DIGITS.issuperset(run):
        return len(run) % 2 == 0
    if run.endswith("=") or len(run) >= 32:
        return True
    return not run.islower() and not run.isupper() and not run.istitle()
