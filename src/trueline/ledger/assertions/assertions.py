"""What the agent of a trajectory asserts: its own messages, commit messages and PR bodies."""

from collections.abc import Collection, Sequence

from trueline.ledger.assertions.extract import Finding, findings
from trueline.ledger.assertions.meaning.subject_line import read_subject
from trueline.ledger.model import Assertion, Channel
from trueline.trajectory import Trajectory


def assertions_of(
    trajectory: Trajectory,
    reports: Collection[int],
    messages: Sequence[tuple[int, Channel, str]] = (),
) -> list[Assertion]:
    """Return what the agent says was done or holds, in step order.

    Args:
        trajectory: the record; only plain messages of the agent itself are read, neither its
            reasoning nor summaries that stand for earlier steps.
        reports: indexes of the steps that are reports.
        messages: commit messages and pull-request bodies found elsewhere, each with the index of
            the call it stands in; their assertions have `start` -1.
    """
    is_reported = frozenset(reports)
    found: list[Assertion] = []
    for step in trajectory.steps:
        if step.kind == "message" and step.actor == "agent" and not step.tag:
            is_report = step.index in is_reported
            found += assertions_in(step.text, step=step.index, is_report=is_report)
    for index, channel, text in messages:
        found += assertions_in(text, step=index, channel=channel)
    if messages:
        found.sort(key=lambda assertion: assertion.step)
    return found


def assertions_in(
    text: str, *, step: int = 0, is_report: bool = False, channel: Channel = "message"
) -> list[Assertion]:
    """Return what `text` asserts, in order of where it is said.

    Args:
        text: one message, commit message or pull-request body.
        step: index of the step that says it.
        is_report: the step is a report.
        channel: where it is said; only in a `message` is `start` an offset in the step's text.
    """
    is_in_step = channel == "message"
    read = findings(text)
    if channel == "commit":
        read = _with_subject(text, read)
    if not read:
        return []
    return [
        Assertion(
            step=step,
            kind=found.kind,
            quote=found.quote,
            start=found.start if is_in_step else -1,
            subject=found.subjects[0] if found.subjects else "",
            subjects=found.subjects,
            scope=found.scope,
            passed=found.counts.passed,
            failed=found.counts.failed,
            total=found.counts.total,
            figure=found.figure,
            language=found.language,
            is_report=is_report,
            is_hedged=found.is_hedged,
            channel=channel,
        )
        for found in read
    ]


def _with_subject(message: str, read: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Put what the first line of a commit message says before what is read in it anyway."""
    subject = read_subject(message)
    if subject is None:
        return read
    kind, quote, subjects = subject
    start = message.find(quote)
    if any(found.kind == kind and found.start < start + len(quote) for found in read):
        return read
    return (Finding(kind=kind, quote=quote, start=start, subjects=subjects), *read)
