"""All planted sessions, and which of them ship as examples."""

from functools import cache
from typing import Final

from benchmarks.planted.sessions import THEMES
from benchmarks.planted.theme import Session

EXAMPLES: Final[tuple[str, ...]] = ()
"""Sessions that together show most of what an audit says."""


@cache
def sessions() -> tuple[Session, ...]:
    """Return every session, theme by theme."""
    return tuple(session for theme in THEMES for session in theme.sessions)


def find(name: str) -> Session:
    """Return the session called `name`.

    Raises:
        KeyError: there is none.
    """
    return {session.name: session for session in sessions()}[name]
