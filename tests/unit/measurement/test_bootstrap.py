"""Intervals by groups: what they cover, and that they are the same every time."""

import random

import pytest

from trueline.measurement.bootstrap import group_weights, intervals, quantile
from trueline.measurement.counts import Counts, Outcome


def sample(source: random.Random, groups: int) -> Counts:
    """Return runs of `groups` groups, four of each, flagged with a chance of 0.3 as a group."""
    outcomes: list[Outcome] = []
    for group in range(groups):
        is_flagged = source.random() < 0.3
        outcomes += [Outcome(group, float(is_flagged), False, is_flagged)] * 4
    return Counts(outcomes, groups)


def test_quantiles_lie_between_order_statistics() -> None:
    """Definition 7 of Hyndman and Fan, as numpy and R have it by default."""
    assert quantile([1.0, 2.0, 4.0, 8.0], 0.25) == pytest.approx(1.75)
    assert quantile([1.0, 2.0, 4.0, 8.0], 0.975) == pytest.approx(7.7)
    assert quantile([3.0], 0.5) == 3.0


def test_each_draw_has_as_many_groups_as_there_are() -> None:
    """With replacement."""
    draws = list(group_weights(7, 50))
    assert all(sum(weights) == 7 and len(weights) == 7 for weights in draws)
    assert any(0 in weights for weights in draws)


def test_the_same_seed_gives_the_same_intervals() -> None:
    """To the last bit, and another seed gives others."""
    counts = sample(random.Random(1), 30)
    assert intervals([counts], 30, 100) == intervals([counts], 30, 100)
    assert intervals([counts], 30, 100, seed=1) != intervals([counts], 30, 100, seed=2)


def test_one_group_has_no_interval() -> None:
    """There is nothing to draw."""
    assert intervals([sample(random.Random(1), 1)], 1, 100)[0].fpr is None


def test_a_figure_that_is_mostly_without_meaning_has_no_interval() -> None:
    """One positive run in many groups: a third of the draws miss it."""
    outcomes = [Outcome(group, 0.0, group == 0, False) for group in range(30)]
    found = intervals([Counts(outcomes, 30)], 30, 200)[0]
    assert found.auroc is None
    assert found.fpr == (0.0, 0.0)


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    """Whole groups are drawn; single runs would give intervals half as wide, and cover less."""
    source = random.Random(3)
    hits = 0
    for trial in range(100):
        around = intervals([sample(source, 60)], 60, 100, seed=trial)[0].fpr
        assert around is not None
        hits += around[0] <= 0.3 <= around[1]
    assert hits >= 87
