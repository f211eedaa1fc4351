"""One `{role, content, tool_calls}` message, as OpenAI defined it and many others write it."""

from typing import Any, Final

from trueline.trajectory.chat.blocks import content_entries
from trueline.trajectory.chat.content import chat_calls, plain_text
from trueline.trajectory.chat.entry import ACTOR_OF_ROLE, Entry
from trueline.trajectory.decoding import as_dict, as_list, as_text

_REASONING_KEYS: Final = ("reasoning_content", "reasoning")
_MORE: Final = frozenset((*_REASONING_KEYS, "refusal", "audio", "function_call"))
"""Keys that few messages have, looked for all at once."""


def message_entries(message: Any) -> list[Entry]:
    """Return what one message holds: reasoning, text, then calls; or one result.

    Roles `tool` and `function` are results; unknown roles are said by the host.
    """
    if not isinstance(message, dict):
        return []
    fields: dict[str, Any] = message
    role = as_text(fields.get("role"))
    if role in ("tool", "function"):
        return [_result(fields)]
    actor = ACTOR_OF_ROLE.get(role, "host")
    has_more = not _MORE.isdisjoint(fields)
    entries = _reasoning(fields) if has_more else []
    content = fields.get("content")
    if not isinstance(content, str):
        entries.extend(content_entries(content, actor))
    elif content:
        entries.append(Entry(kind="message", actor=actor, text=content))
    refusal = _refusal(fields) if has_more else ""
    if refusal:
        entries.append(Entry(kind="message", actor=actor, text=refusal))
    calls = fields.get("tool_calls")
    if calls:
        entries.extend(chat_calls(calls))
    if has_more and isinstance(fields.get("function_call"), dict):
        entries.extend(chat_calls([{"function": fields["function_call"]}]))
    return entries


def _reasoning(fields: dict[str, Any]) -> list[Entry]:
    for key in _REASONING_KEYS:
        text = as_text(fields.get(key))
        if text:
            return [Entry(kind="reasoning", text=text)]
    return []


def _refusal(fields: dict[str, Any]) -> str:
    said = as_text(fields.get("refusal"))
    return said or as_text(as_dict(fields.get("audio")).get("transcript"))


def _result(fields: dict[str, Any]) -> Entry:
    content, call_id = fields.get("content"), as_text(fields.get("tool_call_id"))
    if not call_id:
        ids = as_list(fields.get("tool_call_ids"))
        call_id = as_text(ids[0]) if ids else ""
    return Entry(
        kind="result",
        actor="tool",
        text=content if isinstance(content, str) else plain_text(content),
        tool=as_text(fields["name"]) if "name" in fields else "",
        call_id=call_id,
        is_error=fields.get("is_error") is True,
    )
