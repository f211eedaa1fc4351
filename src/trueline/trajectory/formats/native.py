"""Trueline's own format, `*.trueline.jsonl`: a trajectory line, then one line per step.

The first line of a trajectory is `{"trueline": "trajectory", "version": 1, …}` with every
field but the steps; each following line is one step, until the next trajectory line.
Fields at their default may be left out.  Every field survives being written and read again,
except that lone surrogates become U+FFFD and numbers that are not finite become null.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
from msgspec.structs import replace

from trueline.trajectory.decoding import as_dict, without_surrogates
from trueline.trajectory.lines import json_lines
from trueline.trajectory.model import ReadProblem, Step, Trajectory
from trueline.trajectory.reader import Head, Reader

VERSION: Final = 1
_ENCODER: Final = msgspec.json.Encoder()


def write_native(trajectories: Iterable[Trajectory], file: BinaryIO) -> None:
    """Write `trajectories` to `file`, one after the other."""
    for trajectory in trajectories:
        fields = as_dict(msgspec.to_builtins(replace(trajectory, steps=())))
        fields.pop("steps", None)
        file.write(_line({"trueline": "trajectory", "version": VERSION, **fields}))
        for step in trajectory.steps:
            file.write(_line(step))


def _line(value: Any) -> bytes:
    try:
        return _ENCODER.encode(value) + b"\n"
    except UnicodeEncodeError:
        return _ENCODER.encode(without_surrogates(msgspec.to_builtins(value))) + b"\n"


class _NativeReader:
    name = "native"

    def recognises(self, head: Head) -> bool:
        return any(_is_header(value) for value in head.values[:1])

    def read(self, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
        header: dict[str, Any] | None = None
        steps: list[Step] = []
        for item in json_lines(path, shown):
            if isinstance(item, ReadProblem):
                yield item
                continue
            number, value = item
            if _is_header(value):
                if header is not None:
                    yield _built(header, steps, shown, number)
                header, steps = None, []
                if value.get("version") == VERSION:
                    header = value
                else:
                    yield _problem(shown, number, _version_message(value.get("version")))
            elif header is not None:
                step = _step(value, len(steps))
                if isinstance(step, str):
                    yield _problem(shown, number, step)
                else:
                    steps.append(step)
        if header is not None:
            yield _built(header, steps, shown, 0)


def _is_header(value: Any) -> bool:
    return isinstance(value, dict) and value.get("trueline") == "trajectory"


def _version_message(version: Any) -> str:
    found = version if isinstance(version, int | str) else type(version).__name__
    return (
        f"trajectory of version {found!s:.40}; this program reads version {VERSION}: "
        "a newer one may read it"
    )


def _problem(shown: str, line: int, message: str) -> ReadProblem:
    return ReadProblem(path=shown, line=line, message=message)


def _step(value: Any, index: int) -> Step | str:
    try:
        step = msgspec.convert(value, Step)
    except (msgspec.ValidationError, RecursionError) as error:
        return f"not a step: {error}"
    return step if step.index == index else replace(step, index=index)


def _built(
    header: dict[str, Any], steps: list[Step], shown: str, number: int
) -> Trajectory | ReadProblem:
    fields = {
        key: value for key, value in header.items() if key not in ("trueline", "version", "steps")
    }
    try:
        trajectory = msgspec.convert(fields, Trajectory)
    except (msgspec.ValidationError, RecursionError) as error:
        return _problem(shown, number, f"not a trajectory: {error}")
    return replace(trajectory, steps=tuple(_relinked(steps)))


def _relinked(steps: list[Step]) -> Iterator[Step]:
    for step in steps:
        link = step.call_index
        if link is not None and not _is_link(steps, step, link):
            yield replace(step, call_index=None)
        else:
            yield step


def _is_link(steps: list[Step], step: Step, link: int) -> bool:
    if not 0 <= link < len(steps):
        return False
    return {step.kind, steps[link].kind} == {"call", "result"}


READER: Final[Reader] = _NativeReader()
"""Reads the native format."""
