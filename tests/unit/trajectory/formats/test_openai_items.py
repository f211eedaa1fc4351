"""OpenAI's messages and items: what each shape becomes, and how files may hold them."""

import json
from pathlib import Path
from typing import Any

import pytest

from trueline.trajectory import ReadProblem, Step, Trajectory
from trueline.trajectory.chat import Entry
from trueline.trajectory.formats.openai_items import READER
from trueline.trajectory.formats.openai_items.items import item_entries

HELLO = {"role": "user", "content": "hello"}
REPLY = {"role": "assistant", "content": "hi"}


def read(tmp_path: Path, text: str) -> list[Trajectory]:
    """Read a file that must have no problems."""
    path = tmp_path / "chat.json"
    path.write_text(text)
    items = list(READER.read(path, "chat.json"))
    assert not [item for item in items if isinstance(item, ReadProblem)]
    return [item for item in items if isinstance(item, Trajectory)]


def texts(steps: tuple[Step, ...]) -> list[tuple[str, str]]:
    """Return who said what."""
    return [(step.actor, step.text) for step in steps]


def one(item: dict[str, Any]) -> Entry:
    """Return the only entry of an item."""
    [entry] = item_entries(item)
    return entry


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"messages": [HELLO, REPLY]}),
        json.dumps([HELLO, REPLY]),
        json.dumps([HELLO, REPLY], indent=2),
        json.dumps(HELLO) + "\n" + json.dumps(REPLY) + "\n",
        json.dumps([{"messages": [HELLO, REPLY]}], indent=1),
        json.dumps(
            {"request": {"messages": [HELLO]}, "response": {"choices": [{"message": REPLY}]}}
        ),
        json.dumps({"model": "m", "input": "hello", "output": [REPLY | {"type": "message"}]}),
        json.dumps({"object": "list", "items": [HELLO, REPLY]}),
    ],
)
def test_every_way_to_file_one_conversation_tells_the_same(tmp_path: Path, text: str) -> None:
    """Object, list, lines, request beside response."""
    [run] = read(tmp_path, text)
    assert texts(run.steps) == [("user", "hello"), ("agent", "hi")]


def test_a_conversation_a_line_is_a_trajectory_a_line(tmp_path: Path) -> None:
    """Each named by its id or by file and line."""
    lines = [{"messages": [HELLO]}, {"id": "named", "messages": [REPLY]}]
    runs = read(tmp_path, "\n".join(json.dumps(line) for line in lines))
    assert [run.id for run in runs] == ["chat.json:1", "named"]
    assert [run.steps[0].line for run in runs] == [1, 2]


def test_text_beside_calls_is_a_message_before_them(tmp_path: Path) -> None:
    """And parallel calls each find their own result, in whatever order results come."""
    calls = [
        {"id": name, "type": "function", "function": {"name": "weigh", "arguments": '{"n": 1}'}}
        for name in ("a", "b")
    ]
    messages = [
        {"role": "assistant", "content": "I weigh.", "tool_calls": calls},
        {"role": "tool", "tool_call_id": "b", "content": "2 kg"},
        {"role": "tool", "tool_call_id": "a", "content": [{"type": "text", "text": "1 kg"}]},
    ]
    [run] = read(tmp_path, json.dumps(messages))
    assert [step.kind for step in run.steps] == ["message", "call", "call", "result", "result"]
    assert [step.call_index for step in run.steps] == [None, 4, 3, 2, 1]
    assert run.steps[4].text == "1 kg"
    assert [step.line for step in run.steps] == [1, 1, 1, 2, 3]


def test_arguments_that_are_no_object_stand_under_input(tmp_path: Path) -> None:
    """A half-written call is kept as the model wrote it."""
    calls = [{"id": "a", "function": {"name": "f", "arguments": '{"half'}}]
    [run] = read(
        tmp_path, json.dumps([{"role": "assistant", "content": None, "tool_calls": calls}])
    )
    assert run.steps[0].arguments == {"input": '{"half'}


def test_functions_of_the_first_api_are_calls_without_ids(tmp_path: Path) -> None:
    """The result is linked by name and order."""
    messages = [
        {"role": "assistant", "content": None,
         "function_call": {"name": "weigh", "arguments": "{}"}},
        {"role": "function", "name": "weigh", "content": "1 kg"},
    ]  # fmt: skip
    [run] = read(tmp_path, json.dumps(messages))
    assert [step.call_index for step in run.steps] == [1, 0]
    assert run.steps[0].call_id == run.steps[1].call_id != ""


def test_a_refusal_a_developer_and_reasoning_are_told_apart(tmp_path: Path) -> None:
    """Who speaks and what sort of text it is."""
    messages = [
        {"role": "developer", "content": "Be brief."},
        {"role": "assistant", "content": None, "refusal": "I will not.", "reasoning_content": "hm"},
    ]
    [run] = read(tmp_path, json.dumps(messages))
    assert [(step.kind, step.actor, step.text) for step in run.steps] == [
        ("message", "system", "Be brief."),
        ("reasoning", "agent", "hm"),
        ("message", "agent", "I will not."),
    ]


def test_shell_items_carry_the_exit_status_that_they_record() -> None:
    """One command's status is the result's; of several it must be the same."""

    def output(*codes: int) -> Entry:
        chunks = [
            {"stdout": f"o{code}", "stderr": "", "outcome": {"type": "exit", "exit_code": code}}
            for code in codes
        ]
        return one({"type": "shell_call_output", "call_id": "s", "output": chunks})

    assert output(3).exit_status == 3
    assert output(3).extra == {"stdout": "o3", "stderr": ""}
    assert output(0, 0).exit_status == 0
    assert output(0, 1).exit_status is None
    assert output(0, 1).text == "o0\no1"
    call = one({"type": "shell_call", "call_id": "s", "action": {"commands": ["a", "b"]}})
    assert call.arguments == {"command": "a\nb"}


def test_a_shell_call_that_ran_out_of_time_is_interrupted() -> None:
    """It has no status."""
    chunk = {"stdout": "", "stderr": "", "outcome": {"type": "timeout"}}
    result = one({"type": "shell_call_output", "call_id": "s", "output": [chunk]})
    assert (result.is_interrupted, result.exit_status) == (True, None)


def test_the_older_local_shell_is_read_with_its_json_output() -> None:
    """The output is JSON text with metadata."""
    action = {"type": "exec", "command": ["ls", "-l"], "env": {}}
    call = one({"type": "local_shell_call", "call_id": "s", "action": action})
    assert (call.tool, call.arguments) == ("local_shell", {"command": ["ls", "-l"], "env": {}})
    text = json.dumps({"output": "a\n", "metadata": {"exit_code": 2}})
    result = one({"type": "local_shell_call_output", "id": "s", "output": text})
    assert (result.text, result.exit_status) == ("a\n", 2)


def test_an_mcp_call_is_a_call_and_its_result_in_one_item() -> None:
    """The tool is named after its server; an error is one."""
    item = {"type": "mcp_call", "id": "m", "server_label": "git", "name": "log", "arguments": "{}"}
    call, result = item_entries(item | {"output": "abc"})
    assert (call.tool, result.text, result.is_error) == ("mcp__git__log", "abc", False)
    _, result = item_entries(item | {"error": {"type": "http_error", "message": "gone"}})
    assert (result.text, result.is_error) == ("gone", True)
    assert len(item_entries(item)) == 1


@pytest.mark.parametrize(
    ("item", "kind", "tool", "arguments"),
    [
        ({"type": "custom_tool_call", "name": "run", "input": "ls", "call_id": "c"},
         "call", "run", {"input": "ls"}),
        ({"type": "apply_patch_call", "operation": {"path": "a", "diff": "+x"}, "call_id": "c"},
         "call", "apply_patch", {"path": "a", "diff": "+x"}),
        ({"type": "web_search_call", "id": "c", "action": {"type": "search", "query": "q"}},
         "call", "web_search", {"type": "search", "query": "q"}),
        ({"type": "computer_call", "call_id": "c", "action": {"type": "click", "x": 1}},
         "call", "computer", {"type": "click", "x": 1}),
        ({"type": "future_call", "call_id": "c", "arguments": {"a": 1}},
         "call", "future", {"a": 1}),
    ],
)  # fmt: skip
def test_calls_of_every_sort_keep_name_and_arguments(
    item: dict[str, Any], kind: str, tool: str, arguments: dict[str, Any]
) -> None:
    """Also calls that are not known yet."""
    entry = one(item)
    assert (entry.kind, entry.tool, entry.arguments, entry.call_id) == (kind, tool, arguments, "c")


def test_hosted_tools_tell_their_results() -> None:
    """Code and its logs stand in one item."""
    outputs = [{"type": "logs", "logs": "1\n"}, {"type": "image", "url": "u"}]
    item = {"type": "code_interpreter_call", "id": "c", "code": "print(1)", "outputs": outputs}
    call, result = item_entries(item)
    assert call.arguments == {"code": "print(1)"}
    assert result.text == "1\n\n[image]"


def test_a_failed_patch_is_an_error_and_a_compaction_is_a_note() -> None:
    """The host says so by status."""
    item = {"type": "apply_patch_call_output", "call_id": "p", "status": "failed", "output": "no"}
    assert one(item).is_error
    note = one({"type": "compaction", "encrypted_content": "x"})
    assert (note.kind, note.tag, note.is_truncated) == ("note", "compaction", True)


def test_an_answer_to_a_request_for_approval_is_the_users_decision(tmp_path: Path) -> None:
    """It names the request that it answers."""
    item = {"type": "mcp_approval_response", "approval_request_id": "r", "approve": False,
            "reason": "no"}  # fmt: skip
    [run] = read(tmp_path, json.dumps([HELLO, item]))
    decision = run.steps[1]
    assert (decision.kind, decision.actor, decision.text, decision.call_id) == (
        "decision",
        "user",
        "denied: no",
        "r",
    )


def test_problems_of_one_file_are_counted_beyond_a_hundred(tmp_path: Path) -> None:
    """A hostile file does not fill the report."""
    path = tmp_path / "many.jsonl"
    path.write_text(json.dumps({"messages": [HELLO]}) + "\n" + "7\n" * 500)
    problems = [item for item in READER.read(path, "m") if isinstance(item, ReadProblem)]
    assert len(problems) == 101
    assert problems[0].line == 2
    assert problems[-1].message.startswith("400 more")
