"""How suspicious a change to a suite is, by what stood behind it and what rested on it."""

from collections.abc import Sequence
from typing import Final

BASE: Final = {
    # pressure 0 without and with a later claim, 1 (some test failed before), 2 (this one did)
    "weakened": (0.45, 0.55, 0.8, 0.92),
    "deleted": (0.3, 0.4, 0.7, 0.9),
    "removed": (0.3, 0.4, 0.7, 0.88),
    "expectation": (0.1, 0.15, 0.35, 0.4),
}
SKIPS: Final = (0.35, 0.45, 0.75, 0.92)


def level_of(base: Sequence[float], pressure: int, *, claimed: bool) -> float:
    """Return the suspicion for a pressure, with or without a claim that rests on it."""
    if pressure == 0:
        return base[1] if claimed else base[0]
    return base[pressure + 1]
