"""Typed content blocks that are more than text: thinking, tool use and tool results.

Anthropic's messages put calls and results into the content; others borrowed the shape.

Source: Anthropic Messages API, content block types as of 2025-11.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from trueline.trajectory.chat.content import arguments_of, part_text, plain_text
from trueline.trajectory.chat.entry import Entry
from trueline.trajectory.decoding import as_dict, as_int, as_text
from trueline.trajectory.model import Actor

_Fields = dict[str, Any]


def content_entries(content: Any, actor: Actor) -> Iterator[Entry]:
    """Yield content in order: adjacent text as one message, other blocks as what they are."""
    if not isinstance(content, list):
        text = plain_text(content)
        if text:
            yield Entry(kind="message", actor=actor, text=text)
        return
    texts: list[str] = []
    for part in content:
        handler = _handler(part)
        if handler is None:
            text = part_text(part)
            if text:
                texts.append(text)
            continue
        if texts:
            yield Entry(kind="message", actor=actor, text="\n".join(texts))
            texts = []
        yield from handler(part)
    if texts:
        yield Entry(kind="message", actor=actor, text="\n".join(texts))


def _handler(part: Any) -> Callable[[_Fields], Iterator[Entry]] | None:
    if not isinstance(part, dict):
        return None
    kind = part.get("type")
    if not isinstance(kind, str) or kind == "text":
        return None
    if kind.endswith("_tool_result"):
        return _tool_result
    return BLOCKS.get(kind)


def _reasoning(block: _Fields) -> Iterator[Entry]:
    text = part_text({key: value for key, value in block.items() if key not in ("type", "data")})
    if text and text != "{}":
        yield Entry(kind="reasoning", text=text)


def _tool_use(block: _Fields) -> Iterator[Entry]:
    name = as_text(block.get("name"))
    server = as_text(block.get("server_name"))
    yield Entry(
        kind="call",
        tool=f"mcp__{server}__{name}" if server else name,
        arguments=arguments_of(block.get("input")),
        call_id=as_text(block.get("id")),
    )


def _tool_result(block: _Fields) -> Iterator[Entry]:
    content = block.get("content")
    inner = as_dict(content)
    status = as_int(inner.get("return_code"))
    streams = [as_text(inner.get(key)) for key in ("stdout", "stderr")]
    error = as_text(inner.get("error_code"))
    text = "\n".join(text for text in streams if text) if any(streams) else plain_text(content)
    yield Entry(
        kind="result",
        actor="tool",
        text=error or ("" if status is not None and not any(streams) else text),
        call_id=as_text(block.get("tool_use_id")),
        is_error=block.get("is_error") is True or bool(error),
        exit_status=status,
        extra={"stdout": streams[0], "stderr": streams[1]} if any(streams) else None,
    )


def _compaction(block: _Fields) -> Iterator[Entry]:
    text = plain_text(block.get("content"))
    yield Entry(kind="note", actor="host", text=text, tag="compaction")


def _nothing(_: _Fields) -> Iterator[Entry]:
    return iter(())


BLOCKS: Final[dict[str, Callable[[_Fields], Iterator[Entry]]]] = {
    "thinking": _reasoning,
    "reasoning": _reasoning,
    "reasoning_content": _reasoning,
    "redacted_thinking": _nothing,
    "tool_use": _tool_use,
    "server_tool_use": _tool_use,
    "mcp_tool_use": _tool_use,
    "tool_result": _tool_result,
    "compaction": _compaction,
}
"""Blocks by type; whatever ends in `_tool_result` is a result too."""


def is_block(part: Any) -> bool:
    """Return whether `part` is a block of a sort that chat completions do not have."""
    kind = as_dict(part).get("type")
    return isinstance(kind, str) and (kind in BLOCKS or kind.endswith("_tool_result"))
