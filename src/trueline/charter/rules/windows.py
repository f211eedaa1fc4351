"""Bounds at work: numbers of one call, and counts and sums over a window that moves with it.

Constant work per effect: a window drops what has left it, each entry once.
"""

from collections import deque
from collections.abc import Callable
from math import isfinite
from typing import Final

from trueline.charter.model import Bound

_SLACK: Final = 1e-9
"""Relative; what sums of decimal fractions lose in binary."""


class Window:
    """How one bound stands in one run."""

    __slots__ = ("_bound", "_entries", "_last", "_total")

    def __init__(self, bound: Bound) -> None:
        self._bound = bound
        self._entries: deque[tuple[float, float]] = deque()
        self._total = 0.0
        self._last = 0.0

    def add(
        self, amount: float | None, unit: str, now: float | None, undo: list[Callable[[], None]]
    ) -> bool | None:
        """Count one effect, and return whether the bound is passed by it; None if unknown.

        Args:
            amount: the effect's, None where it names none.
            unit: its unit as `normal_unit` writes it; an empty one is taken for the bound's.
            now: seconds; None where the record has no time.
            undo: what takes the effect back is added here.
        """
        bound = self._bound
        if bound.measure != "count":
            if amount is None or not isfinite(amount):
                return None
            if unit and bound.unit and unit != bound.unit:
                return False
            if bound.measure == "amount":
                return amount > bound.value
        value = 1.0 if bound.measure == "count" else max(amount or 0.0, 0.0)
        if bound.window_s is None:
            self._total += value
            undo.append(lambda: self._drop(value))
        elif now is None:
            return None
        else:
            self._move(now)
            self._entries.append((self._last, value))
            self._total += value
            undo.append(self._pop)
        return self._total > bound.value * (1 + _SLACK)

    def _move(self, now: float) -> None:
        """Let go of what is as old as the window is long; a clock set back stands still."""
        self._last = max(self._last, now)
        start = self._last - (self._bound.window_s or 0.0)
        entries = self._entries
        while entries and entries[0][0] <= start:
            self._total -= entries.popleft()[1]
        if not entries:
            self._total = 0.0

    def _drop(self, value: float) -> None:
        self._total -= value

    def _pop(self) -> None:
        self._total -= self._entries.pop()[1]


def is_foreign(bound: Bound, unit: str) -> bool:
    """Return whether an amount is in another unit than the bound's."""
    return bound.measure != "count" and bool(unit) and bool(bound.unit) and unit != bound.unit
