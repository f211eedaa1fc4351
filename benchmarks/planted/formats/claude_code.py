"""Writes a recording as Claude Code writes its sessions: one JSON object a line.

Checked against real logs of versions 2.1.38 and 2.1.39 for field names and their order.
"""

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
from benchmarks.planted.formats.patches import hunks, numbered
from benchmarks.planted.formats.session_lines import SessionLines
from benchmarks.planted.labels import Place

COMPACTED: Final = "This session is being continued from a previous conversation"
"""How the summary starts that stands in for a conversation grown too long."""


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
        self._lines = SessionLines(recording, file)

    def write(self) -> dict[str, str]:
        """Return the text of every file of the session by its relative path."""
        lines, entries = self._lines, self.recording.entries
        lines.at = entries[0].at - 2
        lines.snapshot(lines.uuid("first"))
        lines.hook("SessionStart", "SessionStart:startup")
        for index, entry in enumerate(entries):
            if index and isinstance(entry.event, Said) and entry.event.who == "user":
                lines.turn_end(entries[index - 1].at)
            self._entry(entry)
        lines.turn_end(entries[-1].at)
        return {path: "\n".join(written) + "\n" for path, written in lines.files.items()}

    def _path(self, path: str) -> str:
        return path if path.startswith("/") else f"{self.recording.cwd}/{path}"

    def _entry(self, entry: Entry) -> None:
        self._lines.at = entry.at
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
        self.placed.append((entry, Place(file=self._lines.current, line=line)))

    def _words(self, event: Said | Thought) -> int:
        if isinstance(event, Thought):
            return self._lines.assistant(
                {"type": "thinking", "thinking": event.text, "signature": self._lines.id("sig")}
            )
        if event.who == "agent":
            return self._lines.assistant({"type": "text", "text": event.text})
        if event.who == "host" and event.text.startswith(COMPACTED):
            return self._lines.compaction(event.text)
        if event.who == "host":
            return self._lines.user([{"type": "text", "text": event.text}])
        self._lines.snapshot(self._lines.fresh_uuid("snapshot"))
        return self._lines.user(event.text, todos=[], permissionMode="acceptEdits")

    def _ran(self, event: Ran) -> int:
        arguments: dict[str, Any] = {"command": event.command}
        if event.description:
            arguments["description"] = event.description
        if event.timeout_s:
            arguments["timeout"] = event.timeout_s * 1000
        if event.background_id:
            arguments["run_in_background"] = True
        call, line = self._lines.call("Bash", arguments)
        if event.background_id:
            where = f"/home/dev/.claude/tasks/{event.background_id}.output"
            text = (
                f"Command running in background with ID: {event.background_id}. "
                f"Output is being written to: {where}"
            )
            recorded = {**_streams(""), "backgroundTaskId": event.background_id}
            self._lines.result(call, text, recorded, is_error=False)
        elif event.aborted:
            text = f"{event.output}\n<error>Command was aborted before completion</error>".strip()
            recorded = {**_streams(event.output), "interrupted": True}
            self._lines.result(call, text, recorded, is_error=True)
            self._lines.user([{"type": "text", "text": "[Request interrupted by user]"}])
        elif event.exit_status:
            cut = f"Command timed out after {event.timeout_s}s\n" if event.timeout_s else ""
            text = f"Exit code {event.exit_status}\n{cut}{event.output}".rstrip("\n")
            self._lines.result(call, text, f"Error: {text}", is_error=True)
        else:
            shown = event.output or "(Bash completed with no output)"
            self._lines.result(call, shown, _streams(event.output), is_error=False)
        return line

    def _collected(self, event: Collected) -> int:
        arguments = {"task_id": event.background_id, "block": True, "timeout": 60000}
        call, line = self._lines.call("TaskOutput", arguments)
        waiting = {
            "type": "waiting_for_task",
            "taskDescription": event.description,
            "taskType": "local_bash",
        }
        self._lines.progress(waiting, call)
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
        self._lines.result(call, text, {"retrieval_status": "success", "task": task})
        return line

    def _wrote(self, event: Wrote) -> int:
        path = self._path(event.path)
        call, line = self._lines.call("Write", {"file_path": path, "content": event.after})
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
        self._lines.result(call, verb, recorded)
        return line

    def _edited(self, event: Edited) -> int:
        path = self._path(event.path)
        arguments = {
            "replace_all": False,
            "file_path": path,
            "old_string": event.old,
            "new_string": event.new,
        }
        call, line = self._lines.call("Edit", arguments)
        if event.error:
            text = f"<tool_use_error>{event.error}</tool_use_error>"
            self._lines.result(call, text, f"Error: {event.error}", is_error=True)
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
        self._lines.hook("PostToolUse", "PostToolUse:Edit")
        self._lines.result(call, f"The file {path} has been updated successfully.", recorded)
        return line

    def _looked(self, event: Looked) -> int:
        path = self._path(event.path)
        call, line = self._lines.call("Read", {"file_path": path})
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
        self._lines.result(call, numbered(event.content), recorded)
        return line

    def _delegated(self, event: Delegated) -> int:
        end = self._lines.at
        self._lines.at = event.entries[0].at - 1
        arguments = {
            "description": event.description,
            "prompt": event.prompt,
            "subagent_type": "general-purpose",
        }
        call, line = self._lines.call("Task", arguments)
        lines = self._lines
        outer = (lines.current, lines.parent, lines.agent_id)
        stem = self.file.removesuffix(".jsonl")
        lines.current = f"{stem}/subagents/agent-{event.agent_id}.jsonl"
        lines.parent, lines.agent_id = None, event.agent_id
        self._lines.user(event.prompt)
        for entry in event.entries:
            self._entry(entry)
        lines.current, lines.parent, lines.agent_id = outer
        self._lines.at = end
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
        self._lines.result(call, content, recorded)
        return line


def _streams(output: str) -> dict[str, Any]:
    return {
        "stdout": output,
        "stderr": "",
        "interrupted": False,
        "isImage": False,
        "noOutputExpected": False,
    }
