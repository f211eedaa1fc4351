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
_GLOB: Final = "*.?[]!^{},"
"""A name of nothing but these stands for whatever lies there."""


def place_of(path: str, cwd: str) -> Place:
    """Return where `path` lies.

    Args:
        path: as written in the call.
        cwd: the run's working directory, `""` if unknown.
    """
    words = tables()
    text = path.strip()
    if not text or "{}" in text:
        return "unknown"
    parent, _, last = text.rpartition("/")
    if last and not last.strip(_GLOB):
        if not parent:
            return "system" if text.startswith("/") else "whole"
        text = parent
    text = text.rstrip("/") or text
    for home in _HOMES:
        if text == home or text.startswith(home + "/"):
            rest = text[len(home) :].strip("/")
            if not rest:
                return "system"
            text = f"{_home_of(cwd)}/{rest}"
    if text.startswith(words.passing) or "/tmp/" in text or "/scratchpad" in text:  # noqa: S108
        return "passing"
    parts = text.split("/")
    if any(part in words.remade or part.endswith(words.remade_ends) for part in parts):
        return "remade"
    if "$" in text or "`" in text:
        return "unknown"
    if text in words.system:
        return "system"
    return _by_folder(normpath(text), cwd)


def _home_of(cwd: str) -> str:
    """Return the home folder that `cwd` lies in; one that holds nothing else if in none."""
    parts = cwd.split("/")
    if cwd.startswith(("/home/", "/Users/")):
        return "/".join(parts[:3])
    return "/root" if cwd.startswith("/root/") else "/home/~"


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
