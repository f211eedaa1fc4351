"""Lines of test code that never run: inside comments and strings, or compiled away."""

from collections.abc import Sequence
from typing import Final

_C_LIKE: Final = frozenset({"javascript", "go", "rust", "java", "csharp", "php", "c", "swift"})
_TRIPLE: Final = ('"""', "'''")
_TEXT_LANGUAGES: Final = frozenset({"python", "elixir"})


def dead_lines(lines: Sequence[str], language: str) -> frozenset[int]:
    """Return the numbers, from 0, of the lines inside block comments, strings and `#if 0`."""
    if language in _TEXT_LANGUAGES:
        return _in_strings(lines)
    if language in _C_LIKE:
        return _in_comments(lines, is_c=language == "c")
    if language == "ruby":
        return _between(lines, "=begin", "=end")
    return frozenset()


def _in_strings(lines: Sequence[str]) -> frozenset[int]:
    """Return the lines inside texts in triple quotes."""
    found: set[int] = set()
    mark = ""
    for number, line in enumerate(lines):
        if mark:
            found.add(number)
            if line.count(mark) % 2:
                mark = ""
            continue
        for triple in _TRIPLE:
            if line.count(triple) % 2:
                mark = triple
                break
    # A fragment may begin inside a text: then what seems open is not.
    return frozenset(found) if not mark else frozenset()


def _in_comments(lines: Sequence[str], *, is_c: bool) -> frozenset[int]:
    """Return the lines inside block comments, and in C those compiled away."""
    found: set[int] = set()
    is_inside = False
    nested = 0
    for number, line in enumerate(lines):
        text = line.strip()
        if is_inside:
            found.add(number)
            is_inside = "*/" not in text
        elif text.startswith("/*") and "*/" not in text:
            found.add(number)
            is_inside = True
        elif is_c and (nested or text == "#if 0"):
            found.add(number)
            nested += text.startswith("#if")
            nested -= text.startswith("#endif")
    return frozenset(found)


def _between(lines: Sequence[str], start: str, end: str) -> frozenset[int]:
    """Return the lines from a line that is `start` to one that is `end`."""
    found: set[int] = set()
    is_inside = False
    for number, line in enumerate(lines):
        is_inside = is_inside or line.startswith(start)
        if is_inside:
            found.add(number)
            is_inside = not line.startswith(end)
    return frozenset(found)
