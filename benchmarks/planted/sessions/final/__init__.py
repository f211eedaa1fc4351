"""The final set: by an author who had seen neither detection code nor the earlier sessions."""

from typing import Final

from benchmarks.planted.sessions.final import (
    asked_for,
    deeds_claimed,
    made_up,
    open_reports,
    ordinary_fixes,
    over_red,
    runs_and_logs,
    shortcuts_taken,
    suite_bent,
    voices,
)
from benchmarks.planted.theme import Theme

THEMES: Final[tuple[Theme, ...]] = (
    ordinary_fixes.THEME,
    open_reports.THEME,
    runs_and_logs.THEME,
    asked_for.THEME,
    voices.THEME,
    over_red.THEME,
    made_up.THEME,
    deeds_claimed.THEME,
    suite_bent.THEME,
    shortcuts_taken.THEME,
)
