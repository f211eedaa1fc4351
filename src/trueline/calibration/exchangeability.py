"""Are the benign runs alike across groups?  Two answers: a test, and groups held out.

The test is Kruskal and Wallis's on the ranks of the suspicions, corrected for ties, its p value
from permutations of the runs over the groups, since the chi-squared law is no good with ties
and small groups.  Then each group is held out in turn: a threshold is drawn from the others,
and how many of its runs are above it says what would befall a project or agent that was not in
the sample.  A group stands out where that many would be rare among exchangeable runs.

**Does not cover** differences that no monitor's suspicion shows, and those too small for the
sample: a large p value is no proof.

Source:
    Kruskal and Wallis, Use of ranks in one-criterion variance analysis, JASA 47 (1952).
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import starmap
from operator import truediv
from typing import Final

from msgspec import Struct

from trueline.calibration.conformal import rank_at, runs_needed, tail_of_alarms
from trueline.calibration.permutation import Permuted, mid_ranks, p_value, places

LEVEL: Final = 0.05
"""Of all tests of one kind together: each is held against its part of it (Bonferroni)."""

_TOLERANCE: Final = 1e-9


class HeldOut(Struct, frozen=True, kw_only=True):
    """One group against a threshold from the others.

    Attributes:
        group: its name.
        runs: how many it has.
        threshold: drawn from the other groups.
        alarms: how many of its runs are above.
        p_value: how likely so many are if the group is like the others.
        stands_out: whether that is rare, for as many groups as were held out.
    """

    group: str
    runs: int
    threshold: float
    alarms: int
    p_value: float
    stands_out: bool


def kruskal_wallis(values: Sequence[float], groups: Sequence[str]) -> Permuted | None:
    """Return the test of `values` over `groups`; None where there is nothing to compare.

    Args:
        values: suspicions in [0, 1], one per run.
        groups: the group of each run.
    """
    sizes = Counter(groups)
    if len(sizes) < 2 or len(sizes) == len(values) or len(set(values)) < 2:
        return None
    runs = len(values)
    marked = sorted((value, at) for at, value in enumerate(values) if value > 0)
    zeros = runs - len(marked)
    of_zero = (zeros + 1) / 2
    lifts = [rank - of_zero for rank in mid_ranks([value for value, _ in marked], first=zeros + 1)]
    numbers = {group: number for number, group in enumerate(sorted(sizes))}
    group_at = [numbers[group] for group in groups]
    counts = [sizes[group] for group in sorted(sizes)]

    def spread(where: Sequence[int]) -> float:
        sums = [of_zero * count for count in counts]
        for place, lift in zip(where, lifts, strict=True):
            sums[group_at[place]] += lift
        return sum(starmap(truediv, zip([total * total for total in sums], counts, strict=True)))

    observed = spread([at for _, at in marked])
    least = observed * (1 - _TOLERANCE)
    as_much = sum(spread(where) >= least for where in places(runs, len(marked)))
    statistic = 12 / (runs * (runs + 1)) * observed - 3 * (runs + 1)
    ties = sum(count**3 - count for count in Counter(values).values())
    return Permuted(statistic / (1 - ties / (runs**3 - runs)), p_value(as_much))


def held_out(values: Sequence[float], groups: Sequence[str], rate: float) -> list[HeldOut]:
    """Return each group against the others, where the others suffice for `rate`."""
    by_group: defaultdict[str, list[float]] = defaultdict(list)
    for value, group in zip(values, groups, strict=True):
        by_group[group].append(value)
    ordered, needed = sorted(values), runs_needed(rate)
    levels = sorted(set(values))
    tested = {
        group: sorted(own)
        for group, own in sorted(by_group.items())
        if len(values) - len(own) >= needed
    }
    found: list[HeldOut] = []
    for group, own in tested.items():
        others = len(values) - len(own)
        rank = rank_at(others, rate)
        threshold = _level_of(rank, levels, ordered, own)
        alarms = len(own) - bisect_right(own, threshold)
        chance = tail_of_alarms(alarms, len(own), others, rank)
        found.append(
            HeldOut(
                group=group,
                runs=len(own),
                threshold=threshold,
                alarms=alarms,
                p_value=chance,
                stands_out=chance < LEVEL / len(tested),
            )
        )
    return found


def _level_of(
    rank: int, levels: Sequence[float], ordered: Sequence[float], own: Sequence[float]
) -> float:
    """Return the value of that rank among `ordered` without `own`, all of them ascending."""
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high) // 2
        if bisect_right(ordered, levels[middle]) - bisect_right(own, levels[middle]) >= rank:
            high = middle
        else:
            low = middle + 1
    return levels[low]
