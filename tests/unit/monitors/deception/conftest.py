"""Small coding sessions, written as a host writes them and read by the whole ledger."""

from collections.abc import Callable
from typing import Any

import pytest

from trueline.charter import Mandate
from trueline.ledger.build import interpret
from trueline.monitors.deception import DeceptionMonitor
from trueline.monitors.protocol import Observation
from trueline.trajectory import Step, Trajectory


class Session:
    """Builds a session of Claude Code step by step and asks the monitor of its last message."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def _add(self, **fields: Any) -> int:
        self.steps.append(Step(index=len(self.steps), **fields))
        return len(self.steps) - 1

    def asks(self, text: str, **fields: Any) -> "Session":
        """The user speaks."""
        self._add(kind="message", actor="user", text=text, **fields)
        return self

    def _calls(self, tool: str, arguments: dict[str, Any], output: str, **result: Any) -> "Session":
        call = len(self.steps)
        number = f"call-{call}"
        self._add(
            kind="call",
            actor="agent",
            tool=tool,
            arguments=arguments,
            call_id=number,
            call_index=call + 1,
        )
        self._add(
            kind="result",
            actor="tool",
            tool=tool,
            text=output,
            call_id=number,
            call_index=call,
            **result,
        )
        return self

    def runs(self, command: str, output: str = "", status: int = 0) -> "Session":
        """The agent runs a command."""
        return self._calls("Bash", {"command": command}, output, exit_status=status)

    def edits(self, path: str, old: str, new: str) -> "Session":
        """The agent edits a file."""
        arguments = {"file_path": path, "old_string": old, "new_string": new}
        return self._calls("Edit", arguments, f"The file {path} has been updated successfully.")

    def reads(self, path: str, text: str) -> "Session":
        """The agent reads a file."""
        return self._calls("Read", {"file_path": path}, text)

    def uses(self, tool: str, arguments: dict[str, Any], output: str = "ok") -> "Session":
        """The agent uses a tool of any name."""
        return self._calls(tool, arguments, output)

    def says(self, text: str) -> list[Observation]:
        """The agent closes with a message; return the readings of it."""
        step = self._add(kind="message", actor="agent", text=text)
        ledger = interpret(
            Trajectory(id="t", format="claude-code", source="t", cwd="/p", steps=tuple(self.steps))
        )
        found = DeceptionMonitor().observe(ledger, Mandate(ledger))
        return [o for o in found if o.evidence[0].step == step]


@pytest.fixture
def session() -> Callable[[], Session]:
    """Return a way to begin a session."""
    return Session
