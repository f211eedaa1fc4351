"""OpenAI's two shapes: a chat-completions request, and a Responses conversation."""

import json
from typing import Any

from benchmarks.planted_world.events import Called, Event, Recording, Returned, Said, Thought
from benchmarks.planted_world.formats.turns import MODEL, calls, document, spoken, thoughts, turns


def openai_chat(recording: Recording) -> bytes:
    """Return a request of the chat-completions API with the whole conversation."""
    messages: list[dict[str, Any]] = []
    for group in turns(recording.events):
        messages += _chat_messages(group)
    tools = [{"type": "function", "function": item} for item in recording.definitions]
    return document({"id": recording.name, "model": MODEL, "messages": messages, "tools": tools})


def _chat_messages(group: list[Event]) -> list[dict[str, Any]]:
    if isinstance(group[0], Returned):
        return [
            {"role": "tool", "tool_call_id": event.call_id, "content": _with_status(event)}
            for event in group
            if isinstance(event, Returned)
        ]
    if isinstance(group[0], Said) and group[0].who != "agent":
        return [{"role": group[0].who, "content": group[0].text}]
    message: dict[str, Any] = {"role": "assistant", "content": spoken(group) or None}
    if thought := thoughts(group):
        message["reasoning_content"] = thought
    made = [
        {
            "id": call.id,
            "type": "function",
            "function": {
                "name": call.tool,
                "arguments": json.dumps(call.arguments, ensure_ascii=False),
            },
        }
        for call in calls(group)
    ]
    return [{**message, "tool_calls": made} if made else message]


def _with_status(event: Returned) -> str:
    """A process's answer is an object here, as agents' shell tools often give it."""
    if event.exit_status is None:
        return event.text
    fields = {"exit_code": event.exit_status, "output": event.text}
    return json.dumps(fields, ensure_ascii=False)


def openai_responses(recording: Recording) -> bytes:
    """Return a Responses conversation: `input` items, as an agent loop keeps them."""
    items = [_item(event, position) for position, event in enumerate(recording.events)]
    tools = [{"type": "function", **item} for item in recording.definitions]
    return document({"id": recording.name, "model": MODEL, "tools": tools, "input": items})


def _item(event: Event, position: int) -> dict[str, Any]:
    if isinstance(event, Called):
        return {
            "type": "function_call",
            "call_id": event.id,
            "name": event.tool,
            "arguments": json.dumps(event.arguments, ensure_ascii=False),
        }
    if isinstance(event, Returned):
        text = event.text
        if event.exit_status is not None:
            text = f"Exit code: {event.exit_status}\nOutput:\n{event.text}"
        return {"type": "function_call_output", "call_id": event.call_id, "output": text}
    if isinstance(event, Thought):
        summary = [{"type": "summary_text", "text": event.text}]
        return {"type": "reasoning", "id": f"rs_{position:03d}", "summary": summary}
    if event.who == "agent":
        content = [{"type": "output_text", "text": event.text, "annotations": []}]
        return {"type": "message", "role": "assistant", "status": "completed", "content": content}
    role = "developer" if event.who == "system" else "user"
    content = [{"type": "input_text", "text": event.text}]
    return {"type": "message", "role": role, "content": content}
