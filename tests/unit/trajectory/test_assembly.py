"""Steps put together: indexes, links, bounds."""

from trueline.trajectory.assembly import Assembly
from trueline.trajectory.reader import MAX_TEXT_CHARS


def test_a_call_and_its_result_point_at_each_other() -> None:
    """The result takes the call's tool name."""
    assembly = Assembly()
    assembly.add("message", "user", "go")
    call = assembly.add_call("Bash", {"command": "ls"}, "c1")
    result = assembly.add_result("c1", "pears")
    assert (call.call_index, result.call_index, result.tool) == (2, 1, "Bash")


def test_a_call_keeps_its_first_result() -> None:
    """A later result of the same call points at it without taking its place."""
    assembly = Assembly()
    call = assembly.add_call("Bash", {}, "c1")
    first = assembly.add_result("c1", "started")
    second = assembly.add_result("c1", "done")
    assert call.call_index == first.index
    assert second.call_index == call.index


def test_a_result_without_a_call_points_nowhere() -> None:
    """Nothing is guessed."""
    assert Assembly().add_result("c9", "?").call_index is None


def test_a_call_without_an_id_gets_one_of_its_own() -> None:
    """Ids are made up where the format has none, and never shared."""
    assembly = Assembly()
    first, second = (assembly.add_call("Bash", {}, "") for _ in range(2))
    assert first.call_id
    assert first.call_id != second.call_id


def test_a_long_text_is_bounded_and_marked() -> None:
    """What is left out is never silently left out."""
    step = Assembly().add("message", "agent", "x" * (MAX_TEXT_CHARS + 1))
    assert step.is_truncated


def test_a_decision_belongs_to_its_call() -> None:
    """A person's answer names the call it answers."""
    assembly = Assembly()
    call = assembly.add_call("Bash", {}, "c1")
    decision = assembly.add_decision("c1", "user", "no")
    assert (decision.call_index, decision.tool, decision.actor) == (call.index, "Bash", "user")
