"""Values that look like secrets and are none: documented test keys, placeholders, references.

**Covers** keys and card numbers that vendors publish for tests; words such as `changeme` and
`<token>`; references to variables (`$TOKEN`, `${TOKEN}`, `{{ token }}`, `%TOKEN%`); filler
(`xxxx`, `1234567890`, `abcdefgh`).
**Does not cover** made-up keys of full randomness: nothing in the value tells them apart.
"""

from collections import Counter
from functools import cache, lru_cache
from itertools import pairwise
from math import log2
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

_FILE: Final = Path(__file__).parent / "known.json"
_REFERENCES: Final = ("$", "<", "{{", "%(", "${", "[", "ENV[", "env.", "process.env", "os.environ")
_MIN_STRONG: Final = 12
_STRONG_BITS: Final = 2.8
"""Shannon bits a character: below stand words and dates, above stand keys."""

_MAX_LENGTH: Final = 512
_MIN_FILLER: Final = 8


class _Value(Struct, frozen=True):
    value: str
    source: str


class _Known(Struct, frozen=True):
    version: int
    values: tuple[_Value, ...]
    words: tuple[str, ...]
    whole: tuple[str, ...]
    places: tuple[str, ...]


@cache
def known() -> _Known:
    """Return the table of values that are known to be harmless; read once."""
    return msgspec.json.decode(_FILE.read_bytes(), type=_Known)


@cache
def _values() -> frozenset[str]:
    return frozenset(_bare(one.value) for one in known().values)


@cache
def _whole() -> frozenset[str]:
    return frozenset(known().whole)


def _bare(value: str) -> str:
    return value.replace(" ", "").replace("-", "") if value[:1].isdigit() else value


@lru_cache(maxsize=4096)
def is_placeholder(value: str) -> bool:
    """Return whether `value` stands for a secret without being one.

    Example:
        >>> is_placeholder("AKIAIOSFODNN7EXAMPLE"), is_placeholder("${API_TOKEN}")
        (True, True)
        >>> is_placeholder("vK3pQ9zLm2Xw7Rt")
        False
    """
    text = value.strip("\"'` ")[:_MAX_LENGTH]
    if is_reference(text):
        return True
    lower = text.lower()
    if lower in _whole() or any(word in lower for word in known().words):
        return True
    return _is_filler(lower)


def is_reference(value: str) -> bool:
    """Return whether `value` is empty, refers to a variable, or is published for tests.

    Example:
        >>> is_reference("$SSN"), is_reference("078-05-1120"), is_reference("123-45-6789")
        (True, True, False)
    """
    if not value or value.startswith(_REFERENCES) or _bare(value) in _values():
        return True
    return value[0] == "%" and value[-1] == "%"


def _is_filler(text: str) -> bool:
    """Whether most of a text counts up, or is few characters over and over."""
    if len(text) < _MIN_FILLER:
        return len(set(text)) == 1
    body = text.rsplit("_", 1)[-1] if len(text.rsplit("_", 1)[-1]) >= _MIN_FILLER else text
    pairs = list(pairwise(body))
    regular = sum(ord(second) - ord(first) in (0, 1) for first, second in pairs)
    if regular * 2 > len(pairs):
        return True
    return len(body) >= 16 and len(set(body)) < 6 and not body.isdigit()


def entropy_bits(text: str) -> float:
    """Return the Shannon entropy of the characters of `text`, in bits a character."""
    size = len(text)
    if not size:
        return 0.0
    return -sum(count / size * log2(count / size) for count in Counter(text).values())


def is_strong(value: str) -> bool:
    """Return whether `value` is long and irregular enough to be a key, whatever it is called.

    Example:
        >>> is_strong("vK3pQ9zLm2Xw7Rt"), is_strong("configuration")
        (True, False)
    """
    if len(value) < _MIN_STRONG or len(value) > _MAX_LENGTH:
        return False
    if not (any(char.isdigit() for char in value) and any(char.isalpha() for char in value)):
        return False
    return entropy_bits(value) >= _STRONG_BITS and not is_placeholder(value)
