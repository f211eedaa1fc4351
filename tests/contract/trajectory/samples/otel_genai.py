"""A trace by the current GenAI conventions: an agent, two model calls, a tool, a log event."""

import json
from typing import Any

FORMAT = "otel-genai"
SUFFIX = ".jsonl"


def _attribute(key: str, value: Any) -> dict[str, Any]:
    text = value if isinstance(value, str) else json.dumps(value)
    return {"key": key, "value": {"stringValue": text}}


def _span(number: int, parent: int, operation: str, **attributes: Any) -> dict[str, Any]:
    named = {f"gen_ai.{key.replace('__', '.')}": value for key, value in attributes.items()}
    return {
        "traceId": "aa",
        "spanId": f"{number:016x}",
        "parentSpanId": f"{parent:016x}" if parent else "",
        "name": operation,
        "startTimeUnixNano": str(1_767_323_045_000_000_000 + number * 1_000_000_000),
        "endTimeUnixNano": str(1_767_323_045_500_000_000 + number * 1_000_000_000),
        "attributes": [
            _attribute("gen_ai.operation.name", operation),
            *(_attribute(key, value) for key, value in named.items()),
        ],
        "status": {},
    }


def _message(role: str, *parts: dict[str, Any]) -> dict[str, Any]:
    return {"role": role, "parts": list(parts)}


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "content": text}


def sample() -> bytes:
    """Return one whole file of the format."""
    question = _message("user", _text("How heavy are the pears?"))
    call = {"type": "tool_call", "id": "c1", "name": "weigh", "arguments": {"what": "pears"}}
    asked = _message("assistant", {"type": "reasoning", "content": "Weigh them."}, call)
    told = _message("tool", {"type": "tool_call_response", "id": "c1", "response": "2 kg"})
    spans = [
        _span(2, 1, "chat", input__messages=[question], output__messages=[asked],
              request__model="model-d", system_instructions=[_text("Be brief.")]),
        _span(3, 1, "execute_tool", tool__name="weigh", tool__call__id="c1",
              tool__call__arguments={"what": "pears"}, tool__call__result="2 kg"),
        _span(4, 1, "chat", input__messages=[question, asked, told],
              output__messages=[_message("assistant", _text("Two kilograms."))]),
        _span(1, 0, "invoke_agent", agent__name="grocer", conversation__id="conv-1"),
    ]  # fmt: skip
    request = {"resourceSpans": [{"resource": {}, "scopeSpans": [{"scope": {}, "spans": spans}]}]}
    record = {"timeUnixNano": "1767323046000000000", "eventName": "gen_ai.user.message",
              "traceId": "aa", "spanId": "9", "body": {"kvlistValue": {"values": [
                  {"key": "content", "value": {"stringValue": "unrelated"}}]}}}  # fmt: skip
    logs = {"resourceLogs": [{"scopeLogs": [{"logRecords": [record]}]}]}
    return b"".join(json.dumps(value).encode() + b"\n" for value in (request, logs))
