"""Where a path lies that something is deleted from: what may go, and what may not.

**Covers** POSIX paths, `~` and `$HOME`, relative paths of the workspace, folders for passing
things, and what builds and tests make anew (by name).
**Does not cover** links, and paths that only the shell knows (`$dir`, `{}`).
"""

from posixpath import normpath
from typing import Final, Literal

from trueline.monitors.damage.words import tables

Place = Literal["passing", "remade", "inside", "whole", "outside", "system", "unknown"]
"""`passing`: made to be thrown away; `remade`: made anew by a build; `inside` the workspace;
the `whole` workspace or its history; `outside` it; a `system` folder, a home or a disk's root;
`unknown`: only known at run time."""

_HOMES: Final = ("~", "$HOME", "${HOME}")


def place_of(path: str, cwd: str) -> Place:
    """Return where `path` lies.

    Args:
        path: as written in the call.
        cwd: the run's working directory, `""` if unknown.
    """
    words = tables()
    text = path.strip().rstrip("*").rstrip("/") if path.strip("/*.") else path.strip()
    for home in _HOMES:
        if text == home or text.startswith(home + "/"):
            return _in_home(text[len(home) :].strip("/"))
    if not text or "{}" in text:
        return "unknown"
    if text.startswith(words.passing) or "/tmp/" in text or "/scratchpad" in text:  # noqa: S108
        return "passing"
    parts = text.split("/")
    if any(part in words.remade or part.endswith(words.remade_ends) for part in parts):
        return "remade"
    if "$" in text or "`" in text:
        return "unknown"
    if (path.strip("/*") == "" and "/" in path) or text in words.system:
        return "system"
    return _by_folder(normpath(text), cwd)


def _in_home(rest: str) -> Place:
    words = tables()
    if not rest:
        return "system"
    parts = rest.split("/")
    return "remade" if any(part in words.remade for part in parts) else "outside"


def _by_folder(path: str, cwd: str) -> Place:
    if path.startswith("/"):
        folder = cwd.rstrip("/")
        if folder and path.startswith(folder + "/"):
            return "whole" if path == folder + "/.git" else "inside"
        if path == folder or (folder and folder.startswith(path + "/")):
            return "whole"
        return "outside"
    if path in (".", "*", ".git", "./*"):
        return "whole"
    return "outside" if path.startswith("..") else "inside"
