"""The Parquet dataset: what it refuses, what it leaves behind, and that it streams."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from trueline.errors import MissingExtraError, UnknownFormatError, UnreadableError
from trueline.trajectory import Step, Trajectory
from trueline.trajectory.columns import read_columns, write_columns


def run(number: int, steps: int = 3) -> Trajectory:
    """Return a small trajectory."""
    return Trajectory(
        id="same",
        format="f",
        source="s",
        metadata={"number": number},
        steps=tuple(
            Step(index=index, kind="message", actor="user", text=f"{number}/{index}")
            for index in range(steps)
        ),
    )


def test_a_row_is_a_step_and_a_trajectory_without_steps_is_a_row(tmp_path: Path) -> None:
    """Two trajectories with one id stay two."""
    path = tmp_path / "a.parquet"
    given = [run(1), run(2, steps=0), run(3, steps=1), run(4, steps=0)]
    assert write_columns(given, path) == 4
    assert parquet.read_table(path).num_rows == 6
    assert list(read_columns(path)) == given


def test_no_trajectories_are_an_empty_dataset(tmp_path: Path) -> None:
    """With the columns in place."""
    path = tmp_path / "a.parquet"
    assert write_columns([], path) == 0
    assert list(read_columns(path)) == []
    assert "text" in parquet.read_schema(path).names


def test_many_rows_are_written_in_groups_while_they_come(tmp_path: Path) -> None:
    """So that memory stays flat; a trajectory may lie across two groups."""
    path = tmp_path / "a.parquet"

    def many() -> Iterator[Trajectory]:
        for number in range(6):
            yield run(number, steps=7_000)

    write_columns(many(), path)
    assert parquet.ParquetFile(path).num_row_groups == 3
    assert list(read_columns(path)) == list(many())


def test_a_failure_leaves_no_file_and_keeps_the_old_one(tmp_path: Path) -> None:
    """The file appears when it is whole."""
    path = tmp_path / "a.parquet"
    write_columns([run(1)], path)

    def broken() -> Iterator[Trajectory]:
        yield run(2)
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        write_columns(broken(), path)
    assert list(read_columns(path)) == [run(1)]
    assert [file.name for file in tmp_path.iterdir()] == ["a.parquet"]


def test_other_parquet_files_are_refused(tmp_path: Path) -> None:
    """By the version in the schema."""
    path = tmp_path / "other.parquet"
    parquet.write_table(pyarrow.table({"x": [1]}), path)
    with pytest.raises(UnknownFormatError, match="version none; this release reads version 1"):
        list(read_columns(path))


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"x" * 100 + b"PAR1", b"text"])
def test_damaged_files_are_unreadable(tmp_path: Path, data: bytes) -> None:
    """Not an exception of a library."""
    path = tmp_path / "bad.parquet"
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match=r"bad\.parquet"):
        list(read_columns(path))
    with pytest.raises(UnreadableError, match="absent"):
        list(read_columns(tmp_path / "absent"))


def test_impossible_rows_are_unreadable(tmp_path: Path) -> None:
    """A kind that no step can have, a column that is missing."""
    path = tmp_path / "a.parquet"
    write_columns([run(1)], path)
    table = parquet.read_table(path)
    at = table.column_names.index("kind")
    parquet.write_table(table.set_column(at, "kind", [["x"] * 3]), path)
    with pytest.raises(UnreadableError, match="not a readable dataset"):
        list(read_columns(path))
    parquet.write_table(table.drop_columns(["kind"]), path)
    with pytest.raises(UnreadableError, match="not a readable dataset"):
        list(read_columns(path))


def test_without_the_extra_the_message_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing else needs it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"trueline\[columns\]"):
        write_columns([], tmp_path / "a.parquet")
