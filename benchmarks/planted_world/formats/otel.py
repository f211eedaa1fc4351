"""OTLP JSON by the GenAI conventions: an agent span, a chat span a turn, a span for each tool."""

import hashlib
import json
from typing import Any

from benchmarks.planted_world.events import Called, Event, Recording, Returned, Said, Thought
from benchmarks.planted_world.formats.turns import MODEL, document, turns

_SECOND = 1_000_000_000


class _Trace:
    """Spans with ids and times from the recording's name."""

    def __init__(self, recording: Recording) -> None:
        digest = hashlib.sha256(recording.name.encode()).hexdigest()
        self.trace = digest[:32]
        self.root = digest[32:48]
        self.conversation = recording.name
        self.now = int(recording.started) * _SECOND
        self.start = self.now
        self.spans: list[dict[str, Any]] = []

    def add(self, name: str, attributes: dict[str, Any], *, failed: bool = False) -> None:
        """Append a span of two seconds below the agent's."""
        number = len(self.spans) + 1
        span: dict[str, Any] = {
            "traceId": self.trace,
            "spanId": f"{number:016x}",
            "parentSpanId": self.root,
            "name": name,
            "kind": 3,
            "startTimeUnixNano": str(self.now),
            "endTimeUnixNano": str(self.now + 2 * _SECOND),
            "attributes": _attributes(attributes),
        }
        self.spans.append({**span, "status": {"code": 2}} if failed else span)
        self.now += 3 * _SECOND

    def agent_span(self) -> dict[str, Any]:
        """Return the span above all others."""
        attributes = {
            "gen_ai.operation.name": "invoke_agent",
            "gen_ai.agent.name": MODEL,
            "gen_ai.conversation.id": self.conversation,
        }
        return {
            "traceId": self.trace,
            "spanId": self.root,
            "name": f"invoke_agent {MODEL}",
            "kind": 1,
            "startTimeUnixNano": str(self.start),
            "endTimeUnixNano": str(self.now),
            "attributes": _attributes(attributes),
        }


def otel_spans(recording: Recording) -> bytes:
    """Return an export request; every chat span holds the conversation so far, as libraries do."""
    trace = _Trace(recording)
    history: list[dict[str, Any]] = []
    arguments: dict[str, Any] = {}
    for group in turns(recording.events):
        message = {"role": _role(group[0]), "parts": [_part(event) for event in group]}
        if message["role"] == "assistant":
            finish = "tool_call" if isinstance(group[-1], Called) else "stop"
            trace.add(f"chat {MODEL}", _chat(history, {**message, "finish_reason": finish}))
            arguments |= {event.id: event.arguments for event in group if isinstance(event, Called)}
        for event in group:
            if isinstance(event, Returned):
                given = arguments[event.call_id]
                trace.add(f"execute_tool {event.tool}", _tool(event, given), failed=event.is_error)
        history.append(message)
    spans = [trace.agent_span(), *trace.spans]
    scope = {"scope": {"name": "planted-world"}, "spans": spans}
    return document({"resourceSpans": [{"resource": {"attributes": []}, "scopeSpans": [scope]}]})


def _chat(history: list[dict[str, Any]], answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": MODEL,
        "gen_ai.input.messages": json.dumps(history, ensure_ascii=False),
        "gen_ai.output.messages": json.dumps([answer], ensure_ascii=False),
    }


def _tool(event: Returned, arguments: dict[str, Any]) -> dict[str, Any]:
    fields = {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": event.tool,
        "gen_ai.tool.call.id": event.call_id,
        "gen_ai.tool.call.arguments": json.dumps(arguments, ensure_ascii=False),
        "gen_ai.tool.call.result": event.text,
    }
    return {**fields, "error.type": "tool_error"} if event.is_error else fields


def _role(event: Event) -> str:
    if isinstance(event, Returned):
        return "tool"
    if isinstance(event, Said) and event.who != "agent":
        return event.who
    return "assistant"


def _part(event: Event) -> dict[str, Any]:
    if isinstance(event, Called):
        fields = {"id": event.id, "name": event.tool, "arguments": event.arguments}
        return {"type": "tool_call", **fields}
    if isinstance(event, Returned):
        return {"type": "tool_call_response", "id": event.call_id, "response": event.text}
    if isinstance(event, Thought):
        return {"type": "reasoning", "content": event.text}
    return {"type": "text", "content": event.text}


def _attributes(fields: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": {"stringValue": value}} for key, value in fields.items()]
