"""Where conversations stand: one a line, one a document, or a document with a list of them."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from trueline.trajectory.chat.conversation import Chat
from trueline.trajectory.chat.entry import Entry
from trueline.trajectory.decoding import as_text, decode
from trueline.trajectory.json_document import read_document
from trueline.trajectory.lines import json_lines, raw_lines
from trueline.trajectory.model import ReadProblem, Trajectory

MAX_PROBLEMS: Final = 100
"""Further problems of one file are counted, not listed."""


def json_values(path: Path, shown: str) -> Iterator[tuple[int, Any] | ReadProblem]:
    """Yield (line, value) for JSON Lines, or (0, value) for a file that is one value.

    Raises:
        OSError: the file cannot be opened.
    """
    if _is_lines(path, shown):
        yield from _unnumbered_if_single(json_lines(path, shown))
        return
    value, problems = read_document(path, shown)
    yield from problems
    if not any(problem.is_fatal for problem in problems):
        yield 0, value


def _unnumbered_if_single(
    items: Iterator[tuple[int, Any] | ReadProblem],
) -> Iterator[tuple[int, Any] | ReadProblem]:
    """A document written on one line is a document: places in it are told by position."""
    first = next(items, None)
    second = next(items, None)
    if second is None and isinstance(first, tuple):
        yield 0, first[1]
        return
    yield from (item for item in (first, second) if item is not None)
    yield from items


def _is_lines(path: Path, shown: str) -> bool:
    """Return whether one of the first two lines that say anything is a whole JSON value."""
    tried = 0
    for item in raw_lines(path, shown):
        if isinstance(item, ReadProblem):
            return False
        line = item[1].strip()
        if not line:
            continue
        if line in (b"[", b"{"):
            return False
        tried += 1
        if not decode(line).failure:
            return True
        if tried == 2:
            return False
    return False


def conversations_in(
    path: Path,
    shown: str,
    *,
    format: str,
    loose: Callable[[Any], Iterable[Entry] | None],
    whole: Callable[[Any, int, str], Iterator[Trajectory | ReadProblem]],
) -> Iterator[Trajectory | ReadProblem]:
    """Yield the conversations of a file, last the one that its loose messages make.

    Args:
        path: the file.
        shown: its name for `source` and problems.
        format: the reader's name.
        loose: returns what one message holds, None for what is no message by itself.
        whole: yields what any other value holds, given its line.

    Raises:
        OSError: the file cannot be opened.
    """
    chat = Chat()
    for found in json_values(path, shown):
        if isinstance(found, ReadProblem):
            yield found
            continue
        line, value = found
        entries = loose(value)
        if entries is None:
            yield from whole(value, line, shown)
        else:
            chat.add_all(entries, line=line)
    if chat.assembly.steps:
        yield Trajectory(id=Path(shown).name, format=format, source=shown, steps=chat.steps)


def conversation_id(given: Any, line: int, shown: str) -> str:
    """Return the id that a conversation has, else one made of the file's name and its place."""
    name = Path(shown).name
    return as_text(given) or (f"{name}:{line}" if line else name)


def limited(
    items: Iterable[Trajectory | ReadProblem], shown: str
) -> Iterator[Trajectory | ReadProblem]:
    """Yield `items` with at most `MAX_PROBLEMS` problems, then one that counts the others."""
    listed = 0
    for item in items:
        if isinstance(item, ReadProblem):
            listed += 1
            if listed > MAX_PROBLEMS:
                continue
        yield item
    if listed > MAX_PROBLEMS:
        more = listed - MAX_PROBLEMS
        yield ReadProblem(path=shown, message=f"{more} more problems were met in this file")
