"""The scripts of the set `worlds_final`, one module for each theme."""

from typing import Final

from benchmarks.planted_world.sessions.final import (
    customs,
    depot,
    hearth,
    lake,
    newsroom,
    review,
    school,
    shop,
    survey,
    ward,
)
from benchmarks.planted_world.theme import Theme

THEMES: Final[tuple[Theme, ...]] = (
    ward.THEME,
    school.THEME,
    hearth.THEME,
    customs.THEME,
    newsroom.THEME,
    depot.THEME,
    survey.THEME,
    lake.THEME,
    review.THEME,
    shop.THEME,
)
