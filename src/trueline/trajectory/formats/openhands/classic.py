"""Events of OpenHands before its SDK: `{id, timestamp, source, action, args}` and observations.

An observation points at the event that caused it; the call takes the id that the model
gave it where that is recorded.  `finish` is what the agent says at the end, `think` is
reasoning; bookkeeping events (state changes, null) say nothing.

Source: OpenHands 0.62, `openhands/events/serialization`.
"""

from collections.abc import Iterator
from typing import Any, Final

from trueline.trajectory.chat import Entry, plain_text
from trueline.trajectory.decoding import as_dict, as_int, as_json, as_list, as_text

_Fields = dict[str, Any]

_SILENT: Final = frozenset(
    {"null", "change_agent_state", "agent_state_changed", "recall", "pause", "resume", "stop",
     "condensation_request", "start", "initialize", "success", "task_tracking_state"}
)  # fmt: skip
_NOT_ARGUMENTS: Final = frozenset(
    {"thought", "confirmation_state", "security_risk", "hidden", "is_confirmed", "blocking",
     "keep_prompt", "is_static", "image_urls", "wait_for_response", "kernel_init_code",
     "include_extra", "return_axtree", "translated_ipython_code", "impl_source"}
)  # fmt: skip
_TIMED_OUT: Final = "[The command timed out"
_CLIPPED: Final = "[... Observation truncated due to length ...]"


class CallIds:
    """Which call id the event with a number began, so that observations find their calls."""

    def __init__(self) -> None:
        self._by_event: dict[str, str] = {}

    def begun(self, event: _Fields) -> str:
        """Return the id of the call that `event` begins, and remember it."""
        event_id = as_json(event.get("id")) if "id" in event else ""
        made_by = as_dict(event.get("tool_call_metadata"))
        call_id = as_text(made_by.get("tool_call_id")) or (f"event-{event_id}" if event_id else "")
        if event_id:
            self._by_event[event_id] = call_id
        return call_id

    def caused(self, event: _Fields) -> str:
        """Return the id of the call that the observation `event` answers, empty for none."""
        made_by = as_dict(event.get("tool_call_metadata"))
        known = self._by_event.get(as_json(event.get("cause")), "")
        return known or as_text(made_by.get("tool_call_id"))


def event_entries(event: _Fields, ids: CallIds) -> list[Entry]:
    """Return what one event holds; empty for bookkeeping."""
    if "action" in event:
        return list(_action(event, ids))
    if "observation" in event:
        return list(_observation(event, ids))
    return []


def _action(event: _Fields, ids: CallIds) -> Iterator[Entry]:
    name = as_text(event.get("action"))
    arguments = as_dict(event.get("args"))
    is_user = event.get("source") == "user"
    thought = as_text(arguments.get("thought"))
    if name in _SILENT:
        return
    if name in ("message", "system"):
        actor = "system" if name == "system" else "user" if is_user else "agent"
        text = plain_text(arguments.get("content")) or as_text(event.get("message"))
        if text:
            yield Entry(kind="message", actor=actor, text=text)
    elif name == "think":
        yield Entry(kind="reasoning", text=thought or as_text(event.get("message")))
    elif name == "finish":
        final = as_text(arguments.get("final_thought")) or thought or as_text(event.get("message"))
        if final:
            yield Entry(kind="message", text=final)
    elif name == "condensation":
        summary = as_text(arguments.get("summary")) or "[earlier events were left out]"
        yield Entry(kind="note", actor="host", text=summary, tag="compaction")
    else:
        yield from _call(event, name, arguments, thought, ids)


def _call(
    event: _Fields, name: str, arguments: _Fields, thought: str, ids: CallIds
) -> Iterator[Entry]:
    if thought:
        yield Entry(kind="message", text=thought)
    made_by = as_dict(event.get("tool_call_metadata"))
    given = {
        key: value
        for key, value in arguments.items()
        if key not in _NOT_ARGUMENTS and value is not None
    }
    tool = as_text(made_by.get("function_name"))
    if name == "call_tool_mcp":
        tool = tool or as_text(arguments.get("name"))
        given = as_dict(arguments.get("arguments"))
    yield Entry(kind="call", tool=tool or name, arguments=given, call_id=ids.begun(event))


def _observation(event: _Fields, ids: CallIds) -> Iterator[Entry]:
    name = as_text(event.get("observation"))
    if name in _SILENT or name == "think":
        return
    extras = as_dict(event.get("extras"))
    text = plain_text(event.get("content")) or as_text(event.get("message"))
    call_id = ids.caused(event)
    if name == "user_rejected":
        yield Entry(kind="decision", actor="user", text=f"rejected: {text}", call_id=call_id)
    if not call_id and "cause" not in event:
        if text:
            yield Entry(kind="note", actor="host", text=text)
        return
    status = as_int(as_dict(extras.get("metadata")).get("exit_code"))
    if status is None:
        status = as_int(extras.get("exit_code"))
    suffix = as_text(as_dict(extras.get("metadata")).get("suffix"))
    yield Entry(
        kind="result",
        actor="tool",
        text=text,
        call_id=call_id,
        # -1 stands for a command that did not end.
        exit_status=status if status != -1 else None,
        is_error=name in ("error", "user_rejected") or extras.get("is_error") is True,
        is_interrupted=status == -1 and (_TIMED_OUT in suffix or _TIMED_OUT in text[-2000:]),
        is_truncated=_CLIPPED in text,
        extra=dict(_file_facts(extras)),
    )


def _file_facts(extras: _Fields) -> Iterator[tuple[str, Any]]:
    path, before = extras.get("path"), extras.get("old_content")
    if isinstance(path, str) and path:
        yield "file_path", path
    if isinstance(before, str) and extras.get("prev_exist") is not False:
        yield "original_file", before


def is_event(value: Any) -> bool:
    """Return whether `value` is an action with arguments or an observation."""
    fields = as_dict(value)
    if "source" not in fields:
        return False
    if isinstance(fields.get("action"), str):
        return isinstance(fields.get("args"), dict)
    return isinstance(fields.get("observation"), str) and "content" in fields


def flattened(events: Any) -> Iterator[Any]:
    """Yield events from a list, whose entries may be pairs of action and observation."""
    for event in as_list(events):
        if isinstance(event, list):
            yield from event
        else:
            yield event
