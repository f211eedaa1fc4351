"""One line of a Claude Code session file, decoded as far as the reader needs it.

Source:
    The files themselves, versions 1.0 to 2.1; Claude Code publishes no schema.  Fields are
    untyped here, since any line may hold anything; the rooms beside this one check them.
"""

from typing import Any, Final

import msgspec
from msgspec import Struct, field

from trueline.trajectory.decoding import as_dict
from trueline.trajectory.reader import Head


class Entry(Struct, frozen=True, gc=False, rename="camel"):
    """The fields of a line that say what happened; everything else is not even decoded.

    Those that begin with `stream_` are named as in the output of `--output-format stream-json`.
    """

    type: Any = None
    subtype: Any = None
    uuid: Any = None
    parent_uuid: Any = None
    session_id: Any = None
    agent_id: Any = None
    timestamp: Any = None
    cwd: Any = None
    version: Any = None
    git_branch: Any = None
    is_sidechain: Any = None
    is_meta: Any = None
    is_compact_summary: Any = None
    is_api_error: Any = field(default=None, name="isApiErrorMessage")
    origin: Any = None
    message: Any = None
    tool_use_result: Any = None
    operation: Any = None
    content: Any = None
    attachment: Any = None
    hook_errors: Any = None
    stop_reason: Any = None
    stream_session: Any = field(default=None, name="session_id")
    stream_parent: Any = field(default=None, name="parent_tool_use_id")
    stream_result: Any = field(default=None, name="tool_use_result")
    stream_version: Any = field(default=None, name="claude_code_version")


DECODER: Final = msgspec.json.Decoder(Entry)


class _ProgressData(Struct, rename="camel"):
    agent_id: Any = None


class _Progress(Struct):
    call_id: Any = field(default=None, name="parentToolUseID")
    data: _ProgressData | None = None


_PROGRESS_DECODER: Final = msgspec.json.Decoder(_Progress)
_PROGRESS: Final = b'"type":"progress"'
_SNAPSHOT: Final = b'{"type":"file-history-snapshot"'
_CALL_KEY: Final = b'"parentToolUseID":"'

_HOST_ENTRIES: Final = {
    "summary": "leafUuid",
    "file-history-snapshot": "snapshot",
    "queue-operation": "sessionId",
    "progress": "parentUuid",
    "attachment": "sessionId",
    "permission-mode": "sessionId",
    "mode": "sessionId",
    "custom-title": "sessionId",
    "ai-title": "sessionId",
    "last-prompt": "sessionId",
    "agent-name": "sessionId",
}
"""Kinds of entry that may open a file, each with a field that no other format puts beside it."""


class LineFilter:
    """Passes over lines that only report progress, and remembers which call started which agent.

    Most of the lines of a long session say that a hook or a subagent is still at work.  Their
    kind stands before the first nested object, where it cannot be part of a text: inside a
    JSON string its quotes would be escaped.
    """

    def __init__(self) -> None:
        self.agents: dict[str, str] = {}
        """Tool call id to the id of the subagent that works for it."""
        self._seen: set[bytes] = set()

    def skips(self, line: bytes) -> bool:
        """Return whether `line` holds nothing that becomes a step."""
        if line.startswith(_SNAPSHOT):
            return True
        if line.find(_PROGRESS, 0, line.find(b"{", 1)) < 0:
            return False
        if b'"agent_progress"' in line:
            self._remember(line)
        return True

    def _remember(self, line: bytes) -> None:
        start = line.rfind(_CALL_KEY) + len(_CALL_KEY)
        call = line[start : line.find(b'"', start)]
        if call in self._seen:
            return
        self._seen.add(call)
        try:
            progress = _PROGRESS_DECODER.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return
        agent = progress.data.agent_id if progress.data else None
        if isinstance(progress.call_id, str) and isinstance(agent, str):
            self.agents[progress.call_id] = agent


def entry_from(value: Any) -> Entry | None:
    """Return `value` as an entry; None if it is no object."""
    if isinstance(value, Entry):
        return value
    if not isinstance(value, dict):
        return None
    return msgspec.convert(value, Entry)


def is_session(head: Head) -> bool:
    """Return whether the beginning of a file is that of a Claude Code session."""
    if any(_is_entry(value) for value in head.values):
        return True
    if head.values:
        # Kinds of entry that nobody knew when this was written, with known ones after them.
        return b'"parentUuid":' in head.data and any(_has_session(value) for value in head.values)
    if not head.data.startswith(b"{"):
        return False
    # The first line is longer than the head: look for its envelope alone.
    start = head.data[:4096]
    return b'"sessionId":' in start and (b'"parentUuid":' in start or b'"isSidechain":' in start)


def _has_session(value: Any) -> bool:
    found = as_dict(value)
    return isinstance(found.get("type"), str) and isinstance(found.get("sessionId"), str)


def _is_entry(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    kind = value.get("type")
    if kind in ("user", "assistant"):
        is_ours = "parentUuid" in value or "sessionId" in value or "parent_tool_use_id" in value
        return is_ours and bool(as_dict(value.get("message")))
    if kind == "system":
        return "sessionId" in value or ("session_id" in value and "subtype" in value)
    return isinstance(kind, str) and _HOST_ENTRIES.get(kind, "\0") in value
