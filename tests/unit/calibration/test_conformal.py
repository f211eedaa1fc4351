"""Thresholds of split conformal prediction: known values, refusals, and the promise kept."""

import random
from fractions import Fraction
from math import ceil, comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueline.calibration.conformal import rank_at, runs_needed, tail_of_alarms, threshold_at
from trueline.errors import CalibrationError


@pytest.mark.parametrize(
    ("rate", "needed"), [(0.01, 99), (0.05, 19), (0.1, 9), (0.001, 999), (0.3, 3), (0.5, 1)]
)
def test_how_many_runs_a_rate_needs(rate: float, needed: int) -> None:
    """One over the rate, rounded up, less one."""
    assert runs_needed(rate) == needed
    assert rank_at(needed, rate) == needed
    if needed > 1:
        with pytest.raises(CalibrationError, match=f"at least {needed}"):
            rank_at(needed - 1, rate)


@pytest.mark.parametrize("rate", [0.0, 1.0, -0.1, 2.0, float("nan")])
def test_a_rate_that_is_none_is_refused(rate: float) -> None:
    """Before any work."""
    with pytest.raises(CalibrationError, match="between 0 and 1"):
        runs_needed(rate)


def test_the_threshold_is_the_order_statistic() -> None:
    """Of 99 at 5%: the 95th; of 199 at 1%: the 198th."""
    assert threshold_at([n / 100 for n in range(1, 100)], 0.05) == 0.95
    assert threshold_at([n / 1000 for n in range(199, 0, -1)], 0.01) == 0.198


def test_a_rate_means_what_is_written() -> None:
    """0.1 is a tenth: the nearest double would ask for one rank more or less."""
    for runs in (9, 19, 29, 99, 999):
        for rate in (0.1, 0.2, 0.3, 0.7):
            assert rank_at(runs, rate) == ceil((runs + 1) * (1 - Fraction(str(rate))))


@given(
    st.lists(st.sampled_from([0.0, 0.0, 0.2, 0.5, 0.8, 1.0]), min_size=9, max_size=60),
    st.sampled_from([0.1, 0.2, 0.5]),
)
def test_each_run_is_above_the_others_threshold_at_most_so_often(
    values: list[float], rate: float
) -> None:
    """The theorem itself, by leaving each run out: true for any values, ties and all."""
    whole = len(values)
    above = 0
    for index, value in enumerate(values):
        others = values[:index] + values[index + 1 :]
        if len(others) < runs_needed(rate):
            return
        above += value > threshold_at(others, rate)
    assert above <= rate * whole + 1e-9


@pytest.mark.parametrize("kind", ["continuous", "mostly zero"])
def test_the_false_alarm_rate_holds_on_new_runs(kind: str) -> None:
    """2,000 samples of 59 and one new run each, at 5%: within four standard errors below."""
    source = random.Random(11)

    def draw() -> float:
        value = source.random() ** 2
        return value if kind == "continuous" else max(0.0, round(value - 0.6, 1))

    trials = 2_000
    alarms = sum(draw() > threshold_at([draw() for _ in range(59)], 0.05) for _ in range(trials))
    assert alarms / trials <= 0.05 + 4 * (0.05 * 0.95 / trials) ** 0.5
    if kind == "continuous":
        assert alarms / trials >= 0.05 - 4 * (0.05 * 0.95 / trials) ** 0.5


def test_the_tail_of_alarms_is_the_beta_binomial_law() -> None:
    """Against its sum in whole numbers."""
    new, runs, rank = 12, 40, 38
    for alarms in range(new + 1):
        exact = sum(
            Fraction(
                comb(j + runs - rank, j) * comb(new - j + rank - 1, new - j), comb(runs + new, new)
            )
            for j in range(alarms, new + 1)
        )
        assert tail_of_alarms(alarms, new, runs, rank) == pytest.approx(float(exact))


def test_the_tail_of_alarms_is_what_chance_gives() -> None:
    """Simulated: three or more of 20 above the 19th of 19."""
    source = random.Random(5)
    trials, often = 4_000, 0
    for _ in range(trials):
        threshold = max(source.random() for _ in range(19))
        often += sum(source.random() > threshold for _ in range(20)) >= 3
    expected = tail_of_alarms(3, new=20, runs=19, rank=19)
    assert often / trials == pytest.approx(expected, abs=4 * (expected / trials) ** 0.5)
