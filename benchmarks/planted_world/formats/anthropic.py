"""A request of Anthropic's Messages API with the whole conversation."""

from typing import Any

from benchmarks.planted_world.events import Called, Event, Recording, Returned, Said, Thought
from benchmarks.planted_world.formats.turns import MODEL, document, turns


def anthropic_messages(recording: Recording) -> bytes:
    """Return `system` and `messages` with content blocks."""
    system = ""
    messages: list[dict[str, Any]] = []
    for group in turns(recording.events):
        first = group[0]
        if isinstance(first, Said) and first.who == "system":
            system = first.text
            continue
        is_agent = isinstance(first, Called | Thought) or (
            isinstance(first, Said) and first.who == "agent"
        )
        content = [_block(event) for event in group]
        messages.append({"role": "assistant" if is_agent else "user", "content": content})
    tools = [
        {
            "name": item["name"],
            "description": item["description"],
            "input_schema": item["parameters"],
        }
        for item in recording.definitions
    ]
    fields = {"system": system} if system else {}
    whole = {"id": recording.name, "model": MODEL, **fields, "messages": messages, "tools": tools}
    return document(whole)


def _block(event: Event) -> dict[str, Any]:
    if isinstance(event, Called):
        return {
            "type": "tool_use",
            "id": event.id,
            "name": event.tool,
            "input": event.arguments,
        }
    if isinstance(event, Returned):
        text = event.text
        if event.exit_status:
            text = f"Exit code {event.exit_status}\n{text}"
        block: dict[str, Any] = {"type": "tool_result", "tool_use_id": event.call_id}
        block["content"] = [{"type": "text", "text": text}]
        return {**block, "is_error": True} if event.is_error else block
    if isinstance(event, Thought):
        return {"type": "thinking", "thinking": event.text, "signature": ""}
    return {"type": "text", "text": event.text}
