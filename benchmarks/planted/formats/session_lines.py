"""The envelope that Claude Code puts around every entry, and the host's own entries."""

import hashlib
import json
from typing import Any, Final

from benchmarks.planted.events import Recording
from benchmarks.planted.sandbox import iso

VERSION: Final = "2.1.39"
MODEL: Final = "scripted-agent"


class SessionLines:
    """The files of one session as they grow, line by line.

    Attributes:
        at: the time of the next entry, in seconds.
        current: the file that the next entry goes to.
        parent: identifier of the entry before, None at the start of a file.
        agent_id: set while a subagent's file is written.
    """

    def __init__(self, recording: Recording, file: str) -> None:
        self.recording = recording
        self.files: dict[str, list[str]] = {file: []}
        self.at = 0.0
        self.current = file
        self.parent: str | None = None
        self.agent_id = ""
        self._count = 0
        self._session = self.uuid("session")

    def uuid(self, what: str) -> str:
        """Return a UUID that depends on the session and `what` alone."""
        digits = hashlib.sha256(f"{self.recording.name}|{what}".encode()).hexdigest()
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:32]}"

    def fresh_uuid(self, what: str) -> str:
        """Return a UUID that also depends on how much was written before."""
        return self.uuid(f"{what}{self._count}")

    def id(self, prefix: str) -> str:
        """Return the next identifier with `prefix`."""
        self._count += 1
        digits = hashlib.sha256(f"{self.recording.name}|{prefix}{self._count}".encode()).hexdigest()
        return prefix + digits[:22]

    def put(self, value: dict[str, Any]) -> int:
        """Add one line to the current file; returns its number."""
        lines = self.files.setdefault(self.current, [])
        lines.append(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
        return len(lines)

    def envelope(self, body: dict[str, Any]) -> int:
        """Add an entry with what every entry carries."""
        self._count += 1
        uuid = self.uuid(f"entry{self._count}")
        head: dict[str, Any] = {
            "parentUuid": self.parent,
            "isSidechain": bool(self.agent_id),
            "userType": "external",
            "cwd": self.recording.cwd,
            "sessionId": self._session,
            "version": VERSION,
            "gitBranch": self.recording.branch,
        }
        if self.agent_id:
            head["agentId"] = self.agent_id
        self.parent = uuid
        return self.put({**head, **body, "uuid": uuid, "timestamp": iso(self.at)})

    def user(self, content: Any, **more: Any) -> int:
        """Add an entry of the user or of a tool result."""
        return self.envelope(
            {"type": "user", "message": {"role": "user", "content": content}, **more}
        )

    def assistant(self, block: dict[str, Any]) -> int:
        """Add one content block of the agent."""
        message = {
            "model": MODEL,
            "id": self.id("msg_01"),
            "type": "message",
            "role": "assistant",
            "content": [block],
            "stop_reason": None,
            "stop_sequence": None,
            "usage": {
                "input_tokens": 3,
                "cache_creation_input_tokens": 0,
                "cache_read_input_tokens": 0,
                "output_tokens": len(json.dumps(block)) // 4,
                "service_tier": "standard",
            },
        }
        return self.envelope(
            {"message": message, "requestId": self.id("req_011"), "type": "assistant"}
        )

    def call(self, tool: str, arguments: dict[str, Any]) -> tuple[str, int]:
        """Add a tool call; returns its id and line."""
        call = self.id("toolu_01")
        block = {
            "type": "tool_use",
            "id": call,
            "name": tool,
            "input": arguments,
            "caller": {"type": "direct"},
        }
        return call, self.assistant(block)

    def result(
        self, call: str, content: Any, recorded: Any, *, is_error: bool | None = None
    ) -> None:
        """Add the result of a call: what the model sees and what the host keeps."""
        block: dict[str, Any] = {"tool_use_id": call, "type": "tool_result", "content": content}
        if is_error is not None:
            block["is_error"] = is_error
        self.at += 0.4
        source = self.parent
        self.user([block], toolUseResult=recorded, sourceToolAssistantUUID=source)

    def snapshot(self, message: str) -> None:
        """Add a snapshot of the file history."""
        snapshot = {"messageId": message, "trackedFileBackups": {}, "timestamp": iso(self.at)}
        self.put(
            {
                "type": "file-history-snapshot",
                "messageId": message,
                "snapshot": snapshot,
                "isSnapshotUpdate": False,
            }
        )

    def compaction(self, summary: str) -> int:
        """Add the boundary of a compaction and the summary that stands for what was before it."""
        self.envelope(
            {
                "type": "system",
                "subtype": "compact_boundary",
                "content": "Conversation compacted",
                "isMeta": False,
                "compactMetadata": {"trigger": "auto", "preTokens": 155_116},
                "level": "info",
            }
        )
        return self.user(summary, isVisibleInTranscriptOnly=True, isCompactSummary=True)

    def progress(self, data: dict[str, Any], parent: str) -> None:
        """Add a progress entry."""
        self.envelope(
            {
                "type": "progress",
                "data": data,
                "parentToolUseID": parent,
                "toolUseID": parent,
            }
        )

    def hook(self, event: str, name: str) -> None:
        """Add the progress of a hook."""
        data = {
            "type": "hook_progress",
            "hookEvent": event,
            "hookName": name,
            "command": "/home/dev/.claude/hooks/clock.sh",
        }
        self.progress(data, self.fresh_uuid("hook"))

    def turn_end(self, at: float) -> None:
        """Add the duration that ends a turn."""
        self.at = at + 0.5
        self.envelope(
            {"type": "system", "subtype": "turn_duration", "durationMs": 48000, "isMeta": False}
        )
