"""What every reader promises: whatever stands in a file, values come out and nothing raises."""

import json
import random
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from trueline.trajectory import ReadProblem, Trajectory, json_document, lines
from trueline.trajectory.formats.native import write_native
from trueline.trajectory.model import ACTORS, STEP_KINDS, TAGS
from trueline.trajectory.opening import read_path, recognise
from trueline.trajectory.reader import MAX_TEXT_CHARS
from trueline.trajectory.registry import readers

EVERY_TYPE: tuple[Any, ...] = (None, 7, "x", [], {})
"""Values put in the place of every value of a sample, one after the other."""

STRANGE: tuple[Any, ...] = (
    True, -1, 2**70, 1e300, "", "\x00\x1b[2J", [[]], [None], [7], {"type": []},
    {"content": {"content": 1}}, ["text", {"type": "text", "text": None}],
)  # fmt: skip
"""Values of which each place gets two as well, drawn with a fixed seed."""


def check(items: list[Trajectory | ReadProblem], shown: str) -> None:
    """Check everything that holds of any reader's output."""
    for item in items:
        assert isinstance(item, Trajectory | ReadProblem)
        if isinstance(item, ReadProblem):
            assert item.path == shown
            assert item.message
            assert item.line >= 0
        else:
            check_trajectory(item, shown)


def check_trajectory(trajectory: Trajectory, shown: str) -> None:
    """Check the links, bounds and types of one trajectory."""
    assert trajectory.id
    assert trajectory.format
    for name in ("id", "format", "source", "agent", "model", "parent_id", "cwd"):
        assert isinstance(getattr(trajectory, name), str), name
    steps = trajectory.steps
    for index, step in enumerate(steps):
        assert step.index == index
        assert step.kind in STEP_KINDS
        assert step.actor in ACTORS
        assert step.tag in TAGS
        assert isinstance(step.text, str)
        assert len(step.text) <= MAX_TEXT_CHARS + 200
        assert step.line >= 0
        assert step.time is None or isinstance(step.time, str)
        assert step.arguments is None or isinstance(step.arguments, dict)
        for name in ("tool", "call_id", "background_id", "child_id"):
            assert isinstance(getattr(step, name), str), name
        assert step.exit_status is None or type(step.exit_status) is int
        if step.call_index is None:
            continue
        other = steps[step.call_index]
        if step.kind == "call":
            assert other.kind == "result"
            assert other.index > index
            assert other.call_index == index
        else:
            assert other.kind == "call"
            assert other.index < index
    write_native([trajectory], BytesIO())


def read(sample: Any, data: bytes) -> list[Trajectory | ReadProblem]:
    """Read `data` as the sample's format and check what comes out."""
    items = list(sample.reader.read(sample.write(data), "given"))
    check(items, "given")
    return items


def documents(data: bytes) -> list[Any]:
    """Return the JSON values of a sample, none if it is not made of JSON."""
    try:
        return [json.loads(data)]
    except ValueError:
        pass
    try:
        return [json.loads(line) for line in data.splitlines() if line.strip()]
    except ValueError:
        return []


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every (container, key) in `value`."""
    if isinstance(value, dict):
        for key in list(value):
            yield value, key
            yield from places(value[key])
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield value, index
            yield from places(item)


def joined(values: list[Any]) -> bytes:
    """Return values as JSON lines."""
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def test_every_reader_has_a_sample(sample_formats: set[str]) -> None:
    """A reader in the registry cannot escape this suite."""
    assert {reader.name for reader in readers()} == sample_formats


def test_a_sample_is_recognised_by_its_own_reader_and_read_without_problems(sample: Any) -> None:
    """The format is found by content, whatever the file is called."""
    path = sample.write(sample.data)
    renamed = path.with_name("nameless")
    renamed.write_bytes(sample.data)
    assert recognise(renamed) is sample.reader
    items = list(read_path(renamed, "given"))
    check(items, "given")
    assert items
    assert all(isinstance(item, Trajectory) for item in items), items
    first = items[0]
    assert isinstance(first, Trajectory)
    assert first.format == sample.reader.name
    assert first.steps


def test_reading_twice_gives_the_same(sample: Any) -> None:
    """Same input, same output."""
    assert read(sample, sample.data) == read(sample, sample.data)


def test_a_file_cut_off_anywhere_gives_values(sample: Any) -> None:
    """A half-written file is read as far as it goes."""
    step = max(1, len(sample.data) // 150)
    for end in range(0, len(sample.data), step):
        read(sample, sample.data[:end])


def test_flipped_bits_give_values(sample: Any) -> None:
    """Damage in any byte is no reason to raise."""
    rng = random.Random(20260102)
    for _ in range(300):
        data = bytearray(sample.data)
        for _ in range(rng.choice((1, 1, 3, 20))):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        read(sample, bytes(data))


def test_arbitrary_bytes_give_values(sample: Any) -> None:
    """What is no JSON at all is reported."""
    rng = random.Random(7)
    for size in (0, 1, 2, 100, 5000):
        read(sample, rng.randbytes(size))
    for data in (b"\n" * 50, b"   ", b"null\n", b"{}\n", b"[]\n", b"\xef\xbb\xbf", b"PK\x03\x04xx"):
        read(sample, data)


def test_a_byte_order_mark_changes_nothing(sample: Any) -> None:
    """Editors on some systems put one at the beginning."""
    if not documents(sample.data):
        pytest.skip("not a text format")
    assert read(sample, b"\xef\xbb\xbf" + sample.data) == read(sample, sample.data)


def test_strange_values_at_every_place_give_values(sample: Any) -> None:
    """Nulls and wrong types anywhere in a file are read around."""
    whole = documents(sample.data)
    rng = random.Random(11)
    for container, key in list(places(whole)):
        kept = container[key]
        for strange in (*EVERY_TYPE, *rng.sample(STRANGE, 2)):
            container[key] = strange
            read(sample, joined(whole))
        container[key] = kept


def test_a_missing_key_anywhere_gives_values(sample: Any) -> None:
    """No key may be relied on."""
    whole = documents(sample.data)
    for container, key in list(places(whole)):
        if isinstance(container, dict):
            kept = dict(container)
            del container[key]
            read(sample, joined(whole))
            container.clear()
            container.update(kept)


def test_links_that_run_in_circles_end(sample: Any) -> None:
    """Every identifier the same, so that each parent is its own child."""
    whole = documents(sample.data)
    for container, key in list(places(whole)):
        if isinstance(key, str) and "id" in key.lower() and isinstance(container[key], str):
            container[key] = "same"
    read(sample, joined(whole))


@pytest.mark.parametrize("depth", [150, 900, 100_000])
def test_deep_nesting_anywhere_gives_values(sample: Any, depth: int) -> None:
    """A value nested deeper than a stack bears is refused or read, never fatal."""
    whole = documents(sample.data)
    found = list(places(whole))
    for container, key in found[:: max(1, len(found) // 40)]:
        kept = container[key]
        container[key] = "@@deep@@"
        data = joined(whole)
        for opening, closing in ((b"[", b"]"), (b'{"a":', b"}")):
            deep = opening * depth + b"1" + closing * depth
            read(sample, data.replace(b'"@@deep@@"', deep))
        container[key] = kept


def test_a_line_or_document_over_the_limit_is_reported(
    sample: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Limits hold for each reader, here lowered to half of the sample's longest line."""
    longest = max(len(line) for line in sample.data.split(b"\n"))
    monkeypatch.setattr(lines, "MAX_LINE_BYTES", longest // 2)
    monkeypatch.setattr(json_document, "MAX_DOCUMENT_BYTES", len(sample.data) // 2)
    items = read(sample, sample.data)
    if documents(sample.data):
        assert any(isinstance(item, ReadProblem) for item in items)


def test_a_missing_file_is_an_operating_system_error(sample: Any, tmp_path: Path) -> None:
    """Only opening may raise."""
    with pytest.raises(OSError, match="absent"):
        list(sample.reader.read(tmp_path / "absent", "absent"))


def test_reading_time_grows_with_the_size_and_no_faster(sample: Any) -> None:
    """Four times the lines cost about four times the time, not sixteen."""
    if len(documents(sample.data)) < 2:
        pytest.skip("one document, not lines")

    def seconds(copies: int) -> float:
        path = sample.write(sample.data * copies)
        best = 1e9
        for _ in range(3):
            start = process_time()
            for _ in sample.reader.read(path, "given"):
                pass
            best = min(best, process_time() - start)
        return best

    assert seconds(1600) < 9 * seconds(400)
