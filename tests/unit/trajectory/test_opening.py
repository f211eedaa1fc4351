"""Files and folders, found and opened by what stands in them."""

import gzip
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from trueline.errors import UnreadableError
from trueline.trajectory import ReadProblem, Step, Trajectory
from trueline.trajectory.formats.native import write_native
from trueline.trajectory.opening import (
    MAX_FILE_PROBLEMS,
    head_of,
    read_path,
    read_source,
    recognise,
    sources_in,
)


def record(path: Path, name: str) -> Path:
    """Write a file of one trajectory with the id `name`."""
    step = Step(index=0, kind="message", actor="user", text="Prune the pear.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_native([Trajectory(id=name, format="native", source="x", steps=(step,))], file)
    return path


def ids(path: Path) -> list[str]:
    """Return what reading gives: ids of trajectories, and problems as `!name`."""
    return [
        item.id if isinstance(item, Trajectory) else f"!{Path(item.path).name}"
        for item in read_path(path)
    ]


def test_a_file_is_recognised_whatever_its_name(tmp_path: Path) -> None:
    """Content decides, packed or not."""
    path = record(tmp_path / "a.txt", "a")
    reader = recognise(path)
    assert reader is not None
    assert reader.name == "native"
    packed = tmp_path / "b"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert ids(packed) == ["a"]


def test_a_folder_is_read_to_its_depths_in_sorted_order(tmp_path: Path) -> None:
    """The order does not depend on the file system."""
    for name in ("c", "a", "b/z", "b/y"):
        record(tmp_path / f"{name}.jsonl", name)
    assert ids(tmp_path) == ["a", "c", "b/y", "b/z"]


def test_other_files_in_a_folder_make_no_noise(tmp_path: Path) -> None:
    """A README and a table of labels are nobody's concern."""
    record(tmp_path / "a.jsonl", "a")
    (tmp_path / "README.md").write_text("# Pears\n")
    (tmp_path / "labels.json").write_text('{"a": 1}\n')
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n")
    assert ids(tmp_path) == ["a"]


def test_a_record_that_nobody_recognises_is_reported(tmp_path: Path) -> None:
    """Its name says that it holds a record, so silence would hide something."""
    for name in ("x.jsonl", "x.eval", "x.traj", "x.jsonl.gz"):
        (tmp_path / name).write_bytes(b'{"pears": 7}\n')
    assert ids(tmp_path) == ["!x.eval", "!x.jsonl", "!x.jsonl.gz", "!x.traj"]


def test_a_named_file_that_nobody_recognises_is_reported(tmp_path: Path) -> None:
    """Whoever names a file wants to know."""
    path = tmp_path / "README.md"
    path.write_text("# Pears\n")
    (problem,) = read_path(path)
    assert isinstance(problem, ReadProblem)
    assert problem.is_fatal
    assert "no reader recognises" in problem.message


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    """The commonest reason has its own words."""
    path = tmp_path / "a.jsonl"
    path.touch()
    (problem,) = read_path(path)
    assert isinstance(problem, ReadProblem)
    assert problem.message == "the file is empty"


def test_a_named_file_without_a_trajectory_is_reported(tmp_path: Path) -> None:
    """Recognised, but nothing happened in it."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"type":"summary","summary":"Pears","leafUuid":"u1"}\n')
    (problem,) = read_path(path)
    assert isinstance(problem, ReadProblem)
    assert not problem.is_fatal
    assert "holds no trajectory" in problem.message
    assert ids(tmp_path) == []


def test_links_that_lead_back_are_not_followed(tmp_path: Path) -> None:
    """A folder that holds itself ends."""
    record(tmp_path / "a" / "a.jsonl", "a")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "dangling.jsonl").symlink_to(tmp_path / "absent")
    assert ids(tmp_path) == ["a"]


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    """A pipe in a folder would block for ever."""
    os.mkfifo(tmp_path / "pipe.jsonl")
    record(tmp_path / "a.jsonl", "a")
    assert [path.name for path in (source.path for source in sources_in(tmp_path))] == ["a.jsonl"]


def test_nothing_at_a_path_is_the_callers_error(tmp_path: Path) -> None:
    """The message names the path."""
    with pytest.raises(UnreadableError, match="absent"):
        list(read_path(tmp_path / "absent"))


def test_the_shown_name_stands_in_every_source(tmp_path: Path) -> None:
    """What the caller named is what is shown, not where it really lies."""
    record(tmp_path / "b" / "a.jsonl", "a")
    (tmp_path / "b" / "x.eval").write_bytes(b"?")
    shown = [item.path for item in read_path(tmp_path, "here") if isinstance(item, ReadProblem)]
    assert shown == ["here/b/x.eval"]


def test_the_head_holds_whole_values_only(tmp_path: Path) -> None:
    """A line that the head cuts off is not among its values; a last line without end is."""
    path = tmp_path / "a"
    path.write_bytes(b'{"a":1}\n{"b":2}')
    assert head_of(path).values == ({"a": 1}, {"b": 2})
    path.write_bytes(b'{"a":1}\n"' + b"x" * 100_000 + b'"\n')
    assert head_of(path).values == ({"a": 1},)
    path.write_bytes(b'{"a":1}\n' * 100)
    assert len(head_of(path).values) == 16


def test_a_zip_archive_is_seen(tmp_path: Path) -> None:
    """Formats that are archives are told apart by their first bytes."""
    path = tmp_path / "a"
    path.write_bytes(b"PK\x03\x04rest")
    assert head_of(path).is_zip


def test_a_name_that_is_no_utf8_is_spelled_out(tmp_path: Path) -> None:
    """Reports are UTF-8, and file names need not be."""
    good = record(tmp_path / "a.jsonl", "a")
    try:
        good.rename(tmp_path / os.fsdecode(b"\xff.jsonl"))
    except OSError:
        pytest.skip("this file system has UTF-8 names only")
    (source,) = sources_in(tmp_path)
    assert source.shown.endswith("\\xff.jsonl")
    assert [item.id for item in read_source(source) if isinstance(item, Trajectory)] == ["a"]


def test_a_path_that_no_file_can_have_is_the_callers_error() -> None:
    """Too long for any file system, or with a NUL in it."""
    for name in ("x" * 10_000, "a\0b"):
        with pytest.raises(UnreadableError):
            list(read_path(Path(name)))


def test_a_device_or_a_pipe_is_called_what_it_is(tmp_path: Path) -> None:
    """It is there, and it is never opened."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableError, match="neither a regular file nor a folder"):
        list(read_path(tmp_path / "pipe"))


def test_what_cannot_be_opened_in_a_folder_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without permission is no empty folder."""
    record(tmp_path / "a.jsonl", "a")

    def walk(
        top: Path, onerror: Callable[[OSError], None], followlinks: bool
    ) -> Iterator[tuple[str, list[str], list[str]]]:
        assert not followlinks
        yield str(top), ["closed"], ["a.jsonl"]
        onerror(PermissionError(13, "Permission denied", str(top / "closed")))

    monkeypatch.setattr(os, "walk", walk)
    problems = [item for item in read_path(tmp_path, "top") if isinstance(item, ReadProblem)]
    assert [(Path(p.path), p.is_fatal) for p in problems] == [(Path("top/closed"), True)]
    assert "Permission denied" in problems[0].message


def test_a_file_of_nothing_but_problems_is_fatal(tmp_path: Path) -> None:
    """Nothing in it was audited."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"type": "summary", "summary": "Pears", "leafUuid": "u1"}\n{"type": "us')
    problems = [item for item in read_path(tmp_path) if isinstance(item, ReadProblem)]
    assert any(problem.is_fatal for problem in problems)


def test_gzip_data_is_recognised_up_to_where_it_is_damaged(tmp_path: Path) -> None:
    """What comes before the damage still says what the file is, and the damage is told."""
    path = record(tmp_path / "a.jsonl", "a")
    lines = path.read_bytes() + b"".join(b'{"noise": "%d"}\n' % number for number in range(9_000))
    cut = tmp_path / "b.jsonl.gz"
    cut.write_bytes(gzip.compress(lines)[:-2_000])
    path.unlink()
    found = list(read_path(tmp_path))
    assert any(isinstance(item, ReadProblem) and "damaged gzip" in item.message for item in found)


def test_problems_without_end_are_counted_not_listed(tmp_path: Path) -> None:
    """Whichever part of a reader met them."""
    path = record(tmp_path / "a.jsonl", "a")
    with path.open("ab") as file:
        file.write(b"1\n" * 10_000)
    first, *problems = sorted(read_path(path), key=lambda item: isinstance(item, ReadProblem))
    assert isinstance(first, Trajectory)
    messages = [item.message for item in problems if isinstance(item, ReadProblem)]
    assert len(messages) == MAX_FILE_PROBLEMS + 1
    assert f"{10_000 - MAX_FILE_PROBLEMS} more problems were met in this file" in messages
