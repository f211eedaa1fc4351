"""The report as a person reads it in a terminal: a summary, then findings, gravest first.

Everything that comes from a record passes `neutral` and is printed as literal text: no
markup of the terminal library is ever read from it.
"""

from collections.abc import Iterable
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from trueline.audit.model import AuditReport, Finding, JudgedAssertion, Place, RunReport
from trueline.audit.totals import totals_by_agent
from trueline.core.display import one_line
from trueline.core.kinds import Severity, severity_rank
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
    "contradicted": "bold red",
    "stale": "yellow",
    "unsupported": "cyan",
}
_QUOTE_LIMIT: Final = 400
_PROBLEMS_SHOWN: Final = 20


def print_report(
    report: AuditReport, console: Console, *, with_notes: bool, is_quiet: bool
) -> None:
    """Print the whole report."""
    if not is_quiet:
        _print_summary(report, console)
    found = sorted(
        ((run, finding) for run in report.runs for finding in run.findings),
        key=lambda pair: (-severity_rank(pair[1].severity), -pair[1].suspicion),
    )
    for run, finding in found:
        _print_finding(run, finding, console)
    if with_notes:
        _print_notes(report, console)
    _print_failures(report, console)
    if not is_quiet:
        _print_end(report, console, with_notes=with_notes)


def _print_summary(report: AuditReport, console: Console) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("agent", overflow="ellipsis", no_wrap=True, max_width=24)
    for heading in ("runs", "steps", "calls", "edits", "said", "true", "open", "stale", "false"):
        table.add_column(heading, justify="right")
    for total in totals_by_agent(report.runs):
        said = total.supported + total.unsupported + total.stale + total.contradicted
        table.add_row(
            Text(one_line(total.agent, 24)),
            *map(str, (total.runs, total.steps, total.calls, total.edits, said)),
            Text(str(total.supported), style="green"),
            Text(str(total.unsupported), style="cyan" if total.unsupported else "dim"),
            Text(str(total.stale), style="yellow" if total.stale else "dim"),
            Text(str(total.contradicted), style="bold red" if total.contradicted else "dim"),
        )
    console.print(table)
    console.print(
        Text(
            "said: assertions found. true: the record supports them. open: it shows neither. "
            "stale: true before later changes. false: it shows the opposite.",
            style="dim",
        )
    )
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
    grid = Table.grid(padding=(0, 0))
    grid.add_column(width=10 if label else 2, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(f"  {label}", style="dim"), Text(one_line(words, 2_000), style=style))
    console.print(grid)


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
    assertion = judged.assertion
    line = Text("  ")
    line.append(f"{judged.verdict:<13}", style=_VERDICT_STYLE[judged.verdict])
    line.append(f"{assertion.step:>5}  {assertion.kind:<13} ", style="dim")
    line.append(one_line(assertion.quote, 120))
    console.print(line, overflow="ellipsis", no_wrap=True)


def _print_failures(report: AuditReport, console: Console) -> None:
    for run in report.runs:
        for failure in run.failures:
            words = f"monitor {failure.monitor} failed on {run.id}: {failure.error}"
            console.print(Text(one_line(words, 500), style="bold red"), soft_wrap=True)
    for problem in report.problems[:_PROBLEMS_SHOWN]:
        where = f"{problem.path}:{problem.line}" if problem.line else problem.path
        style = "bold red" if problem.is_fatal else "yellow"
        words = f"{'not read' if problem.is_fatal else 'skipped'}: {where}: {problem.message}"
        console.print(Text(one_line(words, 500), style=style), soft_wrap=True)
    left = len(report.problems) - _PROBLEMS_SHOWN
    if left > 0:
        console.print(Text(f"and {left} more places that could not be read (--json has them)"))


def _print_end(report: AuditReport, console: Console, *, with_notes: bool) -> None:
    findings = sum(len(run.findings) for run in report.runs)
    flagged = sum(1 for run in report.runs if run.findings)
    runs = len(report.runs)
    words = Text(f"{runs} run{'s' * (runs != 1)}, ")
    if findings:
        words.append(f"{findings} finding{'s' * (findings != 1)} in {flagged}", style="bold")
    else:
        words.append("no findings", style="bold green")
    hint = [] if with_notes else ["--notes lists every assertion with its verdict"]
    if findings:
        hint.append("`trueline show RUN:STEP` shows a step whole")
    words.append(f". {'; '.join(hint)}" if hint else ".", style="dim")
    console.print(words)
