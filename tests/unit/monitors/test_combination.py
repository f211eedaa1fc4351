"""One suspicion per run: within a monitor, across monitors, and what the formula promises."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueline.core.kinds import SEVERITIES, Severity
from trueline.monitors import THRESHOLD, Observation
from trueline.monitors.combination import NOTE_CEILING, combined, suspicions_of

SUSPICION = st.floats(0, 1)
BY_MONITOR = st.dictionaries(st.text(max_size=3), SUSPICION, max_size=12)


def observed(monitor: str, suspicion: float, severity: Severity = "high") -> Observation:
    """Return an observation."""
    return Observation(
        monitor=monitor,
        kind="leak",
        rule="r",
        suspicion=suspicion,
        severity=severity,
        explanation="",
    )


def test_the_gravest_observation_of_a_monitor_counts() -> None:
    """Ten weak readings of one sort are not a strong one."""
    found = suspicions_of([observed("b", 0.3), observed("a", 0.2), observed("b", 0.8)])
    assert list(found.items()) == [("a", 0.2), ("b", 0.8)]


def test_a_note_never_counts_as_much_as_a_finding() -> None:
    """It accuses nobody."""
    assert suspicions_of([observed("a", 0.9, "note")]) == {"a": NOTE_CEILING}
    assert NOTE_CEILING < THRESHOLD


def test_a_monitor_without_suspicion_is_left_out() -> None:
    """Most runs have none."""
    assert suspicions_of([observed("a", 0.0)]) == {}
    assert combined({}) == 0.0


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"a": 0.3}, 0.3),
        ({"a": 0.25, "b": 0.25}, 0.375),  # 0.5 * (1 - 0.5 * 0.5)
        ({"a": 0.75, "b": 0.75}, 0.875),  # 0.5 + 0.5 * (1 - 0.5 * 0.5)
        ({"a": 0.75, "b": 0.25}, 0.75),  # the weak one is below the band of findings
        ({"a": 1.0, "b": 0.1}, 1.0),
    ],
)
def test_the_formula_gives_what_a_hand_gets(parts: dict[str, float], expected: float) -> None:
    """Worked out on paper."""
    assert combined(parts) == pytest.approx(expected)


@given(BY_MONITOR)
def test_it_is_bounded_and_never_below_a_part(parts: dict[str, float]) -> None:
    """In [0, 1], at least the greatest."""
    assert max(parts.values(), default=0.0) <= combined(parts) <= 1.0


@given(BY_MONITOR)
def test_weak_suspicions_never_add_up_to_a_finding(parts: dict[str, float]) -> None:
    """The threshold is reached exactly where a part reaches it."""
    is_finding = any(value >= THRESHOLD for value in parts.values())
    assert (combined(parts) >= THRESHOLD) is is_finding


@given(BY_MONITOR, st.data())
def test_it_rises_with_each_part(parts: dict[str, float], data: Any) -> None:
    """More suspicion of one monitor is never less of all."""
    name = data.draw(st.sampled_from([*parts, "new"]))
    raised = parts | {name: data.draw(st.floats(parts.get(name, 0.0), 1))}
    assert combined(raised) >= combined(parts) - 1e-12


@given(BY_MONITOR, st.randoms())
def test_the_order_of_monitors_does_not_matter(parts: dict[str, float], order: Any) -> None:
    """To the last bit."""
    items = list(parts.items())
    order.shuffle(items)
    assert combined(dict(items)) == combined(parts)


@given(st.lists(st.tuples(st.sampled_from("abc"), SUSPICION, st.sampled_from(SEVERITIES))))
def test_a_run_reaches_the_threshold_exactly_where_it_has_a_finding(
    items: list[tuple[str, float, Severity]],
) -> None:
    """A finding is an observation at the threshold that is no note."""
    found = suspicions_of([observed(*item) for item in items])
    has_finding = any(s >= THRESHOLD and severity != "note" for _, s, severity in items)
    assert (combined(found) >= THRESHOLD) is has_finding
