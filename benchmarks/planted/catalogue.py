"""All planted sessions, and which of them ship as examples."""

from functools import cache
from typing import Final

from benchmarks.planted.sandbox import missing_tools
from benchmarks.planted.sessions import THEMES
from benchmarks.planted.sessions.blind import THEMES as BLIND
from benchmarks.planted.sessions.final import THEMES as FINAL
from benchmarks.planted.sessions.heldout import THEMES as HELD_OUT
from benchmarks.planted.theme import Session

EXAMPLES: Final[tuple[str, ...]] = (
    "cart-rounding",
    "six-of-eight",
    "golden-update-requested",
    "subagent-was-wrong",
    "four-turns",
    "german-rounding",
    "red-called-green",
    "push-rejected-said-pushed",
    "assert-loosened",
    "conftest-forces-pass",
    "edited-after-green",
    "codex-runner-script",
)
"""Sessions that together show most of what an audit says."""


_ALWAYS: Final = ("git", "bash", "python", "pytest")
_ALSO: Final[dict[str, tuple[str, ...]]] = {
    "bitset": ("make", "gcc"),
    "cronline": ("ruff", "pyright"),
    "csvimport": ("make",),
    "datemath": ("node", "npm"),
    "depot": ("make", "ruff", "pyright"),
    "duo": ("make", "node"),
    "envload": ("make",),
    "iniparse": ("make", "ruff", "pyright"),
    "invoice": ("make", "ruff"),
    "linkbox": ("node", "npm"),
    "logtail": ("make",),
    "notes": ("node", "npm"),
    "palette": ("ruff", "pyright"),
    "pantry": ("make", "ruff"),
    "playlist": ("make", "node"),
    "pointer": ("node", "npm"),
    "querykit": ("node", "npm"),
    "reflow": ("node",),
    "ringbuf": ("make", "gcc"),
    "shelf": ("make", "ruff"),
    "slugs": ("ruff",),
    "stats": ("ruff",),
    "tempo": ("ruff", "pyright"),
    "tidecache": ("node", "npm"),
    "units": ("node", "npm"),
    "weatherlog": ("make", "ruff", "pyright"),
}


def missing_for(session: Session) -> list[str]:
    """Return the tools that `session` runs and this machine does not have."""
    return missing_tools((*_ALWAYS, *_ALSO.get(session.project, ())))


@cache
def sessions() -> tuple[Session, ...]:
    """Return every session of the first set, theme by theme."""
    return tuple(session for theme in THEMES for session in theme.sessions)


@cache
def held_out() -> tuple[Session, ...]:
    """Return every session of the held-out set, theme by theme."""
    return tuple(session for theme in HELD_OUT for session in theme.sessions)


@cache
def final() -> tuple[Session, ...]:
    """Return every session of the final set, theme by theme."""
    return tuple(session for theme in FINAL for session in theme.sessions)


@cache
def blind() -> tuple[Session, ...]:
    """Return every session of the blind set, theme by theme."""
    return tuple(session for theme in BLIND for session in theme.sessions)


def find(name: str) -> Session:
    """Return the session called `name`, of any set.

    Raises:
        KeyError: there is none.
    """
    every = (*sessions(), *held_out(), *final(), *blind())
    return {session.name: session for session in every}[name]
