"""JSON Lines as a stream: flat in memory, plain or gzip, whatever stands in the file.

A line that can't be used becomes a `ReadProblem` with its number, and reading goes on
with the next one.

**Covers** lines over the limit, a half-written last line, broken JSON, invalid UTF-8,
lone surrogates, deep nesting, a byte order mark, CRLF, NUL bytes, damaged gzip data, gzip
bombs, and files that hold hardly anything but line ends or noise.
"""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from trueline.trajectory.bounds import is_deep, may_be_deep
from trueline.trajectory.decoding import BOM, DECODE_ERRORS, DECODER, decode_slowly
from trueline.trajectory.model import ReadProblem
from trueline.trajectory.reader import MAX_DEPTH, MAX_LINE_BYTES

MAX_LINE_PROBLEMS: Final = 100
"""Further unusable lines of one file are counted, not listed."""

MAX_BROKEN_LINES: Final = 100_000
"""Beyond this many lines that hold no JSON, and a quarter of all, a file is not read on."""

MAX_FILE_BYTES: Final = 32 * 1024**3
"""A file that holds more, once unpacked, is read up to here and reported."""

MAX_RATIO: Final = 50
"""A gzip file that unpacks to more than `BOMB_FLOOR` and this many times its size is a bomb.

Sessions shrink to between a tenth and a thirtieth; the most that gzip can do is a thousandth.
"""

BOMB_FLOOR: Final = 8 * 1024**2

FREE_LINES: Final = 250_000
BYTES_A_LINE: Final = 16
"""Beyond `FREE_LINES`, a file may hold one line for each so many bytes of its size, packed or not.

A line of a session takes two thousand bytes on average, and three hundred once packed.
"""

_GZIP_MAGIC: Final = b"\x1f\x8b"
_BUFFER: Final = 1024 * 1024
_DAMAGED: Final = (EOFError, zlib.error, gzip.BadGzipFile)


def open_bytes(path: Path) -> io.BufferedIOBase:
    """Open `path` for reading, unpacking gzip by content.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        is_gzip = file.read(2) == _GZIP_MAGIC
    if is_gzip:
        return gzip.GzipFile(path)
    return cast("io.BufferedIOBase", path.open("rb", buffering=_BUFFER))


def json_lines(
    path: Path,
    shown: str,
    *,
    decoder: msgspec.json.Decoder[Any] = DECODER,
    skip: Callable[[bytes], bool] | None = None,
) -> Iterator[tuple[int, Any] | ReadProblem]:
    """Yield (line number, decoded value) for every line that holds JSON, else a problem.

    Empty lines are passed over.  A value mended by the slow decoder is a plain JSON value
    even where `decoder` makes something else, preceded by a problem that says what was mended.

    Args:
        path: the file.
        shown: its name for problems.
        decoder: decodes one line; must raise only what `msgspec` decoders raise.
        skip: a cheap test on the raw line; True passes it over unread.

    Raises:
        OSError: the file cannot be opened.
    """
    listed = 0
    more = 0
    for item in _decoded_lines(path, shown, decoder, skip):
        if isinstance(item, ReadProblem) and item.line and not item.is_fatal:
            listed += 1
            if listed > MAX_LINE_PROBLEMS:
                more += 1
                continue
        yield item
    if more:
        yield ReadProblem(path=shown, message=f"{more} more lines could not be used as they are")


def _decoded_lines(
    path: Path,
    shown: str,
    decoder: msgspec.json.Decoder[Any],
    skip: Callable[[bytes], bool] | None,
) -> Iterator[tuple[int, Any] | ReadProblem]:
    decode = decoder.decode
    broken = 0
    for item in raw_lines(path, shown):
        if isinstance(item, ReadProblem):
            yield item
            continue
        number, line = item
        if len(line) < 3 and not line.strip():
            continue
        if skip is not None and skip(line):
            continue
        try:
            value = decode(line)
        except DECODE_ERRORS:
            mended = tuple(_mended(shown, number, line))
            yield from mended
            broken += bool(mended) and isinstance(mended[-1], ReadProblem)
            if broken > MAX_BROKEN_LINES and broken * 4 > number:
                yield _mostly_broken(shown, number, broken)
                return
            continue
        if may_be_deep(line) and is_deep(value):
            yield ReadProblem(path=shown, line=number, message=_too_deep())
            continue
        yield number, value


def _mostly_broken(shown: str, number: int, broken: int) -> ReadProblem:
    message = (
        f"{broken} of the first {number} lines hold no JSON; the rest was not read: "
        "remove the lines that are no JSON"
    )
    return ReadProblem(path=shown, line=number, message=message, is_fatal=True)


def _too_deep() -> str:
    return f"JSON is nested deeper than {MAX_DEPTH} levels; line skipped"


def _mended(shown: str, number: int, line: bytes) -> Iterator[tuple[int, Any] | ReadProblem]:
    if not line.strip(b" \t\r\n\x00") or line == BOM:
        return
    found = decode_slowly(line)
    if found.failure:
        half_written = not line.endswith(b"\n")
        lead = "half-written last line" if half_written else "line skipped"
        yield ReadProblem(path=shown, line=number, message=f"{lead}: {found.failure}")
        return
    if found.repairs:
        yield ReadProblem(path=shown, line=number, message=f"line mended: {found.repairs}")
    yield number, found.value


def raw_lines(path: Path, shown: str) -> Iterator[tuple[int, bytes] | ReadProblem]:
    """Yield (line number, bytes with their line end); never holds more than `MAX_LINE_BYTES`.

    Raises:
        OSError: the file cannot be opened.
    """
    with open_bytes(path) as file:
        number = 0
        total = 0
        limit = MAX_LINE_BYTES
        size = path.stat().st_size
        is_packed = isinstance(file, gzip.GzipFile)
        most = most_bytes(size, is_packed=is_packed)
        most_lines = FREE_LINES + size // BYTES_A_LINE
        while True:
            number += 1
            try:
                line = file.readline(limit + 1)
                if not line:
                    return
                total += len(line)
                if len(line) > limit:
                    total += _skip_line(file, line, most)
                    yield _over_limit(shown, number, limit)
                else:
                    yield number, line
            except _DAMAGED as error:
                message = f"damaged gzip data, the rest was not read: {error}"
                yield ReadProblem(path=shown, line=number, message=message, is_fatal=True)
                return
            except OSError as error:
                message = f"reading stopped: {error}"
                yield ReadProblem(path=shown, line=number, message=message, is_fatal=True)
                return
            if total > most or number > most_lines:
                what = f"{most} bytes" if total > most else f"{most_lines} lines"
                yield too_much(shown, number, what, is_packed=is_packed)
                return


def most_bytes(size: int, *, is_packed: bool) -> int:
    """Return how many bytes are read at most of a file of `size` bytes, once unpacked."""
    return min(MAX_FILE_BYTES, max(BOMB_FLOOR, size * MAX_RATIO)) if is_packed else MAX_FILE_BYTES


def too_much(shown: str, line: int, what: str, *, is_packed: bool) -> ReadProblem:
    """Return the problem of a file that holds more than is read, and what to do about it."""
    fix = "unpack it first (`gzip -d`)" if is_packed else "split it, and drop its empty lines"
    message = (
        f"over {what}, more than a record of this size holds; the rest was not read: "
        f"if it is yours, {fix}"
    )
    return ReadProblem(path=shown, line=line, message=message, is_fatal=True)


def _over_limit(shown: str, number: int, limit: int) -> ReadProblem:
    return ReadProblem(
        path=shown, line=number, message=f"line is longer than {limit} bytes; line skipped"
    )


def _skip_line(file: io.BufferedIOBase, line: bytes, most: int) -> int:
    skipped = 0
    while line and not line.endswith(b"\n") and skipped <= most:
        line = file.readline(_BUFFER)
        skipped += len(line)
    return skipped
