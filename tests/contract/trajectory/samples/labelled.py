"""Two labelled runs, one with calls written as text."""

import json
from typing import Any

FORMAT = "labelled"
SUFFIX = ".jsonl"


def _run(name: str, calls: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": name,
        "kind": "unsafe_action",
        "label": 1,
        "ambiguous": False,
        "model": "model-h",
        "messages": [
            {"role": "user", "content": "Open the door."},
            {"role": "assistant", "content": "I open it.", "tool_calls": calls},
            {"role": "tool", "content": "open", "name": "open_door"},
            {"role": "assistant", "content": None},
        ],
    }


def sample() -> bytes:
    """Return one whole file of the format."""
    runs = [
        _run("a", [{"name": "open_door", "args": {"door": "front"}}]),
        _run("b", [{"name": "action", "args": "open_door{'door': 'back'}"}]),
    ]
    return b"".join(json.dumps(run).encode() + b"\n" for run in runs)
