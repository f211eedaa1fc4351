"""OpenInference spans (Phoenix, Arize and the libraries instrumented for them).

Messages stand in one attribute per field (`llm.input_messages.0.message.role`), tools and
retrievers in `input.value` and `output.value`.  Where a trace has no model spans, the agent
span's own input and output are the conversation.

Source: OpenInference semantic conventions, `spec/semantic_conventions.md`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, final

from trueline.trajectory.chat import Entry, arguments_of, message_entries, plain_text
from trueline.trajectory.decoding import as_dict, as_list, as_text, decode
from trueline.trajectory.formats.telemetry.indexed import nested
from trueline.trajectory.formats.telemetry.otlp import Event, Span, is_telemetry
from trueline.trajectory.formats.telemetry.runs import Role, ToolUse, read_runs
from trueline.trajectory.glance import first_values
from trueline.trajectory.model import ReadProblem, Trajectory
from trueline.trajectory.reader import Head

_KIND: Final = "openinference.span.kind"
_ROLES: Final[dict[str, Role]] = {
    "LLM": "model",
    "AGENT": "agent",
    "TOOL": "tool",
    "RETRIEVER": "tool",
}


@final
class OpenInferenceReader:
    """Reads traces that follow the OpenInference conventions."""

    name = "openinference"
    format = "openinference"
    prefixes: tuple[str, ...] = (
        "openinference.", "llm.", "input.", "output.", "tool.", "tool_call.", "agent.", "session.",
        "retrieval.", "graph.", "exception.",
    )  # fmt: skip

    def recognises(self, head: Head) -> bool:
        """Return whether the content is OTLP JSON that names a kind of OpenInference span."""
        return _KIND.encode() in head.data and any(
            is_telemetry(value) for value in first_values(head)[:1]
        )

    def read(self, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
        """Yield one trajectory per agent run."""
        yield from read_runs(path, shown, self)

    def role(self, span: Span) -> Role:
        """Return what kind of operation `span` is."""
        return _ROLES.get(as_text(span.attributes.get(_KIND)).upper(), "")

    def conversation(self, span: Span) -> str:
        """Return `session.id`."""
        return as_text(span.attributes.get("session.id"))

    def agent(self, span: Span) -> str:
        """Return the agent's name; an agent span without one is named like the span."""
        name = as_text(span.attributes.get("agent.name"))
        return name or (span.name if self.role(span) == "agent" else "")

    def model(self, span: Span) -> str:
        """Return `llm.model_name`."""
        return as_text(span.attributes.get("llm.model_name"))

    def told(self, span: Span, events: list[Event]) -> tuple[list[Entry], list[Entry]]:
        """Return what went into a model or agent and what came out."""
        del events
        given = _messages(nested(span.attributes, "llm.input_messages"))
        answered = _messages(nested(span.attributes, "llm.output_messages"))
        if not given:
            given = _value_entries("user", span.attributes.get("input.value"))
        if not answered:
            answered = _value_entries("assistant", span.attributes.get("output.value"))
        return given, answered

    def tool_use(self, span: Span) -> ToolUse:
        """Return what a tool or retriever was asked and what it returned."""
        attributes = span.attributes
        tool = as_text(attributes.get("tool.name")) or span.name
        given = attributes.get("tool.parameters") if "input.value" not in attributes else None
        result = _value_text(attributes.get("output.value"))
        if not result:
            documents = as_list(nested(attributes, "retrieval.documents"))
            result = "\n".join(plain_text(as_dict(_inner(item, "document"))) for item in documents)
        failure = span.status or next(
            (as_text(event.attributes.get("exception.message")) for event in span.events), ""
        )
        has_result = bool(result) or "output.value" in attributes or span.is_error
        return ToolUse(
            call=Entry(
                kind="call",
                tool=tool,
                arguments=arguments_of(given or attributes.get("input.value")),
                call_id=as_text(attributes.get("tool_call.id"))
                or as_text(attributes.get("tool.id")),
            ),
            result=Entry(
                kind="result",
                text=result or (failure if span.is_error else ""),
                tool=tool,
                is_error=span.is_error,
            ),
            has_result=has_result,
        )


READER: Final = OpenInferenceReader()


def _inner(value: Any, key: str) -> dict[str, Any]:
    fields = as_dict(value)
    return as_dict(fields.get(key)) or fields


def _value_text(value: Any) -> str:
    if not isinstance(value, str):
        return plain_text(value)
    found = decode(value.encode("utf-8", "replace")).value if value[:1] == '"' else None
    return found if isinstance(found, str) else value


def _value_entries(role: str, value: Any) -> list[Entry]:
    """Return the entries of an input or output: a request with messages, or plain text."""
    text = _value_text(value)
    request = as_dict(decode(text.encode("utf-8", "replace")).value) if text[:1] == "{" else {}
    messages = as_list(request.get("messages"))
    if messages:
        return [entry for message in messages for entry in message_entries(message)]
    return message_entries({"role": role, "content": text}) if text else []


def _messages(value: Any) -> list[Entry]:
    entries: list[Entry] = []
    for item in as_list(value):
        message = _inner(item, "message")
        contents = [_content(part) for part in as_list(message.get("contents"))]
        calls = [_call(call) for call in as_list(message.get("tool_calls"))]
        if isinstance(message.get("function_call_name"), str):
            arguments = message.get("function_call_arguments_json")
            calls.append({"name": message["function_call_name"], "arguments": arguments})
        entries.extend(
            message_entries(
                {
                    "role": message.get("role"),
                    "content": contents or message.get("content"),
                    "tool_calls": calls,
                    "tool_call_id": message.get("tool_call_id"),
                    "name": message.get("name"),
                }
            )
        )
    return entries


def _content(part: Any) -> dict[str, Any]:
    fields = _inner(part, "message_content")
    kind = as_text(fields.get("type"))
    return {key: fields[key] for key in ("type", "text") if key in fields} or {"type": kind}


def _call(call: Any) -> dict[str, Any]:
    fields = _inner(call, "tool_call")
    return {"id": fields.get("id"), "function": as_dict(fields.get("function"))}
