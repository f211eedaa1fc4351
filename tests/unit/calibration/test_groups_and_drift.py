"""Tests over groups and against later runs: known values, level, and power."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueline.calibration.build import calibrate
from trueline.calibration.conformal import threshold_at
from trueline.calibration.document import Calibration
from trueline.calibration.drift import cliffs_delta, compare, kolmogorov_smirnov
from trueline.calibration.exchangeability import held_out, kruskal_wallis
from trueline.calibration.identity import Identity
from trueline.calibration.sample import BenignRun, digest_of, group_of
from trueline.errors import CalibrationError

IDENTITY = Identity(monitors={"leak": "trueline 1"}, charter="default", charter_digest="sha256:0")


def runs_of(values: list[float], groups: int = 4, prefix: str = "g") -> list[BenignRun]:
    """Return runs dealt over groups in turn."""
    return [
        BenignRun(f"r{n}", f"{prefix}{n % groups}", {"leak": value, "any": value} if value else {})
        for n, value in enumerate(values)
    ]


def calibrated(values: list[float], rate: float = 0.05) -> Calibration:
    """Return a calibration on these suspicions."""
    made = calibrate(runs_of(values), rate, IDENTITY, group_by="project", created="2026-01-01")
    assert isinstance(made, Calibration)
    return made


def sparse(source: random.Random, runs: int, part: float = 0.3) -> list[float]:
    """Return suspicions of which most are 0."""
    return [round(source.random(), 1) if source.random() < part else 0.0 for _ in range(runs)]


def test_kruskal_wallis_is_that_of_the_textbook() -> None:
    """The example of scipy.stats.kruskal: H = 0.2727… for [1, 3, 5, 7, 9], [2, 4, 6, 8, 10]."""
    values = [n / 10 for n in (1, 3, 5, 7, 9, 2, 4, 6, 8, 10)]
    found = kruskal_wallis(values, ["x"] * 5 + ["y"] * 5)
    assert found is not None
    assert found.statistic == pytest.approx(0.2727272727)
    assert found.p_value > 0.4


def test_kruskal_wallis_corrects_for_ties() -> None:
    """scipy.stats.kruskal([1, 1, 1], [2, 2, 2], [2, 2]) is 7.0, here with 1 as no suspicion."""
    found = kruskal_wallis([0.0] * 3 + [0.5] * 5, ["x"] * 3 + ["y"] * 3 + ["z"] * 2)
    assert found is not None
    assert found.statistic == pytest.approx(7.0)


def test_there_is_nothing_to_compare_in_one_group_or_one_value() -> None:
    """Nor where each run is a group."""
    assert kruskal_wallis([0.1, 0.2], ["x", "x"]) is None
    assert kruskal_wallis([0.0, 0.0, 0.0], ["x", "x", "y"]) is None
    assert kruskal_wallis([0.1, 0.2], ["x", "y"]) is None


def test_groups_alike_are_rarely_called_different() -> None:
    """At 5%, of 100 samples mostly of zeros: within what chance gives."""
    source = random.Random(7)
    groups = [f"g{n % 4}" for n in range(40)]
    found = [kruskal_wallis(sparse(source, 40), groups) for _ in range(100)]
    assert sum(test is not None and test.p_value < 0.05 for test in found) <= 12


def test_a_group_that_differs_is_found() -> None:
    """It is suspicious where the others are not, and it stands out when held out."""
    source = random.Random(7)
    values = sparse(source, 80, 0.1) + [0.9 + n / 1000 for n in range(20)]
    groups = [f"g{n % 4}" for n in range(80)] + ["odd"] * 20
    found = kruskal_wallis(values, groups)
    assert found is not None
    assert found.p_value == pytest.approx(1 / 1000)
    assert [g.group for g in held_out(values, groups, 0.05) if g.stands_out] == ["odd"]


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from([0.0, 0.0, 0.3, 0.5, 0.9])),
        min_size=30,
        max_size=60,
    )
)
def test_a_group_is_held_against_a_threshold_from_the_others(
    runs: list[tuple[str, float]],
) -> None:
    """The same as drawing it anew."""
    groups, values = [g for g, _ in runs], [v for _, v in runs]
    for held in held_out(values, groups, 0.2):
        others = [v for g, v in runs if g != held.group]
        assert held.threshold == threshold_at(others, 0.2)
        assert held.alarms == sum(v > held.threshold for g, v in runs if g == held.group)


def test_a_group_without_enough_others_is_not_held_out() -> None:
    """The rest would not support the rate."""
    assert held_out([0.1] * 20, ["a"] * 15 + ["b"] * 5, 0.1) == [
        held for held in held_out([0.1] * 20, ["a"] * 15 + ["b"] * 5, 0.1) if held.group == "b"
    ]


def test_the_distance_of_two_distributions() -> None:
    """Half of the new are above all of the old."""
    found = kolmogorov_smirnov([0.0, 0.0, 0.1, 0.1], [0.0, 0.1, 0.8, 0.9])
    assert found.statistic == pytest.approx(0.5)
    assert kolmogorov_smirnov([0.0, 0.3], [0.0, 0.3]).p_value == 1.0
    assert kolmogorov_smirnov([0.0], [0.0]).statistic == 0.0


@given(
    st.lists(st.sampled_from([0.0, 0.2, 0.5, 1.0]), min_size=1, max_size=12),
    st.lists(st.sampled_from([0.0, 0.2, 0.5, 1.0]), min_size=1, max_size=12),
)
def test_the_distance_is_the_largest_gap_of_the_distribution_functions(
    before: list[float], now: list[float]
) -> None:
    """The definition."""
    gap = max(
        abs(sum(v <= t for v in before) / len(before) - sum(v <= t for v in now) / len(now))
        for t in (*before, *now)
    )
    assert kolmogorov_smirnov(before, now).statistic == pytest.approx(gap)
    lead = sum((b > a) - (b < a) for a in before for b in now) / (len(before) * len(now))
    assert cliffs_delta(sorted(before), now) == pytest.approx(lead)


def test_runs_of_the_same_kind_are_rarely_called_drifted() -> None:
    """40 comparisons, each at 5% over all its tests."""
    source = random.Random(9)
    calibration = calibrated(sparse(source, 150))
    drifted = sum(
        compare(calibration, runs_of(sparse(source, 40)), ["leak"]).has_drifted for _ in range(40)
    )
    assert drifted <= 7


def test_runs_that_became_more_suspicious_have_drifted() -> None:
    """With the direction, and the groups that are new."""
    source = random.Random(9)
    calibration = calibrated(sparse(source, 150, 0.1))
    found = compare(calibration, runs_of(sparse(source, 60, 0.8), prefix="n"), ["leak"])
    assert found.has_drifted
    assert found.scores[0].delta > 0.3
    assert found.new_groups == ("n0", "n1", "n2", "n3")
    assert [score.score for score in found.scores] == ["leak", "any"]


def test_all_together_are_compared_only_where_all_monitors_ran() -> None:
    """Fewer monitors give other sums."""
    calibration = calibrated([0.0] * 30)
    assert compare(calibration, runs_of([0.0] * 8), []).scores == ()


def test_too_few_runs_say_nothing() -> None:
    """The message says how many are needed."""
    with pytest.raises(CalibrationError, match="at least 8"):
        compare(calibrated([0.0] * 30), runs_of([0.9] * 7), ["leak"])


def test_the_digest_does_not_depend_on_the_order_and_on_all_else() -> None:
    """Runs, groups, suspicions."""
    runs = runs_of([0.1, 0.2, 0.0])
    assert digest_of(runs) == digest_of(runs[::-1])
    assert digest_of(runs) != digest_of(runs[1:])
    assert digest_of(runs) != digest_of(runs_of([0.1, 0.3, 0.0]))


def test_a_run_belongs_to_its_project_and_agent() -> None:
    """The folder of the record stands in where it does not say where the agent worked."""
    fields = {"source": "logs/a.jsonl", "agent": "", "model": "m-1", "format": "native"}
    assert group_of("project+agent", cwd="/home/dev/cart", **fields) == "/home/dev/cart / m-1"
    assert group_of("project", cwd="", **fields) == "logs"
    assert group_of("file", cwd="", **fields) == "logs/a.jsonl"
    assert group_of("model", cwd="", **fields | {"model": ""}) == "unknown"
