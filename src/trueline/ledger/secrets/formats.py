"""Secrets by their published formats, and which hosts each belongs to.

The table is data (`formats.json`), each row with its source.  A text is first searched once for
the beginnings of all formats together; only where one stands are the formats themselves tried.
RE2 makes both linear in the text.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from trueline.core.patterns import Match, Pattern, pattern, pattern_set
from trueline.ledger.secrets.checksums import passes_luhn
from trueline.ledger.secrets.placeholders import is_placeholder

Sort = Literal["credential", "personal", "contact"]
"""Credentials, data that identify or burden a person, and ways to reach one."""

_FILE: Final = Path(__file__).parent / "formats.json"
_MOST: Final = 256
"""Secrets of one text; no text that means something holds more."""

_LOCAL: Final = ("localhost", "127.", "0.0.0.0", "[::1]", "host.docker.internal")  # noqa: S104 - looked for


class Format(Struct, frozen=True, forbid_unknown_fields=True):
    """One published format.

    Attributes:
        name: stable identifier.
        title: what it is, in words.
        hint: a short pattern that every such value begins with, or has near its beginning.
        pattern: the value; its first group where it has one.
        homes: domains, or words of host names, that it is meant to be sent to.
        source: where the format is published.
        check: a check digit that has to be right.
        sort: credentials, or data about a person.
        is_weak: such values are also made public, or used in tests, all day.
    """

    name: str
    title: str
    hint: str
    pattern: str
    homes: tuple[str, ...]
    source: str
    check: Literal["", "luhn"] = ""
    sort: Sort = "credential"
    is_weak: bool = False


class _Table(Struct, frozen=True):
    version: int
    formats: tuple[Format, ...]


class Secret(Struct, frozen=True):
    """One value that has the format of a secret.

    Attributes:
        format: the format.
        value: the secret itself.
        start: where it starts in the text, in characters.
        end: where it ends.
        around: the match as a whole, such as the address that holds a password.
    """

    format: Format
    value: str
    start: int
    end: int
    around: str


@cache
def formats() -> tuple[Format, ...]:
    """Return the table of formats; read once."""
    return msgspec.json.decode(_FILE.read_bytes(), type=_Table).formats


@cache
def _hints() -> Pattern:
    return pattern("|".join(f"(?:{one.hint})" for one in formats()))


@cache
def _which() -> Callable[[str], list[int]]:
    return pattern_set([one.hint for one in formats()])


def may_hold_secrets(text: str) -> bool:
    """Return whether a text holds the beginning of any format: one search."""
    return _hints().search(text) is not None


def secrets_in(text: str) -> list[Secret]:
    """Return the values in `text` that have the format of a secret and are no known test value.

    Example:
        >>> [one.format.name for one in secrets_in("key AKIAIOSFODNN7EXAMPLE")]
        []
        >>> [one.value for one in secrets_in("psql postgres://app:r4Nd0mPw@db.acme.io/x")]
        ['r4Nd0mPw']
    """
    if not may_hold_secrets(text):
        return []
    found: list[Secret] = []
    for index in sorted(_which()(text)):
        one = formats()[index]
        for match in pattern(one.pattern).finditer(text):
            secret = _secret(one, match)
            if secret is not None and len(found) < _MOST:
                found.append(secret)
    return sorted(found, key=lambda secret: secret.start)


def _secret(one: Format, match: Match) -> Secret | None:
    group = 1 if match.groups() and match.group(1) else 0
    value: str = match.group(group)
    if one.check == "luhn" and not passes_luhn(value):
        return None
    if one.name != "private-key" and is_placeholder(value):
        return None
    if one.name == "url-password" and _is_local(match.group()):
        return None
    return Secret(one, value, match.start(group), match.end(group), match.group())


def _is_local(address: str) -> bool:
    """Whether an address leads to one's own machine, or to a container by its short name."""
    host = address.rpartition("@")[2]
    return "." not in host or host.startswith(_LOCAL) or host.endswith(".local")
