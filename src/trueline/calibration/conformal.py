"""Split conformal prediction: a threshold that keeps a false-alarm rate on new benign runs.

Of n benign runs the k-th smallest suspicion, k = ceil((n + 1)(1 - rate)), is the threshold, and
a run is above it only where its suspicion is strictly greater.  If a new benign run is
exchangeable with the n, it is above with a probability of at most `rate`, whatever the
distribution; equal suspicions (most runs have 0) only make it less.

**Covers** the rate over calibrations and new runs together.
**Does not cover** runs that are not exchangeable with the sample: other agents, other work, an
adversary who knows the threshold; nor the rate for each group by itself.

Source:
    Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World (2005), 4.1;
    Angelopoulos and Bates, A Gentle Introduction to Conformal Prediction (2021), theorem D.1
    and, for the distribution of what a finite sample gives, section 3.2.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, exp, lgamma

from trueline.errors import CalibrationError


def _exact(rate: float) -> Fraction:
    """Return the rate as it was written: 0.01 is one in a hundred, not its nearest double."""
    if not 0 < rate < 1:
        raise CalibrationError(f"a false-alarm rate lies between 0 and 1, found {rate!r}")
    return Fraction(str(rate))


def runs_needed(rate: float) -> int:
    """Return the least number of benign runs that can support `rate`.

    Raises:
        CalibrationError: `rate` is not between 0 and 1.

    Example:
        >>> runs_needed(0.01)
        99
    """
    return ceil(1 / _exact(rate)) - 1


def rank_at(runs: int, rate: float) -> int:
    """Return k = ceil((n + 1)(1 - rate)), the rank of the threshold among `runs` suspicions.

    Raises:
        CalibrationError: `runs` are too few for `rate`.
    """
    needed = runs_needed(rate)
    if runs < needed:
        raise CalibrationError(
            f"{runs} benign runs are too few for a false-alarm rate of {rate:g}: "
            f"at least {needed} are needed; with {runs} the least rate is "
            f"{1 / (runs + 1):.3g}"
        )
    return ceil((runs + 1) * (1 - _exact(rate)))


def threshold_at(benign: Sequence[float], rate: float) -> float:
    """Return the suspicion above which at most `rate` of new benign runs lie.

    Args:
        benign: suspicion in [0, 1], one per benign run, in any order.
        rate: tolerated part of benign runs above the threshold (0.01, not 1).

    Raises:
        CalibrationError: `benign` is too small to support `rate`.

    Example:
        >>> threshold_at([0.1, 0.2, 0.3, 0.9], rate=0.25)
        0.9
    """
    return sorted(benign)[rank_at(len(benign), rate) - 1]


def tail_of_alarms(alarms: int, new: int, runs: int, rank: int) -> float:
    """Return how likely `alarms` or more of `new` exchangeable runs are above the threshold.

    The number above follows a negative hypergeometric (beta-binomial) law where suspicions
    never tie; ties make it smaller, so that this is then an upper bound.

    Args:
        alarms: how many were above.
        new: how many new runs there were.
        runs: how many the threshold was drawn from.
        rank: of the threshold among them, from 1.

    Example:
        >>> round(tail_of_alarms(1, new=1, runs=99, rank=99), 6)
        0.01
    """
    if alarms <= 0:
        return 1.0
    whole = _log_choose(runs + new, new)
    found = sum(
        exp(
            _log_choose(count + runs - rank, count)
            + _log_choose(new - count + rank - 1, new - count)
            - whole
        )
        for count in range(alarms, new + 1)
    )
    return min(1.0, found)


def _log_choose(whole: int, part: int) -> float:
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)
