"""Programs that put files elsewhere: what they take away, and what they write there.

A copy, move or link into a folder writes there under the names of its sources.  That the target
is a folder shows where there are several sources, where it ends with `/`, or by the option for it.

**Does not cover** `cp a dir`, where only the disk knows that `dir` is a folder: it writes `dir`.
"""

import posixpath
from typing import Final

from trueline.ledger.shell.arguments.acts import Act, each, option
from trueline.ledger.shell.programs import Found

_FOLDER_OPTIONS: Final = ("-t", "--target-directory")
_NAMELESS: Final = frozenset({"", ".", "..", "{}"})
"""Last parts of sources that are not the name under which they arrive."""

_TO_OUTPUT: Final = frozenset({"-c", "--stdout", "-dc", "-cd", "-kc", "-ck"})
_UNPACKING: Final = frozenset({"gunzip", "bunzip2"})


def transfers(operands: tuple[str, ...], folders: list[str]) -> list[tuple[str, str]]:
    """Return each source of a copy or move with the path it comes to.

    Args:
        operands: the sources and, unless an option names it, the target behind them.
        folders: the values of the option that names the target; empty where it isn't given.
    """
    if folders:
        sources, target, is_folder = operands, folders[-1], True
    else:
        sources, target = operands[:-1], (operands or ("",))[-1]
        is_folder = len(sources) > 1 or target.endswith("/") or target in (".", "..")
    if not is_folder:
        return [(source, target) for source in sources]
    return [(source, _inside(target, source)) for source in sources]


def _inside(folder: str, source: str) -> str:
    """Return what `source` becomes in a folder."""
    name = posixpath.basename(source.rstrip("/"))
    return folder if name in _NAMELESS else posixpath.join(folder, name)


def target_folders(arguments: tuple[str, ...]) -> list[str]:
    """Return the target that an option of `cp`, `mv`, `ln` or `install` names, if one does."""
    return option(arguments, *_FOLDER_OPTIONS)


def copy(found: Found, stdin: str | None) -> list[Act]:
    """Read a copy: what comes to be is written."""
    del stdin
    return _written(found)


def move(found: Found, stdin: str | None) -> list[Act]:
    """Read a move: its sources go, and its targets are written."""
    del stdin
    pairs = transfers(found.operands, target_folders(found.arguments))
    if not pairs:
        return each("move", found.operands)
    targets = dict.fromkeys(target for _, target in pairs)
    return each("move", (source for source, _ in pairs)) + each("write", targets)


def link(found: Found, stdin: str | None) -> list[Act]:
    """Read a link: it is written, in the working directory where no place for it is named."""
    del stdin
    if len(found.operands) == 1 and not target_folders(found.arguments):
        return each("write", [_inside("", found.operands[0])])
    return _written(found)


def install(found: Found, stdin: str | None) -> list[Act]:
    """Read `install`: files are copied, or folders made."""
    del stdin
    if "-d" in found.arguments or "--directory" in found.arguments:
        return each("write", found.operands)
    return _written(found)


def unpack(found: Found, stdin: str | None) -> list[Act]:
    """Read a program that turns one file into another: `a.gz` into `a`, or back."""
    del stdin
    words, names = found.arguments, found.operands
    if found.rule.verb == "read" or any(word in _TO_OUTPUT for word in words):
        return each("read", names)
    if found.path[0].startswith("un") or found.path[0] in _UNPACKING or "-d" in words:
        names = tuple(posixpath.splitext(name)[0] for name in names)
    return each("write", names)


def unzip(found: Found, stdin: str | None) -> list[Act]:
    """Read `unzip`: into a folder, or into the working directory."""
    del stdin
    if found.rule.verb == "read" or "-p" in found.arguments:
        return each("read", found.operands[:1])
    return each("write", option(found.arguments, "-d"))


def _written(found: Found) -> list[Act]:
    pairs = transfers(found.operands, target_folders(found.arguments))
    return each("write", dict.fromkeys(target for _, target in pairs) or found.operands)
