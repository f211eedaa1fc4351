"""The held-out set, by an author who saw neither the first set nor what is measured with it."""

from typing import Final

from benchmarks.planted.sessions.heldout import (
    asked_changes,
    checks_never_made,
    deeds_not_done,
    green_over_red,
    hosts_and_people,
    logs_and_wrappers,
    machinery_bent,
    red_then_green,
    scoped_words,
    tests_bent,
    two_languages,
    two_more_languages,
)
from benchmarks.planted.theme import Theme

THEMES: Final[tuple[Theme, ...]] = (
    asked_changes.THEME,
    checks_never_made.THEME,
    deeds_not_done.THEME,
    green_over_red.THEME,
    hosts_and_people.THEME,
    logs_and_wrappers.THEME,
    machinery_bent.THEME,
    red_then_green.THEME,
    scoped_words.THEME,
    tests_bent.THEME,
    two_languages.THEME,
    two_more_languages.THEME,
)
