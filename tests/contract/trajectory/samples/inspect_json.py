"""A small Inspect log as one JSON document: a tool that fails, an attachment, a cut-off sample."""

import json
from typing import Any

FORMAT = "inspect"
SUFFIX = ".json"


def log() -> dict[str, Any]:
    """Return the log as Inspect structures it."""
    call = {"id": "c1", "function": "bash", "arguments": {"cmd": "ls attic"}, "type": "function"}
    question = {"role": "user", "content": "What is in the attic?", "source": "input"}
    asked = {
        "role": "assistant",
        "content": [
            {"type": "reasoning", "reasoning": "I should look."},
            {"type": "text", "text": "I look."},
        ],
        "tool_calls": [call],
        "model": "other/model",
    }
    failed = {
        "role": "tool",
        "content": "attachment://00ff",
        "tool_call_id": "c1",
        "function": "bash",
        "error": {"type": "timeout", "message": "Command timed out"},
    }
    whole = {
        "id": "attic",
        "epoch": 1,
        "uuid": "u1",
        "input": "What is in the attic?",
        "target": "a trunk",
        "messages": [question, asked, failed],
        "scores": {"match": {"value": "I", "answer": "", "explanation": "no answer"}},
        "attachments": {"00ff": "a long listing"},
        "started_at": "2026-01-02T03:04:05+00:00",
    }
    event = {
        "event": "model",
        "timestamp": "2026-01-02T03:04:06+00:00",
        "input": [],
        "input_refs": [[0, 1]],
        "output": {"choices": [{"message": {"role": "assistant", "content": "A trunk."}}]},
    }
    cut_off = {
        "id": 2,
        "epoch": 1,
        "messages": [],
        "events": [{"event": "state"}, event],
        "events_data": {"messages": [question], "calls": []},
        "error": {"message": "interrupted"},
        "limit": {"type": "token", "limit": 10},
    }
    about = {"task": "attic", "eval_id": "e1", "model": "mock/model", "solver": "react",
             "packages": {"inspect_ai": "0.3.285"}}  # fmt: skip
    return {"version": 2, "status": "success", "eval": about, "samples": [whole, cut_off]}


def sample() -> bytes:
    """Return one whole file of the format."""
    return json.dumps(log()).encode()
