"""The same audit on several cores: the order and the report do not change."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from trueline.audit.campaign import Campaign, Item, Settings
from trueline.audit.model import RunReport
from trueline.errors import UnavailableError
from trueline.monitors.loading import ENTRY_POINT_GROUP
from trueline.monitors.plugins import installed
from trueline.trajectory import ReadProblem
from trueline.trajectory.opening import Source

T = TypeVar("T")
R = TypeVar("R")
G = TypeVar("G")

_TURNS: Final = 8
"""How many portions of the work each process gets, so that a long one does not end alone."""


def audit_parallel(
    settings: Settings, sources: Sequence[Source], jobs: int
) -> Iterator[tuple[Source, list[Item]]]:
    """Yield each source with what was found in it, in order, audited by `jobs` processes.

    Raises:
        UnavailableError: a process was ended from outside, so that its part is missing.
    """
    for source, data in over_processes(_work, sources, jobs, start=_start, given=settings):
        yield source, _decode(data)


def over_processes(
    work: Callable[[T], R], items: Sequence[T], jobs: int, *, start: Callable[[G], None], given: G
) -> Iterator[tuple[T, R]]:
    """Yield each item with what `work` returns for it, in order, done by `jobs` processes.

    Args:
        work: a function of a module, called with one item.
        items: what to work on.
        jobs: how many processes at most.
        start: a function of a module, called with `given` once in each process.
        given: what it needs.

    Raises:
        UnavailableError: a process was ended from outside, so that its part is missing.
    """
    workers = min(jobs, len(items))
    portion = max(1, len(items) // (workers * _TURNS))
    with ProcessPoolExecutor(workers, _context(), initializer=start, initargs=(given,)) as pool:
        found = pool.map(work, items, chunksize=portion)
        try:
            yield from zip(items, found, strict=True)
        except BrokenProcessPool as error:
            raise UnavailableError(
                "a process of the audit was ended from outside, perhaps for want of memory; "
                "try again with fewer --jobs"
            ) from error


def _context() -> BaseContext:
    """Return how processes start: forked from one that has the modules, else each by itself.

    Never forked from this process, which may have threads.
    """
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["__main__", __name__, *_our_monitors()])
    return context


def _our_monitors() -> list[str]:
    """Return the modules of our own monitors; a stranger's might not survive being forked."""
    places = [plugin.value.partition(":")[0] for plugin in installed(ENTRY_POINT_GROUP).values()]
    return [place for place in places if place.startswith("trueline.")]


_campaign: Campaign | None = None
"""A worker process's own campaign, made once when the process starts."""


def _start(settings: Settings) -> None:
    global _campaign  # noqa: PLW0603 - a worker process keeps its monitors between sources
    _campaign = Campaign(settings)


class _Slot(Struct, frozen=True):
    """One item on its way between processes: packed by msgspec, so that defaults stay defaults."""

    report: RunReport | None = None
    problem: ReadProblem | None = None


def _work(source: Source) -> bytes:
    assert _campaign is not None, "_start ran first in this process"
    return msgspec.msgpack.encode([_slot(item) for item in _campaign.audit_source(source)])


def _slot(item: Item) -> _Slot:
    return _Slot(problem=item) if isinstance(item, ReadProblem) else _Slot(report=item)


def _decode(data: bytes) -> list[Item]:
    slots = msgspec.msgpack.decode(data, type=list[_Slot])
    return [item for slot in slots if (item := slot.problem or slot.report) is not None]
