"""`trueline bench detect`: measure the monitors on labelled sets and show the figures."""

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from trueline.audit.campaign import Settings
from trueline.cli.output import print_out, write_out
from trueline.core.display import one_line
from trueline.measurement.bench import is_whole, measure
from trueline.measurement.bootstrap import Interval
from trueline.measurement.detection import BenchReport, Detection
from trueline.measurement.selection import WHOLE, Half, selection

if TYPE_CHECKING:
    from trueline.monitors.judge import JudgeSettings

_HEADINGS: Final = ("AUROC", "R@1%FPR", "prec.", "recall", "F1", "FPR", "high")
_PROBLEMS_SHOWN: Final = 20


def run_detect(
    paths: tuple[Path, ...],
    monitors: tuple[str, ...],
    manifests: tuple[Path, ...],
    charter: Path | None,
    jobs: int,
    draws: int,
    half: str,
    where: tuple[str, ...],
    *,
    as_json: bool,
    judge: "JudgeSettings | None" = None,
) -> int:
    """Measure, show, and return the exit code: 2 where the figures are not whole."""
    settings = Settings(monitors=monitors, manifests=manifests, charter=charter, judge=judge)
    chosen = selection(cast("Half", half), where)
    report = measure(paths, settings, jobs=jobs, draws=draws, selection=chosen)
    if as_json:
        write_out(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    else:
        print_out(lambda console: _print(report, console))
    return 0 if is_whole(report) else 2


def _print(report: BenchReport, console: Console) -> None:
    if not report.sets:
        console.print(Text(f"No run was measured{_why_none(report)}.", style="bold red"))
    for (_, _), rows in groupby(report.sets, key=lambda row: (row.set, row.subset)):
        _print_set(list(rows), console)
    for problem in report.problems[:_PROBLEMS_SHOWN]:
        where = f"{problem.path}:{problem.line}" if problem.line else problem.path
        words = f"{'not read' if problem.is_fatal else 'skipped'}: {where}: {problem.message}"
        console.print(Text(one_line(words, 500), style="yellow"), soft_wrap=True)
    left = len(report.problems) - _PROBLEMS_SHOWN
    if left > 0:
        console.print(Text(f"and {left} more lines that could not be used (--json has them)"))
    if not report.sets:
        return
    lead = (
        f"Below each figure its 95% interval: percentiles of {report.draws} bootstrap draws of "
        "whole groups. "
    )
    words = (
        f"{lead if report.draws else ''}R@1%FPR: recall where at most 1% of negative runs are "
        "flagged. The others are at the shipped thresholds; high: runs with a finding of severity "
        "high or critical."
    )
    console.print(Text(words, style="dim"))


def _why_none(report: BenchReport) -> str:
    """Return what left the runs out, where sets were read."""
    ambiguous = sum(source.ambiguous for source in report.sources)
    left_out = [f"{ambiguous} are ambiguous"] if ambiguous else []
    if report.selection != WHOLE:
        left_out.append("--half and --where left out others")
    return f": {', '.join(left_out)}" if left_out else ""


def _print_set(rows: list[Detection], console: Console) -> None:
    whole = rows[-1]
    title = Text(one_line(whole.set, 40), style="bold")
    title.append(f" ({whole.subset})" if whole.subset != "all" else "")
    counts = f"{whole.runs} runs, {whole.positives} positive, {whole.groups} groups"
    title.append(f"  {counts}  {one_line(whole.kind, 60)}", style="dim")
    console.print(title)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("monitor", no_wrap=True, max_width=14, overflow="ellipsis")
    for heading in _HEADINGS:
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        style = "bold" if row is whole else ""
        if row.failed_runs:
            style = "red"
        table.add_row(
            Text(one_line(row.monitor, 40), style=style), *_figures(row), str(row.high_runs)
        )
        if any(spread := _spread(row)):
            table.add_row("", *spread, "", style="dim")
    console.print(table)
    for row in rows:
        if row.failed_runs:
            words = f"monitor {row.monitor} failed on {row.failed_runs} runs"
            console.print(Text(one_line(words, 200), style="bold red"))
    console.print()


def _figures(row: Detection) -> list[str]:
    figures = (row.auroc, row.recall_at_fpr, row.precision, row.recall, row.f1, row.fpr)
    return ["–" if figure is None else f"{figure:.3f}" for figure in figures]


def _spread(row: Detection) -> list[str]:
    around = (
        row.auroc_95,
        row.recall_at_fpr_95,
        row.precision_95,
        row.recall_95,
        row.f1_95,
        row.fpr_95,
    )
    return [_short(interval) for interval in around]


def _short(interval: Interval | None) -> str:
    """Return an interval in as few characters as it can be read in."""
    if interval is None:
        return ""
    return "–".join(f"{value:.2f}".removeprefix("0") for value in interval)
