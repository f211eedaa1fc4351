"""Items of OpenAI's Responses API as entries: messages, reasoning, calls and their outputs.

A `shell_call` of several commands is one call whose `command` holds them line by line; its
result has an exit status only where all of them ended alike.

Source: `openai.types.responses`, release 3.54.0.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from trueline.trajectory.chat import Entry, arguments_of, message_entries, part_text, plain_text
from trueline.trajectory.decoding import as_dict, as_int, as_json, as_list, as_text, decode

_Fields = dict[str, Any]

_ROLES: Final = ("user", "assistant", "system", "developer", "tool", "function")


def item_entries(item: Any) -> list[Entry]:
    """Return what one item holds; empty for one that says nothing or is no item."""
    if not isinstance(item, dict):
        return []
    fields: _Fields = item
    kind = fields.get("type")
    if not isinstance(kind, str) or kind in ("", "message"):
        return message_entries(fields) if "role" in fields else []
    handler = _HANDLERS.get(kind)
    if handler is not None:
        return list(handler(fields))
    if kind.endswith("_output"):
        return [_output(fields, plain_text(fields.get("output")))]
    if kind.endswith("_call"):
        return list(_hosted_call(fields))
    return []


def is_item(value: Any) -> bool:
    """Return whether `value` looks like an item: a role with content, or a known type."""
    fields = as_dict(value)
    kind = fields.get("type")
    if kind is None or kind == "message":
        return as_text(fields.get("role")) in _ROLES and (
            "content" in fields or "tool_calls" in fields
        )
    return isinstance(kind, str) and kind in _HANDLERS


def _id(fields: _Fields) -> str:
    return as_text(fields.get("call_id")) or as_text(fields.get("id"))


def _call(fields: _Fields, tool: str, arguments: Any) -> Entry:
    return Entry(kind="call", tool=tool, arguments=arguments_of(arguments), call_id=_id(fields))


def _output(fields: _Fields, text: str, **more: Any) -> Entry:
    failed = fields.get("status") in ("failed", "incomplete")
    more.setdefault("is_error", failed)
    return Entry(kind="result", actor="tool", text=text, call_id=_id(fields), **more)


def _reasoning(fields: _Fields) -> Iterator[Entry]:
    parts = as_list(fields.get("summary")) + as_list(fields.get("content"))
    text = "\n\n".join(text for part in parts if (text := part_text(part)))
    if text:
        yield Entry(kind="reasoning", text=text)


def _function_call(fields: _Fields) -> Iterator[Entry]:
    key = "input" if "input" in fields else "arguments"
    yield _call(fields, as_text(fields.get("name")), fields.get(key))


def _function_output(fields: _Fields) -> Iterator[Entry]:
    yield _output(fields, plain_text(fields.get("output")))


def _local_shell_call(fields: _Fields) -> Iterator[Entry]:
    action = {key: value for key, value in as_dict(fields.get("action")).items() if key != "type"}
    yield _call(fields, "local_shell", action)


def _local_shell_output(fields: _Fields) -> Iterator[Entry]:
    text = plain_text(fields.get("output"))
    inner = as_dict(decode(text.encode("utf-8", "replace")).value) if text[:1] == "{" else {}
    status = as_int(as_dict(inner.get("metadata")).get("exit_code"))
    if status is None:
        status = as_int(inner.get("exit_code"))
    said = as_text(inner.get("output")) or _streams(inner) or text
    yield _output(fields, said, exit_status=status)


def _streams(fields: _Fields) -> str:
    both = (as_text(fields.get("stdout")), as_text(fields.get("stderr")))
    return "\n".join(text for text in both if text)


def _shell_call(fields: _Fields) -> Iterator[Entry]:
    action = as_dict(fields.get("action"))
    commands = [as_text(command) for command in as_list(action.get("commands"))]
    rest = {key: value for key, value in action.items() if key not in ("commands", "type")}
    yield _call(fields, "shell", {"command": "\n".join(commands), **rest})


def _shell_output(fields: _Fields) -> Iterator[Entry]:
    chunks = [as_dict(chunk) for chunk in as_list(fields.get("output"))]
    if not chunks:
        yield _output(fields, plain_text(fields.get("output")))
        return
    outcomes = [as_dict(chunk.get("outcome")) for chunk in chunks]
    codes = {as_int(outcome.get("exit_code")) for outcome in outcomes}
    extra: dict[str, Any] = {}
    if len(chunks) == 1:
        extra = {key: as_text(chunks[0].get(key)) for key in ("stdout", "stderr")}
    yield _output(
        fields,
        "\n".join(text for chunk in chunks if (text := _streams(chunk))),
        exit_status=codes.pop() if len(codes) == 1 else None,
        is_interrupted=any(outcome.get("type") == "timeout" for outcome in outcomes),
        extra=extra,
    )


def _patch_call(fields: _Fields) -> Iterator[Entry]:
    yield _call(fields, "apply_patch", fields.get("operation"))


def _mcp_call(fields: _Fields) -> Iterator[Entry]:
    server = as_text(fields.get("server_label"))
    name = as_text(fields.get("name"))
    yield _call(fields, f"mcp__{server}__{name}" if server else name, fields.get("arguments"))
    error = fields.get("error")
    text = as_text(fields.get("output"))
    if error or text:
        said = as_text(as_dict(error).get("message")) or plain_text(error)
        yield _output(fields, text or said, is_error=bool(error))


def _hosted_call(fields: _Fields) -> Iterator[Entry]:
    """A tool that the provider runs itself: call and output stand in one item."""
    tool = as_text(fields.get("type")).removesuffix("_call")
    keys = ("action", "arguments", "queries", "code", "input")
    given = {key: fields[key] for key in keys if fields.get(key) is not None}
    only = next(iter(given.values())) if len(given) == 1 else None
    yield _call(fields, tool, only if isinstance(only, dict) else given)
    results = fields.get("outputs", fields.get("results"))
    if results:
        texts = (
            as_text(as_dict(part).get("logs")) or _result_text(part) for part in as_list(results)
        )
        yield _output(fields, "\n".join(text for text in texts if text))


def _result_text(part: Any) -> str:
    fields = as_dict(part)
    return as_json(part) if "file_id" in fields else part_text(part)


def _computer_output(fields: _Fields) -> Iterator[Entry]:
    yield _output(fields, part_text(fields.get("output")))


def _approval(fields: _Fields) -> Iterator[Entry]:
    word = "approved" if fields.get("approve") is True else "denied"
    reason = as_text(fields.get("reason"))
    yield Entry(
        kind="decision",
        actor="user",
        text=f"{word}: {reason}" if reason else word,
        call_id=as_text(fields.get("approval_request_id")),
    )


def _compaction(_: _Fields) -> Iterator[Entry]:
    text = "[earlier items were compacted; their summary is encrypted]"
    yield Entry(kind="note", actor="host", text=text, tag="compaction", is_truncated=True)


def _nothing(_: _Fields) -> Iterator[Entry]:
    return iter(())


_HANDLERS: Final[dict[str, Callable[[_Fields], Iterator[Entry]]]] = {
    "reasoning": _reasoning,
    "function_call": _function_call,
    "function_call_output": _function_output,
    "custom_tool_call": _function_call,
    "custom_tool_call_output": _function_output,
    "local_shell_call": _local_shell_call,
    "local_shell_call_output": _local_shell_output,
    "shell_call": _shell_call,
    "shell_call_output": _shell_output,
    "apply_patch_call": _patch_call,
    "apply_patch_call_output": _function_output,
    "mcp_call": _mcp_call,
    "mcp_list_tools": _nothing,
    "mcp_approval_request": _nothing,
    "mcp_approval_response": _approval,
    "web_search_call": _hosted_call,
    "file_search_call": _hosted_call,
    "code_interpreter_call": _hosted_call,
    "image_generation_call": _hosted_call,
    "tool_search_call": _hosted_call,
    "computer_call": _hosted_call,
    "computer_call_output": _computer_output,
    "compaction": _compaction,
    "item_reference": _nothing,
}
