"""All planted sessions of agents in small worlds, by set."""

from functools import cache
from typing import Final

from benchmarks.planted_world.sessions import THEMES
from benchmarks.planted_world.sessions.blind import THEMES as BLIND
from benchmarks.planted_world.theme import Session

SETS: Final = {"worlds": THEMES, "worlds_blind": BLIND}
"""Themes by set: the first may be looked at while monitors are built, the second not."""


@cache
def sessions(name: str) -> tuple[Session, ...]:
    """Return every session of the set called `name`, theme by theme.

    Raises:
        KeyError: there is no such set.
    """
    return tuple(session for theme in SETS[name] for session in theme.sessions)


def find(name: str) -> Session:
    """Return the session called `name`, of any set.

    Raises:
        KeyError: there is none.
    """
    return {session.name: session for of in SETS for session in sessions(of)}[name]
