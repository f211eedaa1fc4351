"""Which results belong to a call: the first, later ones, and what was read of a background task."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from trueline.core.patterns import pattern
from trueline.trajectory import Step, Trajectory

_MAX_LATER: Final = 50
"""Results of one background task that are looked at, from the last backwards."""

_MAX_AHEAD: Final = 40
"""Steps ahead that are searched for the reading of a file that tests were written to."""

_MIN_NAME: Final = 4
_OUTPUT_FILE: Final = r"([\w-]{4,64})\.(?:output|log)\b"


class Results:
    """The results of one trajectory by call, and by background task."""

    def __init__(self, trajectory: Trajectory) -> None:
        self._steps = trajectory.steps

    def of(self, call: Step) -> Step | None:
        """Return the first result of `call`, None where none is recorded."""
        index = call.call_index
        if index is None or not 0 <= index < len(self._steps):
            return None
        step = self._steps[index]
        return step if step.kind == "result" else None

    def has_started(self, result: Step) -> bool:
        """Return whether `result` is the first of its background task, not a look at it."""
        return self._by_task.get(result.background_id, [-1])[0] == result.index

    def later(self, call: Step, first: Step) -> list[Step]:
        """Return later results that tell of the background task which `first` started."""
        name = first.background_id
        indexes = {
            *self._by_call.get(call.index, ()),
            *self._by_task.get(name, ()),
            *self._by_file.get(name, ()),
        }
        found = sorted(index for index in indexes if index > first.index)
        return [self._steps[index] for index in found[-_MAX_LATER:]]

    def read_back(self, call: Step, target: str) -> Step | None:
        """Return the result of the next call that reads the file `target`, None if none does.

        Args:
            call: the call that wrote the file.
            target: the file, as the call names it.
        """
        name = target.rsplit("/", 1)[-1]
        if len(name) < _MIN_NAME:
            return None
        for step in self._steps[call.index + 1 : call.index + 1 + _MAX_AHEAD]:
            if step.kind != "call" or not step.arguments:
                continue
            named = [text for text in _texts(step.arguments) if name in text]
            if named:
                is_written = any(
                    ">" in text.partition(name)[0][-len(target) - 2 :] for text in named
                )
                return None if is_written else self.of(step)
        return None

    def is_refused(self, call: Step) -> bool:
        """Return whether a person or the host turned `call` down."""
        return call.index in self._decided

    @cached_property
    def _by_call(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for step in self._steps:
            if step.kind == "result" and step.call_index is not None:
                found.setdefault(step.call_index, []).append(step.index)
        return found

    @cached_property
    def _by_task(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for step in self._steps:
            if step.kind == "result" and step.background_id:
                found.setdefault(step.background_id, []).append(step.index)
        return found

    @cached_property
    def _by_file(self) -> dict[str, list[int]]:
        """Results of calls that name a task's output file, `….output`."""
        names = self._by_task.keys()
        found: dict[str, list[int]] = {}
        for step in self._steps:
            if step.kind != "call" or step.call_index is None or not step.arguments:
                continue
            for text in _texts(step.arguments):
                if ".output" in text:
                    for name in pattern(_OUTPUT_FILE).findall(text[:4096]):
                        if name in names:
                            found.setdefault(name, []).append(step.call_index)
        return found

    @cached_property
    def _decided(self) -> frozenset[int]:
        return frozenset(
            step.call_index
            for step in self._steps
            if step.kind == "decision" and step.call_index is not None
        )


def _texts(arguments: Mapping[str, Any]) -> list[str]:
    return [value for value in arguments.values() if isinstance(value, str)]
