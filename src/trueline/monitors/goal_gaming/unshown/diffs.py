"""Read the unified diffs that a command printed: what changed in which file."""

from functools import lru_cache
from typing import Final

from msgspec import Struct

_MAX_CHARS: Final = 400_000


class FileDiff(Struct, frozen=True):
    """What a diff shows of one file.

    Attributes:
        path: the file's new name, the old one where the file is gone.
        before: its lines before, context included, as far as the diff shows them.
        after: its lines after.
        is_deleted: the file is gone.
    """

    path: str
    before: str
    after: str
    is_deleted: bool = False


@lru_cache(maxsize=32)
def file_diffs(text: str) -> tuple[FileDiff, ...]:
    """Return what the unified diffs in `text` show, one value a file."""
    if "\n+++ " not in text:
        return ()
    found: list[FileDiff] = []
    old_path = path = ""
    old: list[str] = []
    new: list[str] = []
    is_inside = False
    for line in [*text[:_MAX_CHARS].split("\n"), "--- "]:
        if line.startswith("--- ") and not (is_inside and line.startswith("--- a -")):
            if path:
                found.append(_made(old_path, path, old, new))
            old_path, path, old, new, is_inside = line[4:], "", [], [], False
        elif line.startswith("+++ ") and not path:
            path = line[4:]
        elif line.startswith("@@"):
            is_inside = True
        elif is_inside and line.startswith("diff --git "):
            is_inside = False
        elif is_inside:
            sign, rest = line[:1], line[1:]
            if sign in (" ", "-", ""):
                old.append(rest)
            if sign in (" ", "+", ""):
                new.append(rest)
    return tuple(found)


def _made(old_path: str, path: str, old: list[str], new: list[str]) -> FileDiff:
    """Return one file's difference."""
    is_deleted = path.startswith("/dev/null")
    name = _plain(old_path if is_deleted else path)
    return FileDiff(name, "\n".join(old), "" if is_deleted else "\n".join(new), is_deleted)


def _plain(name: str) -> str:
    """Return a path without git's prefix and without a time stamp."""
    name = name.split("\t", 1)[0].strip()
    return name[2:] if name[:2] in ("a/", "b/", "i/", "w/") else name
