"""The benign sample: one entry per run, the group it belongs to, and a digest of it all."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Literal

import msgspec
from msgspec import Struct

Grouping = Literal["project+agent", "project", "agent", "model", "file"]


class BenignRun(Struct, frozen=True):
    """One run that is known to be benign.

    Attributes:
        id: the run's.
        group: what it shares with others: a project, an agent.
        suspicions: of each monitor where it is above 0, and of `any`.
    """

    id: str
    group: str
    suspicions: dict[str, float]


def group_of(by: Grouping, *, cwd: str, source: str, agent: str, model: str, format: str) -> str:
    """Return the group of a run.

    The project is the folder the agent worked in, or where the record has none, the folder
    that the record lies in; the agent is named by its model or format where it has no name.
    """
    project = cwd or str(PurePath(source).parent)
    name = agent or model or format
    return {
        "project+agent": f"{project} / {name}",
        "project": project,
        "agent": name,
        "model": model or "unknown",
        "file": source,
    }[by]


def values_of(runs: Iterable[BenignRun], score: str) -> list[float]:
    """Return the suspicion of each run by one monitor, or by `any`."""
    return [run.suspicions.get(score, 0.0) for run in runs]


def digest_of(runs: Sequence[BenignRun]) -> str:
    """Return the SHA-256 of the sample, which does not depend on the order of the runs."""
    lines = sorted(
        msgspec.json.encode([run.id, run.group, sorted(run.suspicions.items())]) for run in runs
    )
    digest = hashlib.sha256(b"\n".join(lines))
    return f"sha256:{digest.hexdigest()}"
