"""Two conversations, one a line: chat-completion messages and Responses items."""

import json
from typing import Any

FORMAT = "openai"
SUFFIX = ".jsonl"


def _chat() -> dict[str, Any]:
    call = {
        "id": "call_1",
        "type": "function",
        "function": {"name": "weigh", "arguments": '{"what": "pears"}'},
    }
    return {
        "id": "chat-1",
        "model": "model-a",
        "messages": [
            {"role": "developer", "content": "Be brief."},
            {"role": "user", "content": [{"type": "text", "text": "How heavy?"}]},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "call_1", "content": "2 kg"},
            {"role": "assistant", "content": "Two kilograms.", "refusal": None},
        ],
    }


def _response() -> dict[str, Any]:
    outcome = {"type": "exit", "exit_code": 1}
    chunk = {"stdout": "", "stderr": "no such file", "outcome": outcome}
    return {
        "object": "response",
        "id": "resp_1",
        "model": "model-b",
        "instructions": "Help.",
        "input": "List the pears.",
        "output": [
            {"type": "reasoning", "summary": [{"type": "summary_text", "text": "A listing."}]},
            {"type": "shell_call", "call_id": "s1", "action": {"commands": ["ls pears"]}},
            {"type": "shell_call_output", "call_id": "s1", "output": [chunk]},
            {"type": "mcp_call", "id": "m1", "server_label": "shop", "name": "find",
             "arguments": "{}", "error": {"type": "http_error", "message": "gone"}},
            {"type": "message", "role": "assistant",
             "content": [{"type": "output_text", "text": "There are none."}]},
        ],
    }  # fmt: skip


def sample() -> bytes:
    """Return one whole file of the format."""
    return b"".join(json.dumps(value).encode() + b"\n" for value in (_chat(), _response()))
