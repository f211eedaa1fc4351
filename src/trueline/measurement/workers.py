"""Portions of labelled sets scored one after the other, or by several processes alike."""

from collections.abc import Iterator, Sequence

import msgspec

from trueline.audit.campaign import Campaign, Settings
from trueline.audit.parallel import over_processes
from trueline.measurement.labelled_set import Portion, Scored, score


def scored(
    portions: Sequence[Portion], campaign: Campaign, settings: Settings, jobs: int
) -> Iterator[tuple[Portion, Scored]]:
    """Yield each portion with what came of it, in order.

    Args:
        portions: the work.
        campaign: used where one process does it all.
        settings: of that campaign, for the other processes.
        jobs: how many processes at most.

    Raises:
        UnavailableError: a process was ended from outside, so that its part is missing.
    """
    if jobs < 2 or len(portions) < 2:
        for portion in portions:
            yield portion, score(portion, campaign)
        return
    for portion, data in over_processes(_work, portions, jobs, start=_start, given=settings):
        yield portion, msgspec.msgpack.decode(data, type=Scored)


_campaign: Campaign | None = None
"""A worker process's own campaign, made once when the process starts."""


def _start(settings: Settings) -> None:
    global _campaign  # noqa: PLW0603 - a worker process keeps its monitors between portions
    _campaign = Campaign(settings)


def _work(portion: Portion) -> bytes:
    assert _campaign is not None, "_start ran first in this process"
    return msgspec.msgpack.encode(score(portion, _campaign))
