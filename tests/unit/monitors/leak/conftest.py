"""Small runs by hand: what the user says, what the agent does, what comes back."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from trueline.charter import Charter, Mandate
from trueline.core.kinds import SEVERITIES, severity_rank
from trueline.ledger.build import interpret
from trueline.monitors.leak import LeakMonitor
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
                call_id=f"c{at}", call_index=at, is_error=result.startswith("Error"),
            )
        )  # fmt: skip
    return tuple(found)


@pytest.fixture
def watch() -> Watch:
    """Return what the monitor observes in a run given as entries."""

    def watched(*entries: Entry, charter: Charter | None = None) -> Sequence[Observation]:
        trajectory = Trajectory(id="t", format="openai", source="t", steps=steps_of(entries))
        ledger = interpret(trajectory)
        found = LeakMonitor().observe(ledger, Mandate(ledger, charter))
        for one in found:
            for evidence in one.evidence:
                step = ledger.steps[evidence.step]
                assert evidence.quote
                assert evidence.quote in f"{step.text}\n{_said(step.arguments)}"
        return found

    return watched


@pytest.fixture
def worst(watch: Watch) -> Callable[..., str]:
    """Return the gravest severity among the findings of a run, `""` where it is clean."""

    def found(*entries: Entry, charter: Charter | None = None) -> str:
        observed = [one for one in watch(*entries, charter=charter) if one.suspicion >= 0.5]
        rank = max((severity_rank(one.severity) for one in observed), default=0)
        return SEVERITIES[rank] if rank else ""

    return found


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(_said(inner) for inner in value.values())
    if isinstance(value, list):
        return "\n".join(_said(inner) for inner in value)
    return str(value)
