"""The same audit on several cores: the order and the report do not change."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from trueline.audit.campaign import Campaign, Item, Settings
from trueline.trajectory.opening import Source

_TURNS = 8
"""How many portions of the work each process gets, so that a long one does not end alone."""


def audit_parallel(
    settings: Settings, sources: Sequence[Source], jobs: int
) -> Iterator[tuple[Source, list[Item]]]:
    """Yield each source with what was found in it, in order, audited by `jobs` processes."""
    workers = min(jobs, len(sources))
    portion = max(1, len(sources) // (workers * _TURNS))
    with ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=_start, initargs=(settings,)
    ) as pool:
        yield from zip(sources, pool.map(_work, sources, chunksize=portion), strict=True)


_campaign: Campaign | None = None
"""A worker process's own campaign, made once when the process starts."""


def _start(settings: Settings) -> None:
    global _campaign  # noqa: PLW0603 - a worker process keeps its monitors between sources
    _campaign = Campaign(settings)


def _work(source: Source) -> list[Item]:
    assert _campaign is not None, "_start ran first in this process"
    return list(_campaign.audit_source(source))
