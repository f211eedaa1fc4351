"""Entries become steps; results find their calls by id or, where there is none, by order."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from msgspec.structs import force_setattr

from trueline.trajectory.assembly import Assembly
from trueline.trajectory.chat.entry import Entry
from trueline.trajectory.model import Step

MAX_PARALLEL_CALLS: Final = 256
"""So many calls of one turn are looked through for the one that a result without id answers."""


class Chat:
    """Collects entries as the steps of one trajectory.

    A result without an id answers the first unanswered call of the same turn, or, where
    it names a tool, the first of that tool.  A turn begins with the first call after
    anything that is not a call.
    """

    def __init__(self) -> None:
        self.assembly = Assembly()
        self._waiting: deque[Step] = deque()
        self._was_call = False

    @property
    def steps(self) -> tuple[Step, ...]:
        """Everything added so far, in order."""
        return tuple(self.assembly.steps)

    def add(self, entry: Entry, *, line: int = 0, time: str | None = None) -> Step:
        """Append `entry` as the next step and return it."""
        if entry.kind == "call":
            return self._add_call(entry, line, time)
        self._was_call = False
        if entry.kind == "result":
            return self._add_result(entry, line, time)
        step = self.assembly.add(
            entry.kind,
            entry.actor,
            entry.text,
            line=line,
            time=time,
            tag=entry.tag,
            extra=entry.extra,
        )
        if entry.call_id or entry.is_truncated:
            # Not yet published: nobody else holds the frozen step.
            force_setattr(step, "call_id", entry.call_id)
            force_setattr(step, "is_truncated", step.is_truncated or entry.is_truncated)
        return step

    def add_all(self, entries: Iterable[Entry], *, line: int = 0, time: str | None = None) -> None:
        """Append every one of `entries`, all from the same place in the source."""
        add = self.add
        for entry in entries:
            add(entry, line=line, time=time)

    def unanswered(self, tool: str, arguments: dict[str, Any] | None, *, exactly: bool) -> str:
        """Return the id of a call of `tool` in this turn still without a result, empty for none.

        The first with equal `arguments`; where there is none and not `exactly`, the first.
        """
        waiting = [call for call in self._open_calls() if call.tool == tool]
        same = [call for call in waiting if call.arguments == arguments]
        chosen = same if same or exactly else waiting
        return chosen[0].call_id if chosen else ""

    def _add_call(self, entry: Entry, line: int, time: str | None) -> Step:
        if not self._was_call:
            self._waiting.clear()
        self._was_call = True
        step = self.assembly.add_call(
            entry.tool,
            entry.arguments,
            entry.call_id,
            text=entry.text,
            line=line,
            time=time,
            extra=entry.extra,
        )
        self._waiting.append(step)
        return step

    def _add_result(self, entry: Entry, line: int, time: str | None) -> Step:
        call_id = entry.call_id or self._awaited_id(entry.tool)
        return self.assembly.add_result(
            call_id,
            entry.text,
            tool=entry.tool,
            line=line,
            time=time,
            exit_status=entry.exit_status,
            is_error=entry.is_error,
            is_interrupted=entry.is_interrupted,
            is_truncated=entry.is_truncated,
            extra=entry.extra,
        )

    def _awaited_id(self, tool: str) -> str:
        found = (call.call_id for call in self._open_calls() if not tool or call.tool == tool)
        return next(found, "")

    def _open_calls(self) -> Iterator[Step]:
        while self._waiting and self._waiting[0].call_index is not None:
            self._waiting.popleft()
        for call in islice(self._waiting, MAX_PARALLEL_CALLS):
            if call.call_index is None:
                yield call
