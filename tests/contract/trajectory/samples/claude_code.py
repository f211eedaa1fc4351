"""A small Claude Code session: a command, a question turned down, a subagent, a background task."""

import json
from typing import Any

FORMAT = "claude-code"
SUFFIX = ".jsonl"

SESSION = "11111111-2222-4333-8444-555555555555"


def _entry(kind: str, number: int, **fields: Any) -> dict[str, Any]:
    return {
        "parentUuid": f"u{number - 1}" if number else None,
        "isSidechain": False,
        "userType": "external",
        "cwd": "/orchard",
        "sessionId": SESSION,
        "version": "2.1.0",
        "gitBranch": "main",
        "type": kind,
        "uuid": f"u{number}",
        "timestamp": f"2026-01-02T03:04:{number:02d}.000Z",
        **fields,
    }


def _agent(number: int, *blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    message = {"id": f"msg_{number}", "role": "assistant", "model": "claude-x", "content": blocks}
    return _entry("assistant", number, message=message, **fields)


def _call(number: int, tool: str, **arguments: Any) -> dict[str, Any]:
    return _agent(
        number, {"type": "tool_use", "id": f"toolu_{number}", "name": tool, "input": arguments}
    )


def _result(number: int, call: int, content: Any, recorded: Any, **fields: Any) -> dict[str, Any]:
    block = {"type": "tool_result", "tool_use_id": f"toolu_{call}", "content": content, **fields}
    message = {"role": "user", "content": [block]}
    return _entry("user", number, message=message, toolUseResult=recorded)


def _user(number: int, text: str, **fields: Any) -> dict[str, Any]:
    return _entry("user", number, message={"role": "user", "content": text}, **fields)


def sample() -> bytes:
    """Return one whole file of the format."""
    shell = {"stdout": "7", "stderr": "warm", "interrupted": False}
    background = {**shell, "stdout": "", "backgroundTaskId": "b1"}
    notification = (
        "<task-notification>\n<task-id>b1</task-id>\n<status>completed</status>\n"
        '<summary>Background command "grow" completed (exit code 0)</summary>\n</task-notification>'
    )
    edit = {
        "filePath": "/orchard/pears.py",
        "originalFile": "a = 1\n",
        "structuredPatch": [{"oldStart": 1, "lines": ["-a = 1", "+a = 2"]}],
        "userModified": False,
    }
    rejected = "The user doesn't want to proceed with this tool use. To tell you how to proceed, "
    lines = [
        {"type": "file-history-snapshot", "messageId": "u0", "snapshot": {}},
        _user(0, "Count the pears."),
        _agent(1, {"type": "thinking", "thinking": "Pears.", "signature": "s"}),
        _call(2, "Bash", command="wc -l pears.txt"),
        _entry("progress", 3, data={"type": "hook_progress"}, parentToolUseID="toolu_2"),
        _result(4, 2, "7", shell, is_error=False),
        _call(5, "Edit", file_path="/orchard/pears.py", old_string="a = 1", new_string="a = 2"),
        _result(6, 5, "The file has been updated.", edit),
        _call(7, "Bash", command="grow", run_in_background=True),
        _result(8, 7, "Command running in background with ID: b1.", background, is_error=False),
        {
            "type": "queue-operation",
            "operation": "enqueue",
            "content": notification,
            "sessionId": SESSION,
            "timestamp": "2026-01-02T03:04:09.000Z",
        },
        _call(10, "Task", prompt="Look for plums.", subagent_type="Explore"),
        _user(11, "Look for plums.", isSidechain=True, agentId="p1"),
        _agent(12, {"type": "text", "text": "No plums."}, isSidechain=True, agentId="p1"),
        _result(13, 10, [{"type": "text", "text": "No plums."}], {"agentId": "p1"}),
        _call(14, "Bash", command="rm -r pears"),
        _result(15, 14, f"{rejected}the user said:\nKeep them.", "rejected", is_error=True),
        _entry("system", 16, subtype="stop_hook_summary", hookErrors=["late"], stopReason=""),
        _entry("attachment", 17, attachment={"type": "queued_command", "prompt": "And figs."}),
        _user(18, "This session is being continued.", isCompactSummary=True),
        _agent(19, {"type": "text", "text": "Seven pears, no plums."}),
    ]
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)
