"""Audit many sources, in the order given, one trajectory in memory at a time."""

import os
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from trueline.audit.model import RunReport
from trueline.audit.run import audit_trajectory
from trueline.audit.time_limit import require_timer
from trueline.audit.totals import without_words
from trueline.calibration.thresholds import SHIPPED
from trueline.charter import Charter
from trueline.ledger.manifest import Manifests
from trueline.monitors.loading import load_monitors
from trueline.monitors.protocol import Monitor
from trueline.trajectory import ReadProblem, Trajectory
from trueline.trajectory.opening import Source, read_source, sources_in

if TYPE_CHECKING:
    from trueline.calibration.document import Calibration
    from trueline.monitors.judge import JudgeSettings

Item = RunReport | ReadProblem


class Settings(Struct, frozen=True, kw_only=True):
    """What an audit is asked to do, small enough to hand to another process.

    Attributes:
        monitors: names of the monitors to run; all installed ones when empty.
        manifests: users' tool manifests.
        calibration: file with thresholds in place of the shipped one.
        with_timeline: keep the steps for a page.
        with_words: keep what the agents asserted, and notes; without, verdicts can be counted
            and findings shown, in a fraction of the memory.
        charter: the file that says what the agents may do; the default charter when None.
        baseline: file with what the agents' past runs did, for monitors that learn.
        monitor_timeout_s: a monitor that takes longer on one run has failed on it; 0 for no
            limit.
        judge: the endpoint to ask about each run; nothing is asked and sent when None.
    """

    monitors: tuple[str, ...] = ()
    manifests: tuple[Path, ...] = ()
    calibration: Path | None = None
    with_timeline: bool = False
    with_words: bool = True
    monitor_timeout_s: float = 0.0
    charter: Path | None = None
    baseline: Path | None = None
    judge: "JudgeSettings | None" = None


class Campaign:
    """One audit: its monitors and manifests, loaded once.

    Raises:
        ConfigError: a monitor or manifest is at fault, or a time limit cannot be held here.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        settings = settings or Settings()
        if settings.monitor_timeout_s:
            require_timer()
        self.monitor_timeout_s = settings.monitor_timeout_s
        self.with_timeline = settings.with_timeline
        self.with_words = settings.with_words
        self.monitors: tuple[Monitor, ...] = _under(settings.baseline, _monitors(settings))
        self.manifests: Manifests | None = _manifests(settings.manifests)
        self.charter: Charter | None = _charter(settings.charter)
        self.calibration = _calibration(settings.calibration, self.monitors, self.charter)
        self._thresholds = self.calibration.thresholds() if self.calibration else SHIPPED

    def sources(self, paths: Sequence[Path]) -> list[Source]:
        """Return the files to audit under `paths`, in order, each file once.

        A file that was named twice, or is also reached by a link, would count twice.

        Raises:
            UnreadableError: a path does not exist.
        """
        found: dict[str, Source] = {}
        for path in paths:
            for source in sources_in(path):
                found.setdefault(os.path.realpath(source.path), source)
        return list(found.values())

    def audit(self, sources: Sequence[Source]) -> Iterator[tuple[Source, list[Item]]]:
        """Yield each source with what was found in it, in order."""
        for source in sources:
            yield source, list(self.audit_source(source))

    def audit_source(self, source: Source) -> Iterator[Item]:
        """Yield the reports and problems of one source, one trajectory in memory at a time.

        This is a worker: a fault of ours on one source is recorded as what it is, and the
        other sources are still audited.
        """
        items = read_source(source)
        while True:
            try:
                item = next(items, None)
                if item is None:
                    return
                yield item if isinstance(item, ReadProblem) else self._audit(item)
            except Exception as error:  # noqa: BLE001 - becomes recorded data, never silence
                yield _fault(source.shown, error)
                return

    def audit_run(self, trajectory: Trajectory) -> Item:
        """Return what is found in one trajectory; a fault of ours is recorded, as in a source."""
        try:
            return self._audit(trajectory)
        except Exception as error:  # noqa: BLE001 - becomes recorded data, never silence
            return _fault(trajectory.source, error)

    def _audit(self, trajectory: Trajectory) -> RunReport:
        report = audit_trajectory(
            trajectory,
            self.monitors,
            manifests=self.manifests,
            charter=self.charter,
            thresholds=self._thresholds,
            with_timeline=self.with_timeline,
            monitor_timeout_s=self.monitor_timeout_s,
        )
        return report if self.with_words else without_words(report)


def _monitors(settings: Settings) -> tuple[Monitor, ...]:
    """Return the installed monitors that are wanted, and the judge where one was named."""
    if settings.judge is None:
        return load_monitors(settings.monitors)
    from trueline.monitors.judge import JudgeMonitor  # HTTP is slow  # noqa: PLC0415

    judge = JudgeMonitor(settings.judge)
    others = [name for name in settings.monitors if name != judge.name]
    is_alone = bool(settings.monitors) and not others
    loaded = () if is_alone else load_monitors(others)
    return tuple(sorted((*loaded, judge), key=attrgetter("name")))


def _under(path: Path | None, monitors: tuple[Monitor, ...]) -> tuple[Monitor, ...]:
    """Return the monitors with the drift monitor under the baseline in a file."""
    if path is None:
        return monitors
    # Start-up time: most audits have none.
    from trueline.monitors.drift import DriftMonitor  # noqa: PLC0415
    from trueline.monitors.drift.baseline import read_baseline  # noqa: PLC0415

    found = read_baseline(path)
    return tuple(
        item.with_baseline(found) if isinstance(item, DriftMonitor) else item for item in monitors
    )


def _calibration(
    path: Path | None, monitors: Sequence[Monitor], charter: Charter | None
) -> "Calibration | None":
    """Return the calibration in a file, refused where it was made for something else."""
    if path is None:
        return None
    # Start-up time: most audits have none.
    from trueline.calibration.document import read_calibration  # noqa: PLC0415
    from trueline.calibration.identity import check_identity, identity_of  # noqa: PLC0415

    found = read_calibration(path)
    check_identity(found.identity, identity_of(monitors, charter))
    return found


def _fault(shown: str, error: Exception) -> ReadProblem:
    words = f"{type(error).__name__}: {error}"
    message = f"a fault in Trueline, please report it: {words}"
    return ReadProblem(path=shown, message=message, is_fatal=True)


def _manifests(paths: Sequence[Path]) -> Manifests | None:
    """Return the users' manifests before the built-in ones, None when there are no users'."""
    if not paths:
        return None
    from trueline.ledger.manifest_file import load_manifests  # YAML is slow  # noqa: PLC0415

    return load_manifests(paths)


def _charter(path: Path | None) -> Charter | None:
    """Return the user's charter, None when there is none."""
    if path is None:
        return None
    from trueline.charter.reading import load_charter  # YAML and pydantic  # noqa: PLC0415

    return load_charter(path)
