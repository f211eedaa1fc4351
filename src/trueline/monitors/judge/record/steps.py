"""One step as lines: a header of ours, then its words, each line with a prefix.

    MARKER step 7 call by agent tool "bash"
    : "command"
    | pytest -q

Lines that begin with the marker or with `: ` are ours; every line of the record begins with
`| `, so nothing in it can begin a line.  A name that comes from the record stands in a JSON
string on one line.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from msgspec import Struct

from trueline.monitors.judge.record.escape import in_line, shown
from trueline.trajectory import Step

MAX_PARTS: Final = 200
"""Most parts of one call's arguments that are shown or can be quoted."""

_NAME_LIMIT: Final = 120
_LEAST: Final = 200
"""Characters that a cut leaves at least."""


class Passage(Struct, frozen=True):
    """One text of a step.

    Attributes:
        name: of the argument, as a JSON string or several; empty for the step's own text.
        text: as recorded; a number or truth value as JSON.
    """

    name: str
    text: str


def passages(step: Step) -> list[Passage]:
    """Return the texts of a step: its own, then its arguments', one more than are shown."""
    found = [Passage("", step.text)] if step.text else []
    for part in _parts(step.arguments):
        found.append(part)
        if len(found) > MAX_PARTS:
            break
    return found


def _parts(arguments: dict[str, Any] | None) -> Iterator[Passage]:
    """Yield the leaves of the arguments, without recursion: a record may be deep."""
    stack: list[tuple[str, Any]] = [("", arguments)] if arguments else []
    while stack:
        name, value = stack.pop()
        if isinstance(value, dict):
            pairs = [(_under(name, str(key)), item) for key, item in value.items()]
            stack.extend(reversed(pairs))
        elif isinstance(value, list | tuple):
            stack.extend([(f"{name} {at}", value[at]) for at in range(len(value) - 1, -1, -1)])
        elif isinstance(value, str):
            yield Passage(name, value)
        else:
            yield Passage(name, _scalar(value))


def _under(name: str, key: str) -> str:
    said = json_string(key, _NAME_LIMIT)
    return f"{name} {said}" if name else said


def _scalar(value: Any) -> str:
    try:
        return msgspec.json.encode(value).decode()
    except (TypeError, ValueError, OverflowError, RecursionError):
        return "(a value that JSON cannot hold)"


def json_string(text: str, limit: int) -> str:
    """Return `text` as a JSON string in one line, harmless and at most about `limit` long."""
    kept = text if len(text) <= limit else f"{text[:limit]}…"
    return msgspec.json.encode(shown(kept)).decode()


def lines_of(text: str, marker: str, limit: int) -> Iterator[str]:
    """Yield the lines of a text with their prefix, its middle left out beyond `limit`."""
    if len(text) <= limit:
        pieces = [text]
    else:
        kept = max(limit, _LEAST)
        pieces = [text[: kept * 2 // 3], text[len(text) - kept // 3 :]]
    for number, piece in enumerate(pieces):
        if number:
            left = len(text) - sum(map(len, pieces))
            yield f"{marker} {left} of {len(text)} characters are left out here"
        for line in shown(piece).split("\n"):
            yield f"| {line}"


def render(step: Step, marker: str, *, limit: int, budget: int, trust: str = "") -> str:
    """Return a step as lines, with a final newline.

    Args:
        step: the step.
        marker: begins our lines.
        limit: characters of each of its texts beyond which the middle is left out.
        budget: bytes beyond which the end is left out; what is left out is told.
        trust: whose words a result holds, where known.
    """
    lines = [_header(step, marker, trust)]
    parts = passages(step)
    for passage in parts[:MAX_PARTS]:
        if passage.name:
            lines.append(f": {passage.name}")
        lines.extend(lines_of(passage.text, marker, limit))
    if len(parts) > MAX_PARTS:
        lines.append(f"{marker} only the first {MAX_PARTS} parts of this call are shown")
    return bounded(lines, marker, budget)


def bounded(lines: list[str], marker: str, budget: int) -> str:
    """Return lines as one text of at most about `budget` bytes; what is left out is told."""
    kept: list[str] = []
    room = budget
    for number, line in enumerate(lines):
        room -= len(line.encode("utf-8", "replace")) + 1
        if room < 0 and number:
            kept.append(f"{marker} {len(lines) - number} more lines are left out here")
            break
        kept.append(line)
    return "\n".join(kept) + "\n"


def _header(step: Step, marker: str, trust: str) -> str:
    words = [marker, "step", str(step.index), step.kind, "by", step.actor]
    if step.tool:
        words += ["tool", json_string(step.tool, _NAME_LIMIT)]
    if step.tag:
        words += ["tag", step.tag]
    if step.kind in ("result", "decision") and step.call_index is not None:
        words += ["of call", str(step.call_index)]
    if trust:
        words += ["source", trust]
    if step.exit_status is not None:
        words += ["exit status", in_line(str(step.exit_status), 20)]
    for is_so, word in (
        (step.is_error, "failed"),
        (step.is_interrupted, "interrupted"),
        (step.is_truncated, "cut by the host"),
    ):
        if is_so:
            words.append(word)
    return " ".join(words)
