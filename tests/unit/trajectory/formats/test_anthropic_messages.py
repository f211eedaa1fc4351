"""Anthropic's content blocks: calls and results inside messages, and what tells the shape."""

import json
from pathlib import Path
from typing import Any

import pytest

from trueline.trajectory import Trajectory
from trueline.trajectory.formats.anthropic_messages import READER
from trueline.trajectory.opening import recognise

USE = {"type": "tool_use", "id": "t1", "name": "bash", "input": {"command": "ls"}}
RESULT = {"type": "tool_result", "tool_use_id": "t1", "content": "a b"}


def read(tmp_path: Path, value: Any) -> Trajectory:
    """Return the one trajectory of a document."""
    path = tmp_path / "request.json"
    path.write_text(json.dumps(value))
    [run] = READER.read(path, "request.json")
    assert isinstance(run, Trajectory)
    return run


def conversation(*blocks: dict[str, Any]) -> dict[str, Any]:
    """Return a request in which the agent answers with `blocks`."""
    return {"messages": [{"role": "assistant", "content": list(blocks)}]}


def test_a_result_in_a_users_message_is_the_tools_and_the_text_after_it_the_users(
    tmp_path: Path,
) -> None:
    """One message, two speakers."""
    content = [RESULT, {"type": "text", "text": "go on"}]
    run = read(
        tmp_path,
        {
            "messages": [
                {"role": "assistant", "content": [USE]},
                {"role": "user", "content": content},
            ]
        },
    )
    assert [(step.kind, step.actor, step.text) for step in run.steps] == [
        ("call", "agent", ""),
        ("result", "tool", "a b"),
        ("message", "user", "go on"),
    ]
    assert run.steps[1].call_index == 0
    assert run.steps[1].tool == "bash"


def test_system_may_be_text_or_blocks(tmp_path: Path) -> None:
    """It stands beside the messages."""
    for system in ("Be kind.", [{"type": "text", "text": "Be kind."}]):
        run = read(tmp_path, conversation(USE) | {"system": system})
        assert (run.steps[0].actor, run.steps[0].text) == ("system", "Be kind.")


def test_results_of_code_run_by_the_server_have_a_status(tmp_path: Path) -> None:
    """Standard output and error are told together and apart."""
    content = {"type": "bash_code_execution_result", "stdout": "1", "stderr": "warn",
               "return_code": 3}  # fmt: skip
    block = {"type": "bash_code_execution_tool_result", "tool_use_id": "s", "content": content}
    use = {"type": "server_tool_use", "id": "s", "name": "bash_code_execution", "input": {}}
    result = read(tmp_path, conversation(use, block)).steps[1]
    assert (result.exit_status, result.text, result.call_index) == (3, "1\nwarn", 0)
    assert result.extra == {"stdout": "1", "stderr": "warn"}


def test_an_error_of_a_server_tool_is_one(tmp_path: Path) -> None:
    """The code of the error is what is known."""
    content = {"type": "web_search_tool_result_error", "error_code": "max_uses_exceeded"}
    block = {"type": "web_search_tool_result", "tool_use_id": "s", "content": content}
    result = read(tmp_path, conversation(block)).steps[0]
    assert (result.text, result.is_error) == ("max_uses_exceeded", True)


def test_redacted_thinking_says_nothing(tmp_path: Path) -> None:
    """Its content is encrypted."""
    blocks = ({"type": "redacted_thinking", "data": "xx"}, {"type": "thinking", "thinking": "so"})
    assert [step.text for step in read(tmp_path, conversation(*blocks)).steps] == ["so"]


def test_an_answer_beside_its_request_ends_the_conversation(tmp_path: Path) -> None:
    """Logged as `response`."""
    answer = {"type": "message", "role": "assistant", "content": [{"type": "text", "text": "hi"}]}
    request = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}
    run = read(tmp_path, {"request": request, "response": answer})
    assert [step.text for step in run.steps] == ["hello", "hi"]
    assert run.model == "m"


@pytest.mark.parametrize(
    ("value", "is_ours"),
    [
        (conversation(USE), True),
        ([{"role": "user", "content": [RESULT]}], True),
        ({"system": "s", "messages": [{"role": "user", "content": "hi"}]}, True),
        ({"messages": [{"role": "user", "content": "hi"}]}, False),
        (
            {"messages": [{"role": "system", "content": "s"}, {"role": "tool", "content": "x"}]},
            False,
        ),
    ],
)
def test_blocks_or_a_system_beside_the_messages_tell_the_shape(
    tmp_path: Path, value: Any, is_ours: bool
) -> None:
    """Plain text alone is read as chat completions."""
    path = tmp_path / "x.json"
    path.write_text(json.dumps(value))
    assert (recognise(path) is READER) == is_ours


def test_a_long_document_is_recognised_by_its_beginning(tmp_path: Path) -> None:
    """The first 64 KiB are cut anywhere."""
    path = tmp_path / "long.json"
    filler = [{"role": "user", "content": "x" * 1000}] * 200
    path.write_text(json.dumps({"messages": [{"role": "assistant", "content": [USE]}, *filler]}))
    assert recognise(path) is READER
