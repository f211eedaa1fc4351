"""What the beginning of a file holds, also when the file is one long JSON document.

A head of 64 KiB cuts a document anywhere.  `first_values` closes what the cut left open,
so that a reader can look at the first keys and entries as ordinary values.
"""

from functools import lru_cache
from typing import Any, Final

from trueline.core.patterns import pattern
from trueline.trajectory.decoding import decode
from trueline.trajectory.reader import Head

_MARK: Final = r'"(?:[^"\\]|\\.)*"?|[\[\]{},]'
_CLOSERS: Final = {"{": "}", "[": "]"}


def first_values(head: Head) -> tuple[Any, ...]:
    """Return the first lines' values, or the completed beginning of a single document.

    Empty when the content is neither; never raises.
    """
    if head.is_zip:
        return ()
    if head.values and _first_line_is_whole(head.data):
        return head.values
    return _document_beginning(head.data)


@lru_cache(maxsize=4)
def _first_line_is_whole(data: bytes) -> bool:
    return not decode(data.lstrip().partition(b"\n")[0]).failure


@lru_cache(maxsize=4)
def _document_beginning(data: bytes) -> tuple[Any, ...]:
    if data.lstrip()[:1] not in (b"{", b"["):
        return ()
    text = data.decode("utf-8", "ignore").replace("\x00", "")
    closed = _closed(text)
    found = decode(closed.encode()) if closed else None
    return (found.value,) if found is not None and not found.failure else ()


def _closed(text: str) -> str:
    """Return `text` up to its last whole entry, with every open container closed."""
    open_containers: list[str] = []
    cut = 0
    closers = ""
    for match in pattern(_MARK).finditer(text):
        mark = match.group()
        if mark in "{[":
            open_containers.append(_CLOSERS[mark])
        elif mark in "}]":
            if not open_containers:
                return ""
            open_containers.pop()
            if not open_containers:
                return text[: match.end()]
        elif mark == ",":
            if len(open_containers) > 200:
                return ""
            cut, closers = match.start(), "".join(reversed(open_containers))
    return text[:cut] + closers if cut else ""
