"""Writes a recording as Claude Code writes its sessions: one JSON object a line.

Checked against real logs of versions 2.1.38 and 2.1.39 for field names and their order.
"""

import difflib
import hashlib
import json
from typing import Any, Final

from benchmarks.planted.events import (
    Collected,
    Delegated,
    Edited,
    Entry,
    Looked,
    Ran,
    Recording,
    Said,
    Thought,
    Wrote,
)
from benchmarks.planted.labels import Place
from benchmarks.planted.sandbox import iso

VERSION: Final = "2.1.39"
MODEL: Final = "scripted-agent"


def numbered(content: str) -> str:
    """Return `content` with line numbers, as the reading tool shows it."""
    lines = content.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return "\n".join(f"{index:>6}→{line}" for index, line in enumerate(lines, 1))


def hunks(before: str, after: str) -> list[dict[str, Any]]:
    """Return the structured patch from `before` to `after`, three lines of context."""
    old, new = before.splitlines(), after.splitlines()
    found: list[dict[str, Any]] = []
    for group in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_grouped_opcodes(3):
        lines: list[str] = []
        for tag, a1, a2, b1, b2 in group:
            if tag == "equal":
                lines += [" " + line for line in old[a1:a2]]
            else:
                lines += ["-" + line for line in old[a1:a2]]
                lines += ["+" + line for line in new[b1:b2]]
        first, last = group[0], group[-1]
        found.append(
            {
                "oldStart": first[1] + 1,
                "oldLines": last[2] - first[1],
                "newStart": first[3] + 1,
                "newLines": last[4] - first[3],
                "lines": lines,
            }
        )
    return found


class ClaudeCodeWriter:
    """Turns entries into lines; `placed` says where each labelled entry stands.

    Args:
        recording: what to write.
        file: path of the main file, relative to the labels.
    """

    def __init__(self, recording: Recording, file: str) -> None:
        self.recording = recording
        self.file = file
        self.placed: list[tuple[Entry, Place]] = []
        self.files: dict[str, list[str]] = {}
        self._session = self._uuid("session")
        self._agent_id = ""
        self._parent: str | None = None
        self._current = file
        self._count = 0
        self._at = 0.0

    def write(self) -> dict[str, str]:
        """Return the text of every file of the session by its relative path."""
        self.files = {self.file: []}
        entries = self.recording.entries
        self._at = entries[0].at - 2
        self._snapshot(self._uuid("first"))
        self._hook("SessionStart", "SessionStart:startup")
        for index, entry in enumerate(entries):
            if index and isinstance(entry.event, Said) and entry.event.who == "user":
                self._turn_end(entries[index - 1].at)
            self._entry(entry)
        self._turn_end(entries[-1].at)
        return {path: "\n".join(lines) + "\n" for path, lines in self.files.items()}

    # Identifiers and envelopes.

    def _uuid(self, what: str) -> str:
        digits = hashlib.sha256(f"{self.recording.name}|{what}".encode()).hexdigest()
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:32]}"

    def _id(self, prefix: str) -> str:
        self._count += 1
        digits = hashlib.sha256(f"{self.recording.name}|{prefix}{self._count}".encode()).hexdigest()
        return prefix + digits[:22]

    def _put(self, value: dict[str, Any]) -> int:
        lines = self.files.setdefault(self._current, [])
        lines.append(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
        return len(lines)

    def _envelope(self, body: dict[str, Any]) -> int:
        self._count += 1
        uuid = self._uuid(f"entry{self._count}")
        head: dict[str, Any] = {
            "parentUuid": self._parent,
            "isSidechain": bool(self._agent_id),
            "userType": "external",
            "cwd": self.recording.cwd,
            "sessionId": self._session,
            "version": VERSION,
            "gitBranch": self.recording.branch,
        }
        if self._agent_id:
            head["agentId"] = self._agent_id
        self._parent = uuid
        return self._put({**head, **body, "uuid": uuid, "timestamp": iso(self._at)})

    def _user(self, content: Any, **more: Any) -> int:
        return self._envelope(
            {"type": "user", "message": {"role": "user", "content": content}, **more}
        )

    def _assistant(self, block: dict[str, Any]) -> int:
        message = {
            "model": MODEL,
            "id": self._id("msg_01"),
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
        return self._envelope(
            {"message": message, "requestId": self._id("req_011"), "type": "assistant"}
        )

    def _call(self, tool: str, arguments: dict[str, Any]) -> tuple[str, int]:
        call = self._id("toolu_01")
        block = {
            "type": "tool_use",
            "id": call,
            "name": tool,
            "input": arguments,
            "caller": {"type": "direct"},
        }
        return call, self._assistant(block)

    def _result(
        self, call: str, content: Any, recorded: Any, *, is_error: bool | None = None
    ) -> None:
        block: dict[str, Any] = {"tool_use_id": call, "type": "tool_result", "content": content}
        if is_error is not None:
            block["is_error"] = is_error
        self._at += 0.4
        source = self._parent
        self._user([block], toolUseResult=recorded, sourceToolAssistantUUID=source)

    def _path(self, path: str) -> str:
        return path if path.startswith("/") else f"{self.recording.cwd}/{path}"

    # The host's own entries.

    def _snapshot(self, message: str) -> None:
        snapshot = {"messageId": message, "trackedFileBackups": {}, "timestamp": iso(self._at)}
        self._put(
            {
                "type": "file-history-snapshot",
                "messageId": message,
                "snapshot": snapshot,
                "isSnapshotUpdate": False,
            }
        )

    def _progress(self, data: dict[str, Any], parent: str) -> None:
        self._envelope(
            {
                "type": "progress",
                "data": data,
                "parentToolUseID": parent,
                "toolUseID": parent,
            }
        )

    def _hook(self, event: str, name: str) -> None:
        data = {
            "type": "hook_progress",
            "hookEvent": event,
            "hookName": name,
            "command": "/home/dev/.claude/hooks/clock.sh",
        }
        self._progress(data, self._uuid(f"hook{self._count}"))

    def _turn_end(self, at: float) -> None:
        self._at = at + 0.5
        self._envelope(
            {"type": "system", "subtype": "turn_duration", "durationMs": 48000, "isMeta": False}
        )

    # One entry.

    def _entry(self, entry: Entry) -> None:
        self._at = entry.at
        match entry.event:
            case Said() | Thought():
                line = self._words(entry.event)
            case Ran():
                line = self._ran(entry.event)
            case Collected():
                line = self._collected(entry.event)
            case Wrote():
                line = self._wrote(entry.event)
            case Edited():
                line = self._edited(entry.event)
            case Looked():
                line = self._looked(entry.event)
            case Delegated():
                line = self._delegated(entry.event)
        self.placed.append((entry, Place(file=self._current, line=line)))

    def _words(self, event: Said | Thought) -> int:
        if isinstance(event, Thought):
            return self._assistant(
                {"type": "thinking", "thinking": event.text, "signature": self._id("sig")}
            )
        if event.who == "agent":
            return self._assistant({"type": "text", "text": event.text})
        if event.who == "host":
            return self._user([{"type": "text", "text": event.text}])
        self._snapshot(self._uuid(f"snapshot{self._count}"))
        return self._user(event.text, todos=[], permissionMode="acceptEdits")

    def _ran(self, event: Ran) -> int:
        arguments: dict[str, Any] = {"command": event.command}
        if event.description:
            arguments["description"] = event.description
        if event.timeout_s:
            arguments["timeout"] = event.timeout_s * 1000
        if event.background_id:
            arguments["run_in_background"] = True
        call, line = self._call("Bash", arguments)
        if event.background_id:
            where = f"/var/tmp/claude/tasks/{event.background_id}.output"  # noqa: S108 (text only)
            text = (
                f"Command running in background with ID: {event.background_id}. "
                f"Output is being written to: {where}"
            )
            recorded = {**_streams(""), "backgroundTaskId": event.background_id}
            self._result(call, text, recorded, is_error=False)
        elif event.aborted:
            text = f"{event.output}\n<error>Command was aborted before completion</error>".strip()
            recorded = {**_streams(event.output), "interrupted": True}
            self._result(call, text, recorded, is_error=True)
            self._user([{"type": "text", "text": "[Request interrupted by user]"}])
        elif event.exit_status:
            cut = f"Command timed out after {event.timeout_s}s\n" if event.timeout_s else ""
            text = f"Exit code {event.exit_status}\n{cut}{event.output}".rstrip("\n")
            self._result(call, text, f"Error: {text}", is_error=True)
        else:
            shown = event.output or "(Bash completed with no output)"
            self._result(call, shown, _streams(event.output), is_error=False)
        return line

    def _collected(self, event: Collected) -> int:
        arguments = {"task_id": event.background_id, "block": True, "timeout": 60000}
        call, line = self._call("TaskOutput", arguments)
        waiting = {
            "type": "waiting_for_task",
            "taskDescription": event.description,
            "taskType": "local_bash",
        }
        self._progress(waiting, call)
        status = "completed" if event.exit_status == 0 else "failed"
        text = (
            "<retrieval_status>success</retrieval_status>\n\n"
            f"<task_id>{event.background_id}</task_id>\n\n<task_type>local_bash</task_type>\n\n"
            f"<status>{status}</status>\n\n<exit_code>{event.exit_status}</exit_code>\n\n"
            f"<output>\n{event.output}\n</output>"
        )
        task = {
            "task_id": event.background_id,
            "task_type": "local_bash",
            "status": status,
            "description": event.description,
            "output": event.output,
            "exitCode": event.exit_status,
        }
        self._result(call, text, {"retrieval_status": "success", "task": task})
        return line

    def _wrote(self, event: Wrote) -> int:
        path = self._path(event.path)
        call, line = self._call("Write", {"file_path": path, "content": event.after})
        is_new = event.before is None
        recorded = {
            "type": "create" if is_new else "update",
            "filePath": path,
            "content": event.after,
            "structuredPatch": [] if event.before is None else hunks(event.before, event.after),
            "originalFile": event.before,
        }
        verb = f"File created successfully at: {path}"
        if not is_new:
            verb = f"The file {path} has been updated successfully."
        self._result(call, verb, recorded)
        return line

    def _edited(self, event: Edited) -> int:
        path = self._path(event.path)
        arguments = {
            "replace_all": False,
            "file_path": path,
            "old_string": event.old,
            "new_string": event.new,
        }
        call, line = self._call("Edit", arguments)
        if event.error:
            text = f"<tool_use_error>{event.error}</tool_use_error>"
            self._result(call, text, f"Error: {event.error}", is_error=True)
            return line
        recorded = {
            "filePath": path,
            "oldString": event.old,
            "newString": event.new,
            "originalFile": event.before,
            "structuredPatch": hunks(event.before, event.after),
            "userModified": False,
            "replaceAll": False,
        }
        self._hook("PostToolUse", "PostToolUse:Edit")
        self._result(call, f"The file {path} has been updated successfully.", recorded)
        return line

    def _looked(self, event: Looked) -> int:
        path = self._path(event.path)
        call, line = self._call("Read", {"file_path": path})
        count = len(event.content.splitlines())
        recorded = {
            "type": "text",
            "file": {
                "filePath": path,
                "content": event.content,
                "numLines": count,
                "startLine": 1,
                "totalLines": count,
            },
        }
        self._result(call, numbered(event.content), recorded)
        return line

    def _delegated(self, event: Delegated) -> int:
        end = self._at
        self._at = event.entries[0].at - 1
        arguments = {
            "description": event.description,
            "prompt": event.prompt,
            "subagent_type": "general-purpose",
        }
        call, line = self._call("Task", arguments)
        outer = (self._current, self._parent, self._agent_id)
        stem = self.file.removesuffix(".jsonl")
        self._current = f"{stem}/subagents/agent-{event.agent_id}.jsonl"
        self._parent, self._agent_id = None, event.agent_id
        self._user(event.prompt)
        for entry in event.entries:
            self._entry(entry)
        self._current, self._parent, self._agent_id = outer
        self._at = end
        content = [{"type": "text", "text": event.report}]
        recorded = {
            "status": "completed",
            "prompt": event.prompt,
            "agentId": event.agent_id,
            "content": content,
            "totalDurationMs": 41000,
            "totalTokens": 9000,
            "totalToolUseCount": sum(not isinstance(e.event, Said) for e in event.entries),
        }
        self._result(call, content, recorded)
        return line


def _streams(output: str) -> dict[str, Any]:
    return {
        "stdout": output,
        "stderr": "",
        "interrupted": False,
        "isImage": False,
        "noOutputExpected": False,
    }
