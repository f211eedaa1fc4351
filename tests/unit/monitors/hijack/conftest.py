"""Small runs by hand: what the user says, what the agent does, what comes back."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from trueline.charter import Mandate
from trueline.ledger.build import interpret
from trueline.monitors.hijack import HijackMonitor
from trueline.monitors.protocol import Observation
from trueline.trajectory import Step, Trajectory

Entry = tuple[str, str] | tuple[str, dict[str, Any], str]
Watch = Callable[..., Sequence[Observation]]


def steps_of(entries: Sequence[Entry]) -> tuple[Step, ...]:
    """Return the steps of messages (`("user", text)`) and calls (`(tool, arguments, result)`)."""
    found: list[Step] = []
    for entry in entries:
        at = len(found)
        if len(entry) == 2:
            actor, text = entry
            found.append(Step(index=at, kind="message", actor=actor, text=text))  # pyright: ignore[reportArgumentType]
            continue
        tool, arguments, result = entry
        found.append(
            Step(
                index=at, kind="call", actor="agent", tool=tool, arguments=arguments,
                call_id=f"c{at}", call_index=at + 1,
            )
        )  # fmt: skip
        found.append(
            Step(
                index=at + 1, kind="result", actor="tool", tool=tool, text=result,
                call_id=f"c{at}", call_index=at,
            )
        )  # fmt: skip
    return tuple(found)


@pytest.fixture
def watch() -> Watch:
    """Return what the monitor observes in a run given as entries."""

    def watched(*entries: Entry, format: str = "openai") -> Sequence[Observation]:
        trajectory = Trajectory(id="t", format=format, source="t", steps=steps_of(entries))
        ledger = interpret(trajectory)
        return HijackMonitor().observe(ledger, Mandate(ledger))

    return watched


@pytest.fixture
def gravest(watch: Watch) -> Callable[..., float]:
    """Return the highest suspicion that the monitor has of a run given as entries."""

    def found(*entries: Entry, format: str = "openai") -> float:
        return max((one.suspicion for one in watch(*entries, format=format)), default=0.0)

    return found
