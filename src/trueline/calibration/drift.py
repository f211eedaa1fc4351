"""Has the benign distribution moved?  New runs against the sample of a calibration.

For each monitor and for all together: the two-sample Kolmogorov-Smirnov distance with a p value
from permutations (ties make the tabulated one wrong), Cliff's delta as the size and direction
of the difference, and how many new runs are above the threshold, with the chance of so many.
Drift is told where one of the two p values is small for as many tests as there are.

Why this and not a conformal test martingale: a martingale watches a stream run by run, and
depends on the order in which folders are read; `--compare` is given a batch.

**Does not cover** causes: new runs that differ may be misaligned, or merely of another project.

Source:
    Kolmogorov-Smirnov by permutation: Praestgaard, Permutation and bootstrap
    Kolmogorov-Smirnov tests for the equality of two distributions, Scand. J. Stat. 22 (1995);
    Cliff, Dominance statistics, Psychological Bulletin 114 (1993).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from msgspec import Struct

from trueline import __version__
from trueline.calibration.conformal import rank_at, tail_of_alarms
from trueline.calibration.document import Calibration, Level, Score
from trueline.calibration.exchangeability import LEVEL
from trueline.calibration.permutation import PERMUTATIONS, Permuted, p_value, places
from trueline.calibration.sample import BenignRun, values_of
from trueline.errors import CalibrationError
from trueline.monitors.combination import ANY

LEAST_RUNS: Final = 8
"""Fewer new runs say nothing: no order of theirs would be rare."""


class ScoreDrift(Struct, frozen=True, kw_only=True):
    """How one monitor's suspicions moved.

    Attributes:
        score: the monitor, or `any`.
        threshold: the calibrated one.
        distance: Kolmogorov-Smirnov, in [0, 1].
        p_value: of the distance, by permutation.
        delta: Cliff's: how much more often a new run is the more suspicious than the less.
        alarms: new runs above the threshold.
        alarm_rate: their part.
        alarm_p_value: chance of so many among exchangeable runs.
        has_drifted: one of the p values is small.
    """

    score: str
    threshold: float
    distance: float
    p_value: float
    delta: float
    alarms: int
    alarm_rate: float
    alarm_p_value: float
    has_drifted: bool


class DriftReport(Struct, frozen=True, kw_only=True):
    """A comparison of new runs with a calibration's sample.

    Attributes:
        schema: always `trueline.calibration.drift`.
        schema_version: a change that breaks a reader raises it.
        version: of Trueline.
        sample_digest: of the calibration's sample.
        rate: the calibration's.
        runs_before: in the sample.
        runs_now: compared with it.
        permutations: of the tests.
        level: of all tests together.
        new_groups: groups of new runs that the sample does not have.
        scores: by monitor, `any` last.
    """

    schema: str = "trueline.calibration.drift"
    schema_version: int = 1
    version: str = __version__
    sample_digest: str
    rate: float
    runs_before: int
    runs_now: int
    permutations: int = PERMUTATIONS
    level: float = LEVEL
    new_groups: tuple[str, ...]
    scores: tuple[ScoreDrift, ...]

    @property
    def has_drifted(self) -> bool:
        """Whether any score has."""
        return any(score.has_drifted for score in self.scores)


def compare(
    calibration: Calibration, runs: Sequence[BenignRun], monitors: Sequence[str]
) -> DriftReport:
    """Return how the suspicions of `runs` differ from those of the calibration's sample.

    Args:
        calibration: with the sample's suspicions.
        runs: later ones.
        monitors: which of the calibration's ran; all together are only compared where all did.

    Raises:
        CalibrationError: there are too few runs to say anything.
    """
    if len(runs) < LEAST_RUNS:
        raise CalibrationError(
            f"{len(runs)} runs are too few to compare: at least {LEAST_RUNS} are needed"
        )
    ran = {*monitors, *([ANY] if set(monitors) == calibration.identity.monitors.keys() else [])}
    scores = {name: score for name, score in calibration.scores.items() if name in ran}
    bar = LEVEL / (2 * max(1, len(scores)))
    rank = rank_at(calibration.runs, calibration.rate)
    return DriftReport(
        sample_digest=calibration.sample_digest,
        rate=calibration.rate,
        runs_before=calibration.runs,
        runs_now=len(runs),
        new_groups=tuple(sorted({run.group for run in runs} - calibration.groups.keys())),
        scores=tuple(
            _drift(name, score, values_of(runs, name), (calibration.runs, rank), bar)
            for name, score in scores.items()
        ),
    )


def _drift(
    name: str, score: Score, values: list[float], drawn: tuple[int, int], bar: float
) -> ScoreDrift:
    """Return how one score moved; `drawn` is the size of the sample and the threshold's rank."""
    now, before = sorted(values), expanded(score.levels)
    test = kolmogorov_smirnov(before, now)
    alarms = len(now) - bisect_right(now, score.threshold)
    chance = tail_of_alarms(alarms, len(now), *drawn)
    return ScoreDrift(
        score=name,
        threshold=score.threshold,
        distance=test.statistic,
        p_value=test.p_value,
        delta=cliffs_delta(before, now),
        alarms=alarms,
        alarm_rate=alarms / len(now),
        alarm_p_value=chance,
        has_drifted=min(test.p_value, chance) < bar,
    )


def expanded(levels: Sequence[Level]) -> list[float]:
    """Return the suspicions of a sample, ascending, from how many runs lie at each."""
    return [level.suspicion for level in levels for _ in range(level.runs)]


def kolmogorov_smirnov(before: Sequence[float], now: Sequence[float]) -> Permuted:
    """Return the largest distance between two distributions, and its p value by permutation.

    Args:
        before: suspicions, at least one.
        now: suspicions, at least one.
    """
    marked = sorted(
        [(value, True) for value in now if value > 0]
        + [(value, False) for value in before if value > 0],
        reverse=True,
    )
    ends = [
        at
        for at, (value, _) in enumerate(marked)
        if at + 1 == len(marked) or marked[at + 1][0] != value
    ]
    up, down, whole = len(before), -len(now), len(before) + len(now)

    def distance(steps: Sequence[int]) -> int:
        sums = list(accumulate(steps))
        return max((abs(sums[end]) for end in ends), default=0)

    observed = distance([up if is_new else down for _, is_new in marked])
    as_much = sum(
        distance([up if place < len(now) else down for place in where]) >= observed
        for where in places(whole, len(marked))
    )
    return Permuted(observed / (up * -down), p_value(as_much))


def cliffs_delta(before: Sequence[float], now: Sequence[float]) -> float:
    """Return P(now > before) - P(now < before), in [-1, 1].

    Args:
        before: ascending, at least one.
        now: at least one.

    Example:
        >>> cliffs_delta([0.0, 0.0], [0.0, 1.0])
        0.5
    """
    lead = sum(
        bisect_left(before, value) - (len(before) - bisect_right(before, value)) for value in now
    )
    return lead / (len(before) * len(now))
