"""Trajectories as rows of plain values: one row a step, one row for a trajectory without steps.

Nested values (`arguments`, `extra`, `metadata`) are canonical JSON text: keys sorted, no
white space.  `number` counts trajectories, so that two with one id stay apart.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from msgspec.structs import asdict

from trueline.trajectory.decoding import as_dict, clean_text, without_surrogates
from trueline.trajectory.model import Step, Trajectory

VERSION: Final = "1"
"""Version of the columns; a reader refuses any other."""

RUN_TEXTS: Final = ("id", "format", "source", "agent", "model", "parent_id", "cwd")
"""Fields of `Trajectory` that stand on each of its rows, with `run_` before their names."""

STEP_TEXTS: Final = ("kind", "actor", "text", "tool", "call_id", "background_id", "child_id", "tag")
STEP_FLAGS: Final = ("is_error", "is_interrupted", "is_truncated")
STEP_NUMBERS: Final = ("index", "call_index", "exit_status", "line")

Row = dict[str, Any]


def rows_of(trajectory: Trajectory, number: int) -> Iterator[Row]:
    """Yield the rows of one trajectory, the `number`th of its file."""
    run: Row = {f"run_{name}": clean_text(getattr(trajectory, name)) for name in RUN_TEXTS}
    run["number"] = number
    run["run_metadata"] = _json(trajectory.metadata)
    if not trajectory.steps:
        yield run
    for step in trajectory.steps:
        yield run | _step_row(step)


def _step_row(step: Step) -> Row:
    row = asdict(step)
    for name in STEP_TEXTS:
        row[name] = clean_text(row[name])
    row["time"] = None if step.time is None else clean_text(step.time)
    row["arguments"] = None if step.arguments is None else _json(step.arguments)
    row["extra"] = _json(step.extra) if step.extra else None
    return row


def trajectories_of(rows: Iterable[Row]) -> Iterator[Trajectory]:
    """Yield the trajectories that `rows`, in the order in which they were written, make up.

    Raises:
        msgspec.ValidationError: a row holds what no step can hold.
    """
    head: Row | None = None
    steps: list[Step] = []
    for row in rows:
        if head is not None and row["number"] != head["number"]:
            yield _trajectory(head, steps)
            steps = []
            head = None
        head = row if head is None else head
        if row["index"] is not None:
            steps.append(_step(row))
    if head is not None:
        yield _trajectory(head, steps)


def _trajectory(row: Row, steps: list[Step]) -> Trajectory:
    fields = {name: row[f"run_{name}"] for name in RUN_TEXTS}
    return Trajectory(
        **fields, steps=tuple(steps), metadata=as_dict(msgspec.json.decode(row["run_metadata"]))
    )


def _step(row: Row) -> Step:
    fields = {name: row[name] for name in (*STEP_TEXTS, *STEP_FLAGS, *STEP_NUMBERS, "time")}
    for name in ("arguments", "extra"):
        if row[name] is not None:
            fields[name] = msgspec.json.decode(row[name])
    return msgspec.convert(fields, Step)


def _json(value: dict[str, Any]) -> str:
    try:
        return msgspec.json.encode(value, order="deterministic").decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(without_surrogates(value), order="deterministic").decode()
