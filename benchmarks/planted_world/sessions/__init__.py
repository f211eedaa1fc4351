"""The scripts of the set `worlds`, one module for each theme."""

from typing import Final

from benchmarks.planted_world.sessions import desk, floor, letters, money, office, ops, trips
from benchmarks.planted_world.theme import Theme

THEMES: Final[tuple[Theme, ...]] = (
    office.THEME,
    letters.THEME,
    money.THEME,
    desk.THEME,
    floor.THEME,
    trips.THEME,
    ops.THEME,
)
