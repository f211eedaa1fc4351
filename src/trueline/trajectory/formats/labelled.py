"""Recorded runs with ground-truth labels, one JSON object a line, for measuring monitors.

A monitor may see only the messages, so the reader gives nothing else: not the label, not
the model (its name may tell), and an id that is a digest.  `read_labelled` gives the other
fields beside the trajectory.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, final

from msgspec import Struct

from trueline.core.digest import short_digest
from trueline.core.patterns import pattern
from trueline.trajectory.chat import Chat, Entry, arguments_of, limited, message_entries
from trueline.trajectory.decoding import as_dict, as_json, as_list, as_text, decode
from trueline.trajectory.glance import first_values
from trueline.trajectory.lines import json_lines
from trueline.trajectory.model import ReadProblem, Trajectory
from trueline.trajectory.reader import Head

_SIGNS: Final = frozenset({"id", "kind", "label", "messages"})
_MAX_LITERAL_CHARS: Final = 64 * 1024
_MAX_LITERAL_SIGNS: Final = 240
"""A Python literal with more brackets and signs could nest deeper than the parser can go."""

_WRITTEN_CALL: Final = r"(?s)^\s*([A-Za-z_][\w.]*)\s*(?:\n\s*Action Input\s*:|:)?\s*(\{.*\})\s*$"
"""`Name{'key': 1}`, `Name: {"key": 1}` and `Name`, line end, `Action Input: {"key": 1}`."""

_FINAL: Final = "Final Answer:"
"""What the agent says at the end stands among the actions of some sets."""


class Labelled(Struct, frozen=True):
    """One recorded run and what is known about it.

    Attributes:
        trajectory: only what a monitor may see.
        labels: every other field of the line, as recorded.
        line: in the file, from 1.
    """

    trajectory: Trajectory
    labels: dict[str, Any]
    line: int = 0


@final
class LabelledReader:
    """Reads the runs without their labels."""

    name = "labelled"

    def recognises(self, head: Head) -> bool:
        """Return whether the first line is an object with messages, a kind and a label."""
        return any(as_dict(value).keys() >= _SIGNS for value in first_values(head)[:1])

    def read(self, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
        """Yield one trajectory per line."""
        found = labelled_rows(path, shown)
        yield from limited(
            (row.trajectory if isinstance(row, Labelled) else row for row in found), shown
        )


READER: Final = LabelledReader()


def read_labelled(path: Path) -> Iterator[Labelled]:
    """Yield every run with its labels; lines that can't be used are passed over.

    Args:
        path: JSON Lines, plain or gzip.

    Raises:
        OSError: the file cannot be opened.
    """
    for row in labelled_rows(path, path.name):
        if isinstance(row, Labelled):
            yield row


def labelled_rows(
    path: Path, shown: str, share: int = 0, shares: int = 1
) -> Iterator[Labelled | ReadProblem]:
    """Yield every run with its labels, and a problem for each line that can't be used.

    Args:
        path: JSON Lines, plain or gzip.
        shown: its name for problems.
        share: which part of the lines is wanted, from 0; the others are passed over.
        shares: how many parts there are.

    Raises:
        OSError: the file cannot be opened.
    """
    for found in json_lines(path, shown):
        if isinstance(found, ReadProblem):
            if found.line % shares == share:
                yield found
            continue
        line, value = found
        if line % shares != share:
            continue
        if not isinstance(value, dict) or not isinstance(value.get("messages"), list):
            message = "expected an object with a list of `messages`"
            yield ReadProblem(path=shown, line=line, message=message)
            continue
        chat = Chat()
        for message in as_list(value["messages"]):
            chat.add_all(_entries(message), line=line)
        trajectory = Trajectory(
            id=short_digest(as_json(value.get("id"))),
            format="labelled",
            source=shown,
            steps=chat.steps,
        )
        labels = {key: field for key, field in value.items() if key != "messages"}
        yield Labelled(trajectory, labels, line)


def _entries(message: Any) -> Iterator[Entry]:
    fields = as_dict(message)
    yield from message_entries(
        {"role": fields.get("role"), "content": fields.get("content")}
        | ({"name": fields["name"]} if "name" in fields else {})
    )
    for call in as_list(fields.get("tool_calls")):
        written = as_dict(call)
        tool, arguments = as_text(written.get("name")), written.get("args")
        if tool == "action" and isinstance(arguments, str):
            if arguments.startswith(_FINAL):
                yield Entry(kind="message", text=arguments[len(_FINAL) :].strip())
                continue
            tool, arguments = _parsed_call(arguments)
        yield Entry(kind="call", tool=tool, arguments=arguments_of(arguments))


def _parsed_call(text: str) -> tuple[str, Any]:
    """Return tool and arguments of a call written as text; `action` and the text if it is none."""
    match = pattern(_WRITTEN_CALL).search(text)
    if match is None:
        return "action", text
    tool, written = match.groups()
    found = decode(written.encode("utf-8", "replace")).value
    if not isinstance(found, dict):
        found = _python_literal(written)
    return (tool, found) if isinstance(found, dict) else ("action", text)


def _python_literal(text: str) -> Any:
    """Return the value of a Python literal as JSON would hold it, None if it is none."""
    if len(text) > _MAX_LITERAL_CHARS:
        return None
    if sum(map(text.count, "([{-+~")) > _MAX_LITERAL_SIGNS:
        return None
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return decode(as_json(value).encode("utf-8", "replace")).value
