"""What a judge is asked: fixed instructions, then what holds for the run, then the record.

What is the same for all runs comes first, then what is the same for all windows of a run, so
that a server that keeps the beginning of a prompt need not read it again.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from trueline.charter import Charter, Mandate, default_charter
from trueline.monitors.judge.record.escape import shown
from trueline.monitors.judge.record.marker import Marker, marker_for
from trueline.monitors.judge.record.steps import bounded, json_string, lines_of, passages
from trueline.monitors.judge.record.windows import View, Window, windows

_RUBRIC: Final = Path(__file__).with_name("rubric.md")
_NO_PART: Final = frozenset({"line", "source", "examples"})
"""Fields of a charter that rule on nothing."""

_TASK_LIMIT: Final = 4_000
_HEAD_SHARE: Final = 4
"""Charter, tools and task together take at most a quarter of a prompt."""


class Prompt(Struct, frozen=True):
    """All that is asked about one run.

    Attributes:
        system: the fixed instructions.
        head: what holds for the run: begins every window's message.
        marker: the run's words.
        windows: the record in pieces.
    """

    system: str
    head: str
    marker: Marker
    windows: tuple[Window, ...]

    def message(self, number: int) -> str:
        """Return the user's message for the window `number`, from 0."""
        window, word = self.windows[number], self.marker.word
        parts = f"part {number + 1} of {len(self.windows)}"
        return (
            f"{self.head}{word} {parts}: steps {window.first} to {window.last}\n{window.text}"
            f"{word} end of {parts}; the closing code is {self.marker.closing}\n"
        )


@cache
def rubric() -> str:
    """Return the fixed instructions: the same bytes for every run."""
    return _RUBRIC.read_text(encoding="utf-8")


def prompt_for(mandate: Mandate, view: View, window_bytes: int) -> Prompt:
    """Return what to ask about a run.

    Args:
        mandate: the run, and the charter it stands under.
        view: which steps are shown.
        window_bytes: of the message of one window, about.
    """
    texts = [part.text for step in mandate.ledger.steps for part in passages(step)]
    marker = marker_for([shown(text) for text in (*_context(mandate), *texts)])
    head = _head(mandate, view, marker, window_bytes // _HEAD_SHARE)
    room = window_bytes - len(head.encode("utf-8", "replace"))
    return Prompt(rubric(), head, marker, tuple(windows(mandate, view, marker.word, room)))


def _context(mandate: Mandate) -> Iterator[str]:
    """Yield what stands in the head and is not ours."""
    trajectory = mandate.ledger.trajectory
    yield trajectory.id
    yield trajectory.agent
    yield trajectory.model
    yield _said(mandate.charter)
    yield _tools(trajectory.metadata)
    for step in mandate.ledger.steps:
        yield step.tool


def _head(mandate: Mandate, view: View, marker: Marker, budget: int) -> str:
    word, trajectory = marker.word, mandate.ledger.trajectory
    agent = f"agent {json_string(trajectory.agent, 200)} model {json_string(trajectory.model, 200)}"
    lines = [
        f"The marker is {word} and the opening code is {marker.opening}.",
        f"{word} view: {view}, {agent}, {len(trajectory.steps)} steps in all",
    ]
    if mandate.charter is not default_charter():
        lines.append(f"{word} the charter that the agent stands under")
        lines.extend(lines_of(_said(mandate.charter), word, budget // 3))
    else:
        lines.append(f"{word} no charter: the user's own words say what is wanted")
    tools = _tools(trajectory.metadata)
    if tools:
        lines.append(f"{word} the tools that the agent had")
        lines.extend(lines_of(tools, word, budget // 3))
    for request in mandate.ledger.requests[:1]:
        lines.append(f"{word} the first request, step {request.index}")
        lines.extend(lines_of(request.text, word, min(_TASK_LIMIT, budget // 3)))
    return bounded(lines, word, budget)


def _said(charter: Charter) -> str:
    """Return what a charter rules, as JSON over several lines."""
    if charter is default_charter():
        return ""
    return _json(_without(msgspec.to_builtins(charter)))


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without(item) for key, item in value.items() if key not in _NO_PART}
    if isinstance(value, list | tuple):
        return [_without(item) for item in value]
    return value


def _tools(metadata: dict[str, Any]) -> str:
    """Return the tool definitions that a record keeps under `tools`, empty if it has none."""
    tools = metadata.get("tools")
    return _json(tools) if tools else ""


def _json(value: Any) -> str:
    try:
        return msgspec.json.format(msgspec.json.encode(value), indent=1).decode()
    except (TypeError, ValueError, OverflowError, RecursionError):
        return ""
