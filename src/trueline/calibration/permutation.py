"""Permutation tests on suspicions of which most are 0: the cost is that of the others.

A permutation deals the runs' places anew.  Runs without suspicion are alike, so it is enough to
draw the places of those with one, without replacement.  The p value counts the observed order
among the permutations, so that it is never 0 and keeps its level.

Source:
    Phipson and Smyth, Permutation P-values should never be zero, SAGMB 9 (2010).
"""

import random
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

PERMUTATIONS: Final = 999
SEED: Final = 20_260_101
"""Any number would do; a fixed one makes the same input give the same bytes."""


class Permuted(Struct, frozen=True):
    """What a permutation test found.

    Attributes:
        statistic: the observed one.
        p_value: how often chance alone gives as much.
        permutations: how many were drawn.
    """

    statistic: float
    p_value: float
    permutations: int = PERMUTATIONS


def places(runs: int, marked: int, permutations: int = PERMUTATIONS) -> Iterator[list[int]]:
    """Yield, for each permutation, the places of `marked` of `runs` runs, in random order."""
    # Drawn again for every run of the program, in the same way: no secret hangs on it.
    source = random.Random(SEED)  # noqa: S311
    for _ in range(permutations):
        yield source.sample(range(runs), marked)


def p_value(as_much: int, permutations: int = PERMUTATIONS) -> float:
    """Return the p value where `as_much` permutations gave at least what was observed."""
    return (as_much + 1) / (permutations + 1)


def mid_ranks(ordered: Sequence[float], first: int) -> list[float]:
    """Return the ranks of ascending values, counted from `first`; equal ones share theirs."""
    ranks: list[float] = []
    start = 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end] == ordered[start]:
            end += 1
        ranks += [first + (start + end - 1) / 2] * (end - start)
        start = end
    return ranks
