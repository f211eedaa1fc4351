"""Events of the OpenHands SDK, told apart by `kind`: `ActionEvent`, `ObservationEvent`, ….

Source: OpenHands software-agent-sdk 1.x, `openhands/sdk/event`.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from trueline.trajectory.chat import Entry, arguments_of, message_entries, plain_text
from trueline.trajectory.decoding import as_dict, as_int, as_list, as_text

_Fields = dict[str, Any]

_CLIPPED: Final = ("<response clipped>", "[... Observation truncated due to length ...]")
_SPOKEN_TOOLS: Final = ("finish", "think")
"""Their calls are the agent's words; the observation only acknowledges them."""


def event_entries(event: _Fields) -> list[Entry]:
    """Return what one event holds; empty for bookkeeping."""
    handler = _HANDLERS.get(as_text(event.get("kind")))
    return list(handler(event)) if handler is not None else []


def is_event(value: Any) -> bool:
    """Return whether `value` is an event of the SDK."""
    fields = as_dict(value)
    kind = fields.get("kind")
    return isinstance(kind, str) and "source" in fields and (kind in _HANDLERS or kind in _SILENT)


def _system(event: _Fields) -> Iterator[Entry]:
    text = plain_text(event.get("system_prompt"))
    if text:
        yield Entry(kind="message", actor="system", text=text)


def _message(event: _Fields) -> Iterator[Entry]:
    yield from message_entries(event.get("llm_message"))
    added = plain_text(event.get("extended_content"))
    if added:
        yield Entry(kind="note", actor="host", text=added, tag="meta")


def _action(event: _Fields) -> Iterator[Entry]:
    reasoning = as_text(event.get("reasoning_content")) or "\n".join(
        text
        for block in as_list(event.get("thinking_blocks"))
        if (text := as_text(as_dict(block).get("thinking")))
    )
    if reasoning:
        yield Entry(kind="reasoning", text=reasoning)
    thought = plain_text(event.get("thought"))
    if thought:
        yield Entry(kind="message", text=thought)
    tool = as_text(event.get("tool_name"))
    action = {key: value for key, value in as_dict(event.get("action")).items() if key != "kind"}
    if tool in _SPOKEN_TOOLS:
        said = as_text(action.get("message")) or as_text(action.get("thought"))
        if said:
            yield Entry(kind="message" if tool == "finish" else "reasoning", text=said)
        return
    asked = as_dict(event.get("tool_call"))
    arguments = arguments_of(asked.get("arguments")) if asked else None
    yield Entry(
        kind="call",
        tool=tool or as_text(asked.get("name")),
        arguments=arguments if arguments is not None else action,
        call_id=_call_id(event),
    )


def _call_id(event: _Fields) -> str:
    return as_text(event.get("tool_call_id")) or as_text(as_dict(event.get("tool_call")).get("id"))


def _observation(event: _Fields) -> Iterator[Entry]:
    if event.get("tool_name") in _SPOKEN_TOOLS:
        return
    seen = as_dict(event.get("observation"))
    text = plain_text(seen.get("content")) or plain_text(seen.get("output"))
    status = as_int(seen.get("exit_code"))
    if status is None:
        status = as_int(as_dict(seen.get("metadata")).get("exit_code"))
    yield Entry(
        kind="result",
        actor="tool",
        text=text or plain_text(seen.get("error")),
        tool=as_text(event.get("tool_name")),
        call_id=_call_id(event),
        # -1 stands for a command that did not end.
        exit_status=status if status != -1 else None,
        is_error=seen.get("is_error") is True or bool(seen.get("error")),
        is_interrupted=seen.get("timeout") is True,
        is_truncated=any(mark in text for mark in _CLIPPED),
        extra=dict(_file_facts(seen)),
    )


def _file_facts(seen: _Fields) -> Iterator[tuple[str, Any]]:
    path, before = seen.get("path"), seen.get("old_content")
    if isinstance(path, str) and path:
        yield "file_path", path
    if isinstance(before, str):
        yield "original_file", before


def _error(event: _Fields) -> Iterator[Entry]:
    yield Entry(
        kind="result",
        actor="tool",
        text=as_text(event.get("error")),
        tool=as_text(event.get("tool_name")),
        call_id=_call_id(event),
        is_error=True,
    )


def _rejection(event: _Fields) -> Iterator[Entry]:
    reason = as_text(event.get("rejection_reason"))
    call_id = _call_id(event)
    by_hook = event.get("rejection_source") == "hook"
    yield Entry(
        kind="decision",
        actor="host" if by_hook else "user",
        text=f"rejected: {reason}",
        call_id=call_id,
        tag="hook" if by_hook else "",
    )
    yield Entry(
        kind="result",
        actor="tool",
        text=f"Action rejected: {reason}",
        tool=as_text(event.get("tool_name")),
        call_id=call_id,
        is_error=True,
    )


def _compaction(event: _Fields) -> Iterator[Entry]:
    text = as_text(event.get("summary")) or "[earlier events were left out]"
    yield Entry(kind="note", actor="host", text=text, tag="compaction")


def _interruption(event: _Fields) -> Iterator[Entry]:
    text = as_text(event.get("reason")) or "[the user stopped the agent]"
    yield Entry(kind="note", actor="host", text=text, tag="interrupt")


def _failure(event: _Fields) -> Iterator[Entry]:
    text = as_text(event.get("detail")) or as_text(event.get("code"))
    yield Entry(kind="note", actor="host", text=text)


_HANDLERS: Final[dict[str, Callable[[_Fields], Iterator[Entry]]]] = {
    "SystemPromptEvent": _system,
    "MessageEvent": _message,
    "ActionEvent": _action,
    "ObservationEvent": _observation,
    "AgentErrorEvent": _error,
    "UserRejectObservation": _rejection,
    "Condensation": _compaction,
    "PauseEvent": _interruption,
    "InterruptEvent": _interruption,
    "ConversationErrorEvent": _failure,
}
_SILENT: Final = frozenset(
    {
        "ConversationStateUpdateEvent",
        "TokenEvent",
        "CondensationRequest",
        "CondensationSummaryEvent",
    }
)
