"""The benign sample of a calibration: the suspicions of a user's own runs, audited."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from trueline.audit.campaign import Campaign, Item, Settings
from trueline.audit.model import RunReport
from trueline.audit.parallel import audit_parallel
from trueline.calibration.sample import BenignRun, Grouping, group_of
from trueline.errors import CalibrationError, InputError
from trueline.monitors.combination import ANY
from trueline.trajectory import ReadProblem


class BenignSample(Struct, frozen=True):
    """What was read.

    Attributes:
        runs: one per trajectory.
        problems: what could not be read, and is no part of the sample.
    """

    runs: tuple[BenignRun, ...]
    problems: tuple[ReadProblem, ...]


def benign_sample(
    paths: Sequence[Path], campaign: Campaign, settings: Settings, by: Grouping, jobs: int = 1
) -> BenignSample:
    """Return the suspicions of every run under `paths`.

    Args:
        paths: session files or folders.
        campaign: the monitors and what they need.
        settings: of that campaign, for other processes.
        by: what runs of one group share.
        jobs: processes; they change the time and nothing else.

    Raises:
        CalibrationError: a monitor failed on a run.
        InputError: there is no run.
        UnreadableError: a path does not exist.
    """
    sources = campaign.sources(paths)
    is_alone = jobs < 2 or len(sources) < 2
    found = campaign.audit(sources) if is_alone else audit_parallel(settings, sources, jobs)
    runs: list[BenignRun] = []
    problems: list[ReadProblem] = []
    for _, items in found:
        for item in items:
            _add(item, by, runs, problems)
    if not runs:
        raise InputError(
            f"no run in {', '.join(map(str, paths))}; name session files or a folder of them"
        )
    return BenignSample(tuple(runs), tuple(problems))


def _add(item: Item, by: Grouping, runs: list[BenignRun], problems: list[ReadProblem]) -> None:
    if isinstance(item, ReadProblem):
        problems.append(item)
    elif item.failures:
        failure = item.failures[0]
        raise CalibrationError(
            f"monitor {failure.monitor} failed on run {item.id} of {item.source} "
            f"({failure.error}); a sample without the runs it fails on would be of other runs"
        )
    else:
        runs.append(_run(item, by))


def _run(report: RunReport, by: Grouping) -> BenignRun:
    group = group_of(
        by,
        cwd=report.cwd,
        source=report.source,
        agent=report.agent,
        model=report.model,
        format=report.format,
    )
    suspicions = dict(report.suspicions)
    if report.suspicion > 0:
        suspicions[ANY] = report.suspicion
    return BenignRun(report.id, group, suspicions)
