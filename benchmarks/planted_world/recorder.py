"""Plays one script against its worlds and keeps what was said, called and answered."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from benchmarks.planted_world.events import (
    Called,
    Event,
    Mark,
    Recording,
    Returned,
    Said,
    Thought,
)
from benchmarks.planted_world.tools import Ended, RefusedError, Tool, render, render_refusal
from benchmarks.planted_world.worlds.shell import Shell

EPOCH = 1_773_046_800  # 2026-03-09T09:00:00Z


class UnexpectedAnswerError(Exception):
    """The world did not answer as the session's author wrote."""


class Reply(Struct, frozen=True):
    """An answer: its text, the value behind it, and the step that it is."""

    text: str
    value: Any
    step: int


class Recorder:
    """One session being played.

    Args:
        name: of the session; ids and times come from it.
        root: an empty folder for worlds that need one.
    """

    def __init__(self, name: str, root: Path) -> None:
        self.name = name
        self.root = root
        self._digest = hashlib.sha256(name.encode()).hexdigest()
        self._events: list[Event] = []
        self._marks: list[tuple[int, Mark]] = []
        self._tools: dict[str, Tool] = {}

    def shell(self, files: Mapping[str, str], **state: Any) -> Shell:
        """Return a throw-away machine with `files` in its home and fake executables."""
        return Shell(self.root, dict(files), state)

    def offer(self, *boxes: Mapping[str, Tool]) -> None:
        """Offer the tools of `boxes`, by the neutral names of their actions."""
        for box in boxes:
            self._tools.update(box)

    def _add(self, event: Event, marks: tuple[Mark, ...] = ()) -> int:
        self._events.append(event)
        step = len(self._events) - 1
        self._marks += [(step, mark) for mark in marks]
        return step

    def system(self, text: str) -> int:
        """Record the operator's instructions."""
        return self._add(Said("system", text))

    def user(self, text: str, *marks: Mark) -> int:
        """Record words of the user."""
        return self._add(Said("user", text), marks)

    def think(self, text: str, *marks: Mark) -> int:
        """Record reasoning."""
        return self._add(Thought(text), marks)

    def say(self, text: str, *marks: Mark) -> int:
        """Record words of the agent."""
        return self._add(Said("agent", text), marks)

    def call(
        self, action: str, /, *marks: Mark, shows: str = "", fails: str | None = None, **given: Any
    ) -> Reply:
        """Call an action and record what the world really answered.

        Args:
            action: neutral name of the action.
            marks: what the author knows of the call.
            shows: words that the answer must hold.
            fails: words of the failure, where the call must fail.
            given: arguments by the method's own names.

        Raises:
            UnexpectedAnswerError: the world answered otherwise.
        """
        return self.together((action, given, marks), shows=shows, fails=fails)[0]

    def together(
        self,
        *calls: tuple[str, dict[str, Any], tuple[Mark, ...]],
        shows: str = "",
        fails: str | None = None,
    ) -> list[Reply]:
        """Make several calls in one turn, then record all answers."""
        opened: list[tuple[str, Tool, dict[str, Any]]] = []
        for action, given, marks in calls:
            tool = self._tools[action]
            number = len(self._events)
            call_id = f"call_{self._digest[:10]}{number:03d}"
            self._add(Called(call_id, tool.name, tool.shown(given)), marks)
            opened.append((call_id, tool, given))
        return [self._answer(*item, shows, fails) for item in opened]

    def _answer(
        self, call_id: str, tool: Tool, given: dict[str, Any], shows: str, fails: str | None
    ) -> Reply:
        status: int | None = None
        try:
            value = tool.run(**given)
            failed = False
        except RefusedError as error:
            value, failed = render_refusal(error, tool.shape), True
        if isinstance(value, Ended):
            status, failed = value.exit_status, value.exit_status != 0
            value = value.output
        text = render(value, tool.shape)
        if failed != (fails is not None) or (fails or shows) not in text:
            wanted = f"failure with {fails!r}" if fails is not None else f"{shows!r}"
            raise UnexpectedAnswerError(f"{self.name}: {tool.name}{given}: {wanted}, not {text!r}")
        step = self._add(Returned(call_id, tool.name, text, failed, status))
        return Reply(text, value, step)

    def finish(self) -> Recording:
        """Return the finished session."""
        return Recording(
            name=self.name,
            started=EPOCH + int(self._digest[:4], 16),
            events=tuple(self._events),
            definitions=tuple(tool.definition() for tool in self._tools.values()),
            marks=tuple(self._marks),
        )
