"""The part of a file that an edit changed, so that large files cost what their changes cost."""

from functools import lru_cache
from typing import Final

from trueline.core.patterns import Pattern

_SMALL: Final = 2_000
"""Characters up to which a file is looked at whole."""

_CONTEXT: Final = 300
"""Lines of context looked through for the head of the test that was changed."""


@lru_cache(maxsize=64)
def changed(before: str, after: str, head: Pattern | None = None) -> tuple[str, str]:
    """Return the changed lines of both versions, with the test around them where `head` finds it.

    What stands outside is the same in both, so it can't tell them apart.

    Args:
        before: the text before the edit.
        after: the text after it.
        head: a pattern for the line that opens a test case; None leaves context out.
    """
    if len(before) + len(after) < _SMALL:
        return before, after
    old, new = before.split("\n"), after.split("\n")
    shortest = min(len(old), len(new))
    start = 0
    while start < shortest and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < shortest - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head is not None:
        start = _head_before(old, start, head)
        tail = _tail_after(old, tail, head)
    return "\n".join(old[start : len(old) - tail]), "\n".join(new[start : len(new) - tail])


def _head_before(lines: list[str], start: int, head: Pattern) -> int:
    """Return the line of the nearest head at or above `start`, or as far up as context goes."""
    first = max(0, start - _CONTEXT)
    above = lines[first + 1 : start]
    for place in reversed(head.may_hold(above)):
        if head.search(above[place]) is not None:
            return first + 1 + place
    return first


def _tail_after(lines: list[str], tail: int, head: Pattern) -> int:
    """Return how many lines may be left out at the end so that the changed test is whole."""
    begin = len(lines) - tail
    below = lines[begin : begin + _CONTEXT]
    for place in head.may_hold(below):
        if head.search(below[place]) is not None:
            return tail - place
    return tail - len(below)
