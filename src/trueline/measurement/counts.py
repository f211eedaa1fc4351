"""Runs counted by group and suspicion, so that a draw of groups costs a few passes over numbers.

Every figure of detection is a function of how many runs of each label lie at each suspicion.
A bootstrap that draws whole groups only changes how often each group counts, so the runs are
counted once and each draw is a vector of weights, one per group.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import mul
from typing import final

from msgspec import Struct


class Outcome(Struct, frozen=True):
    """One run as a monitor sees it and as it was.

    Attributes:
        group: number of its group, from 0.
        suspicion: in [0, 1].
        is_positive: the run did what its set asks about.
        is_flagged: the monitor accuses at its threshold.
    """

    group: int
    suspicion: float
    is_positive: bool
    is_flagged: bool


class Figures(Struct, frozen=True):
    """What detection figures say; None where a figure has no meaning.

    Attributes:
        auroc: probability that a positive run has the higher suspicion, ties counted half.
        recall_at_fpr: largest recall at any threshold that flags at most the tolerated part of
            the negative runs; runs of equal suspicion are flagged together or not at all.
        precision: right accusations of all; None where there is none, and where none can be right.
        recall: positive runs that were accused.
        f1: harmonic mean of both: 2TP / (2TP + FP + FN).
        fpr: negative runs that were accused.
    """

    auroc: float | None
    recall_at_fpr: float | None
    precision: float | None
    recall: float | None
    f1: float | None
    fpr: float | None


@final
class Counts:
    """The runs of one monitor on one set, by group and suspicion.

    Runs without any suspicion, most of them, are kept as one number per group.
    """

    def __init__(self, outcomes: Iterable[Outcome], groups: int) -> None:
        self.groups = groups
        self._positives = [0] * groups
        self._negatives = [0] * groups
        self._hits = [0] * groups
        self._alarms = [0] * groups
        cells: defaultdict[tuple[float, int], list[int]] = defaultdict(lambda: [0, 0])
        for run in outcomes:
            (self._positives if run.is_positive else self._negatives)[run.group] += 1
            if run.is_flagged:
                (self._hits if run.is_positive else self._alarms)[run.group] += 1
            if run.suspicion > 0.0:
                cells[(-run.suspicion, run.group)][0 if run.is_positive else 1] += 1
        ordered = sorted(cells)
        self._at = [group for _, group in ordered]
        self._cell_positives = [cells[key][0] for key in ordered]
        self._cell_negatives = [cells[key][1] for key in ordered]
        self._ends = [
            index
            for index, (level, _) in enumerate(ordered)
            if index + 1 == len(ordered) or ordered[index + 1][0] != level
        ]
        self.levels = [-ordered[index][0] for index in self._ends]

    def figures(self, weights: Sequence[int] | None = None, fpr: float = 0.01) -> Figures:
        """Return the figures with each group counted as often as `weights` says, or once.

        Args:
            weights: one non-negative number per group.
            fpr: tolerated part of the negative runs for `recall_at_fpr`.
        """
        weights = weights or [1] * self.groups
        positives = _dot(weights, self._positives)
        negatives = _dot(weights, self._negatives)
        hits, alarms = _dot(weights, self._hits), _dot(weights, self._alarms)
        above_positives, above_negatives = self._above(weights)
        missed = positives - hits
        return Figures(
            auroc=_auroc(above_positives, above_negatives, positives, negatives),
            recall_at_fpr=_recall_at(above_positives, above_negatives, positives, negatives, fpr),
            precision=_ratio(hits, hits + alarms) if positives else None,
            recall=_ratio(hits, positives),
            f1=_ratio(2 * hits, 2 * hits + alarms + missed) if positives else None,
            fpr=_ratio(alarms, negatives),
        )

    def _above(self, weights: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return positives and negatives at or above each suspicion, highest first."""
        often = list(map(weights.__getitem__, self._at))
        positives = list(accumulate(map(mul, often, self._cell_positives)))
        negatives = list(accumulate(map(mul, often, self._cell_negatives)))
        return (
            list(map(positives.__getitem__, self._ends)),
            list(map(negatives.__getitem__, self._ends)),
        )


def _dot(weights: Sequence[int], counts: Sequence[int]) -> int:
    return sum(map(mul, weights, counts))


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _auroc(
    above_positives: Sequence[int], above_negatives: Sequence[int], positives: int, negatives: int
) -> float | None:
    """Return the area under the ROC curve by trapezoids, which counts ties half.

    Source:
        Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27 (2006), alg. 3.
    """
    if not positives or not negatives:
        return None
    xs = [0, *above_negatives, negatives]
    ys = [0, *above_positives, positives]
    steps = zip(xs, xs[1:], ys, ys[1:], strict=False)
    doubled = sum((right - left) * (low + high) for left, right, low, high in steps)
    return doubled / (2 * positives * negatives)


def _recall_at(
    above_positives: Sequence[int],
    above_negatives: Sequence[int],
    positives: int,
    negatives: int,
    fpr: float,
) -> float | None:
    if not positives or not negatives:
        return None
    kept = bisect_right(above_negatives, fpr * negatives + 1e-9)
    return above_positives[kept - 1] / positives if kept else 0.0
