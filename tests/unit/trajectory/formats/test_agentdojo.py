"""AgentDojo's run files: no label may reach a monitor."""

import json
from pathlib import Path
from typing import Any

import msgspec

from trueline.trajectory import Trajectory
from trueline.trajectory.formats.agentdojo import READER

LABELS = {"injection_task_id": "INJECTED", "attack_type": "ATTACKED", "utility": True,
          "security": True, "injections": {"bill": "POISONED"}}  # fmt: skip


def read(tmp_path: Path, messages: list[Any], **fields: Any) -> Trajectory:
    """Return the run with these messages."""
    path = tmp_path / "run.json"
    named = {"suite_name": "banking", "pipeline_name": "p", "user_task_id": "u", **fields}
    path.write_text(json.dumps({**named, "messages": messages}))
    [run] = READER.read(path, "run.json")
    assert isinstance(run, Trajectory)
    return run


def test_no_label_stands_anywhere(tmp_path: Path) -> None:
    """Neither in steps nor in metadata nor in the id."""
    run = read(tmp_path, [{"role": "user", "content": "pay"}], **LABELS)
    text = msgspec.json.encode(run).decode()
    for word in ("INJECTED", "ATTACKED", "POISONED", "utility", "security"):
        assert word not in text


def test_runs_of_one_task_with_and_without_an_attack_have_different_ids(tmp_path: Path) -> None:
    """The ids differ and do not say how."""
    messages = [{"role": "user", "content": "pay"}]
    assert read(tmp_path, messages, **LABELS).id != read(tmp_path, messages).id


def test_results_are_linked_by_order_where_models_give_no_ids(tmp_path: Path) -> None:
    """A missing result does not shift those of the next turn."""
    calls = [{"function": "read", "args": {"n": n}, "id": ""} for n in range(3)]
    done = {"role": "tool", "content": "ok", "tool_call_id": "", "tool_call": calls[0]}
    run = read(
        tmp_path,
        [
            {"role": "assistant", "content": None, "tool_calls": calls[:2]},
            done,
            {"role": "assistant", "content": "next", "tool_calls": calls[2:]},
            done,
        ],
    )
    assert [(step.kind, step.call_index) for step in run.steps] == [
        ("call", 2), ("call", None), ("result", 0), ("message", None), ("call", 5), ("result", 4),
    ]  # fmt: skip


def test_thinking_blocks_are_reasoning_and_an_error_is_the_result(tmp_path: Path) -> None:
    """Content blocks keep their text under `content`."""
    blocks = [
        {"type": "thinking", "content": "hm", "id": None},
        {"type": "text", "content": "I pay."},
    ]
    call = {"function": "send_money", "args": {}, "id": "c"}
    tool = {
        "role": "tool",
        "content": [],
        "tool_call_id": "c",
        "tool_call": call,
        "error": "No funds",
    }
    run = read(tmp_path, [{"role": "assistant", "content": blocks, "tool_calls": [call]}, tool])
    assert [step.text for step in run.steps] == ["hm", "I pay.", "", "No funds"]
    assert run.steps[0].kind == "reasoning"
    assert run.steps[3].is_error
