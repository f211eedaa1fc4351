"""Conversations as Anthropic's Messages API shapes them.

What a file may be: a request (`system`, `messages`), alone or with its answer beside it, a
list of messages or of requests, one request a line, or one message a line.  Conversations
of plain text alone look like anyone's; they are recognised by `system` or `stop_reason`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, final

from trueline.trajectory.chat import (
    Chat,
    Entry,
    conversation_id,
    conversations_in,
    is_block,
    limited,
    message_entries,
)
from trueline.trajectory.decoding import as_dict, as_list, as_text
from trueline.trajectory.glance import first_values
from trueline.trajectory.model import ReadProblem, Trajectory
from trueline.trajectory.reader import Head

_BODIES: Final = ("request", "body", "kwargs", "params")
_LOOKED_AT: Final = 64
"""So many messages are looked at to recognise the shape."""


@final
class AnthropicReader:
    """Reads requests and messages of the Messages API."""

    name = "anthropic"

    def recognises(self, head: Head) -> bool:
        """Return whether a message holds blocks that only this API has, or a request `system`."""
        return any(_is_ours(value) for value in first_values(head))

    def read(self, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
        """Yield one trajectory per conversation."""
        yield from limited(_read(path, shown), shown)


READER: Final = AnthropicReader()


def _is_ours(value: Any) -> bool:
    if isinstance(value, list):
        return any(_is_ours(item) for item in value[:_LOOKED_AT])
    fields = as_dict(value)
    if _is_message(fields):
        blocks = as_list(fields.get("content"))
        return any(is_block(block) for block in blocks[:_LOOKED_AT]) or "stop_reason" in fields
    body = _body(fields)
    messages = as_list(body.get("messages"))[:_LOOKED_AT]
    has_system = isinstance(body.get("system"), str | list)
    roles = {as_text(as_dict(message).get("role")) for message in messages}
    return (
        bool(messages)
        and roles <= {"user", "assistant"}
        and (has_system or any(_is_ours(message) for message in messages))
    )


def _is_message(fields: dict[str, Any]) -> bool:
    return fields.get("role") in ("user", "assistant") and "content" in fields


def _body(fields: dict[str, Any]) -> dict[str, Any]:
    for key in _BODIES:
        inner = fields.get(key)
        if isinstance(inner, dict) and "messages" in inner:
            return inner
    return fields


def _read(path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
    yield from conversations_in(path, shown, format="anthropic", loose=_loose, whole=_conversations)


def _loose(value: Any) -> Iterable[Entry] | None:
    return message_entries(value) if _is_message(as_dict(value)) else None


def _conversations(value: Any, line: int, shown: str) -> Iterator[Trajectory | ReadProblem]:
    fields = as_dict(value)
    if isinstance(_body(fields).get("messages"), list):
        yield _trajectory(fields, line, shown)
    elif isinstance(value, list) and value and _is_message(as_dict(value[0])):
        yield _trajectory({"messages": value}, line, shown)
    elif isinstance(value, list):
        for position, item in enumerate(value, 1):
            yield from _conversations(item, position, shown)
    else:
        message = f"expected a request or a message, found {type(value).__name__}"
        yield ReadProblem(path=shown, line=line, message=message)


def _trajectory(fields: dict[str, Any], line: int, shown: str) -> Trajectory:
    body = _body(fields)
    chat = Chat()
    if body.get("system"):
        chat.add_all(message_entries({"role": "system", "content": body["system"]}))
    messages = as_list(body.get("messages")) + _answer(fields)
    for position, message in enumerate(messages, 1):
        chat.add_all(message_entries(message), line=line or position)
    return Trajectory(
        id=conversation_id(fields.get("id"), line, shown),
        format="anthropic",
        source=shown,
        model=as_text(body.get("model")),
        steps=chat.steps,
    )


def _answer(fields: dict[str, Any]) -> list[Any]:
    for candidate in (fields.get("response"), fields.get("message"), fields):
        answer = as_dict(candidate)
        if answer.get("role") == "assistant" and isinstance(answer.get("content"), list):
            return [answer]
    return []
