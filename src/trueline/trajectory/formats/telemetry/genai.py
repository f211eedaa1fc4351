"""OpenTelemetry's GenAI conventions, from the first to the current ones.

Messages stand, newest convention first, in `gen_ai.input.messages` and
`gen_ai.output.messages` (JSON text or structured, on spans or on the event
`gen_ai.client.inference.operation.details`); up to 1.36 in events such as
`gen_ai.user.message` and `gen_ai.choice`, on spans or as log records; before that in
`gen_ai.prompt` and `gen_ai.completion`, as JSON or (Traceloop) one attribute per field.

Source: OpenTelemetry semantic conventions for GenAI 1.27 to 1.41 and genai 0.1; Traceloop
OpenLLMetry semantic conventions.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, final

from trueline.trajectory.chat import (
    ACTOR_OF_ROLE,
    Entry,
    arguments_of,
    chat_calls,
    content_entries,
    message_entries,
    part_text,
    plain_text,
)
from trueline.trajectory.decoding import as_dict, as_json, as_list, as_text, decode
from trueline.trajectory.formats.telemetry.indexed import nested
from trueline.trajectory.formats.telemetry.otlp import Event, Span, is_telemetry
from trueline.trajectory.formats.telemetry.runs import Role, ToolUse, read_runs
from trueline.trajectory.glance import first_values
from trueline.trajectory.model import Actor, ReadProblem, Trajectory
from trueline.trajectory.reader import Head

_DETAILS: Final = "gen_ai.client.inference.operation.details"
_ROLE_OF_EVENT: Final = {
    "gen_ai.system.message": "system",
    "gen_ai.user.message": "user",
    "gen_ai.assistant.message": "assistant",
    "gen_ai.tool.message": "tool",
    "gen_ai.choice": "assistant",
}
_MODEL_OPERATIONS: Final = frozenset({"chat", "generate_content", "text_completion", "completion"})
_ROLE_OF_TRACELOOP_KIND: Final[dict[str, Role]] = {"agent": "agent", "tool": "tool"}
_CONTENT: Final = (
    "gen_ai.input.messages",
    "gen_ai.prompt",
    "llm.prompts",
    "gen_ai.output.messages",
)


@final
class GenAIReader:
    """Reads traces that follow OpenTelemetry's GenAI conventions, and any other OTLP JSON."""

    name = "otel-genai"
    format = "otel-genai"
    prefixes: tuple[str, ...] = ("gen_ai.", "traceloop.", "llm.", "pydantic_ai.", "error.type")

    def recognises(self, head: Head) -> bool:
        """Return whether the content is OTLP JSON or a dump of spans."""
        return any(is_telemetry(value) for value in first_values(head)[:1])

    def read(self, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
        """Yield one trajectory per agent run."""
        yield from read_runs(path, shown, self)

    def role(self, span: Span) -> Role:
        """Return what kind of operation `span` is."""
        attributes = span.attributes
        operation = as_text(attributes.get("gen_ai.operation.name"))
        if operation == "execute_tool" or "gen_ai.tool.name" in attributes:
            return "tool"
        if operation == "invoke_agent":
            return "agent"
        if operation in _MODEL_OPERATIONS:
            return "model"
        kind = attributes.get("traceloop.span.kind")
        if isinstance(kind, str) and kind in _ROLE_OF_TRACELOOP_KIND:
            return _ROLE_OF_TRACELOOP_KIND[kind]
        if any(name.startswith(_CONTENT) for name in attributes) or any(
            event.name in _ROLE_OF_EVENT for event in span.events
        ):
            return "model"
        return ""

    def conversation(self, span: Span) -> str:
        """Return `gen_ai.conversation.id`, or what Traceloop has for it."""
        return as_text(span.attributes.get("gen_ai.conversation.id")) or as_text(
            span.attributes.get("traceloop.association.properties.session_id")
        )

    def agent(self, span: Span) -> str:
        """Return the agent's name."""
        name = as_text(span.attributes.get("gen_ai.agent.name"))
        if not name and span.attributes.get("traceloop.span.kind") == "agent":
            name = as_text(span.attributes.get("traceloop.entity.name"))
        return name

    def model(self, span: Span) -> str:
        """Return the model that answered, or the one that was asked."""
        return as_text(span.attributes.get("gen_ai.response.model")) or as_text(
            span.attributes.get("gen_ai.request.model")
        )

    def told(self, span: Span, events: list[Event]) -> tuple[list[Entry], list[Entry]]:
        """Return what went into a model or agent and what came out."""
        every = sorted([*span.events, *events], key=lambda event: event.time)
        attributes = dict(span.attributes)
        for event in every:
            if event.name == _DETAILS:
                attributes.update(event.attributes | as_dict(event.body))
        given = list(_instructions(attributes.get("gen_ai.system_instructions")))
        given += _messages(attributes.get("gen_ai.input.messages"))
        answered = _messages(attributes.get("gen_ai.output.messages"))
        if not given and not answered:
            given, answered = _from_events(every)
        if not given and not answered:
            given, answered = _from_prompts(attributes, every)
        if not given and not answered:
            given = _messages(
                attributes.get("pydantic_ai.all_messages") or attributes.get("all_messages_events")
            )
        return given, answered

    def tool_use(self, span: Span) -> ToolUse:
        """Return what a tool was asked and what it returned."""
        attributes = span.attributes
        tool = as_text(attributes.get("gen_ai.tool.name")) or as_text(
            attributes.get("traceloop.entity.name")
        )
        given = attributes.get(
            "gen_ai.tool.call.arguments", attributes.get("traceloop.entity.input")
        )
        result = attributes.get(
            "gen_ai.tool.call.result", attributes.get("traceloop.entity.output")
        )
        failed = span.is_error or "error.type" in attributes
        text = _result_text(result)
        if failed and not text:
            text = span.status or as_text(attributes.get("error.type"))
        return ToolUse(
            call=Entry(
                kind="call",
                tool=tool,
                arguments=arguments_of(given),
                call_id=as_text(attributes.get("gen_ai.tool.call.id")),
            ),
            result=Entry(kind="result", text=text, tool=tool, is_error=failed),
            has_result=result is not None or failed,
        )


READER: Final = GenAIReader()


def _decoded(value: Any) -> Any:
    """Return structured content that may be written as JSON text."""
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        found = decode(value.encode("utf-8", "replace"))
        return value if found.failure else found.value
    return value


def _result_text(value: Any) -> str:
    if isinstance(value, dict):
        return as_json(value)
    return plain_text(value)


def _instructions(value: Any) -> Iterator[Entry]:
    text = _parts_text(_decoded(value))
    if text:
        yield Entry(kind="message", actor="system", text=text)


def _parts_text(parts: Any) -> str:
    if isinstance(parts, list):
        texts = (plain_text(as_dict(part).get("parts")) or part_text(part) for part in parts)
        return "\n".join(text for text in texts if text)
    return plain_text(parts)


def _messages(value: Any) -> list[Entry]:
    """Return the entries of a list of messages, with parts or in the shape of chat completions."""
    decoded = _decoded(value)
    entries: list[Entry] = []
    for message in decoded if isinstance(decoded, list) else [decoded]:
        fields = as_dict(message)
        parts = fields.get("parts")
        if isinstance(parts, list):
            actor = ACTOR_OF_ROLE.get(as_text(fields.get("role")), "host")
            entries.extend(_part_entries(parts, actor))
        elif fields:
            entries.extend(message_entries(fields))
    return entries


def _part_entries(parts: list[Any], actor: Actor) -> Iterator[Entry]:
    texts: list[Any] = []
    for part in parts:
        special = _special_part(as_dict(part))
        if special is None:
            texts.append(part)
            continue
        yield from content_entries(texts, actor)
        texts = []
        yield special
    yield from content_entries(texts, actor)


def _special_part(part: dict[str, Any]) -> Entry | None:
    kind = part.get("type")
    call_id = as_text(part.get("id")).strip()
    if kind in ("tool_call", "server_tool_call"):
        given = part.get("arguments", part.get("server_tool_call"))
        arguments = arguments_of(given)
        return Entry(
            kind="call", tool=as_text(part.get("name")), arguments=arguments, call_id=call_id
        )
    if kind in ("tool_call_response", "server_tool_call_response"):
        keys = ("response", "result", "server_tool_call_response")
        response = next((part[key] for key in keys if key in part), None)
        text = _result_text(_decoded(response) if isinstance(response, list) else response)
        return Entry(kind="result", actor="tool", text=text, call_id=call_id)
    if kind in ("reasoning", "thinking"):
        return Entry(kind="reasoning", text=as_text(part.get("content")))
    return None


def _from_events(events: list[Event]) -> tuple[list[Entry], list[Entry]]:
    given: list[Entry] = []
    answered: list[Entry] = []
    for event in events:
        role = _ROLE_OF_EVENT.get(event.name)
        if role is None:
            continue
        fields = as_dict(event.body) | event.attributes
        if event.name == "gen_ai.choice":
            if str(fields.get("index", 0)) in ("0", ""):
                answered.extend(_choice_entries(fields))
        else:
            given.extend(_event_entries(role, fields))
    return given, answered


def _choice_entries(fields: dict[str, Any]) -> list[Entry]:
    message = _decoded(fields.get("message"))
    if isinstance(message, str):
        message = {"content": message}
    inner = as_dict(message) or fields
    return _event_entries("assistant", fields | inner)


def _event_entries(role: str, fields: dict[str, Any]) -> list[Entry]:
    recorded = as_text(fields.get("role")) or role
    message = {
        "role": recorded,
        "content": fields.get("content", fields.get("gen_ai.event.content")),
        "tool_calls": _decoded(fields.get("tool_calls")),
        "tool_call_id": fields.get("id") if role == "tool" else None,
    }
    return message_entries(message)


def _from_prompts(
    attributes: dict[str, Any], events: list[Event]
) -> tuple[list[Entry], list[Entry]]:
    for event in events:
        attributes = attributes | {
            key: value
            for key, value in event.attributes.items()
            if key in ("gen_ai.prompt", "gen_ai.completion")
        }
    sides: list[list[Entry]] = []
    for names in (("gen_ai.prompt", "llm.prompts"), ("gen_ai.completion", "llm.completions")):
        role = "user" if not sides else "assistant"
        value = next((attributes[name] for name in names if name in attributes), None)
        if value is None:
            value = next((found for name in names if (found := nested(attributes, name))), None)
        sides.append(_loose_messages(_decoded(value), role))
    return sides[0], sides[1]


def _loose_messages(value: Any, role: str) -> list[Entry]:
    if isinstance(value, str):
        return message_entries({"role": role, "content": value})
    if isinstance(value, dict):
        value = value.get("messages") or value.get("choices") or [value]
    entries: list[Entry] = []
    for item in as_list(value):
        fields = as_dict(item)
        fields = {"role": role} | (as_dict(fields.get("message")) or fields)
        content = _decoded(fields.get("content"))
        is_parts = isinstance(content, list) and bool(as_dict(content[0] if content else None))
        entries.extend(
            message_entries(
                fields | ({"content": content} if is_parts else {}) | {"tool_calls": None}
            )
        )
        entries.extend(chat_calls(fields.get("tool_calls")))
    return entries
