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

from trueline.trajectory.bounds import bounded_text
from trueline.trajectory.decoding import as_dict, without_surrogates
from trueline.trajectory.lines import json_lines
from trueline.trajectory.model import ReadProblem, Step, Trajectory
from trueline.trajectory.reader import Head, Reader

VERSION: Final = 1
_ENCODER: Final = msgspec.json.Encoder()
_NOT_FIELDS: Final = frozenset({"trueline", "version", "steps"})


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
        current: _Record | None = None
        for item in json_lines(path, shown):
            if isinstance(item, ReadProblem):
                yield item
                continue
            number, value = item
            if _is_header(value):
                if current is not None:
                    yield current.trajectory()
                header = _header(value)
                current = None if isinstance(header, str) else _Record(header)
                if isinstance(header, str):
                    yield _problem(shown, number, header)
            elif current is not None:
                problem = current.take(value)
                if problem:
                    yield _problem(shown, number, problem)
        if current is not None:
            yield current.trajectory()


class _Record:
    """One trajectory being read."""

    def __init__(self, header: Trajectory) -> None:
        self._header = header
        self._steps: list[Step] = []
        self._new_index: dict[int, int] = {}

    def take(self, value: Any) -> str:
        """Add one step; return what is wrong with it, empty if nothing."""
        try:
            step = msgspec.convert(value, Step)
        except (msgspec.ValidationError, RecursionError) as error:
            return f"not a step: {error}"
        self._new_index[step.index] = len(self._steps)
        self._steps.append(step)
        return ""

    def trajectory(self) -> Trajectory:
        """Return the trajectory with indexes and links as its steps now stand."""
        for index, step in enumerate(self._steps):
            text, is_cut = bounded_text(step.text)
            link = None if step.call_index is None else self._new_index.get(step.call_index)
            if (index, link) != (step.index, step.call_index) or is_cut or step.line < 0:
                self._steps[index] = replace(
                    step,
                    index=index,
                    call_index=link,
                    text=text,
                    is_truncated=step.is_truncated or is_cut,
                    line=max(0, step.line),
                )
        sound = tuple(
            step if self._is_sound(step) else replace(step, call_index=None) for step in self._steps
        )
        return replace(self._header, steps=sound)

    def _is_sound(self, step: Step) -> bool:
        if step.call_index is None:
            return True
        other = self._steps[step.call_index]
        if step.kind != "call":
            return other.kind == "call" and other.index < step.index
        return (
            other.kind == "result" and other.index > step.index and other.call_index == step.index
        )


def _is_header(value: Any) -> bool:
    return isinstance(value, dict) and value.get("trueline") == "trajectory"


def _header(value: dict[str, Any]) -> Trajectory | str:
    """Return the trajectory without its steps, or what is wrong with its first line."""
    version = value.get("version")
    if version != VERSION:
        found = version if isinstance(version, int | str) else type(version).__name__
        return (
            f"trajectory of version {found!s:.40}; this program reads version {VERSION}: "
            "a newer one may read it"
        )
    fields = {key: field for key, field in value.items() if key not in _NOT_FIELDS}
    try:
        header = msgspec.convert(fields, Trajectory)
    except (msgspec.ValidationError, RecursionError) as error:
        return f"not a trajectory: {error}"
    return header if header.id and header.format else "not a trajectory: no id or no format"


def _problem(shown: str, line: int, message: str) -> ReadProblem:
    return ReadProblem(path=shown, line=line, message=message)


READER: Final[Reader] = _NativeReader()
"""Reads the native format."""
