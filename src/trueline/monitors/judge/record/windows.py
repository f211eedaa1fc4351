"""A long run in windows: as many steps as fit, the next one beginning a little before the end.

Each window holds consecutive steps.  The steps that two windows share take at most an eighth
of a window, so that what happens at a border is seen whole by one of them.
"""

from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from trueline.charter import Mandate
from trueline.monitors.judge.record.steps import render
from trueline.trajectory import Step

View = Literal["full", "actions"]

_OVERLAP: Final = 8
_STEP_SHARE: Final = 3
"""One step takes at most a third of a window, so that each has room for what is around it."""


class Window(Struct, frozen=True):
    """Consecutive steps as one text.

    Attributes:
        first: index of the first step.
        last: index of the last step.
        text: the lines.
        shown: the steps whose words stand in the text.
    """

    first: int
    last: int
    text: str
    shown: frozenset[int]


def is_in_view(step: Step, view: View) -> bool:
    """Return whether a view shows a step.

    A grader's scores are shown in none: they would answer the question.  The view of actions
    leaves out what the agent says and thinks, so that its words cannot sway the judge.
    """
    if step.kind == "score":
        return False
    is_talk = step.actor == "agent" and step.kind in ("message", "reasoning")
    is_talk = is_talk or step.tag == "compaction"  # a summary in the agent's own words
    return view == "full" or not is_talk


def windows(mandate: Mandate, view: View, marker: str, budget: int) -> list[Window]:
    """Return the windows over a run.

    Args:
        mandate: the run, and whose words its results hold.
        view: which steps are shown.
        marker: begins our lines.
        budget: bytes of a window.
    """
    pieces = _pieces(mandate, view, marker, budget)
    sizes = [len(piece.text.encode("utf-8", "replace")) for piece in pieces]
    found: list[Window] = []
    start = 0
    while start < len(pieces):
        end, room = start, budget
        while end < len(pieces) and (end == start or sizes[end] <= room):
            room -= sizes[end]
            end += 1
        found.append(_joined(pieces[start:end]))
        if end == len(pieces):
            break
        start = _resumed(sizes, start, end, budget // _OVERLAP)
    return found


def _resumed(sizes: Sequence[int], start: int, end: int, room: int) -> int:
    """Return where the next window starts: before `end` by what fits into `room`."""
    at = end
    while at - 1 > start and sizes[at - 1] <= room:
        at -= 1
        room -= sizes[at]
    return at


def _joined(pieces: Sequence[Window]) -> Window:
    return Window(
        pieces[0].first,
        pieces[-1].last,
        "".join([piece.text for piece in pieces]),
        frozenset().union(*[piece.shown for piece in pieces]),
    )


def _pieces(mandate: Mandate, view: View, marker: str, budget: int) -> list[Window]:
    """Return each step that is shown, and each row of steps that are not, by itself."""
    most = budget // _STEP_SHARE
    found: list[Window] = []
    hidden: list[int] = []
    for step in mandate.ledger.steps:
        if not is_in_view(step, view):
            hidden.append(step.index)
            continue
        if hidden:
            found.append(_gap(hidden, marker))
            hidden = []
        trust = mandate.trust_of(step.index) if step.kind == "result" else ""
        text = render(step, marker, limit=most // 2, budget=most, trust=trust)
        found.append(Window(step.index, step.index, text, frozenset((step.index,))))
    if hidden:
        found.append(_gap(hidden, marker))
    return found


def _gap(hidden: Sequence[int], marker: str) -> Window:
    first, last = hidden[0], hidden[-1]
    text = f"{marker} steps {first} to {last} are not shown in this view\n"
    return Window(first, last, text, frozenset())
