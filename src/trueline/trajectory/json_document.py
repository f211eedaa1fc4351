"""One whole JSON document, read within a limit and never raising for its content."""

import gzip
import zlib
from pathlib import Path
from typing import Any

from trueline.trajectory.decoding import decode
from trueline.trajectory.lines import most_bytes, open_bytes, too_much
from trueline.trajectory.model import ReadProblem
from trueline.trajectory.reader import MAX_DOCUMENT_BYTES


def read_document(path: Path, shown: str) -> tuple[Any, list[ReadProblem]]:
    """Return the decoded document and the problems met; a fatal one means no value.

    Args:
        path: the file, plain or gzip.
        shown: its name for problems.

    Raises:
        OSError: the file cannot be opened.
    """
    data = read_bytes(path, shown)
    if isinstance(data, ReadProblem):
        return None, [data]
    return decode_document(data, shown)


def read_bytes(path: Path, shown: str) -> bytes | ReadProblem:
    """Return the unpacked bytes of a document, or the fatal problem with it.

    Raises:
        OSError: the file cannot be opened.
    """
    limit = MAX_DOCUMENT_BYTES
    try:
        with open_bytes(path) as file:
            is_packed = isinstance(file, gzip.GzipFile)
            most = most_bytes(path.stat().st_size, is_packed=is_packed)
            data = file.read(min(limit, most) + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        return _fatal(shown, f"damaged gzip data: {error}")
    if len(data) > limit:
        return _fatal(shown, f"document is larger than {limit} bytes")
    if len(data) > most:
        return too_much(shown, 0, f"{most} bytes", is_packed=is_packed)
    return data


def decode_document(data: bytes, shown: str) -> tuple[Any, list[ReadProblem]]:
    """Return the value of a document already in memory, and the problems met."""
    found = decode(data)
    if found.failure:
        return None, [_fatal(shown, found.failure)]
    if found.repairs:
        return found.value, [ReadProblem(path=shown, message=f"document mended: {found.repairs}")]
    return found.value, []


def _fatal(shown: str, message: str) -> ReadProblem:
    return ReadProblem(path=shown, message=message, is_fatal=True)
