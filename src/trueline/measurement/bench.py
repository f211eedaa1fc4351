"""The whole measurement: find the sets, score their runs, draw the figures."""

from collections.abc import Sequence
from pathlib import Path

from trueline.audit.campaign import Campaign, Settings
from trueline.errors import InputError
from trueline.measurement.bootstrap import DRAWS
from trueline.measurement.detection import BenchReport, Detection, SetSummary, detections
from trueline.measurement.labelled_set import SHARES, LabelledSet, Portion, Scored, sets_among
from trueline.measurement.selection import WHOLE, Selection
from trueline.measurement.workers import scored
from trueline.trajectory import ReadProblem


def measure(
    paths: Sequence[Path],
    settings: Settings,
    *,
    jobs: int = 1,
    draws: int = DRAWS,
    selection: Selection = WHOLE,
) -> BenchReport:
    """Return how well the monitors do on the labelled sets under `paths`.

    Args:
        paths: files or folders; other files in a folder are passed over.
        settings: which monitors and manifests.
        jobs: processes; they change the time and nothing else.
        draws: of the bootstrap.
        selection: which of their runs count.

    Raises:
        InputError: there is no labelled set.
        MonitorLoadError: a monitor is not installed or does not load.
        UnreadableError: a path does not exist.
    """
    campaign = Campaign(settings)
    sets, problems = sets_among(campaign.sources(paths))
    if not sets and not problems:
        raise InputError(
            f"no labelled set in {', '.join(map(str, paths))}; name JSON Lines whose objects "
            "have label and messages, or a folder of such files"
        )
    portions = [
        Portion(item, share, selection=selection) for item in sets for share in range(SHARES)
    ]
    by_path: dict[str, list[Scored]] = {item.source.shown: [] for item in sets}
    for portion, result in scored(portions, campaign, settings, jobs):
        by_path[portion.set.source.shown].append(result)
    names = [monitor.name for monitor in campaign.monitors]
    rows: list[Detection] = []
    sources: list[SetSummary] = []
    for item in sets:
        parts = by_path[item.source.shown]
        rows += _figures(item, parts, names, draws)
        sources.append(_summary(item, parts))
        problems += sorted((p for part in parts for p in part.problems), key=_line)
    return BenchReport(
        draws=draws,
        selection=selection,
        sets=tuple(rows),
        sources=tuple(sources),
        problems=tuple(problems),
    )


def _figures(
    item: LabelledSet, parts: Sequence[Scored], names: Sequence[str], draws: int
) -> list[Detection]:
    rows = sorted((row for part in parts for row in part.rows), key=lambda row: row.line)
    return detections(item.name, rows, names, draws) if rows else []


def _summary(item: LabelledSet, parts: Sequence[Scored]) -> SetSummary:
    return SetSummary(
        set=item.name,
        path=item.source.shown,
        runs=sum(len(part.rows) for part in parts),
        ambiguous=sum(part.ambiguous for part in parts),
    )


def _line(problem: ReadProblem) -> int:
    return problem.line


def is_whole(report: BenchReport) -> bool:
    """Return whether every set was read and every monitor worked on every run."""
    return (
        bool(report.sets)
        and not any(problem.is_fatal for problem in report.problems)
        and not any(row.failed_runs for row in report.sets)
    )
