"""Intervals by drawing whole groups with replacement: runs of one group are no independent runs.

Source:
    Davison and Hinkley, Bootstrap Methods and their Application (1997), 3.8: where data are
    clustered, whole clusters are drawn.  The interval is the plain percentile interval.
"""

import random
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict

from trueline.measurement.counts import Counts

DRAWS: Final = 1_000
SEED: Final = 20_260_101
"""Any number would do; a fixed one makes the same input give the same bytes."""

LEVEL: Final = 0.95

_LEAST_PART: Final = 0.9
"""A figure that has a meaning in fewer draws than this part gets no interval."""

Interval = tuple[float, float]


class Intervals(Struct, frozen=True):
    """The intervals of `Figures`, field by field; None where there is none."""

    auroc: Interval | None
    recall_at_fpr: Interval | None
    precision: Interval | None
    recall: Interval | None
    f1: Interval | None
    fpr: Interval | None


def group_weights(groups: int, draws: int, seed: int = SEED) -> Iterator[list[int]]:
    """Yield, for each draw, how often each of `groups` groups was drawn."""
    # Drawn again for every run of the program, in the same way: no secret hangs on it.
    source = random.Random(seed)  # noqa: S311
    everyone = range(groups)
    for _ in range(draws):
        weights = [0] * groups
        for group in source.choices(everyone, k=groups):
            weights[group] += 1
        yield weights


def intervals(
    counted: Sequence[Counts], groups: int, draws: int = DRAWS, seed: int = SEED
) -> list[Intervals]:
    """Return the intervals of each of `counted`, all of them over the same draws of groups."""
    names = Intervals.__struct_fields__
    found: list[list[list[float]]] = [[[] for _ in names] for _ in counted]
    if groups > 1:
        for weights in group_weights(groups, draws, seed):
            for values, counts in zip(found, counted, strict=True):
                for place, figure in zip(
                    values, asdict(counts.figures(weights)).values(), strict=True
                ):
                    if figure is not None:
                        place.append(figure)
    least = max(1, int(draws * _LEAST_PART))
    return [
        Intervals(*(_middle(place) if len(place) >= least else None for place in values))
        for values in found
    ]


def _middle(values: list[float]) -> Interval:
    values.sort()
    return quantile(values, (1 - LEVEL) / 2), quantile(values, (1 + LEVEL) / 2)


def quantile(ordered: Sequence[float], part: float) -> float:
    """Return the quantile of ordered values, between two of them by linear interpolation.

    Source:
        Hyndman and Fan, Sample quantiles in statistical packages (1996), definition 7.

    Example:
        >>> quantile([0.0, 1.0, 2.0, 3.0], 0.5)
        1.5
    """
    at = part * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])
