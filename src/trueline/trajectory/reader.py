"""What a reader of one format is, and the limits that every reader keeps."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Protocol

from msgspec import Struct

from trueline.trajectory.model import ReadProblem, Trajectory

MAX_LINE_BYTES: Final = 64 * 1024 * 1024
"""A longer line of a line-based format is skipped and reported."""

MAX_DOCUMENT_BYTES: Final = 512 * 1024 * 1024
"""A larger single-document file is refused and reported."""

MAX_TEXT_CHARS: Final = 256 * 1024
"""A longer step text keeps its first and last half of this and is marked truncated."""

MAX_DEPTH: Final = 200
"""JSON nested deeper than this is reported, not decoded."""


class Head(Struct, frozen=True):
    """The beginning of a file, enough to recognise its format by content.

    Attributes:
        data: the first 64 KiB, decompressed if the file is gzip.
        values: the complete JSON lines among them that decode, at most 16 of them.
        is_zip: the file is a zip archive.
        path: only for messages and for members of archives; never decides the format.
    """

    data: bytes
    values: tuple[Any, ...]
    is_zip: bool
    path: Path


class Reader(Protocol):
    """Reads one format."""

    name: str
    """The format's name, as in `Trajectory.format`."""

    def recognises(self, head: Head) -> bool:
        """Return whether the content is this format; must be cheap and must not raise."""
        ...

    def read(self, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
        """Yield the trajectories in `path` and what could not be read, in file order.

        Args:
            path: the file.
            shown: its name as the caller gave it, for `source` and problems.

        Raises:
            OSError: the file cannot be opened. Nothing inside a file raises.
        """
        ...
