"""The report as a person reads it in a terminal: a summary, then findings, gravest first.

Everything that comes from a record passes `neutral` and is printed as literal text: no
markup of the terminal library is ever read from it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from trueline.audit.model import AuditReport, Finding, JudgedAssertion, Place, RunReport
from trueline.audit.totals import totals_by_agent
from trueline.core.display import one_line
from trueline.core.kinds import SEVERITIES, Severity, severity_rank
from trueline.monitors import Verdict

_STYLE: Final[dict[Severity, str]] = {
    "note": "dim",
    "low": "cyan",
    "medium": "yellow",
    "high": "bold red",
    "critical": "bold white on red",
}
_VERDICT_STYLE: Final[dict[Verdict, str]] = {
    "supported": "green",
    "unsupported": "cyan",
    "stale": "yellow",
    "contradicted": "bold red",
}
"""In the order in which the summary shows them."""

_QUOTE_LIMIT: Final = 400
_AGENT_LIMIT: Final = 20
_OVERVIEW_FROM: Final = 4
"""Fewer findings are seen at once without an overview of them."""
_PROBLEMS_SHOWN: Final = 20
_FINDINGS_SHOWN: Final = 1_000
"""The gravest; nobody reads further, and a record may be written to provoke a finding a line."""


def print_report(
    report: AuditReport, console: Console, *, with_notes: bool, is_quiet: bool
) -> None:
    """Print the whole report."""
    found = sorted(
        ((run, finding) for run in report.runs for finding in run.findings),
        key=lambda pair: (-severity_rank(pair[1].severity), -pair[1].suspicion),
    )
    if report.runs and not is_quiet:
        _print_summary(report, console)
        _print_overview(found, console)
    for run, finding in found[:_FINDINGS_SHOWN]:
        _print_finding(run, finding, console)
    left = len(found) - _FINDINGS_SHOWN
    if left > 0:
        words = f"and {_plural(left, 'more finding')} (--json, --sarif and --html have them)"
        console.print(Text(words, style="bold"))
        console.print()
    _print_above(report, console)
    if with_notes:
        _print_notes(report, console)
    _print_failures(report, console)
    if not is_quiet:
        _print_end(report, console, with_notes=with_notes)


def _print_summary(report: AuditReport, console: Console) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("agent", overflow="ellipsis", no_wrap=True, max_width=_AGENT_LIMIT)
    for heading in ("runs", "steps", *_VERDICT_STYLE):
        table.add_column(heading, justify="right", no_wrap=True, min_width=len(heading))
    for total in totals_by_agent(report.runs):
        counts = (total.supported, total.unsupported, total.stale, total.contradicted)
        table.add_row(
            Text(one_line(total.agent, _AGENT_LIMIT)),
            str(total.runs),
            str(total.steps),
            *(
                Text(str(count), style=style if count else "dim")
                for count, style in zip(counts, _VERDICT_STYLE.values(), strict=True)
            ),
        )
    console.print(table)
    _print_wrapped(
        console,
        "",
        "What they said, as the record shows it: supported; unsupported, where it shows neither; "
        "stale, true before later changes; contradicted, where it shows the opposite.",
        "dim",
    )
    console.print()


def _print_overview(found: Sequence[tuple[RunReport, Finding]], console: Console) -> None:
    """Print how often each rule was broken, where there is more than a screen of findings."""
    if len(found) < _OVERVIEW_FROM:
        return
    groups: dict[tuple[Severity, str], list[str]] = {}
    for run, finding in found:
        key = (finding.severity, f"{finding.kind}: {finding.rule}")
        groups.setdefault(key, []).append(run.id)
    for (severity, rule), runs in sorted(
        groups.items(), key=lambda group: (-severity_rank(group[0][0]), -len(group[1]))
    ):
        line = Text(f"{len(runs):>6}  ")
        line.append(f"{severity.upper():<8}", style=_STYLE[severity])
        line.append(f"  {one_line(rule, 100)}")
        line.append(f"  in {_plural(len(set(runs)), 'run')}", style="dim")
        console.print(line, soft_wrap=True)
    console.print()


def _print_finding(run: RunReport, finding: Finding, console: Console) -> None:
    head = Text()
    head.append(finding.severity.upper(), style=_STYLE[finding.severity])
    head.append(f"  {finding.kind}: {finding.rule}", style="bold")
    if finding.disclosed:
        head.append(f"  ({_disclosure(finding.disclosed)})", style="green")
    console.print(head)
    console.print(Text(f"  {_address(run, finding.places)}", style="dim"), soft_wrap=True)
    _print_wrapped(console, "", finding.explanation, "")
    for place in finding.places:
        _print_place(place, console)
    console.print()


def _print_above(report: AuditReport, console: Console) -> None:
    """Print the runs that are above a calibrated threshold though nothing in them accuses."""
    in_force = report.calibration
    if in_force is None:
        return
    for run in report.runs:
        if run.above and not run.findings:
            head = Text("ABOVE", style="cyan")
            head.append(f"  {', '.join(run.above)}", style="bold")
            head.append(f"  suspicion {run.suspicion:.2f}")
            console.print(head)
            console.print(Text(f"  {_address(run, ())}", style="dim"), soft_wrap=True)
            for note in run.notes[:1]:
                _print_wrapped(console, "", note.explanation, "")
            console.print()


def _disclosure(disclosed: str) -> str:
    return "the user asked for it" if disclosed == "requested" else "the agent says so"


def _address(run: RunReport, places: Iterable[Place]) -> str:
    first = next(iter(places), None)
    line = f":{first.line}" if first is not None and first.line else ""
    step = f":{first.step}" if first is not None else ""
    return f"{one_line(run.source, 300)}{line}   {one_line(run.id, 80)}{step}"


def _print_place(place: Place, console: Console) -> None:
    style = {"said": "red", "request": "cyan"}.get(place.role, "yellow")
    where = f"step {place.step}" + (f", line {place.line}" if place.line else "")
    note = f" ({one_line(place.note, 80)})" if place.note else ""
    _print_wrapped(console, f"{place.role:<8}", f"“{one_line(place.quote, _QUOTE_LIMIT)}”", style)
    console.print(Text(f"          {where}{note}", style="dim"))


def _print_wrapped(console: Console, label: str, words: str, style: str) -> None:
    """Print words wrapped under themselves, beside a label."""
    indent = 10 if label else 2
    text = Text(one_line(words, 2_000), style=style)
    for number, line in enumerate(text.wrap(console, max(console.width - indent, 20))):
        line.rstrip()
        lead = f"  {'' if number else label}"
        console.print(Text(lead.ljust(indent), style="dim") + line, soft_wrap=True)


def _print_notes(report: AuditReport, console: Console) -> None:
    for run in report.runs:
        if not run.assertions and not run.notes:
            continue
        console.print(Text(_address(run, ()), style="bold"), soft_wrap=True)
        for judged in run.assertions:
            _print_assertion(judged, console)
        for note in run.notes:
            if note.verdict is None:
                words = f"{note.rule}: {note.explanation}"
                if note.disclosed:
                    words += f" ({_disclosure(note.disclosed)})"
                _print_wrapped(console, "note", words, "dim")
        console.print()


def _print_assertion(judged: JudgedAssertion, console: Console) -> None:
    """Print what was said with its verdict, and why where the record does not bear it out."""
    assertion = judged.assertion
    line = Text("  ")
    line.append(f"{judged.verdict:<14}", style=_VERDICT_STYLE[judged.verdict])
    line.append(f"step {assertion.step:<5} {assertion.kind:<11} ", style="dim")
    line.append(one_line(assertion.quote, 400))
    console.print(line, overflow="ellipsis", no_wrap=True)
    if judged.verdict != "supported":
        _print_wrapped(console, "  why", judged.because, "dim")


def _print_failures(report: AuditReport, console: Console) -> None:
    failed: dict[tuple[str, str], list[str]] = {}
    for run in report.runs:
        for failure in run.failures:
            failed.setdefault((failure.monitor, failure.error), []).append(run.id)
    for (monitor, error), runs in failed.items():
        where = runs[0] if len(runs) == 1 else f"{len(runs)} runs, the first of them {runs[0]}"
        words = f"monitor {monitor} failed on {where}: {error}"
        console.print(Text(one_line(words, 500), style="bold red"), soft_wrap=True)
    shown = sorted(report.problems, key=lambda problem: not problem.is_fatal)
    for problem in shown[:_PROBLEMS_SHOWN]:
        where = f"{problem.path}:{problem.line}" if problem.line else problem.path
        style = "bold red" if problem.is_fatal else "yellow"
        words = f"{'not read' if problem.is_fatal else 'skipped'}: {where}: {problem.message}"
        console.print(Text(one_line(words, 500), style=style), soft_wrap=True)
    left = len(shown) - _PROBLEMS_SHOWN
    if left > 0:
        console.print(Text(f"and {left} more places that could not be read (--json has them)"))
    if failed or shown:
        console.print()


def _print_end(report: AuditReport, console: Console, *, with_notes: bool) -> None:
    severities = Counter(f.severity for run in report.runs for f in run.findings)
    flagged = sum(1 for run in report.runs if run.findings)
    if not report.runs:
        console.print(Text("No run could be audited.", style="bold red"))
        return
    words = Text(f"{_plural(len(report.runs), 'run')}, ")
    if severities:
        words.append(f"{_plural(severities.total(), 'finding')} in {flagged}", style="bold")
        parts = (f"{severities[s]} {s}" for s in reversed(SEVERITIES) if severities[s])
        words.append(f" ({', '.join(parts)}).")
    else:
        words.append("no findings", style="bold green").append(".")
    console.print(words)
    if report.calibration is not None:
        in_force = report.calibration
        above = sum(1 for run in report.runs if run.above)
        lead = f"Calibrated on {in_force.runs} benign runs for {in_force.rate:.3g} false alarms: "
        _print_wrapped(console, "", f"{lead}{_plural(above, 'run')} above a threshold.", "")
    if severities:
        _print_wrapped(console, "", "`trueline show FILE:STEP` shows a step whole.", "dim")
    if not with_notes:
        _print_wrapped(console, "", "`--notes` lists every assertion with its verdict.", "dim")


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
