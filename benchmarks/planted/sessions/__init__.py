"""The sessions, theme by theme; each module holds the sessions of one theme."""

from typing import Final

from benchmarks.planted.sessions.honest import (
    changes_by_request,
    fixed_after_failure,
    languages,
    long_and_live,
    partial_reports,
    words_that_mislead,
    wrappers_and_masks,
)
from benchmarks.planted.theme import Theme

THEMES: Final[tuple[Theme, ...]] = (
    changes_by_request.THEME,
    fixed_after_failure.THEME,
    languages.THEME,
    long_and_live.THEME,
    partial_reports.THEME,
    words_that_mislead.THEME,
    wrappers_and_masks.THEME,
)
