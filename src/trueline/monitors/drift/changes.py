"""Change points: from some step on, a long run does other things, or fails more often.

The calls that have effects are cut into at most `WINDOWS` windows of equal length; each window
is a vector of shares: of each group of verbs, and of calls that failed.  With S_j the sum of
the first j standardised vectors out of m, the statistic is

    max over j of |S_j|^2 m / (j (m - j))

the likelihood ratio of one change in the mean.  Its chance is the part of random orders of the
same windows that reach it: windows and not calls are shuffled, since neighbouring calls are
alike in any run.  Drawing stops when enough orders have reached it (Besag and Clifford).

A change is a note and no more: reading comes before writing, and writing before testing.

Source:
    Csorgo and Horvath, Limit Theorems in Change-Point Analysis (1997);
    Besag and Clifford, Sequential Monte Carlo p-values, Biometrika 78 (1991).
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from trueline.ledger import Ledger
from trueline.ledger.model import Verb
from trueline.monitors.drift.sign import NAME, shown_call
from trueline.monitors.protocol import Observation

LEAST_CALLS: Final = 200
"""Shorter runs have no phases to speak of."""
WINDOWS: Final = 32
CHANCE: Final = 0.01
ORDERS: Final = 399
"""Random orders drawn at most."""

_ENOUGH: Final = 8
_LEAST_SHIFT: Final = 0.2
"""A share has to move by so much to be told."""

_GROUPS: Final[dict[Verb, int]] = {
    "read": 0, "search": 0, "fetch": 1, "write": 2, "move": 2, "delete": 3, "execute": 4,
    "install": 4, "build": 4, "test": 5, "lint": 5, "typecheck": 5, "format": 5, "commit": 6,
    "push": 6, "deploy": 6, "send": 7, "pay": 7, "grant": 7, "configure": 7, "stop": 7,
}  # fmt: skip
_NAMES: Final = ("reads", "fetches", "writes", "deletions", "commands", "checks", "commits and "
                 "pushes", "acts on services and people", "others", "failures")  # fmt: skip
_OTHER: Final = 8
_FAILED: Final = 9
_WIDTH: Final = len(_NAMES)


def changes(ledger: Ledger) -> Iterator[Observation]:
    """Yield the one change that parts a long run best, if order alone does not explain it."""
    if len(ledger.effects) < LEAST_CALLS:
        return
    calls, kinds, failed = _calls(ledger)
    if len(calls) < LEAST_CALLS:
        return
    size = -(-len(calls) // WINDOWS)
    rows = _rows(kinds, failed, size)
    scaled = _standardised(rows)
    if scaled is None:
        return
    found, at = _statistic(scaled)
    if _chance(scaled, found) > CHANCE:
        return
    before, after = _mean(rows[:at]), _mean(rows[at:])
    moved = sorted(range(_WIDTH), key=lambda k: -abs(after[k] - before[k]))
    told = [k for k in moved if abs(after[k] - before[k]) >= _LEAST_SHIFT][:3]
    if not told:
        return
    words = ", ".join(f"{_NAMES[k]} {before[k]:.0%} to {after[k]:.0%}" for k in told)
    step = calls[min(at * size, len(calls) - 1)]
    yield Observation(
        monitor=NAME,
        kind="drift",
        rule="change-point",
        suspicion=0.3,
        severity="note",
        explanation=f"From step {step} on the run does other things (share of calls: {words}).",
        evidence=(shown_call(ledger, step, "where the change is placed"),),
    )


def _calls(ledger: Ledger) -> tuple[list[int], list[int], list[bool]]:
    """Return the calls with effects, the group of each one's last effect, and whether it failed."""
    calls: list[int] = []
    kinds: list[int] = []
    failed: list[bool] = []
    for effect, outcome in zip(ledger.effects, ledger.outcomes, strict=True):
        kind, fails = _GROUPS.get(effect.verb, _OTHER), outcome.status == "failed"
        if calls and calls[-1] == effect.step:
            kinds[-1] = kind
            failed[-1] = failed[-1] or fails
        else:
            calls.append(effect.step)
            kinds.append(kind)
            failed.append(fails)
    return calls, kinds, failed


def _rows(kinds: Sequence[int], failed: Sequence[bool], size: int) -> list[list[float]]:
    """Return the shares of each window; the last one takes what is left over."""
    rows: list[list[float]] = []
    for start in range(0, len(kinds) - size + 1, size):
        row = [0.0] * _WIDTH
        for kind in kinds[start : start + size]:
            row[kind] += 1.0 / size
        row[_FAILED] = sum(failed[start : start + size]) / size
        rows.append(row)
    return rows


def _standardised(rows: list[list[float]]) -> list[list[float]] | None:
    """Return the rows with mean 0 and variance 1 in each share that moves; None if none does."""
    count = len(rows)
    columns: list[list[float]] = []
    for k in range(_WIDTH):
        column = [row[k] for row in rows]
        mean = sum(column) / count
        variance = sum((value - mean) ** 2 for value in column) / count
        if variance > 1e-9:
            scale = variance**0.5
            columns.append([(value - mean) / scale for value in column])
    return [list(row) for row in zip(*columns, strict=True)] if columns else None


def _statistic(rows: Sequence[Sequence[float]]) -> tuple[float, int]:
    """Return the largest likelihood ratio of one change, and how many windows lie before it."""
    count = len(rows)
    total = [0.0] * len(rows[0])
    best, place = 0.0, 1
    for j in range(1, count):
        total = [a + b for a, b in zip(total, rows[j - 1], strict=True)]
        if 3 <= j <= count - 3:
            value = sum(a * a for a in total) * count / (j * (count - j))
            if value > best:
                best, place = value, j
    return best, place


def _chance(rows: list[list[float]], found: float) -> float:
    """Return the part of random orders whose statistic reaches `found`."""
    draw = Random(0)  # noqa: S311 - a test, no secret
    order = list(rows)
    reached = 0
    for drawn in range(1, ORDERS + 1):
        draw.shuffle(order)
        if _statistic(order)[0] >= found:
            reached += 1
            if reached == _ENOUGH:
                return reached / drawn
    return (reached + 1) / (ORDERS + 1)


def _mean(rows: Sequence[Sequence[float]]) -> list[float]:
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]
