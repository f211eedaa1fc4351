"""OpenHands' events: both ages, every way to file them, calls linked by cause and by id."""

import json
from pathlib import Path
from typing import Any

import pytest

from trueline.trajectory import Step, Trajectory
from trueline.trajectory.formats.openhands import READER
from trueline.trajectory.opening import recognise


def steps(tmp_path: Path, events: Any) -> tuple[Step, ...]:
    """Return the steps of the only run in a document."""
    path = tmp_path / "events.json"
    path.write_text(json.dumps(events))
    assert recognise(path) is READER
    [run] = READER.read(path, "events.json")
    assert isinstance(run, Trajectory)
    return run.steps


def action(number: int, name: str, **arguments: Any) -> dict[str, Any]:
    """Return an action of the agent."""
    return {"id": number, "source": "agent", "action": name, "args": arguments}


def seen(number: int, name: str, cause: int, content: str = "", **extras: Any) -> dict[str, Any]:
    """Return what an action caused."""
    return {"id": number, "source": "agent", "observation": name, "cause": cause,
            "content": content, "extras": extras}  # fmt: skip


RUN = action(1, "run", command="ls", thought="I look.", confirmation_state="confirmed")
LISTED = seen(2, "run", 1, "a b", metadata={"exit_code": 0}, command="ls")


def test_a_command_its_thought_and_its_status(tmp_path: Path) -> None:
    """What OpenHands keeps for itself is no argument."""
    message, call, result = steps(tmp_path, [RUN, LISTED])
    assert (message.kind, message.text) == ("message", "I look.")
    assert (call.tool, call.arguments) == ("run", {"command": "ls"})
    assert (result.text, result.exit_status, result.call_index) == ("a b", 0, 1)


@pytest.mark.parametrize(
    "document",
    [
        [[RUN, LISTED]],
        {"history": [RUN, LISTED]},
        {"instance_id": "i", "history": [[RUN, LISTED]]},
        {"trajectory": [RUN, LISTED]},
    ],
)
def test_events_may_stand_in_pairs_and_in_runs(tmp_path: Path, document: Any) -> None:
    """Evaluations file them under `history`."""
    assert [step.kind for step in steps(tmp_path, document)] == ["message", "call", "result"]


def test_runs_of_an_evaluation_are_a_trajectory_a_line(tmp_path: Path) -> None:
    """`output.jsonl`, with the task's name as id."""
    path = tmp_path / "output.jsonl"
    about = {"agent_class": "CodeActAgent", "llm_config": {"model": "m"}}
    rows = [{"instance_id": f"i{n}", "metadata": about, "history": [RUN, LISTED]} for n in (1, 2)]
    path.write_text("\n".join(json.dumps(row) for row in rows))
    runs = [run for run in READER.read(path, "o") if isinstance(run, Trajectory)]
    assert [(run.id, run.agent, run.model) for run in runs] == [
        ("i1", "CodeActAgent", "m"),
        ("i2", "CodeActAgent", "m"),
    ]


def test_the_models_names_and_ids_go_before_the_hosts(tmp_path: Path) -> None:
    """Recorded as metadata of the tool call."""
    made_by = {"tool_call_id": "toolu_1", "function_name": "execute_bash"}
    _, call, result = steps(
        tmp_path, [RUN | {"tool_call_metadata": made_by}, LISTED | {"tool_call_metadata": made_by}]
    )
    assert (call.tool, call.call_id, result.call_id) == ("execute_bash", "toolu_1", "toolu_1")


def test_a_command_that_does_not_end_has_no_status(tmp_path: Path) -> None:
    """OpenHands writes -1 and says why at the end."""
    suffix = "\n[The command timed out after 30 seconds."
    event = seen(2, "run", 1, "x", metadata={"exit_code": -1, "suffix": suffix})
    result = steps(tmp_path, [RUN, event])[2]
    assert (result.exit_status, result.is_interrupted) == (None, True)


def test_an_edit_keeps_the_file_before_it(tmp_path: Path) -> None:
    """Unless there was none."""
    edit = action(1, "edit", path="/a", command="str_replace", old_str="x", new_str="y")
    changed = seen(2, "edit", 1, "done", path="/a", old_content="x", prev_exist=True)
    assert steps(tmp_path, [edit, changed])[1].extra == {"file_path": "/a", "original_file": "x"}
    changed["extras"]["prev_exist"] = False
    assert steps(tmp_path, [edit, changed])[1].extra == {"file_path": "/a"}


def test_errors_rejections_thoughts_and_bookkeeping(tmp_path: Path) -> None:
    """Each is what it is, or nothing."""
    found = steps(
        tmp_path,
        [
            action(0, "system", content="sys"),
            action(1, "run", command="rm -rf /"),
            seen(2, "user_rejected", 1, "no"),
            action(3, "run", command="ls"),
            seen(4, "error", 3, "broken"),
            action(5, "think", thought="hm"),
            seen(6, "think", 5, "Your thought has been logged."),
            action(7, "change_agent_state", agent_state="finished"),
            action(8, "condensation", summary="so far"),
            action(9, "finish", final_thought="Done."),
        ],
    )
    assert [(step.kind, step.actor, step.is_error, step.tag, step.text) for step in found] == [
        ("message", "system", False, "", "sys"),
        ("call", "agent", False, "", ""),
        ("decision", "user", False, "", "rejected: no"),
        ("result", "tool", True, "", "no"),
        ("call", "agent", False, "", ""),
        ("result", "tool", True, "", "broken"),
        ("reasoning", "agent", False, "", "hm"),
        ("note", "host", False, "compaction", "so far"),
        ("message", "agent", False, "", "Done."),
    ]


def sdk(kind: str, source: str = "agent", **fields: Any) -> dict[str, Any]:
    """Return an event of the SDK."""
    return {"kind": kind, "source": source, "id": "e", "timestamp": "2026-01-02T03:04:05", **fields}


def text(words: str) -> list[dict[str, str]]:
    """Return content of one text."""
    return [{"type": "text", "text": words}]


def asked(tool: str, arguments: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return a call of the SDK's agent."""
    call = {"id": "c1", "name": tool, "arguments": json.dumps(arguments)}
    return sdk("ActionEvent", tool_name=tool, tool_call_id="c1", tool_call=call, **fields)


def test_events_of_the_sdk_are_told_by_kind(tmp_path: Path) -> None:
    """System prompt, message, call with reasoning, result with status and time."""
    observation = {"content": text("a b"), "exit_code": 2, "is_error": True, "timeout": False}
    found = steps(
        tmp_path,
        [
            sdk("SystemPromptEvent", system_prompt={"type": "text", "text": "sys"}),
            sdk("MessageEvent", "user", llm_message={"role": "user", "content": text("go")}),
            asked("terminal", {"command": "ls"}, thought=text("I look."), reasoning_content="hm"),
            sdk("ObservationEvent", "environment", tool_name="terminal", tool_call_id="c1",
                observation=observation),
            sdk("ConversationStateUpdateEvent", key="x"),
        ],
    )  # fmt: skip
    assert [(step.kind, step.actor, step.text) for step in found] == [
        ("message", "system", "sys"),
        ("message", "user", "go"),
        ("reasoning", "agent", "hm"),
        ("message", "agent", "I look."),
        ("call", "agent", ""),
        ("result", "tool", "a b"),
    ]
    assert found[4].arguments == {"command": "ls"}
    assert (found[5].exit_status, found[5].is_error, found[5].call_index) == (2, True, 4)
    assert found[5].time == "2026-01-02T03:04:05"


def test_what_the_agent_says_by_a_tool_is_what_it_says(tmp_path: Path) -> None:
    """`finish` and `think` do nothing else."""
    found = steps(
        tmp_path,
        [
            asked("think", {}, action={"kind": "ThinkAction", "thought": "hm"}),
            sdk("ObservationEvent", tool_name="think", tool_call_id="c1", observation={}),
            asked("finish", {}, action={"kind": "FinishAction", "message": "All tests pass."}),
        ],
    )
    assert [(step.kind, step.text) for step in found] == [
        ("reasoning", "hm"),
        ("message", "All tests pass."),
    ]


def test_a_rejection_is_a_decision_and_an_error(tmp_path: Path) -> None:
    """By the user or by a hook."""
    rejected = sdk("UserRejectObservation", tool_name="terminal", tool_call_id="c1",
                   rejection_reason="no", rejection_source="hook")  # fmt: skip
    failed = sdk("AgentErrorEvent", tool_name="terminal", tool_call_id="c1", error="bad arguments")
    call, decision, result, error = steps(tmp_path, [asked("terminal", {}), rejected, failed])
    assert (decision.kind, decision.actor, decision.tag) == ("decision", "host", "hook")
    assert (result.is_error, result.call_index) == (True, call.index)
    assert (error.is_error, error.text) == (True, "bad arguments")
