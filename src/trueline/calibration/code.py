"""The code that a monitor's suspicions come from, as a digest.

A version number stays while code changes, in a checkout above all.  What counts is the monitor's
own package, and what all monitors stand on: any of these files may move a suspicion.
"""

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import trueline
from trueline.monitors import Monitor

_BENEATH: Final = ("core", "trajectory", "ledger", "charter")
_COMPILED: Final = frozenset({".pyc", ".pyo"})
_SHOWN: Final = 16


def code_digest(monitor: Monitor) -> str:
    """Return 16 hex digits over the files of a monitor's package and of what it stands on.

    A monitor whose module stands in no package is that one file; one without a file
    (typed into a shell) has no code that could be compared, and the digest is of the rest.
    """
    state = hashlib.sha256(_beneath())
    module = sys.modules.get(type(monitor).__module__)
    source = getattr(module, "__file__", None)
    if source is not None:
        file = Path(source)
        in_package = bool(getattr(module, "__package__", ""))
        state.update(_digest_of(file.parent if in_package else file))
    return state.hexdigest()[:_SHOWN]


@cache
def _beneath() -> bytes:
    root = Path(trueline.__file__).parent
    shared = sorted((root / "monitors").glob("*.py"))
    return b"".join(_digest_of(place) for place in (*(root / name for name in _BENEATH), *shared))


def _digest_of(place: Path) -> bytes:
    """Return the SHA-256 of a file, or of all files in a folder with their names."""
    state = hashlib.sha256()
    for path in _files(place):
        data = path.read_bytes()
        name = path.relative_to(place).as_posix().encode("utf-8", "surrogateescape")
        state.update(b"%d %d " % (len(name), len(data)) + name + data)
    return state.digest()


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    for path in sorted(place.rglob("*") if place.is_dir() else ()):
        if path.is_file() and path.suffix not in _COMPILED:
            yield path
