"""Opening whatever the user named: a file or a folder, its format found by content.

A folder is searched for files that a reader recognises.  Other files in it are nobody's
concern (a README, a table of labels), unless their name says that they hold a record.
"""

import gzip
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from trueline.errors import UnreadableError
from trueline.trajectory.decoding import BOM, decode
from trueline.trajectory.lines import open_bytes
from trueline.trajectory.model import ReadProblem, Trajectory
from trueline.trajectory.reader import Head, Reader
from trueline.trajectory.registry import each_reader, readers

HEAD_BYTES: Final = 64 * 1024
HEAD_VALUES: Final = 16

RECORD_SUFFIXES: Final = (".jsonl", ".jsonl.gz", ".eval", ".traj")
"""A file in a folder with one of these names is reported when no reader recognises it."""

_PASSED_OVER: Final = frozenset({".git", "node_modules", "__pycache__", ".venv"})
_ZIP_MAGIC: Final = b"PK\x03\x04"


def head_of(path: Path) -> Head:
    """Return the beginning of `path`, unpacked if it is gzip.

    Raises:
        OSError: the file cannot be opened.
    """
    try:
        with open_bytes(path) as file:
            data = file.read(HEAD_BYTES)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        data = b""
    data = data.removeprefix(BOM)
    return Head(data=data, values=_head_values(data), is_zip=data.startswith(_ZIP_MAGIC), path=path)


def _head_values(data: bytes) -> tuple[Any, ...]:
    lines = data.split(b"\n", HEAD_VALUES + 1)
    is_whole_file = len(data) < HEAD_BYTES
    complete = lines if is_whole_file and len(lines) <= HEAD_VALUES else lines[:-1]
    found = (decode(line) for line in complete[:HEAD_VALUES] if line.strip())
    return tuple(item.value for item in found if not item.failure)


def recognise(path: Path) -> Reader | None:
    """Return the reader for the content of `path`, None if it is no known format.

    Raises:
        OSError: the file cannot be opened.
    """
    head = head_of(path)
    if not head.data:
        return None
    return next((reader for reader in each_reader() if reader.recognises(head)), None)


class Source(Struct, frozen=True):
    """One file to read.

    Attributes:
        path: the file.
        shown: its name for `source` and problems.
        is_named: the user named the file itself, so that it must be readable.
    """

    path: Path
    shown: str
    is_named: bool


def sources_in(path: Path, shown: str | None = None) -> Iterator[Source]:
    """Yield the files that `path` means: itself, or those below it in sorted order.

    Args:
        path: a file, or a folder that is searched to its depths.
        shown: its name for `source` and problems; `path` itself if not given.

    Raises:
        UnreadableError: nothing is at `path`, or it is neither a file nor a folder.
    """
    name = str(path) if shown is None else shown
    if path.is_dir():
        for file in files_under(path):
            yield Source(file, str(Path(name) / file.relative_to(path)), is_named=False)
    elif path.is_file():
        yield Source(path, name, is_named=True)
    else:
        raise UnreadableError(f"{name}: no such file or folder; name a session file or a folder")


def read_source(source: Source) -> Iterator[Trajectory | ReadProblem]:
    """Yield every trajectory in one file, and what could not be read; never raises for a file."""
    read = _read_named if source.is_named else _read_found
    yield from read(source.path, source.shown)


def read_path(path: Path, shown: str | None = None) -> Iterator[Trajectory | ReadProblem]:
    """Yield every trajectory in a file or folder, and what could not be read.

    Args:
        path: a file, or a folder that is searched to its depths in sorted order.
        shown: its name for `source` and problems; `path` itself if not given.

    Raises:
        UnreadableError: nothing is at `path`, or it is neither a file nor a folder.
    """
    for source in sources_in(path, shown):
        yield from read_source(source)


def files_under(folder: Path) -> Iterator[Path]:
    """Yield the regular files in `folder` and below, sorted; links to folders are not followed."""
    for where, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in _PASSED_OVER)
        for name in sorted(names):
            file = Path(where, name)
            if file.is_file():
                yield file


def _read_named(path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
    try:
        reader = recognise(path)
        if reader is None:
            yield _unrecognised(path, shown)
            return
        is_silent = True
        for item in reader.read(path, shown):
            is_silent = False
            yield item
    except OSError as error:
        yield _unopened(shown, error)
        return
    if is_silent:
        message = f"a file of the format {reader.name} that holds no trajectory"
        yield ReadProblem(path=shown, message=message)


def _read_found(path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
    try:
        reader = recognise(path)
        if reader is not None:
            yield from reader.read(path, shown)
        elif path.name.endswith(RECORD_SUFFIXES):
            yield _unrecognised(path, shown)
    except OSError as error:
        yield _unopened(shown, error)


def _unrecognised(path: Path, shown: str) -> ReadProblem:
    if not path.stat().st_size:
        return ReadProblem(path=shown, message="the file is empty", is_fatal=True)
    known = ", ".join(reader.name for reader in readers())
    message = f"no reader recognises the content; known formats: {known}"
    return ReadProblem(path=shown, message=message, is_fatal=True)


def _unopened(shown: str, error: OSError) -> ReadProblem:
    reason = error.strerror or type(error).__name__
    return ReadProblem(path=shown, message=f"cannot be read: {reason}", is_fatal=True)
