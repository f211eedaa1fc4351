"""OpenHands events of both ages, one a line."""

import json
from typing import Any

FORMAT = "openhands"
SUFFIX = ".jsonl"


def _action(number: int, name: str, source: str = "agent", **arguments: Any) -> dict[str, Any]:
    return {"id": number, "timestamp": f"2026-01-02T03:04:{number:02d}.000000", "source": source,
            "action": name, "args": arguments}  # fmt: skip


def _seen(number: int, name: str, cause: int, content: str, **extras: Any) -> dict[str, Any]:
    return {"id": number, "timestamp": f"2026-01-02T03:04:{number:02d}.000000", "source": "agent",
            "observation": name, "cause": cause, "content": content, "extras": extras}  # fmt: skip


def sample() -> bytes:
    """Return one whole file of the format."""
    text = {"type": "text", "text": "I list them."}
    call = {"id": "t1", "name": "terminal", "arguments": '{"command": "ls"}'}
    observation = {"kind": "TerminalObservation", "content": [{"type": "text", "text": "pears"}],
                   "exit_code": 0, "is_error": False}  # fmt: skip
    events = [
        _action(0, "message", "user", content="Count the pears."),
        _action(1, "run", command="wc -l pears.txt", thought="I count."),
        _seen(2, "run", 1, "wc: no such file", metadata={"exit_code": 1}, command="wc"),
        _action(3, "think", thought="Where are they?"),
        _action(4, "edit", path="/pears.txt", command="create", file_text="a"),
        _seen(5, "edit", 4, "created", path="/pears.txt", old_content="", prev_exist=False),
        _action(6, "finish", final_thought="There is one pear."),
        {"kind": "ActionEvent", "id": "e7", "source": "agent", "thought": [text],
         "reasoning_content": "Look again.", "tool_name": "terminal", "tool_call_id": "t1",
         "tool_call": call, "action": {"kind": "TerminalAction", "command": "ls"}},
        {"kind": "ObservationEvent", "id": "e8", "source": "environment", "tool_name": "terminal",
         "tool_call_id": "t1", "action_id": "e7", "observation": observation},
    ]  # fmt: skip
    return b"".join(json.dumps(event).encode() + b"\n" for event in events)
