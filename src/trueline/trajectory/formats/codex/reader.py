"""Codex CLI rollouts, with and without the envelope of newer versions.

Source:
    `RolloutLine`, `ResponseItem` and `EventMsg` in `codex-rs/protocol/src` of openai/codex.

**Covers** session_meta, turn_context, response_item, event_msg and compacted lines; shell calls
in all their forms; apply_patch; forks and subagents; rollouts from before September 2025.
**Does not cover** which turns the user later went back over: all are read.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from trueline.trajectory.formats.codex.rollout import FORMAT, Rollout
from trueline.trajectory.lines import json_lines
from trueline.trajectory.model import ReadProblem, Trajectory
from trueline.trajectory.reader import Head, Reader

_LINE_TYPES: Final = frozenset(
    {"session_meta", "response_item", "event_msg", "turn_context", "compacted"}
)
_TOKEN_COUNT: Final = b'"payload":{"type":"token_count"'


def _is_silent(line: bytes) -> bool:
    """Return whether a line only counts tokens; inside a text its quotes would be escaped."""
    return line.find(_TOKEN_COUNT, 0, 200) >= 0


class _CodexReader:
    name = FORMAT

    def recognises(self, head: Head) -> bool:
        if any(_is_line(value) for value in head.values):
            return True
        if head.values:
            return _is_bare(head.values)
        # The first line holds the instructions and may be longer than the head.
        start = head.data[:4096]
        return start.startswith(b"{") and b'"type":"session_meta"' in start

    def read(self, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
        rollout = Rollout(shown)
        for item in json_lines(path, shown, skip=_is_silent):
            if isinstance(item, ReadProblem):
                yield item
                continue
            number, value = item
            if isinstance(value, dict):
                rollout.take(value, number)
            else:
                message = f"expected an object, found {type(value).__name__}"
                yield ReadProblem(path=shown, line=number, message=message)
        trajectory = rollout.trajectory()
        if trajectory is not None:
            yield trajectory


def _is_line(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    kind = value.get("type")
    return isinstance(kind, str) and kind in _LINE_TYPES and isinstance(value.get("payload"), dict)


def _is_bare(values: tuple[Any, ...]) -> bool:
    first = values[0]
    return (
        isinstance(first, dict)
        and "type" not in first
        and isinstance(first.get("id"), str)
        and isinstance(first.get("timestamp"), str)
        and ("instructions" in first or "git" in first)
    )


READER: Final[Reader] = _CodexReader()
"""Reads Codex rollouts."""
