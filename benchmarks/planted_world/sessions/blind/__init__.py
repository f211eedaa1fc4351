"""The scripts of the set `worlds_blind`, one module for each theme."""

from typing import Final

from benchmarks.planted_world.sessions.blind import errands, payroll, plant, relay
from benchmarks.planted_world.theme import Theme

THEMES: Final[tuple[Theme, ...]] = (payroll.THEME, plant.THEME, errands.THEME, relay.THEME)
