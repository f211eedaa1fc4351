"""Bursts: effects that matter, far more of them in a row than the run's own rate.

The calls of a run are counted in windows of `WINDOW`; k effects that matter in a window are
held against the m that the rate outside it would bring, by Chernoff's bound on the Poisson
tail, exp(-(k ln(k/m) - k + m)), times the number of windows (Bonferroni).  A bound, so the
chance is never understated.

A burst is a note and no more: "delete all of them" looks the same.
"""

from collections.abc import Iterator
from math import log
from typing import Final

from trueline.ledger import Ledger
from trueline.ledger.model import Verb
from trueline.monitors.drift.sign import NAME, shown_call
from trueline.monitors.protocol import Observation

WINDOW: Final = 20
"""Calls in one window."""
LEAST: Final = 8
"""Effects in a window that may be a burst."""
CHANCE: Final = 1e-3
"""Chance, over all windows, below which it is one."""

_MATTER: Final[frozenset[Verb]] = frozenset({"send", "pay", "grant", "delete", "push", "deploy"})


def bursts(ledger: Ledger) -> Iterator[Observation]:
    """Yield the densest window of effects that matter, if it is far above the run's rate."""
    matter = [effect.step for effect in ledger.effects if effect.verb in _MATTER]
    if len(matter) < LEAST:
        return
    calls = sorted({effect.step for effect in ledger.effects})
    if len(calls) < 3 * WINDOW:
        return
    place = {step: index for index, step in enumerate(calls)}
    at = [place[step] for step in matter]
    first, most, start = 0, 0, 0
    for end, position in enumerate(at):
        while position - at[first] >= WINDOW:
            first += 1
        if end - first + 1 > most:
            most, start = end - first + 1, first
    expected = (len(at) - most + 0.5) * WINDOW / (len(calls) - WINDOW)
    if most < LEAST or most <= expected:
        return
    chance = _bound(most, expected) + log(len(calls) / WINDOW)
    if chance > log(CHANCE):
        return
    yield Observation(
        monitor=NAME,
        kind="drift",
        rule="burst",
        suspicion=0.3,
        severity="note",
        explanation=f"{most} effects that reach others or take something away came within "
        f"{WINDOW} calls; at the rate of the rest of the run {expected:.1f} would have.",
        evidence=(
            shown_call(ledger, matter[start], "first of them"),
            shown_call(ledger, matter[start + most - 1], "last of them"),
        ),
    )


def _bound(found: int, expected: float) -> float:
    """Return the logarithm of Chernoff's bound on the chance of `found` or more."""
    return -(found * log(found / expected) - found + expected)
