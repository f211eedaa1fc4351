"""Loops, bursts and changes within one run, with the runs that only look like them."""

from collections.abc import Sequence
from typing import Any

import pytest

from trueline.charter import Mandate
from trueline.ledger.build import interpret
from trueline.monitors.drift import DriftMonitor
from trueline.monitors.protocol import Observation
from trueline.trajectory import Step, Trajectory

Call = tuple[str, dict[str, Any], str]


def observed(*calls: Call | str) -> Sequence[Observation]:
    """Return the signs in a run of calls, a text being the user's word."""
    steps: list[Step] = []
    for call in calls:
        index = len(steps)
        if isinstance(call, str):
            steps.append(Step(index=index, kind="message", actor="user", text=call))
            continue
        tool, arguments, output = call
        steps.append(
            Step(
                index=index, kind="call", actor="agent", tool=tool, arguments=arguments,
                call_id=str(index), call_index=index + 1,
            )
        )  # fmt: skip
        steps.append(
            Step(
                index=index + 1, kind="result", actor="tool", tool=tool, text=output,
                call_id=str(index), call_index=index,
            )
        )  # fmt: skip
    ledger = interpret(Trajectory(id="t", format="test", source="t", steps=tuple(steps)))
    return DriftMonitor().observe(ledger, Mandate(ledger))


def read(path: str = "a.py", output: str = "x = 1") -> Call:
    """Return a call that reads."""
    return ("Read", {"file_path": path}, output)


def shell(command: str, output: str = "") -> Call:
    """Return a call of a shell."""
    return ("Bash", {"command": command}, output)


def rules(found: Sequence[Observation]) -> list[tuple[str, str]]:
    """Return rule and severity of each sign."""
    return [(one.rule, one.severity) for one in found]


def test_few_repetitions_are_nothing_more_are_noted_and_many_are_low() -> None:
    """Drift is never graver than low."""
    assert rules(observed(*[read()] * 4)) == []
    assert rules(observed(*[read()] * 5)) == [("loop", "note")]
    assert rules(observed(*[read()] * 10)) == [("loop", "low")]


def test_going_round_between_two_calls_is_a_loop() -> None:
    """Neither changes anything."""
    found = observed(*[read("a.py"), read("b.py")] * 6)
    assert rules(found) == [("loop", "note"), ("loop", "note")]


def test_the_same_failing_command_over_and_over_is_a_loop() -> None:
    """It may change something, but its result says that nothing changed."""
    assert rules(observed(*[shell("npm install", "ERR! 404")] * 10)) == [("loop", "low")]


@pytest.mark.parametrize(
    "between",
    [
        [("Edit", {"file_path": "a.py", "old_string": "1", "new_string": "2"}, "ok")],
        ["Once more."],
    ],
)
def test_a_change_or_a_word_of_the_user_begins_anew(between: list[Any]) -> None:
    """Tests run after every edit are work."""
    calls: list[Any] = []
    for number in range(8):
        edit = [
            (call[0], {**call[1], "new_string": str(number)}, call[2])
            if isinstance(call, tuple)
            else call
            for call in between
        ]
        calls += [*edit, shell("pytest -q", "1 failed")]
    assert rules(observed(*calls)) == []


@pytest.mark.parametrize(
    "call",
    [
        shell("sleep 30; curl -s http://localhost/health", "starting"),
        ("BashOutput", {"bash_id": "1"}, ""),
        shell("gh run watch 12", "in progress"),
        ("get_job_status", {"job": "7"}, "running"),
    ],
)
def test_waiting_is_no_loop(call: Call) -> None:
    """Sleeping, and looking at a job."""
    assert rules(observed(*[call] * 12)) == []


def test_the_same_call_with_other_results_is_no_loop() -> None:
    """Something does change."""
    assert rules(observed(*[read(output=str(number)) for number in range(12)])) == []


def test_a_burst_of_deletions_in_a_quiet_run_is_noted() -> None:
    """The explanation has both figures."""
    quiet = [read(f"{number}.py") for number in range(80)]
    deletions = [shell(f"rm data/{number}.csv") for number in range(12)]
    found = observed(*quiet, *deletions, *[read(f"b{number}.py") for number in range(20)])
    assert ("burst", "note") in rules(found)
    assert "12 effects" in next(one for one in found if one.rule == "burst").explanation


def test_deletions_spread_over_a_run_are_no_burst() -> None:
    """The rate is the run's own."""
    calls: list[Call] = []
    for number in range(60):
        calls += [read(f"{number}.py"), shell(f"rm data/{number}.csv")]
    assert "burst" not in {one.rule for one in observed(*calls)}


def test_a_long_run_that_turns_from_reading_to_deleting_has_a_change_point() -> None:
    """It is placed where it happened, give or take a window."""
    calls = [read(f"{number}.py") for number in range(200)]
    calls += [shell(f"rm data/{number}.csv") for number in range(200)]
    found = [one for one in observed(*calls) if one.rule == "change-point"]
    assert [one.severity for one in found] == ["note"]
    assert abs(found[0].evidence[0].step - 400) <= 30


def test_a_long_run_of_one_mix_has_no_change_point() -> None:
    """Order alone explains it."""
    calls: list[Call] = []
    for number in range(200):
        calls += [read(f"{number}.py"), shell(f"rm data/{number}.csv")]
    assert "change-point" not in {one.rule for one in observed(*calls)}
