"""Message content and call arguments, in the shapes that the many chat formats share."""

from typing import Any, Final

from trueline.trajectory.chat.entry import Entry
from trueline.trajectory.decoding import as_dict, as_json, as_list, as_text, decode

_TEXT_KEYS: Final = ("text", "content", "refusal", "transcript", "reasoning", "thinking")


def arguments_of(value: Any) -> dict[str, Any] | None:
    """Return a call's arguments as an object, decoding JSON text.

    What is not an object stands under the key `input`; None and empty text are None.
    """
    if isinstance(value, dict):
        return value
    if value is None or value == "":
        return None
    if isinstance(value, str):
        if value[0] == "{" or value.lstrip()[:1] == "{":
            found = decode(value.encode("utf-8", "replace")).value
            if isinstance(found, dict):
                return found
        return {"input": value}
    return {"input": value}


def plain_text(content: Any) -> str:
    """Return message content as text: a string, a list of parts, or one part.

    Parts are joined by line ends; a part that is not text stands as its type in brackets.
    """
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        if len(content) == 1:
            return part_text(content[0])
        return "\n".join(text for part in content if (text := part_text(part)))
    return part_text(content)


def part_text(part: Any) -> str:
    """Return one content part as text; an image becomes `[image]`, an unknown object JSON."""
    if isinstance(part, str):
        return part
    if part is None:
        return ""
    if not isinstance(part, dict):
        return as_json(part)
    for key in _TEXT_KEYS:
        value = part.get(key)
        if isinstance(value, str):
            return value
        if isinstance(value, list):
            return "\n".join(as_text(item) or _inner_text(item) for item in value)
    kind = as_text(part.get("type"))
    return f"[{kind[:40]}]" if kind else as_json(part)


def _inner_text(part: Any) -> str:
    """Return the text of a part inside a part; deeper nesting stays JSON."""
    fields = as_dict(part)
    for key in _TEXT_KEYS:
        if isinstance(fields.get(key), str):
            return as_text(fields[key])
    return as_json(part)


def chat_calls(calls: Any) -> list[Entry]:
    """Return the entries for a `tool_calls` list as OpenAI and its many followers write it.

    Each call is `{id, function: {name, arguments}}`, `{id, function: name, arguments}`,
    `{id, custom: {name, input}}` or `{function: name, args}`.
    """
    return [_chat_call(call if isinstance(call, dict) else {}) for call in as_list(calls)]


def _chat_call(fields: dict[str, Any]) -> Entry:
    function = fields.get("function")
    if isinstance(function, dict) and function:
        inner: dict[str, Any] = function
    else:
        inner = as_dict(fields.get("custom")) or fields
    arguments = inner.get("arguments")
    if arguments is None and "arguments" not in inner:
        arguments = inner["args"] if "args" in inner else inner.get("input")
    return Entry(
        kind="call",
        tool=as_text(inner.get("name") or function),
        arguments=arguments_of(arguments),
        call_id=as_text(fields.get("id") or fields.get("call_id")),
    )
