"""Parse hostile Python text: to a tree, or to nothing; never a traceback, never a warning."""

import ast
import warnings
from functools import lru_cache
from typing import Final

MAX_SOURCE: Final = 200_000
"""Longer sources are not parsed."""

_MAX_BRACKETS: Final = 90


@lru_cache(maxsize=32)
def parse(source: str) -> ast.Module | None:
    """Return the syntax tree of `source`, None if it is not Python or over a limit."""
    if len(source) > MAX_SOURCE or not _is_shallow(source):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None


def _is_shallow(source: str) -> bool:
    """Return whether brackets and operators nest little enough for a recursive walk."""
    depth = 0
    for char in source:
        if char in "([{":
            depth += 1
            if depth > _MAX_BRACKETS:
                return False
        elif char in ")]}":
            depth = max(0, depth - 1)
    # A chain such as `----1` or `a.b.c.…` nests without brackets.
    return all(
        len(line) < 3000 or max(line.count(c) for c in ".-+~*/%|&") < 400
        for line in source.split("\n")
    )
