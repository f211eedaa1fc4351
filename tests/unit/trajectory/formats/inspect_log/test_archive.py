"""Archives that an adversary made: bounded, reported member by member, the rest read."""

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from trueline.trajectory import ReadProblem, Trajectory
from trueline.trajectory.formats.inspect_log import READER, archive
from trueline.trajectory.formats.inspect_log.archive import (
    ArchiveError,
    members,
    read_member,
)
from trueline.trajectory.opening import read_path

SAMPLE = json.dumps({"id": "a", "epoch": 1, "messages": [{"role": "user", "content": "hi"}]})


def zipped(contents: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of `contents`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as target:
        for name, text in contents.items():
            target.writestr(name, text)
    return file.getvalue()


def whole(**extra: str) -> dict[str, str]:
    """Return the members of a log with one sample and others given."""
    header = json.dumps({"eval": {"task": "t"}})
    return {"header.json": header, "samples/a_epoch_1.json": SAMPLE, **extra}


def read(tmp_path: Path, data: bytes) -> tuple[list[Trajectory], list[ReadProblem]]:
    """Return the trajectories and the problems in an archive."""
    path = tmp_path / "a.eval"
    path.write_bytes(data)
    items = list(READER.read(path, "a.eval"))
    return (
        [item for item in items if isinstance(item, Trajectory)],
        [item for item in items if isinstance(item, ReadProblem)],
    )


def test_a_damaged_member_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    """One sample's check sum fails; its neighbour is still a trajectory."""
    data = bytearray(zipped(whole(**{"samples/b_epoch_1.json": SAMPLE}), zipfile.ZIP_STORED))
    data[data.index(b'"hi"') + 1] ^= 1
    found, [problem] = read(tmp_path, bytes(data))
    assert len(found) == 1
    assert problem.message.startswith("samples/a_epoch_1.json: member is damaged")


def test_a_member_that_is_no_sample_is_named(tmp_path: Path) -> None:
    """Broken JSON and JSON of another kind are problems of that member only."""
    bad = {"samples/b_epoch_1.json": "{", "samples/c_epoch_1.json": "[1]"}
    found, problems = read(tmp_path, zipped(whole(**bad)))
    assert len(found) == 1
    assert [problem.message.split(":")[0] for problem in problems] == list(bad)


def test_a_member_nested_too_deep_is_named(tmp_path: Path) -> None:
    """Also where the depth stands in a field that nobody reads."""
    deep = "[" * 100_000 + "]" * 100_000
    bad = {"samples/b_epoch_1.json": f'{{"id": 1, "store": {deep}}}',
           "samples/c_epoch_1.json": f'{{"id": 1, "messages": {deep}}}'}  # fmt: skip
    found, problems = read(tmp_path, zipped(whole(**bad)))
    assert len(found) == 1
    assert len(problems) == 2
    assert all("nested deeper" in problem.message for problem in problems)


def test_a_log_cut_off_before_its_directory_gives_its_whole_samples(tmp_path: Path) -> None:
    """A copy that stopped half-way loses the last sample, not all of them."""
    data = zipped(whole(**{"samples/b_epoch_1.json": SAMPLE}), zipfile.ZIP_STORED)
    cut = data[: data.rindex(b"samples/b_epoch_1.json", 0, data.index(b"PK\x01\x02")) + 40]
    found, [problem] = read(tmp_path, cut)
    assert [run.metadata["sample"] for run in found] == ["a"]
    assert "no usable directory" in problem.message


def test_a_log_without_a_header_says_so_and_is_read(tmp_path: Path) -> None:
    """Task and model are unknown, the steps are not."""
    found, [problem] = read(tmp_path, zipped({"samples/a_epoch_1.json": SAMPLE}))
    assert len(found) == 1
    assert "no header" in problem.message


def test_a_running_log_takes_its_header_from_the_journal(tmp_path: Path) -> None:
    """`header.json` is written last."""
    start = json.dumps({"eval": {"task": "journalled", "model": "m"}})
    data = zipped({"_journal/start.json": start, "samples/a_epoch_1.json": SAMPLE})
    [run], problems = read(tmp_path, data)
    assert not problems
    assert run.metadata["task"] == "journalled"


def test_bytes_after_the_magic_that_are_no_archive_are_a_fatal_problem(tmp_path: Path) -> None:
    """Nothing can be found, and nothing raises."""
    found, [problem] = read(tmp_path, b"PK\x03\x04" + b"x" * 100)
    assert not found
    assert problem.is_fatal


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ({"unpacked_bytes": 2**40}, "over the limit"),
        ({"unpacked_bytes": 200 * 1024**2}, "times its size"),
        ({"flags": 1}, "encrypted"),
        ({"method": 14}, "unknown method 14"),
        ({"packed_bytes": 10**6}, "cut off"),
        ({"offset": 3}, "no local header"),
        ({"check_sum": 0}, "damaged"),
    ],
)
def test_a_member_that_lies_is_refused(claim: dict[str, int], words: str) -> None:
    """Sizes are checked before anything is unpacked."""
    file = io.BytesIO(zipped(whole()))
    member = members(file)[0]["header.json"]
    with pytest.raises(ArchiveError, match=words):
        read_member(file, replace(member, **claim))


def test_unpacking_stops_at_the_declared_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb that declares ten bytes unpacks to eleven and is refused."""
    asked: list[int] = []
    unpacked = archive._unpacked  # pyright: ignore[reportPrivateUsage]

    def watched(data: bytes, method: int, size: int) -> bytes:
        found = unpacked(data, method, size)
        asked.append(len(found))
        return found

    monkeypatch.setattr(archive, "_unpacked", watched)
    file = io.BytesIO(zipped({"bomb": "0" * 50_000_000}))
    member = members(file)[0]["bomb"]
    with pytest.raises(ArchiveError, match="damaged"):
        read_member(file, replace(member, unpacked_bytes=10))
    assert asked == [11]


def test_members_that_overlap_are_refused(tmp_path: Path) -> None:
    """A thousand directory entries for one member's bytes."""
    data = zipped({"samples/a_epoch_1.json": SAMPLE * 50}, zipfile.ZIP_STORED)
    at = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[at:end]
    entries = b"".join(entry.replace(b"/a_", f"/{n:01x}_".encode()) for n in range(16))
    record = bytearray(data[end:])
    struct.pack_into("<2H2I", record, 8, 16, 16, len(entries), at)
    found, [problem] = read(tmp_path, data[:at] + entries + bytes(record))
    assert not found
    assert "overlap" in problem.message


def test_members_are_unpacked_until_they_come_to_too_much_and_the_fix_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small archive of large samples: the first are audited, the rest is told."""
    monkeypatch.setattr(archive, "FREE_BYTES", 1_000_000)
    text = SAMPLE.replace("hi", "a" * 400_000)
    data = zipped({"header.json": "{}"} | {f"samples/{n}_epoch_1.json": text for n in range(9)})
    assert len(data) * archive.MAX_ARCHIVE_RATIO < 1_000_000
    found, [problem] = read(tmp_path, data)
    assert len(found) == 2
    assert problem.is_fatal
    assert "unpack it first" in problem.message


def test_the_chunks_of_a_sample_count_towards_what_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sample in parts is no way around the limit."""
    monkeypatch.setattr(archive, "FREE_BYTES", 100_000)
    chunk = json.dumps([{"role": "user", "content": "a" * 40_000}])
    parts = {f"samples/a_epoch_1/messages/{n}.json": chunk for n in range(4)}
    shell = json.dumps({"id": "a", "epoch": 1, "message_refs": [[0, 4]]})
    found, [problem] = read(
        tmp_path, zipped({"header.json": "{}", "samples/a_epoch_1/sample.json": shell, **parts})
    )
    assert not found
    assert problem.is_fatal


@pytest.mark.parametrize("score", ["1", "NaN"])
def test_a_sample_unpacked_from_its_archive_is_read_by_itself(tmp_path: Path, score: str) -> None:
    """What `unzip` leaves of a log that is too large to be believed, mended where needed."""
    folder = tmp_path / "samples"
    folder.mkdir()
    text = SAMPLE.replace('"messages"', f'"input": "hi", "scores": {{"s": {score}}}, "messages"')
    (folder / "a_epoch_1.json").write_text(text)
    [run] = read_path(tmp_path)
    assert isinstance(run, Trajectory)
    assert run.format == "inspect"
    assert [step.kind for step in run.steps] == ["message", "score"]


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The directory is not read beyond the limit."""
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    found, [problem] = read(tmp_path, zipped({f"samples/{n}.json": SAMPLE for n in range(9)}))
    assert not found
    assert "more than 3 members" in problem.message


def test_without_a_library_for_zstandard_the_message_names_the_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inspect packs with it; Python before 3.14 needs a package for it."""

    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(archive, "import_module", absent)
    archive._zstandard.cache_clear()  # pyright: ignore[reportPrivateUsage]
    data = bytearray(zipped(whole()))
    central = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    struct.pack_into("<H", data, central + 10, 93)
    _, [problem] = read(tmp_path, bytes(data))
    assert "pip install zstandard" in problem.message
    archive._zstandard.cache_clear()  # pyright: ignore[reportPrivateUsage]


def test_damaged_zstandard_is_reported() -> None:
    """A library's own error does not leave the reader."""
    file = io.BytesIO(zipped({"a": "text" * 100}))
    member = members(file)[0]["a"]
    with pytest.raises(ArchiveError, match="damaged"):
        read_member(file, replace(member, method=93))
