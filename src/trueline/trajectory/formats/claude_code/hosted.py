"""What the host writes into a session on its own account, or keeps for the user.

Queued messages, hook output, notifications of background tasks, attachments, compaction and
local commands.
"""

from typing import Any, Final

from trueline.trajectory.assembly import Assembly
from trueline.trajectory.decoding import as_dict, as_json, as_list, as_text
from trueline.trajectory.formats.claude_code.entries import Entry
from trueline.trajectory.formats.claude_code.notifications import parse_notification
from trueline.trajectory.formats.claude_code.speech import NOTIFICATION, Utterance, utterances
from trueline.trajectory.model import Step, Tag

_SILENT_SUBTYPES: Final = frozenset({"turn_duration", "init", "status", "hook_started"})
_SILENT_ATTACHMENTS: Final = frozenset(
    {
        "deferred_tools_delta", "mcp_instructions_delta", "agent_listing_delta", "skill_listing",
        "todo_reminder", "task_reminder", "total_tokens_reminder", "command_permissions",
        "date_change", "ultrathink_effort", "output_style", "hook_success", "hook_cancelled",
    }
)  # fmt: skip
"""Attachments that put nothing before the agent but how to use the host."""


class HostVoice:
    """Adds the host's own entries to the steps of one agent."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly
        self._queued: list[tuple[str, int, str | None]] = []
        self._background: dict[str, Step] = {}
        self._notified: set[str] = set()

    def take(self, entry: Entry, line: int, time: str | None) -> None:
        """Turn an entry that is neither the agent's nor the user's turn into steps."""
        kind = entry.type
        if kind == "queue-operation":
            self._queue(entry, line, time)
        elif kind == "attachment":
            self._attach(as_dict(entry.attachment), line, time)
        elif kind == "system":
            self._system(entry, line, time)

    def note(self, text: str, line: int, time: str | None, tag: Tag = "") -> None:
        """Append a note of the host, if there is any text."""
        if text.strip():
            self._assembly.add("note", "host", text, line=line, time=time, tag=tag)

    def compacted(self, text: str, line: int, time: str | None) -> None:
        """Append a summary that stands for everything before it."""
        self.note(text, line, time, "compaction")

    def heard(self, found: Utterance, line: int, time: str | None) -> None:
        """Append one piece of a user entry; what was queued before is now delivered."""
        if found.tag == "meta" and found.text.lstrip().startswith(NOTIFICATION):
            self._notify(found.text, line, time)
            return
        if found.actor == "user" and found.kind == "message":
            self._queued = [item for item in self._queued if item[0] != found.text]
        self._assembly.add(found.kind, found.actor, found.text, line=line, time=time, tag=found.tag)

    def started(self, background_id: str, result: Step) -> None:
        """Remember the first result that says which background task a call became."""
        if background_id:
            self._background.setdefault(background_id, result)

    def finish(self) -> None:
        """Append what is still queued: typed by the user, never seen by the agent."""
        for text, line, time in self._queued:
            self._assembly.add("message", "user", text, line=line, time=time, tag="queued")
        self._queued = []

    def _queue(self, entry: Entry, line: int, time: str | None) -> None:
        text = as_text(entry.content)
        if entry.operation == "enqueue":
            if text.lstrip().startswith(NOTIFICATION):
                self._notify(text, line, time)
            elif text.strip():
                self._queued.append((text, line, time))
        elif entry.operation == "remove" and self._queued:
            # Taken out of the queue to be put before the agent in the middle of its turn.
            self._deliver(self._queued.pop(0)[0], line, time)
        elif entry.operation == "popAll":
            self._queued = []

    def _deliver(self, text: str, line: int, time: str | None) -> None:
        for found in utterances(text, is_meta=False, plain_tag="queued"):
            self._assembly.add(
                found.kind, found.actor, found.text, line=line, time=time, tag=found.tag
            )

    def _notify(self, text: str, line: int, time: str | None) -> None:
        # Written when it is queued and again when it is delivered.
        if text in self._notified:
            return
        self._notified.add(text)
        found = parse_notification(text)
        start = self._background.get(found.task_id) if found else None
        if found is None or start is None:
            self.note(text, line, time, "meta")
            return
        self._assembly.add_result(
            start.call_id,
            text,
            line=line,
            time=time,
            exit_status=found.exit_status,
            is_error=found.status == "failed",
            is_interrupted=found.status in ("killed", "stopped"),
            background_id=found.task_id,
            child_id=start.child_id,
            tag="subagent_report" if start.child_id else "",
        )

    def _attach(self, attachment: dict[str, Any], line: int, time: str | None) -> None:
        kind = as_text(attachment.get("type"))
        if kind in _SILENT_ATTACHMENTS:
            return
        if kind == "queued_command":
            text = _attached_text(attachment.get("prompt"))
            if text.lstrip().startswith(NOTIFICATION):
                self._notify(text, line, time)
                return
            self._queued = [item for item in self._queued if item[0] != text]
            if not self._was_just_delivered(text):
                self._deliver(text, line, time)
            return
        tag: Tag = "hook" if kind.startswith("hook") else "meta"
        text = _attached_text(attachment.get("content")) or as_text(attachment.get("blockingError"))
        self.note(text or as_json(attachment), line, time, tag)

    def _was_just_delivered(self, text: str) -> bool:
        return any(step.tag == "queued" and step.text == text for step in self._assembly.steps[-8:])

    def _system(self, entry: Entry, line: int, time: str | None) -> None:
        subtype = as_text(entry.subtype)
        if subtype in _SILENT_SUBTYPES:
            return
        if subtype == "compact_boundary":
            self.compacted(as_text(entry.content) or "compacted", line, time)
        elif subtype == "stop_hook_summary":
            self._stop_hooks(entry, line, time)
        elif subtype == "local_command":
            for found in utterances(as_text(entry.content), is_meta=True, plain_tag=""):
                self.heard(found, line, time)
        else:
            self.note(as_text(entry.content), line, time)

    def _stop_hooks(self, entry: Entry, line: int, time: str | None) -> None:
        said = [as_text(error) for error in as_list(entry.hook_errors)]
        said.append(as_text(entry.stop_reason))
        self.note("\n".join(text for text in said if text), line, time, "hook")


def _attached_text(content: Any) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        found = [
            item if isinstance(item, str) else as_text(as_dict(item).get("text"))
            for item in content
        ]
        return "\n".join(text for text in found if text)
    return as_text(as_dict(as_dict(content).get("file")).get("content"))
