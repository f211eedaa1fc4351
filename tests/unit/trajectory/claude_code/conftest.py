"""A session written entry by entry, and read back."""

import json
from pathlib import Path
from typing import Any

import pytest

from trueline.trajectory import ReadProblem, Step, Trajectory
from trueline.trajectory.formats.claude_code import READER


class Session:
    """Collects the entries of a made-up session file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: list[dict[str, Any]] = []

    def add(self, kind: str, **fields: Any) -> None:
        """Append an entry with the envelope that Claude Code writes."""
        number = len(self.entries)
        envelope = {
            "parentUuid": f"u{number - 1}" if number else None,
            "isSidechain": False,
            "sessionId": "s1",
            "cwd": "/orchard",
            "version": "2.1.0",
            "type": kind,
            "uuid": f"u{number}",
            "timestamp": f"2026-01-02T03:{number // 60:02d}:{number % 60:02d}Z",
        }
        self.entries.append({**envelope, **fields})

    def user(self, content: Any, **fields: Any) -> None:
        """Append a user entry."""
        self.add("user", message={"role": "user", "content": content}, **fields)

    def agent(self, *blocks: Any, model: str = "claude-x", **fields: Any) -> None:
        """Append an assistant entry with these blocks."""
        message = {
            "id": f"m{len(self.entries)}",
            "role": "assistant",
            "model": model,
            "content": list(blocks),
        }
        self.add("assistant", message=message, **fields)

    def say(self, text: str, **fields: Any) -> None:
        """Append an assistant entry with one text."""
        self.agent({"type": "text", "text": text}, **fields)

    def call(self, call_id: str, tool: str, **arguments: Any) -> None:
        """Append an assistant entry with one call."""
        self.agent({"type": "tool_use", "id": call_id, "name": tool, "input": arguments})

    def result(
        self, call_id: str, content: Any, recorded: Any = None, *, is_error: bool | None = None
    ) -> None:
        """Append a user entry with one tool result."""
        block: dict[str, Any] = {
            "type": "tool_result", "tool_use_id": call_id, "content": content,
        }  # fmt: skip
        if is_error is not None:
            block["is_error"] = is_error
        fields = {} if recorded is None else {"toolUseResult": recorded}
        self.user([block], **fields)

    def read_all(self) -> list[Trajectory]:
        """Write the file and return every trajectory in it; there must be no problem."""
        self.path.write_text(
            "".join(json.dumps(entry, separators=(",", ":")) + "\n" for entry in self.entries)
        )
        items = list(READER.read(self.path, "session.jsonl"))
        assert not [item for item in items if isinstance(item, ReadProblem)]
        return [item for item in items if isinstance(item, Trajectory)]

    def read(self) -> Trajectory:
        """Write the file and return the only trajectory in it."""
        (trajectory,) = self.read_all()
        return trajectory

    def steps(self) -> tuple[Step, ...]:
        """Write the file and return the steps of the only trajectory in it."""
        return self.read().steps

    def shell(self, content: str, recorded: Any = None, **fields: Any) -> Step:
        """Return the result of one `Bash` call, `make` unless `command` says otherwise."""
        command = fields.pop("command", "make")
        self.call("c1", "Bash", command=command)
        self.result("c1", content, recorded, **fields)
        return self.steps()[-1]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """An empty session."""
    return Session(tmp_path / "session.jsonl")
