"""Audit many sources, on one core or several, in the order of the sources."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from trueline.audit.model import RunReport
from trueline.audit.run import audit_trajectory
from trueline.ledger.manifest import Manifests
from trueline.ledger.manifest_file import load_manifests
from trueline.monitors.loading import load_monitors
from trueline.monitors.protocol import Monitor
from trueline.trajectory import ReadProblem, Trajectory
from trueline.trajectory.opening import Source, read_source, sources_in

Item = RunReport | ReadProblem


class Campaign:
    """The settings of one audit, and the audit itself.

    Attributes:
        monitor_names: the monitors to run; all installed ones when empty.
        manifest_paths: users' tool manifests.
        with_timeline: keep the steps for a page.
        jobs: processes to use.
    """

    def __init__(
        self,
        *,
        monitor_names: Sequence[str] = (),
        manifest_paths: Sequence[Path] = (),
        with_timeline: bool = False,
        jobs: int = 1,
    ) -> None:
        self.with_timeline = with_timeline
        self.jobs = jobs
        self.monitors: tuple[Monitor, ...] = load_monitors(tuple(monitor_names))
        self.manifests: Manifests | None = (
            load_manifests(manifest_paths) if manifest_paths else None
        )
        self._arguments = (tuple(monitor_names), tuple(manifest_paths), with_timeline)

    def sources(self, paths: Sequence[Path]) -> list[Source]:
        """Return the files to audit under `paths`, in order.

        Raises:
            UnreadableError: a path does not exist.
        """
        return [source for path in paths for source in sources_in(path)]

    def audit(self, sources: Sequence[Source]) -> Iterator[tuple[Source, list[Item]]]:
        """Yield each source with what was found in it, in order."""
        if self.jobs <= 1 or len(sources) <= 1:
            for source in sources:
                yield source, list(self.audit_source(source))
            return
        workers = min(self.jobs, len(sources))
        with ProcessPoolExecutor(
            workers, get_context("spawn"), initializer=_start, initargs=self._arguments
        ) as pool:
            found = pool.map(_work, sources, chunksize=max(1, len(sources) // (workers * 8)))
            yield from zip(sources, found, strict=True)

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
                words = f"{type(error).__name__}: {error}"
                message = f"a fault in Trueline, please report it: {words}"
                yield ReadProblem(path=source.shown, message=message, is_fatal=True)
                return

    def _audit(self, trajectory: Trajectory) -> RunReport:
        return audit_trajectory(
            trajectory,
            self.monitors,
            manifests=self.manifests,
            with_timeline=self.with_timeline,
        )


_campaign: Campaign | None = None
"""A worker process's own campaign, made once when the process starts."""


def _start(names: Sequence[str], manifests: Sequence[Path], with_timeline: bool) -> None:
    global _campaign  # noqa: PLW0603 - a worker process keeps its monitors between sources
    _campaign = Campaign(monitor_names=names, manifest_paths=manifests, with_timeline=with_timeline)


def _work(source: Source) -> list[Item]:
    assert _campaign is not None, "_start ran first in this process"
    return list(_campaign.audit_source(source))
