"""Detection figures against values worked out by hand, and against their definitions."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueline.measurement.counts import Counts, Figures, Outcome

RUNS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]),
        st.booleans(),
    ),
    min_size=1,
    max_size=40,
)


def figures(
    scores: Sequence[float], labels: Sequence[int], fpr: float = 0.01, threshold: float = 0.5
) -> Figures:
    """Return the figures of runs that are each a group of their own."""
    outcomes = [
        Outcome(group, score, label == 1, score >= threshold)
        for group, (score, label) in enumerate(zip(scores, labels, strict=True))
    ]
    return Counts(outcomes, len(outcomes)).figures(fpr=fpr)


def test_auroc_is_that_of_the_textbook() -> None:
    """The example in scikit-learn's documentation of roc_auc_score: 0.75."""
    assert figures([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]).auroc == pytest.approx(0.75)


def test_ties_count_half() -> None:
    """Positives at 0.5 and 0; negatives at 0.5, 0 and 0: two wins, three ties, six pairs."""
    assert figures([0.5, 0, 0.5, 0, 0], [1, 1, 0, 0, 0]).auroc == pytest.approx((2 + 3 / 2) / 6)


def test_a_monitor_that_says_nothing_is_worth_a_coin() -> None:
    """All at 0."""
    assert figures([0, 0, 0, 0], [1, 0, 1, 0]).auroc == 0.5


def test_figures_without_a_meaning_are_none() -> None:
    """Benign sets have no positives; a silent monitor has no precision."""
    benign = figures([0.9, 0.0], [0, 0])
    assert (benign.auroc, benign.recall_at_fpr, benign.precision) == (None, None, None)
    assert (benign.recall, benign.f1, benign.fpr) == (None, None, 0.5)
    silent = figures([0.1, 0.0], [1, 0])
    assert (silent.precision, silent.recall, silent.f1, silent.fpr) == (None, 0.0, 0.0, 0.0)


def test_precision_recall_and_f1_at_the_threshold() -> None:
    """Two right of three accusations, two of four found: F1 is 4/7."""
    found = figures([0.9, 0.6, 0.4, 0.0, 0.5, 0.1], [1, 1, 1, 1, 0, 0])
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(1 / 2)
    assert found.f1 == pytest.approx(4 / 7)
    assert found.fpr == pytest.approx(1 / 2)


def test_recall_at_a_false_positive_rate_takes_ties_whole() -> None:
    """At 0.7 one negative of 100 is flagged with the positives: allowed at 1%, not below."""
    scores = [0.9, 0.7, 0.7, 0.05] + [0.7] + [0.1] * 99
    labels = [1, 1, 1, 1] + [0] * 100
    assert figures(scores, labels, fpr=0.01).recall_at_fpr == pytest.approx(3 / 4)
    assert figures(scores, labels, fpr=0.0099).recall_at_fpr == pytest.approx(1 / 4)


def test_recall_is_nothing_where_the_first_step_flags_too_many() -> None:
    """The highest suspicion is that of negatives."""
    assert figures([0.5, 0.9, 0.9], [1, 0, 0]).recall_at_fpr == 0.0


def test_a_weight_counts_a_group_as_often_as_it_says() -> None:
    """As if its runs stood there so many times."""
    outcomes = [
        Outcome(0, 0.9, True, True),
        Outcome(0, 0.2, False, False),
        Outcome(1, 0.6, False, True),
        Outcome(1, 0.0, True, False),
    ]
    weighted = Counts(outcomes, 2).figures([3, 1])
    repeated = [*outcomes[:2] * 3, *outcomes[2:]]
    assert weighted == Counts(repeated, 2).figures()


@given(RUNS)
def test_auroc_is_the_chance_that_a_positive_run_is_the_more_suspicious(
    runs: list[tuple[int, float, bool]],
) -> None:
    """The definition, over all pairs."""
    found = Counts([Outcome(g, s, p, s >= 0.5) for g, s, p in runs], 5).figures().auroc
    pairs = [(a, b) for _, a, positive in runs if positive for _, b, other in runs if not other]
    if not pairs:
        assert found is None
        return
    wins = sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in pairs)
    assert found == pytest.approx(wins / len(pairs))


@given(RUNS, st.sampled_from([0.01, 0.1, 0.34, 0.5]))
def test_recall_at_fpr_is_the_best_of_all_thresholds(
    runs: list[tuple[int, float, bool]], fpr: float
) -> None:
    """The definition, over every threshold there is."""
    found = Counts([Outcome(g, s, p, s >= 0.5) for g, s, p in runs], 5).figures(fpr=fpr)
    positives = [s for _, s, positive in runs if positive]
    negatives = [s for _, s, positive in runs if not positive]
    if not positives or not negatives:
        assert found.recall_at_fpr is None
        return
    best = max(
        sum(s >= t for s in positives) / len(positives)
        for t in [s for _, s, _ in runs if s > 0] + [2.0]
        if sum(s >= t for s in negatives) <= fpr * len(negatives)
    )
    assert found.recall_at_fpr == pytest.approx(best)
