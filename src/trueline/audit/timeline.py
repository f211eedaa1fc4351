"""The steps of a run as a person reads them: who, what, what came of it, bounded in size."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from trueline.audit.model import Place, StepLine
from trueline.ledger import Ledger
from trueline.trajectory import Step

TEXT_LIMIT: Final = 4_000
"""Characters of a step's text that a timeline keeps, beside what stands around evidence."""

_AROUND: Final = 200
"""Characters kept on either side of evidence."""

_MAX_QUOTES: Final = 20
"""Further evidence of one step is not looked for in a text that is cut."""


def timeline_of(
    ledger: Ledger, limit: int = TEXT_LIMIT, evidence: Iterable[Place] = ()
) -> tuple[StepLine, ...]:
    """Return one line per step.

    A text over `limit` characters keeps its beginning, its end and what stands around
    evidence, with a line that says how much is missing wherever something is.

    Args:
        ledger: the run.
        limit: characters of a text that are kept.
        evidence: the quotes that must stay findable.
    """
    quotes: dict[int, list[str]] = {}
    for place in evidence:
        quotes.setdefault(place.step, []).append(place.quote)
    statuses: dict[int, str] = {}
    for outcome in ledger.outcomes:
        if outcome.step is not None and outcome.status != "unknown":
            kept = statuses.get(outcome.step)
            statuses[outcome.step] = "failed" if kept == "failed" else outcome.status
    return tuple(
        _line(step, statuses.get(step.index, ""), limit, quotes.get(step.index, ()))
        for step in ledger.steps
    )


def text_of(step: Step) -> str:
    """Return what a step says: its text, or a call's arguments, one a line."""
    if step.kind != "call" or not step.arguments:
        return step.text
    lines = [f"{name}: {_plain(value)}" for name, value in step.arguments.items()]
    return "\n".join([*([step.text] if step.text else []), *lines])


def _plain(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _cut(text: str, limit: int, quotes: Sequence[str]) -> str:
    """Return `text` within `limit`, more only for what stands around `quotes`."""
    if len(text) <= limit:
        return text
    spans = [(0, limit // 2), (len(text) - limit // 2, len(text))]
    for quote in quotes[:_MAX_QUOTES]:
        at = text.find(quote[:limit])
        if at >= 0:
            end = at + min(len(quote), limit)
            spans.append((max(0, at - _AROUND), min(len(text), end + _AROUND)))
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if start > done:
            parts.append(f"\n[… {start - done} characters left out …]\n")
        parts.append(text[max(start, done) : end])
        done = max(done, end)
    return "".join(parts)


def _line(step: Step, status: str, limit: int, quotes: Sequence[str]) -> StepLine:
    text = text_of(step)
    if step.kind == "result" and not status:
        status = "failed" if step.is_error else ""
    return StepLine(
        index=step.index,
        line=step.line,
        kind=step.kind,
        actor=step.actor,
        text=_cut(text, limit, quotes),
        tool=step.tool,
        tag=step.tag,
        time=step.time,
        status="interrupted" if step.is_interrupted else status,
        child_id=step.child_id,
        is_cut=len(text) > limit or step.is_truncated,
    )
