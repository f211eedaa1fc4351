"""What each part of the audit costs a step: reading, the ledger, every monitor, the rest.

The monitors see one ledger after the other, as in an audit, so what one of them has it work out
(provenance, the reading of the user's words) is charged to the first that asks.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.corpus import write_chats
from trueline.audit.campaign import Campaign
from trueline.charter import Mandate
from trueline.ledger.build import interpret
from trueline.trajectory import ReadProblem
from trueline.trajectory.opening import read_source


def parts(folder: Path, runs: int, rounds: int) -> dict[str, dict[str, Any]]:
    """Return CPU microseconds a step of every part, and of all, over the synthetic corpus.

    Args:
        folder: where the corpus is written.
        runs: trajectories of 50 steps in each round.
        rounds: rounds that count, each with its own texts; one more comes before them.
    """
    campaign = Campaign()
    spent: dict[str, list[float]] = {}
    path = folder / "parts.jsonl"
    for number in range(rounds + 1):
        write_chats(path, runs, 50, first=10_000_000 + 2 * number * runs)
        once, steps = _by_part(campaign, path)
        write_chats(path, runs, 50, first=10_000_000 + (2 * number + 1) * runs)
        whole = _clock(lambda: [*campaign.audit(campaign.sources([path]))])[1]
        once["findings, counts and the report"] = max(whole - sum(once.values()), 0.0)
        once["the whole audit"] = whole
        for name, seconds in once.items() if number else ():
            spent.setdefault(name, []).append(seconds / steps * 1e6)
    path.unlink()
    return {f"cost of {name}, CPU us/step": _row(values) for name, values in spent.items()}


def _by_part(campaign: Campaign, path: Path) -> tuple[dict[str, float], int]:
    """Return the seconds of each part of one audit, and the number of steps."""
    found: dict[str, float] = {}

    def add(name: str, work: Callable[[], Any]) -> Any:
        made, seconds = _clock(work)
        found[name] = found.get(name, 0.0) + seconds
        return made

    sources = campaign.sources([path])
    read = add("reading", lambda: [run for source in sources for run in read_source(source)])
    steps = 0
    for run in read:
        if isinstance(run, ReadProblem):
            continue
        steps += len(run.steps)
        ledger = add("the ledger", lambda run=run: interpret(run))
        mandate = Mandate(ledger, None)
        for monitor in campaign.monitors:
            look = monitor.observe
            add(monitor.name, lambda look=look, seen=(ledger, mandate): list(look(*seen)))
    return found, steps


def _clock(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what a piece of work makes, and its CPU seconds."""
    start = time.process_time()
    made = work()
    return made, time.process_time() - start


def _row(values: list[float]) -> dict[str, Any]:
    middle = statistics.median(values)
    words = f"{middle:.1f} [{min(values):.1f}, {max(values):.1f}]"
    return {"figure": words, "median": middle, "values": values, "target": ""}
