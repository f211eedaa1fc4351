"""From names that were seen to a few globs that mean their like."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from trueline.charter.rules.places import HERE_IS_HOME, HOME, NOWHERE

EVERYTHING_HERE: Final = "*/**"
"""All that lies in the workspace."""

_MANY: Final = 12
"""More folders than this are the workspace as a whole."""

_MAX_OUTSIDE: Final = 20
_MAX_NAMES: Final = 20
_HOMES: Final = frozenset({"home", "Users"})


def place_globs(places: Counter[str], *, is_wide: bool) -> tuple[str, ...]:
    """Return globs that mean the places and what lies beside them.

    Args:
        places: in normal form, with how often.
        is_wide: take the workspace as a whole.
    """
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for place, count in places.items():
        if place.startswith(("/", NOWHERE, HOME)):
            outside[_outer(place)] += count
        else:
            inside[_inner(place.removeprefix(f"{HERE_IS_HOME}/"))] += count
    if len(inside) > _MANY or (is_wide and inside):
        inside = Counter({EVERYTHING_HERE: inside.total()})
    chosen = [glob for glob, _ in (*_ranked(inside), *_ranked(outside)[:_MAX_OUTSIDE])]
    return tuple(glob for glob in chosen if glob)


def party_globs(parties: Counter[str]) -> tuple[str, ...] | None:
    """Return globs that mean the addresses, a domain for mail; None where they are too many."""
    found: Counter[str] = Counter()
    for party, count in parties.items():
        name, at, domain = party.rpartition("@")
        found[f"*@{domain}" if at and name and domain else quoted(party)] += count
    if len(found) > _MAX_NAMES:
        return None
    return tuple(glob for glob, _ in _ranked(found))


def name_globs(names: Counter[str], limit: int = _MAX_NAMES) -> tuple[str, ...] | None:
    """Return globs that mean just these names; None where they are too many."""
    if len(names) > limit:
        return None
    return tuple(dict.fromkeys(quoted(name) for name, _ in _ranked(names)))


def quoted(name: str) -> str:
    """Return a glob for a name: what would be a wildcard in it stands for any one character."""
    return "".join("?" if char in "*{}" or not char.isprintable() else char for char in name)[:1000]


def _ranked(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))


def _inner(place: str) -> str:
    first, slash, _ = place.partition("/")
    if place in (".", "..") or first == "..":
        return EVERYTHING_HERE
    return f"{quoted(first)}/**" if slash else f"./{quoted(place)}"


def _outer(place: str) -> str:
    lead = "~/" if place.startswith(HOME) else "/"
    parts = [part for part in place.lstrip(f"{NOWHERE}{HOME}").split("/") if part]
    folders = parts[:-1]
    deep = 3 if parts[:1] and parts[0] in _HOMES else 1 if lead == "~/" else 2
    kept: Iterable[str] = folders[:deep]
    if not folders:
        return lead + quoted(parts[0]) if parts else ""
    return lead + "/".join(map(quoted, kept)) + "/**"
