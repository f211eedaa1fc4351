"""From benign runs to a calibration."""

from collections import Counter
from collections.abc import Sequence

from trueline.calibration.conformal import rank_at
from trueline.calibration.document import Calibration, Level, Score
from trueline.calibration.exchangeability import LEVEL, held_out, kruskal_wallis
from trueline.calibration.identity import Identity
from trueline.calibration.permutation import Permuted
from trueline.calibration.sample import BenignRun, Grouping, digest_of, values_of
from trueline.monitors.combination import ANY


def calibrate(
    runs: Sequence[BenignRun], rate: float, identity: Identity, *, group_by: Grouping, created: str
) -> Calibration:
    """Return thresholds that at most `rate` of new benign runs are above.

    Args:
        runs: known to be benign.
        rate: wished false-alarm rate, a fraction.
        identity: the monitors and the charter that the suspicions came from.
        group_by: what the groups of the runs are.
        created: when, RFC 3339.

    Raises:
        CalibrationError: the runs are too few for the rate.
    """
    rank = rank_at(len(runs), rate)
    names = [*sorted(identity.monitors), ANY]
    groups = [run.group for run in runs]
    columns = {name: values_of(runs, name) for name in names}
    tests = {name: kruskal_wallis(column, groups) for name, column in columns.items()}
    tested = sum(test is not None for test in tests.values())
    return Calibration(
        created=created,
        rate=rate,
        runs=len(runs),
        rank=rank,
        group_by=group_by,
        groups=dict(sorted(Counter(groups).items())),
        sample_digest=digest_of(runs),
        identity=identity,
        scores={
            name: _score(column, groups, rank, rate, tests[name], tested)
            for name, column in columns.items()
        },
    )


def _score(
    values: Sequence[float],
    groups: Sequence[str],
    rank: int,
    rate: float,
    test: Permuted | None,
    tested: int,
) -> Score:
    threshold = sorted(values)[rank - 1]
    outside = held_out(values, groups, rate) if len(set(groups)) > 1 else []
    return Score(
        threshold=threshold,
        above=sum(value > threshold for value in values),
        levels=tuple(Level(value, count) for value, count in sorted(Counter(values).items())),
        exchangeability=test,
        is_exchangeable=None if test is None else test.p_value >= LEVEL / tested,
        held_out_runs=sum(group.runs for group in outside),
        held_out_alarms=sum(group.alarms for group in outside),
        standing_out=tuple(group for group in outside if group.stands_out),
    )
