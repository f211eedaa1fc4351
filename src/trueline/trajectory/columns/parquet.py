"""A Parquet dataset of trajectories, for analysis with any columnar tool.

Source: https://parquet.apache.org/docs/file-format/; the columns are listed in `rows.py`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from trueline.errors import MissingExtraError, UnknownFormatError, UnreadableError
from trueline.trajectory.columns.rows import (
    RUN_TEXTS,
    STEP_FLAGS,
    STEP_NUMBERS,
    STEP_TEXTS,
    VERSION,
    Row,
    rows_of,
    trajectories_of,
)
from trueline.trajectory.model import Trajectory

_VERSION_KEY: Final = b"trueline.columns"
_GROUP_ROWS: Final = 16_384
_GROUP_CHARS: Final = 16 * 1024 * 1024
"""A row group is written when it holds so many rows or characters of text."""

_READ_ROWS: Final = 1_024


def write_columns(trajectories: Iterable[Trajectory], path: Path) -> int:
    """Write `trajectories` to a Parquet file at `path` and return how many there were.

    Memory holds one row group at a time.  `path` appears when everything is written.

    Raises:
        MissingExtraError: the extra `columns` is not installed.
        OSError: the file cannot be written.
    """
    pyarrow, parquet = _libraries()
    schema = _schema(pyarrow)
    unfinished = path.with_name(path.name + ".part")
    count = 0
    try:
        with parquet.ParquetWriter(unfinished, schema, compression="zstd") as writer:
            group: list[Row] = []
            chars = 0
            for count, trajectory in enumerate(trajectories, 1):
                for row in rows_of(trajectory, count):
                    group.append(row)
                    chars += len(row.get("text", "")) + len(row.get("arguments") or "")
                    if len(group) >= _GROUP_ROWS or chars >= _GROUP_CHARS:
                        writer.write_table(pyarrow.Table.from_pylist(group, schema))
                        group, chars = [], 0
            writer.write_table(pyarrow.Table.from_pylist(group, schema))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def read_columns(path: Path) -> Iterator[Trajectory]:
    """Yield the trajectories of a file that `write_columns` wrote, one row batch at a time.

    Raises:
        MissingExtraError: the extra `columns` is not installed.
        UnknownFormatError: the file is no Parquet file of this version.
        UnreadableError: the file cannot be opened, is damaged or holds impossible rows.
    """
    pyarrow, parquet = _libraries()
    try:
        with parquet.ParquetFile(path) as file:
            found = (
                (file.schema_arrow.metadata or {})
                .get(_VERSION_KEY, b"none")
                .decode("utf-8", "replace")
            )
            if found != VERSION:
                raise UnknownFormatError(
                    f"{path}: columns of version {found}; this release reads version {VERSION}"
                )
            yield from trajectories_of(_rows(file))
    except (pyarrow.ArrowException, msgspec.MsgspecError, KeyError, TypeError) as error:
        raise UnreadableError(f"{path}: not a readable dataset of trajectories: {error}") from error
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error}") from error


def _rows(file: Any) -> Iterator[Row]:
    for batch in file.iter_batches(batch_size=_READ_ROWS):
        yield from batch.to_pylist()


def _libraries() -> tuple[Any, Any]:
    try:
        import pyarrow  # noqa: PLC0415 - an optional extra
        from pyarrow import parquet  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise MissingExtraError(
            "Parquet needs the extra `columns`: pip install 'trueline[columns]'"
        ) from error
    return pyarrow, parquet


def _schema(pyarrow: Any) -> Any:
    text, flag, number = pyarrow.large_string(), pyarrow.bool_(), pyarrow.int64()
    columns = [("number", number), ("run_metadata", text)]
    columns += [(f"run_{name}", text) for name in RUN_TEXTS]
    columns += [(name, number) for name in STEP_NUMBERS]
    columns += [(name, text) for name in (*STEP_TEXTS, "time", "arguments", "extra")]
    columns += [(name, flag) for name in STEP_FLAGS]
    return pyarrow.schema(columns, metadata={_VERSION_KEY: VERSION})
