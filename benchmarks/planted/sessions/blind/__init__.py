"""The blind set: by a fourth author, who had seen neither detection code nor earlier sessions."""

from typing import Final

from benchmarks.planted.sessions.blind import (
    bent_rules,
    clean_bills,
    crowded_logs,
    empty_deeds,
    green_words,
    on_request,
    steady_fixes,
    told_openly,
    tongues,
)
from benchmarks.planted.theme import Theme

THEMES: Final[tuple[Theme, ...]] = (
    steady_fixes.THEME,
    told_openly.THEME,
    crowded_logs.THEME,
    on_request.THEME,
    tongues.THEME,
    green_words.THEME,
    empty_deeds.THEME,
    clean_bills.THEME,
    bent_rules.THEME,
)
