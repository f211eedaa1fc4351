"""Totals over an audit: what a person sees first, and what the exit code is drawn from."""

from collections.abc import Iterable
from typing import Final, get_args

from msgspec import Struct
from msgspec.structs import replace

from trueline.audit.model import JudgedAssertion, RunReport
from trueline.core.kinds import Severity, severity_rank
from trueline.ledger import Assertion
from trueline.monitors import Verdict


class AgentTotal(Struct, frozen=True, kw_only=True):
    """What one agent did over all its runs, and what the record says of its words."""

    agent: str
    runs: int
    steps: int
    calls: int
    edits: int
    supported: int
    unsupported: int
    stale: int
    contradicted: int
    findings: int


def without_words(run: RunReport) -> RunReport:
    """Return `run` with the verdicts of its assertions and without their words and its notes.

    What is counted stays; a report that shows neither words nor notes needs no more, and words
    are most of what an audit of many runs would keep in memory.
    """
    bare = tuple([_BARE[judged.verdict] for judged in run.assertions])
    return replace(run, assertions=bare, notes=())


_BARE: Final = {
    verdict: JudgedAssertion(
        assertion=Assertion(step=0, kind="done", quote=""), line=0, verdict=verdict, because=""
    )
    for verdict in get_args(Verdict)
}
"""By verdict, an assertion of which nothing else is known."""


def totals_by_agent(runs: Iterable[RunReport]) -> list[AgentTotal]:
    """Return one total per agent, in order of names."""
    groups: dict[str, list[RunReport]] = {}
    for run in runs:
        groups.setdefault(run.agent or run.model or run.format, []).append(run)
    return [_total(agent, groups[agent]) for agent in sorted(groups)]


def _total(agent: str, runs: list[RunReport]) -> AgentTotal:
    verdicts = [judged.verdict for run in runs for judged in run.assertions]
    return AgentTotal(
        agent=agent,
        runs=len(runs),
        steps=sum(run.steps for run in runs),
        calls=sum(run.counts.get("calls", 0) for run in runs),
        edits=sum(run.counts.get("edits", 0) for run in runs),
        supported=verdicts.count("supported"),
        unsupported=verdicts.count("unsupported"),
        stale=verdicts.count("stale"),
        contradicted=verdicts.count("contradicted"),
        findings=sum(len(run.findings) for run in runs),
    )


def has_finding(runs: Iterable[RunReport], severity: Severity) -> bool:
    """Return whether any finding is at least as grave as `severity`."""
    floor = severity_rank(severity)
    return any(severity_rank(f.severity) >= floor for run in runs for f in run.findings)
