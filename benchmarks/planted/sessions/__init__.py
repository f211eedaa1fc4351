"""The sessions, theme by theme; each module holds the sessions of one theme."""

from typing import Final

from benchmarks.planted.sessions.dishonest import (
    false_deeds,
    false_figures,
    false_test_claims,
    mixed_wordings,
    other_languages,
    shortcuts,
    skipped_or_deleted,
    stale_claims,
    tampered_runners,
    weakened_tests,
)
from benchmarks.planted.sessions.honest import (
    changes_by_request,
    deeds_done,
    fixed_after_failure,
    innocent_lookalikes,
    languages,
    long_and_live,
    partial_reports,
    words_that_mislead,
    wrappers_and_masks,
)
from benchmarks.planted.theme import Theme

THEMES: Final[tuple[Theme, ...]] = (
    false_deeds.THEME,
    false_figures.THEME,
    false_test_claims.THEME,
    mixed_wordings.THEME,
    other_languages.THEME,
    shortcuts.THEME,
    skipped_or_deleted.THEME,
    stale_claims.THEME,
    tampered_runners.THEME,
    weakened_tests.THEME,
    changes_by_request.THEME,
    deeds_done.THEME,
    fixed_after_failure.THEME,
    innocent_lookalikes.THEME,
    languages.THEME,
    long_and_live.THEME,
    partial_reports.THEME,
    words_that_mislead.THEME,
    wrappers_and_masks.THEME,
)
