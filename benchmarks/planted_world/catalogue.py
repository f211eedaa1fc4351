"""All planted sessions of agents in small worlds, by set."""

from functools import cache
from typing import Final

from benchmarks.planted_world.sessions import THEMES
from benchmarks.planted_world.sessions.blind import THEMES as BLIND
from benchmarks.planted_world.sessions.final import THEMES as FINAL
from benchmarks.planted_world.theme import Session

SETS: Final = {"worlds": THEMES, "worlds_blind": BLIND, "worlds_final": FINAL}
"""Themes by set: one for development, one that was partly seen, one untouched until measured."""


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
