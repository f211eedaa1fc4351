"""Writes a recording as the Codex CLI writes its rollouts.

Lines are `{timestamp, type, payload}`: a `session_meta`, a `turn_context` before each turn,
`response_item`s for what goes to and comes from the model, and `event_msg`s that repeat what
the person sees. Reading is done by shell commands, editing by `apply_patch`, as Codex does.
"""

import hashlib
import json
from typing import Any, Final

from benchmarks.planted.events import (
    Edited,
    Entry,
    Looked,
    Ran,
    Recording,
    Said,
    Thought,
    Wrote,
)
from benchmarks.planted.formats.patches import hunks
from benchmarks.planted.labels import Place
from benchmarks.planted.sandbox import iso

VERSION: Final = "0.46.0"
MODEL: Final = "scripted-agent"


def patch_text(path: str, before: str | None, after: str) -> str:
    """Return the `apply_patch` input that turns `before` into `after`."""
    if before is None:
        body = "\n".join("+" + line for line in after.splitlines())
        return f"*** Begin Patch\n*** Add File: {path}\n{body}\n*** End Patch"
    parts = [f"*** Begin Patch\n*** Update File: {path}"]
    parts += ["@@\n" + "\n".join(hunk["lines"]) for hunk in hunks(before, after)]
    return "\n".join([*parts, "*** End Patch"])


class CodexWriter:
    """Turns entries into lines; `placed` says where each labelled entry stands.

    Args:
        recording: what to write; it must hold no background commands and no subagents.
        file: path of the rollout, relative to the labels.
    """

    def __init__(self, recording: Recording, file: str) -> None:
        self.recording = recording
        self.file = file
        self.placed: list[tuple[Entry, Place]] = []
        self._lines: list[str] = []
        self._at = 0.0
        self._count = 0

    def write(self) -> dict[str, str]:
        """Return the text of the rollout by its relative path."""
        entries = self.recording.entries
        self._at = entries[0].at - 1
        self._put("session_meta", self._meta())
        self._message(
            "user",
            f"<environment_context>\n  <cwd>{self.recording.cwd}</cwd>\n"
            "  <approval_policy>never</approval_policy>\n"
            "  <sandbox_mode>workspace-write</sandbox_mode>\n  <shell>bash</shell>\n"
            "</environment_context>",
        )
        for entry in entries:
            self._entry(entry)
        return {self.file: "\n".join(self._lines) + "\n"}

    def _meta(self) -> dict[str, Any]:
        digits = hashlib.sha256(f"{self.recording.name}|codex".encode()).hexdigest()
        tail = f"7{digits[9:12]}-a{digits[13:16]}-{digits[16:28]}"
        return {
            "id": f"0199{digits[:4]}-{digits[4:8]}-{tail}",
            "timestamp": iso(self._at),
            "cwd": self.recording.cwd,
            "originator": "codex_cli_rs",
            "cli_version": VERSION,
            "instructions": None,
            "source": "cli",
            "git": {"branch": self.recording.branch},
        }

    def _put(self, kind: str, payload: dict[str, Any]) -> int:
        value = {"timestamp": iso(self._at), "type": kind, "payload": payload}
        self._lines.append(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
        return len(self._lines)

    def _message(self, role: str, text: str) -> int:
        part = {"type": "output_text" if role == "assistant" else "input_text", "text": text}
        return self._put("response_item", {"type": "message", "role": role, "content": [part]})

    def _call_id(self) -> str:
        self._count += 1
        digits = hashlib.sha256(f"{self.recording.name}|call{self._count}".encode()).hexdigest()
        return "call_" + digits[:24]

    def _entry(self, entry: Entry) -> None:
        self._at = entry.at
        twin = 0
        match entry.event:
            case Said(who="agent", text=text):
                twin = self._put("event_msg", {"type": "agent_message", "message": text})
                line = self._message("assistant", text)
            case Said(text=text):
                line = self._turn(text)
            case Thought(text=text):
                line = self._reasoning(text)
            case Ran():
                line = self._shell(entry.event.command, entry.event.output, entry.event)
            case Looked(path=path, content=content):
                line = self._shell(f"cat {path}", content.rstrip("\n"), None)
            case Wrote(path=path, before=before, after=after):
                line = self._patched(path, before, after)
            case Edited(error="") as event:
                line = self._patched(event.path, event.before, event.after)
            case event:
                raise TypeError(f"a Codex rollout cannot hold {event!r}")
        self.placed.append((entry, Place(file=self.file, line=line, twin=twin)))

    def _turn(self, text: str) -> int:
        line = self._message("user", text)
        self._put("event_msg", {"type": "user_message", "message": text, "kind": "plain"})
        context = {
            "cwd": self.recording.cwd,
            "approval_policy": "never",
            "sandbox_policy": {"mode": "workspace-write", "network_access": False},
            "model": MODEL,
            "effort": "medium",
            "summary": "auto",
        }
        self._put("turn_context", context)
        return line

    def _reasoning(self, text: str) -> int:
        self._put("event_msg", {"type": "agent_reasoning", "text": text})
        summary = [{"type": "summary_text", "text": text}]
        payload = {"type": "reasoning", "summary": summary, "content": None}
        return self._put("response_item", {**payload, "encrypted_content": "gAAAAA"})

    def _shell(self, command: str, output: str, event: Ran | None) -> int:
        call = self._call_id()
        arguments: dict[str, Any] = {
            "command": ["bash", "-lc", command],
            "workdir": self.recording.cwd,
        }
        if event and event.timeout_s:
            arguments["timeout_ms"] = event.timeout_s * 1000
        payload = {"type": "function_call", "name": "shell", "call_id": call}
        line = self._put("response_item", {**payload, "arguments": json.dumps(arguments)})
        status = event.exit_status if event else 0
        if event and event.timeout_s:
            output = f"command timed out after {event.timeout_s * 1000} milliseconds\n{output}"
            status = 124
        self._at += 0.3
        self._output("function_call_output", call, output + "\n" if output else "", status)
        return line

    def _output(self, kind: str, call: str, output: str, status: int) -> None:
        metadata = {"exit_code": status, "duration_seconds": 0.3}
        body = json.dumps({"output": output, "metadata": metadata}, ensure_ascii=False)
        self._put("response_item", {"type": kind, "call_id": call, "output": body})
        usage = {"input_tokens": 900, "cached_input_tokens": 0, "output_tokens": 40}
        info = {"total_token_usage": usage, "model_context_window": 272000}
        self._put("event_msg", {"type": "token_count", "info": info, "rate_limits": None})

    def _patched(self, path: str, before: str | None, after: str) -> int:
        call = self._call_id()
        payload = {"type": "custom_tool_call", "status": "completed", "call_id": call}
        body = {"name": "apply_patch", "input": patch_text(path, before, after)}
        line = self._put("response_item", {**payload, **body})
        letter = "A" if before is None else "M"
        self._at += 0.2
        success = f"Success. Updated the following files:\n{letter} {path}\n"
        self._output("custom_tool_call_output", call, success, 0)
        return line
