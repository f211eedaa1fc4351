"""Inspect's chat messages as entries, with attachments put back in their place.

Inspect moves long texts into a table of attachments and leaves `attachment://` and a hash
(or, in chunked samples, a position).  Only a text that is nothing else is a reference.

Source: inspect_ai.model.ChatMessage* and inspect_ai.log._condense, release 0.3.285.
"""

from collections.abc import Iterator
from typing import Any, Final

from trueline.trajectory.chat import ACTOR_OF_ROLE, Entry, arguments_of, part_text
from trueline.trajectory.decoding import as_dict, as_list, as_text
from trueline.trajectory.formats.inspect_log.attachments import Attachments
from trueline.trajectory.model import Actor

_TRUNCATION_MARK: Final = "<START_TOOL_OUTPUT>"
_TRUNCATION_LEAD: Final = 400
"""The mark stands within so many characters, after a sentence that says what was done."""

_CUT_OFF_ERRORS: Final = ("timeout", "cancelled")


def message_entries(message: Any, attachments: Attachments) -> list[Entry]:
    """Return what one chat message holds; empty for what is no message."""
    fields = as_dict(message)
    role = as_text(fields.get("role"))
    if role == "tool":
        return [_result(fields, attachments)]
    actor = ACTOR_OF_ROLE.get(role, "host")
    content = attachments.resolved(fields.get("content"))
    extra = {"model": as_text(fields["model"])} if fields.get("model") else None
    if isinstance(content, str):
        entries = [Entry(kind="message", actor=actor, text=content, extra=extra)] if content else []
    else:
        entries = list(_part_entries(as_list(content), actor, extra, attachments))
    entries.extend(_calls(fields.get("tool_calls"), attachments))
    return entries


def _part_entries(
    parts: list[Any], actor: Actor, extra: dict[str, Any] | None, attachments: Attachments
) -> Iterator[Entry]:
    """Yield the parts in order, adjacent text as one message."""
    texts: list[str] = []
    for part in parts:
        fields = as_dict(part)
        kind = fields.get("type")
        if kind not in ("reasoning", "tool_use"):
            texts.append(_text(part, attachments))
            continue
        if any(texts):
            yield Entry(kind="message", actor=actor, text="\n".join(texts), extra=extra)
        texts = []
        if kind == "reasoning":
            text = as_text(fields.get("summary") if fields.get("redacted") else None) or as_text(
                attachments.resolved(fields.get("reasoning"))
            )
            yield Entry(kind="reasoning", text=text)
        else:
            yield from _server_call(fields, attachments)
    if any(texts):
        yield Entry(kind="message", actor=actor, text="\n".join(texts), extra=extra)


def _text(part: Any, attachments: Attachments) -> str:
    fields = as_dict(part)
    text = fields.get("text")
    return as_text(attachments.resolved(text)) if isinstance(text, str) else part_text(part)


def _calls(calls: Any, attachments: Attachments) -> Iterator[Entry]:
    for call in as_list(calls):
        fields = as_dict(call)
        yield Entry(
            kind="call",
            tool=as_text(fields.get("function")),
            arguments=arguments_of(attachments.resolved_deep(fields.get("arguments"))),
            call_id=as_text(fields.get("id")),
        )


def _server_call(fields: dict[str, Any], attachments: Attachments) -> Iterator[Entry]:
    call_id = as_text(fields.get("id"))
    tool = as_text(fields.get("name")) or as_text(fields.get("tool_type"))
    arguments = arguments_of(attachments.resolved(fields.get("arguments")))
    yield Entry(kind="call", tool=tool, arguments=arguments, call_id=call_id)
    error = as_text(attachments.resolved(fields.get("error")))
    text = as_text(attachments.resolved(fields.get("result"))) or error
    yield Entry(kind="result", text=text, tool=tool, call_id=call_id, is_error=bool(error))


def _result(fields: dict[str, Any], attachments: Attachments) -> Entry:
    content = attachments.resolved(fields.get("content"))
    parts = as_list(content)
    text = as_text(content) or "\n".join(_text(part, attachments) for part in parts)
    error = as_dict(fields.get("error"))
    message = as_text(attachments.resolved(error.get("message"))) or as_text(
        fields.get("tool_error")
    )
    if message and message not in text:
        text = f"{text}\n{message}" if text else message
    return Entry(
        kind="result",
        actor="tool",
        text=text,
        tool=as_text(fields.get("function")),
        call_id=as_text(fields.get("tool_call_id")),
        is_error=bool(error or message),
        is_interrupted=error.get("type") in _CUT_OFF_ERRORS,
        is_truncated=_TRUNCATION_MARK in text[:_TRUNCATION_LEAD],
    )
