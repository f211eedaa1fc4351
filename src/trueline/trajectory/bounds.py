"""Limits on what is kept of a hostile file: how long a text, how deep a value."""

from collections.abc import Iterable
from typing import Any, Final

from msgspec import Struct

from trueline.trajectory.reader import MAX_DEPTH, MAX_TEXT_CHARS

_NOT_OPENING: Final = bytes(byte for byte in range(256) if byte not in b"{[")


def bounded_text(text: str) -> tuple[str, bool]:
    """Return `text` within `MAX_TEXT_CHARS`, and whether anything was left out.

    A longer text keeps its first and last half of the limit, with a line between them
    that says how many characters are missing.
    """
    limit = MAX_TEXT_CHARS
    if len(text) <= limit:
        return text, False
    half = limit // 2
    missing = len(text) - 2 * half
    return f"{text[:half]}\n[… {missing} characters left out …]\n{text[-half:]}", True


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, Struct):
        return (getattr(value, name) for name in value.__struct_fields__)
    return ()


def is_deep(value: Any, limit: int = MAX_DEPTH) -> bool:
    """Return whether `value` nests containers deeper than `limit`; never recurses."""
    level = [value]
    for _ in range(limit):
        level = [
            child
            for parent in level
            for child in _children(parent)
            if isinstance(child, dict | list | tuple | Struct)
        ]
        if not level:
            return False
    return True


def may_be_deep(data: bytes, limit: int = MAX_DEPTH) -> bool:
    """Return whether JSON text has enough brackets to nest deeper than `limit`; cheap."""
    if len(data) <= limit:
        return False
    return len(data.translate(None, _NOT_OPENING)) > limit
