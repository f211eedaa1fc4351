"""Conversations in OpenAI's two shapes: chat-completion messages and Responses items.

What a file may be: one conversation (an object with `messages`, or a list of messages or
items), a list of conversations, one conversation a line, or one message or item a line.
A request may stand beside its answer (`choices`, or `input` beside `output`).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, final

from trueline.trajectory.chat import (
    Chat,
    Entry,
    conversation_id,
    conversations_in,
    limited,
    message_entries,
)
from trueline.trajectory.decoding import as_dict, as_list, as_text
from trueline.trajectory.formats.openai_items.items import is_item, item_entries
from trueline.trajectory.glance import first_values
from trueline.trajectory.model import ReadProblem, Trajectory
from trueline.trajectory.reader import Head

_BODIES = ("request", "body", "kwargs")


@final
class OpenAIReader:
    """Reads chat-completion messages and Responses items."""

    name = "openai"

    def recognises(self, head: Head) -> bool:
        """Return whether the first value is a conversation, a list of them, or one entry."""
        return any(
            _is_conversation(value) or is_item(value) or _is_list(value)
            for value in first_values(head)[:1]
        )

    def read(self, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
        """Yield one trajectory per conversation."""
        yield from limited(_read(path, shown), shown)


def _read(path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
    yield from conversations_in(path, shown, format="openai", loose=_loose, whole=_conversations)


def _loose(value: Any) -> Iterable[Entry] | None:
    return item_entries(value) if is_item(value) else None


def _is_conversation(value: Any) -> bool:
    fields = as_dict(value)
    body = _body(fields)
    return (
        _is_list(body.get("messages"))
        or _is_list(body.get("items"))
        or (fields.get("object") == "response" and isinstance(fields.get("output"), list))
        or (_is_list(body.get("input")) and ("model" in body or "output" in fields))
        or (isinstance(body.get("input"), str) and _is_list(fields.get("output")))
    )


def _is_list(value: Any) -> bool:
    items = as_list(value)
    return bool(items) and (is_item(items[0]) or _is_conversation(items[0]))


def _body(fields: dict[str, Any]) -> dict[str, Any]:
    for key in _BODIES:
        inner = fields.get(key)
        if isinstance(inner, dict) and ("messages" in inner or "input" in inner):
            return inner
    return fields


def _conversations(value: Any, line: int, shown: str) -> Iterator[Trajectory | ReadProblem]:
    if _is_conversation(value):
        yield _trajectory(value, line, shown)
    elif isinstance(value, list) and value and not any(_is_conversation(item) for item in value):
        yield _trajectory({"items": value}, line, shown)
    elif isinstance(value, list):
        for position, item in enumerate(value, 1):
            yield from _conversations(item, position, shown)
    else:
        message = f"expected a conversation or a message, found {type(value).__name__}"
        yield ReadProblem(path=shown, line=line, message=message)


def _trajectory(value: dict[str, Any], line: int, shown: str) -> Trajectory:
    body = _body(value)
    chat = Chat()
    instructions = body.get("instructions")
    if isinstance(instructions, str) and instructions:
        chat.add_all(message_entries({"role": "system", "content": instructions}))
    given = next((body[key] for key in ("messages", "items", "input") if key in body), None)
    if isinstance(given, str):
        given = [{"role": "user", "content": given}]
    items = as_list(given) + _answers(value)
    for position, item in enumerate(items, 1):
        chat.add_all(item_entries(item), line=line or position)
    return Trajectory(
        id=conversation_id(value.get("id"), line, shown),
        format="openai",
        source=shown,
        model=as_text(body.get("model")) or as_text(value.get("model")),
        steps=chat.steps,
    )


def _answers(value: dict[str, Any]) -> list[Any]:
    """Return what the model answered to a request that stands beside it."""
    answer = as_dict(value.get("response")) or value
    answer = as_dict(answer.get("body")) or answer
    choices = as_list(answer.get("choices"))
    if choices:
        return [as_dict(choices[0]).get("message")]
    return as_list(answer.get("output"))
