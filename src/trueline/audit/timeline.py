"""The steps of a run as a person reads them: who, what, what came of it, bounded in size."""

from typing import Final

import msgspec

from trueline.audit.model import StepLine
from trueline.ledger import Ledger
from trueline.trajectory import Step

TEXT_LIMIT: Final = 4_000
"""Characters of a step's text that a timeline keeps."""


def timeline_of(ledger: Ledger, limit: int = TEXT_LIMIT) -> tuple[StepLine, ...]:
    """Return one line per step, texts cut at `limit` characters and marked so."""
    statuses: dict[int, str] = {}
    for outcome in ledger.outcomes:
        if outcome.step is not None and outcome.status != "unknown":
            kept = statuses.get(outcome.step)
            statuses[outcome.step] = "failed" if kept == "failed" else outcome.status
    return tuple(_line(step, statuses.get(step.index, ""), limit) for step in ledger.steps)


def text_of(step: Step) -> str:
    """Return what a step says: its text, or a call's arguments, one a line."""
    if step.kind != "call" or not step.arguments:
        return step.text
    lines = [f"{name}: {_plain(value)}" for name, value in step.arguments.items()]
    return "\n".join([*([step.text] if step.text else []), *lines])


def _plain(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _line(step: Step, status: str, limit: int) -> StepLine:
    text = text_of(step)
    if step.kind == "result" and not status:
        status = "failed" if step.is_error else ""
    return StepLine(
        index=step.index,
        line=step.line,
        kind=step.kind,
        actor=step.actor,
        text=text[:limit],
        tool=step.tool,
        tag=step.tag,
        time=step.time,
        status="interrupted" if step.is_interrupted else status,
        child_id=step.child_id,
        is_cut=len(text) > limit or step.is_truncated,
    )
