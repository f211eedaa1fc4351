"""SWE-agent's trajectories: actions as calls, demonstrations left out, real files whole."""

import json
from pathlib import Path
from typing import Any

import pytest

from trueline.trajectory import ReadProblem, Trajectory
from trueline.trajectory.formats.swe_agent import READER
from trueline.trajectory.opening import recognise


def read(tmp_path: Path, steps: list[Any], **fields: Any) -> Trajectory:
    """Return the run with these steps."""
    path = tmp_path / "task-1.traj"
    path.write_text(json.dumps({"trajectory": steps, **fields}))
    [run] = READER.read(path, "task-1.traj")
    assert isinstance(run, Trajectory)
    return run


def step(action: str, observation: str | None = "ok", **fields: Any) -> dict[str, Any]:
    """Return one step."""
    return {"action": action, "observation": observation, "thought": "t", "response": "r", **fields}


def test_an_action_is_a_call_of_bash_with_the_whole_text(tmp_path: Path) -> None:
    """The shell that it is for understands SWE-agent's commands too."""
    run = read(tmp_path, [step("edit 1:1\nx\nend_of_edit\n")])
    assert [item.kind for item in run.steps] == ["message", "call", "result"]
    assert run.steps[1].tool == "bash"
    assert run.steps[1].arguments == {"command": "edit 1:1\nx\nend_of_edit\n"}
    assert run.steps[2].call_index == 1
    assert run.id == "task-1"


def test_demonstrations_are_no_part_of_the_run(tmp_path: Path) -> None:
    """Neither their prompt nor the agent's words in them."""
    history = [
        {"role": "system", "content": "sys"},
        {"role": "user", "content": "demo", "is_demo": True},
        {"role": "assistant", "content": "demo", "action": "ls", "is_demo": True},
        {"role": "user", "content": "task"},
        {"role": "assistant", "content": "x", "action": "ls", "thought": "from history"},
    ]
    run = read(tmp_path, [step("ls", thought="")], history=history)
    assert [item.text for item in run.steps] == ["sys", "task", "from history", "", "ok"]


def test_an_edit_names_the_open_file_that_its_arguments_do_not(tmp_path: Path) -> None:
    """Only commands on the open file; others name theirs."""
    state = json.dumps({"open_file": "/repo/a.py", "working_dir": "/repo"})
    run = read(tmp_path, [step("edit 1:1\nx", state=state), step("ls", state=state)])
    assert [item.extra for item in run.steps if item.kind == "result"] == [
        {"file_path": "/repo/a.py"},
        {},
    ]
    assert run.cwd == "/repo"


def test_calls_of_the_model_go_before_the_text_of_the_action(tmp_path: Path) -> None:
    """In function-calling mode, also where only `history` has them."""
    call = {"id": "c1", "function": {"name": "open", "arguments": '{"path": "a.py"}'}}
    history = [{"role": "assistant", "action": "open a.py", "tool_calls": [call]}]
    run = read(tmp_path, [step("open a.py")], history=history)
    assert (run.steps[1].tool, run.steps[1].arguments) == ("open", {"path": "a.py"})
    assert run.steps[2].call_id == "c1"


def test_a_step_without_an_action_is_what_was_said_and_what_the_host_answered(
    tmp_path: Path,
) -> None:
    """Replies that could not be parsed."""
    run = read(tmp_path, [step("", "Your output was not formatted", thought="")])
    assert [(item.kind, item.actor, item.text) for item in run.steps] == [
        ("message", "agent", "r"),
        ("note", "host", "Your output was not formatted"),
    ]


def test_a_command_that_ran_out_of_time_is_interrupted(tmp_path: Path) -> None:
    """Every version says so at the beginning of the observation."""
    seen = [
        "EXECUTION TIMED OUT",
        "The command 'sleep 99' was cancelled because it took more than 30 seconds.",
        "The command 'ls' is fine",
    ]
    run = read(tmp_path, [step("sleep 99", text) for text in seen])
    results = [item for item in run.steps if item.kind == "result"]
    assert [item.is_interrupted for item in results] == [True, True, False]


def test_the_submission_and_how_it_ended_are_told(tmp_path: Path) -> None:
    """A note with the patch, and a fact of the run."""
    run = read(tmp_path, [step("submit")], info={"submission": "diff", "exit_status": "submitted"})
    assert run.steps[-1].kind == "note"
    assert run.steps[-1].text.endswith("diff")
    assert run.metadata == {"exit_status": "submitted"}


def test_a_step_that_is_none_is_a_problem_with_its_position(tmp_path: Path) -> None:
    """The others are read."""
    path = tmp_path / "a.traj"
    path.write_text(json.dumps({"trajectory": [step("ls"), 7]}))
    problem, run = READER.read(path, "a")
    assert isinstance(problem, ReadProblem)
    assert problem.line == 2
    assert isinstance(run, Trajectory)
    assert len(run.steps) == 3


@pytest.mark.shared
def test_real_trajectories_are_whole_and_linked(shared_data: Path) -> None:
    """Every call has its result, in text mode and in function-calling mode."""
    for path in sorted((shared_data / "sessions" / "swe-agent").glob("*.traj")):
        assert recognise(path) is READER
        [run] = READER.read(path, path.name)
        assert isinstance(run, Trajectory)
        actions = json.loads(path.read_text())["trajectory"]
        calls = [item for item in run.steps if item.kind == "call"]
        assert len(calls) == len(actions)
        assert all(item.call_index is not None for item in calls)
        assert not any("demonstration" in item.text[:60] for item in run.steps)
