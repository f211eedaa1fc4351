"""Values that bear a secret's name: `password: …`, `"api_key": "…"`, "the security code is …".

The names are data (`names.json`).  A name alone proves little, so the value has to look like a
secret of its sort, and be neither a word of code nor a placeholder.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from trueline.core.patterns import Match, Pattern, pattern
from trueline.ledger.provenance.disguises import unescaped
from trueline.ledger.secrets.formats import Sort
from trueline.ledger.secrets.placeholders import is_placeholder, is_reference, is_strong

_FILE: Final = Path(__file__).parent / "names.json"
_MOST: Final = 256
_SIGN: Final = (
    r"[\\\"'`*]{0,4}[ \t]{0,4}(?:\([^()\n]{0,40}\)[ \t]{0,2})?"
    r"(?:(?:is|are|was|ist|lautet|es|est|=>|:=|->)[ \t:]{1,3}|[=:：]|是|为)"
    r"[ \t]{0,4}\\{0,2}"
)
_VALUE: Final = (
    r"(?:\"([^\"\\\n]{3,256})|'([^'\\\n]{3,256})|[`*]{0,3}([^\s\"'`,;<>(){}\[\]\\]{3,256}))"
)
_CODE: Final = r"^[A-Za-z_][A-Za-z_]*(?:[.:/_-]+[A-Za-z_]+)*[.!?:]?$"
_ANY_KEY: Final = (
    r"(?i)(?:api|access|auth|private|secret|signing|encryption|licen[sc]e|master)[_ -]?keys?$"
)
"""Other keys open nothing unless they look it: sort keys, keys of maps."""

_SORTS: Final[tuple[Sort, ...]] = ("credential", "personal", "contact")
_DIGITS: Final = frozenset("0123456789")
_SYMBOLS: Final = frozenset("!@#$%^&*+=?~|/")
_MIN_PASSWORD: Final = 6
_CODES: Final = range(4, 9)
"""Digits of a PIN or a one-time code."""


class _Sort(Struct, frozen=True):
    sort: Sort
    source: str
    names: tuple[str, ...]


class _Table(Struct, frozen=True):
    version: int
    sorts: tuple[_Sort, ...]
    not_names: frozenset[str]


class Named(Struct, frozen=True):
    """One value and the name that it bears.

    Attributes:
        sort: a credential, or data about a person.
        name: the name as written.
        value: the value, JSON escapes undone.
    """

    sort: Sort
    name: str
    value: str


@cache
def _table() -> _Table:
    return msgspec.json.decode(_FILE.read_bytes(), type=_Table)


@cache
def _bare(sort: Sort) -> str:
    return "|".join(name for one in _table().sorts if one.sort == sort for name in one.names)


@cache
def _names() -> Pattern:
    return pattern("|".join(f"(?:{_bare(sort)})" for sort in _SORTS), ignore_case=True)


@cache
def _named() -> Pattern:
    sorts = "|".join(f"({_bare(sort)})" for sort in _SORTS)
    names = rf"([\w.-]{{0,40}}?)(?:{sorts})"
    return pattern(names + _SIGN + _VALUE, ignore_case=True)


@cache
def _exact(sort: Sort) -> Pattern:
    return pattern(rf"^(?:[\w.-]*[_.-])?(?:{_bare(sort)})$", ignore_case=True)


def names_in(text: str) -> bool:
    """Return whether a text holds a word by which secrets are called."""
    return _names().search(text) is not None


@lru_cache(maxsize=4096)
def sort_of_name(name: str) -> Sort | None:
    """Return what a field called `name` holds, None if nothing that is secret.

    Example:
        >>> sort_of_name("client_secret"), sort_of_name("max_tokens"), sort_of_name("title")
        ('credential', None, None)
    """
    spaced = "".join(f"_{char}" if char.isupper() else char for char in name[:80])
    for form in (name[:80], spaced.replace("__", "_").lstrip("_")):
        if _is_other(form):
            continue
        for sort in _SORTS:
            if _exact(sort).search(form):
                return sort
    return None


def _is_other(name: str) -> bool:
    parts = name.lower().replace("-", "_").replace(".", "_").replace(" ", "_").split("_")
    return any(part in _table().not_names for part in parts)


def named_values(text: str, *, is_lax: bool = False) -> list[Named]:
    """Return the values in `text` that bear a secret's name and look the part.

    Args:
        text: any text.
        is_lax: the text is known to hold secrets, so that plain words count too.

    Example:
        >>> [(one.sort, one.value) for one in named_values("DB_PASSWORD=x9!kT2 port=5432")]
        [('credential', 'x9!kT2')]
        >>> named_values("password: str, token = get_token()")
        []
    """
    if not names_in(text):
        return []
    found: list[Named] = []
    for match in _named().finditer(unescaped(text)):
        one = _read(match, is_lax=is_lax)
        if one is not None and len(found) < _MOST:
            found.append(one)
    return found


def _read(match: Match, *, is_lax: bool) -> Named | None:
    prefix, *rest = match.groups()
    called = next(number for number, name in enumerate(rest[: len(_SORTS)]) if name)
    sort, last = _SORTS[called], rest[called]
    values = rest[len(_SORTS) :]
    value = next(text for text in values if text)
    trimmed = value.rstrip(".,;:*`") if values[-1] else value
    name = (prefix or "") + last
    if _is_other(name) or _is_part_of_word(prefix or "", last):
        return None
    if sort == "credential":
        fits = _is_credential(name, trimmed, is_lax=is_lax)
    else:
        fits = _is_personal(trimmed)
    return Named(sort, name, trimmed) if fits else None


def _is_part_of_word(prefix: str, name: str) -> bool:
    """Whether a name only ends a longer word: `spin`; `dbPassword`, `userpassword` are names."""
    if not prefix[-1:].isalnum() or name[0].isupper():
        return False
    return not name.lower().startswith(("passw", "secret", "token", "apikey"))


def _is_credential(name: str, value: str, *, is_lax: bool) -> bool:
    if is_placeholder(value):
        return False
    if _DIGITS.issuperset(value):
        return len(value) in _CODES and _is_code_name(name)
    if len(value) < _MIN_PASSWORD or " " in value or value.startswith(("/", "./", "http", "~/")):
        return False
    if is_strong(value):
        return True
    if name.lower().rstrip("s").endswith("key") and pattern(_ANY_KEY).search(name) is None:
        return False
    if pattern(_CODE).search(value):
        return is_lax and "." not in value and "_" not in value
    return not _DIGITS.isdisjoint(value) or not _SYMBOLS.isdisjoint(value)


def _is_code_name(name: str) -> bool:
    lower = name.lower()
    return any(word in lower for word in ("code", "pin", "otp", "验证码"))


def _is_personal(value: str) -> bool:
    if is_reference(value):
        return False
    return sum(char in _DIGITS for char in value) >= 4 or len(value) >= 12
