"""The held-out set, by an author who saw neither the first set nor what is measured with it."""

from typing import Final

from benchmarks.planted.sessions.heldout import (
    asked_changes,
    hosts_and_people,
    logs_and_wrappers,
    red_then_green,
    scoped_words,
    two_languages,
)
from benchmarks.planted.theme import Theme

THEMES: Final[tuple[Theme, ...]] = (
    asked_changes.THEME,
    hosts_and_people.THEME,
    logs_and_wrappers.THEME,
    red_then_green.THEME,
    scoped_words.THEME,
    two_languages.THEME,
)
