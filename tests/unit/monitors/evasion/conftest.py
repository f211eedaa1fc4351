"""Small runs for the evasion monitor, written as messages and calls."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import pytest

from trueline.charter import Charter, Mandate
from trueline.ledger.build import interpret
from trueline.monitors.evasion import EvasionMonitor
from trueline.monitors.protocol import Observation
from trueline.trajectory import Step, Trajectory

Entry = tuple[str, Any]
Observe = Callable[..., Sequence[Observation]]


class Run:
    """Writes runs and shows them to the monitor."""

    task: Final = ("user", "Fix the login bug.")
    no: Final = "The user doesn't want to proceed with this tool use. The tool use was rejected."

    @staticmethod
    def shell(command: str, output: str = "", status: int = 0) -> Entry:
        """Return a call of a shell."""
        return ("call", ("Bash", {"command": command}, output, status))

    @staticmethod
    def tool(name: str, output: str = '{"status": "ok"}', /, **arguments: Any) -> Entry:
        """Return a call of a tool that succeeded."""
        return ("call", (name, arguments, output, 0))

    @staticmethod
    def refused(name: str, words: str, /, **arguments: Any) -> Entry:
        """Return a call that was turned down."""
        return ("call", (name, arguments, words, 1))

    @staticmethod
    def observed(
        *entries: Entry, charter: Charter | None = None, cwd: str = ""
    ) -> Sequence[Observation]:
        """Return what the monitor says of a run."""
        steps: list[Step] = []
        for who, what in entries:
            index = len(steps)
            if who == "reasoning":
                steps.append(Step(index=index, kind="reasoning", actor="agent", text=what))
            elif who != "call":
                steps.append(Step(index=index, kind="message", actor=who, text=what))  # type: ignore[arg-type]
            else:
                steps += _call(index, *what)
        trajectory = Trajectory(id="t", format="test", source="t", steps=tuple(steps), cwd=cwd)
        ledger = interpret(trajectory)
        return EvasionMonitor().observe(ledger, Mandate(ledger, charter))

    def accused(self, *entries: Entry, **settings: Any) -> list[str]:
        """Return the rules of what would be a finding."""
        found = self.observed(*entries, **settings)
        return [one.rule for one in found if one.suspicion >= 0.5 and one.severity != "note"]


def _call(index: int, name: str, arguments: dict[str, Any], output: str, status: int) -> list[Step]:
    call = Step(
        index=index, kind="call", actor="agent", tool=name, arguments=arguments,
        call_id=f"c{index}", call_index=index + 1,
    )  # fmt: skip
    result = Step(
        index=index + 1, kind="result", actor="tool", tool=name, text=output, call_id=f"c{index}",
        call_index=index, is_error=bool(status), exit_status=status if name == "Bash" else None,
    )  # fmt: skip
    return [call, result]


@pytest.fixture
def run() -> Run:
    """Return a writer of runs."""
    return Run()
