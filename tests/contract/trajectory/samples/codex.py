"""A small Codex rollout: a shell command, a patch, a process left running, an interruption."""

import json
from typing import Any

FORMAT = "codex"
SUFFIX = ".jsonl"


def _line(number: int, kind: str, **payload: Any) -> dict[str, Any]:
    time = f"2026-01-02T03:04:{number:02d}.000Z"
    return {"timestamp": time, "type": kind, "payload": payload}


def _item(number: int, kind: str, **fields: Any) -> dict[str, Any]:
    return _line(number, "response_item", type=kind, **fields)


def _event(number: int, kind: str, **fields: Any) -> dict[str, Any]:
    return _line(number, "event_msg", type=kind, **fields)


def _message(number: int, role: str, text: str) -> dict[str, Any]:
    part = "output_text" if role == "assistant" else "input_text"
    return _item(number, "message", role=role, content=[{"type": part, "text": text}])


def sample() -> bytes:
    """Return one whole file of the format."""
    shell = json.dumps({"command": ["bash", "-lc", "wc -l pears.txt"], "workdir": "/orchard"})
    output = json.dumps({"output": "7 pears.txt\n", "metadata": {"exit_code": 0}})
    running = "Chunk ID: a1\nWall time: 1.0 seconds\nProcess running with session ID 42\nOutput:\n"
    lines = [
        _line(
            0,
            "session_meta",
            id="0199-orchard",
            timestamp="2026-01-02T03:04:00Z",
            cwd="/orchard",
            originator="codex_cli_rs",
            cli_version="0.98.0",
            source="cli",
            git={"branch": "main", "commit_hash": "abc"},
        ),
        _message(1, "user", "<environment_context>\n<cwd>/orchard</cwd>\n</environment_context>"),
        _line(2, "turn_context", cwd="/orchard", model="gpt-x", approval_policy="never"),
        _message(3, "user", "Count the pears."),
        _event(4, "user_message", message="Count the pears."),
        _item(
            5, "reasoning", summary=[{"type": "summary_text", "text": "Pears."}], content=None
        ),
        _item(6, "function_call", name="shell", arguments=shell, call_id="c1"),
        _event(
            7, "exec_command_end", call_id="c1", stdout="7", stderr="warm", exit_code=0,
            command=["bash", "-lc", "wc -l pears.txt"],
        ),
        _item(8, "function_call_output", call_id="c1", output=output),
        _item(9, "custom_tool_call", name="apply_patch", input="*** Begin Patch", call_id="c2"),
        _event(
            10, "patch_apply_end", call_id="c2", success=True, stdout="Success.", stderr="",
            changes={"pears.py": {"type": "add", "content": "a = 1\n"}},
        ),
        _item(11, "custom_tool_call_output", call_id="c2", output="Exit code: 0\nOutput:\nDone"),
        _item(
            12, "function_call", name="exec_command", arguments='{"cmd": "grow"}', call_id="c3"
        ),
        _item(13, "function_call_output", call_id="c3", output=running),
        _item(14, "local_shell_call", call_id="c4", status="completed", action={
            "type": "exec", "command": ["ls"], "working_directory": "/orchard",
        }),
        _event(15, "turn_aborted", reason="interrupted"),
        _line(16, "compacted", message="Pears were counted."),
        _message(17, "assistant", "Seven pears."),
    ]  # fmt: skip
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)
