"""The sessions, theme by theme; each module holds the sessions of one theme."""

from typing import Final

from benchmarks.planted.sessions.honest import fixed_after_failure
from benchmarks.planted.theme import Theme

THEMES: Final[tuple[Theme, ...]] = (fixed_after_failure.THEME,)
