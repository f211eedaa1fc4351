"""Opening whatever the user named: a file or a folder, its format found by content.

A folder is searched for files that a reader recognises.  Other files in it are nobody's
concern (a README, a table of labels), unless their name says that they hold a record.
"""

import gzip
import io
import os
import stat
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

MAX_FILE_PROBLEMS: Final = 200
"""Further problems of one file are counted, not listed."""

RECORD_SUFFIXES: Final = (".jsonl", ".jsonl.gz", ".eval", ".traj")
"""A file in a folder with one of these names is reported when no reader recognises it."""

_PASSED_OVER: Final = frozenset({".git", "node_modules", "__pycache__", ".venv"})
_ZIP_MAGIC: Final = b"PK\x03\x04"


def head_of(path: Path) -> Head:
    """Return the beginning of `path`, unpacked if it is gzip.

    Raises:
        OSError: the file cannot be opened.
    """
    with open_bytes(path) as file:
        data = _beginning(file).removeprefix(BOM)
    return Head(data=data, values=_head_values(data), is_zip=data.startswith(_ZIP_MAGIC), path=path)


def _beginning(file: io.BufferedIOBase) -> bytes:
    """Return the first `HEAD_BYTES`, or what comes before the place where gzip data is damaged."""
    data = b""
    try:
        while len(data) < HEAD_BYTES and (part := file.read1(HEAD_BYTES - len(data))):
            data += part
    except (EOFError, zlib.error, gzip.BadGzipFile):
        pass
    return data


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
        shown: its name for `source` and problems, always encodable.
        is_named: the user named the file itself, so that it must be readable.
        fault: why it cannot be read, where that is known already.
    """

    path: Path
    shown: str
    is_named: bool
    fault: str = ""


def sources_in(path: Path, shown: str | None = None) -> Iterator[Source]:
    """Yield the files that `path` means: itself, or those below it in sorted order.

    Args:
        path: a file, or a folder that is searched to its depths.
        shown: its name for `source` and problems; `path` itself if not given.

    Raises:
        UnreadableError: nothing is at `path`, or it is neither a file nor a folder.
    """
    name = str(path) if shown is None else shown
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = _reason(error) if isinstance(error, OSError) else str(error)
        hint = "name a session file or a folder"
        raise UnreadableError(f"{_encodable(name)}: {reason}; {hint}") from error
    if stat.S_ISDIR(mode):
        for file, fault in _found_under(path):
            inside = str(Path(name) / file.relative_to(path))
            yield Source(file, _encodable(inside), is_named=False, fault=fault)
    elif stat.S_ISREG(mode):
        yield Source(path, _encodable(name), is_named=True)
    else:
        raise UnreadableError(f"{_encodable(name)}: neither a regular file nor a folder")


def _encodable(name: str) -> str:
    """Return a file's name with the bytes that are no UTF-8 spelled out."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    return name


def read_source(source: Source) -> Iterator[Trajectory | ReadProblem]:
    """Yield every trajectory in one file, and what could not be read; never raises for a file."""
    if source.fault:
        message = f"cannot be read: {source.fault}"
        yield ReadProblem(path=source.shown, message=message, is_fatal=True)
        return
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


def _found_under(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the regular files in `folder` and below, sorted, and with why, what does not open.

    Links to folders are not followed.
    """
    closed: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=closed.append, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in _PASSED_OVER)
        for name in sorted(names):
            file = Path(where, name)
            try:
                if file.is_file():
                    yield file, ""
            except OSError as error:
                yield file, _reason(error)
    for error in closed:
        yield Path(str(error.filename)), _reason(error)


def _read_named(path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
    try:
        reader = recognise(path)
        if reader is None:
            yield _unrecognised(path, shown)
            return
        is_silent = True
        for item in _read_whole(reader, path, shown):
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
            yield from _read_whole(reader, path, shown)
        elif path.name.endswith(RECORD_SUFFIXES):
            yield _unrecognised(path, shown)
    except OSError as error:
        yield _unopened(shown, error)


def _read_whole(reader: Reader, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
    """Yield what a reader yields; problems and nothing else are fatal: nothing was audited."""
    problems = 0
    trajectories = 0
    is_fatal = False
    for item in reader.read(path, shown):
        if isinstance(item, ReadProblem):
            problems += 1
            is_fatal = is_fatal or item.is_fatal
            if problems > MAX_FILE_PROBLEMS and not item.is_fatal:
                continue
        else:
            trajectories += 1
        yield item
    if problems > MAX_FILE_PROBLEMS:
        more = problems - MAX_FILE_PROBLEMS
        yield ReadProblem(path=shown, message=f"{more} more problems were met in this file")
    if problems and not trajectories and not is_fatal:
        message = f"no trajectory of the format {reader.name} could be read from this file"
        yield ReadProblem(path=shown, message=message, is_fatal=True)


def _unrecognised(path: Path, shown: str) -> ReadProblem:
    if not path.stat().st_size:
        return ReadProblem(path=shown, message="the file is empty", is_fatal=True)
    known = ", ".join(reader.name for reader in readers())
    message = f"no reader recognises the content; known formats: {known}"
    return ReadProblem(path=shown, message=message, is_fatal=True)


def _unopened(shown: str, error: OSError) -> ReadProblem:
    return ReadProblem(path=shown, message=f"cannot be read: {_reason(error)}", is_fatal=True)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    return error.strerror or type(error).__name__
