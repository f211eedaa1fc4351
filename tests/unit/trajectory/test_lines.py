"""JSON Lines as a stream: what is mended, what is skipped, what is said about it."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from trueline.trajectory import ReadProblem, lines
from trueline.trajectory.lines import BOMB_FLOOR, BYTES_A_LINE, FREE_LINES, json_lines


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Return a function that reads bytes as JSON lines: values by line number, and problems."""

    def run(data: bytes, **options: Any) -> tuple[dict[int, Any], list[ReadProblem]]:
        path = tmp_path / "file.jsonl"
        path.write_bytes(data)
        values: dict[int, Any] = {}
        problems: list[ReadProblem] = []
        for item in json_lines(path, "shown", **options):
            if isinstance(item, ReadProblem):
                problems.append(item)
            else:
                values[item[0]] = item[1]
        return values, problems

    return run


def test_values_come_with_their_line_numbers(read: Any) -> None:
    """Empty lines count but give nothing; both line ends are understood."""
    assert read(b'{"a":1}\r\n\n  \n[2]\n"three"') == ({1: {"a": 1}, 4: [2], 5: "three"}, [])


def test_a_broken_line_is_reported_and_the_next_one_read(read: Any) -> None:
    """One bad line costs one line."""
    values, problems = read(b'{"a":1}\n{"b":\n{"c":3}\n')
    assert values == {1: {"a": 1}, 3: {"c": 3}}
    assert [(problem.path, problem.line) for problem in problems] == [("shown", 2)]
    assert problems[0].message.startswith("line skipped: not JSON")


def test_a_half_written_last_line_is_called_that(read: Any) -> None:
    """A session that is still being written ends in the middle of a line."""
    values, problems = read(b'{"a":1}\n{"b":"tw')
    assert values == {1: {"a": 1}}
    assert problems[0].line == 2
    assert problems[0].message.startswith("half-written last line")


def test_invalid_utf_8_is_replaced_and_reported(read: Any) -> None:
    """The rest of the line stays readable."""
    values, problems = read(b'{"a":"p\xffear"}\n')
    assert values == {1: {"a": "p\ufffdear"}}
    assert problems[0].message == "line mended: invalid UTF-8 replaced"


def test_lone_surrogates_are_replaced_so_that_every_text_encodes(read: Any) -> None:
    """JavaScript writes half a character as an escape; a pair of halves is a character."""
    values, problems = read(b'{"a":"x\\ud800y \\ud83c\\udf50"}\n{"\\udfff":1}\n')
    assert values == {1: {"a": "x\ufffdy \U0001f350"}, 2: {"\ufffd": 1}}
    assert [problem.message for problem in problems] == [
        "line mended: lone surrogates replaced"
    ] * 2


def test_nul_bytes_left_by_a_crash_are_removed(read: Any) -> None:
    """A file system fills what it lost with NUL bytes."""
    values, problems = read(b"\x00\x00\x00\n" + b'\x00\x00{"a":1}\n')
    assert values == {2: {"a": 1}}
    assert problems[0].message == "line mended: NUL bytes removed"


def test_numbers_that_are_not_finite_stay_as_text(read: Any) -> None:
    """Python writes `NaN`; nothing downstream may choke on it."""
    values, problems = read(b'{"a":NaN,"b":-Infinity,"c":1e999,"d":' + b"9" * 5000 + b"}\n")
    assert values[1]["a"] == "NaN"
    assert values[1]["b"] == "-Infinity"
    assert values[1]["c"] == "1e999"
    assert values[1]["d"] == "9" * 5000
    assert problems == []


@pytest.mark.parametrize("depth", [300, 2000, 100_000])
def test_nesting_deeper_than_the_limit_is_skipped(read: Any, depth: int) -> None:
    """Whatever the fast decoder could still bear, nobody downstream has to."""
    values, problems = read(b"[" * depth + b"]" * depth + b'\n{"a":1}\n')
    assert values == {2: {"a": 1}}
    assert "nested deeper" in problems[0].message


def test_many_brackets_that_are_not_deep_are_no_problem(read: Any) -> None:
    """Width is not depth."""
    values, problems = read(b"[" + b"[],{}," * 1000 + b"0]\n")
    assert len(values[1]) == 2001
    assert problems == []


def test_a_line_over_the_limit_is_skipped(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is passed over in pieces and the next one read."""
    monkeypatch.setattr(lines, "MAX_LINE_BYTES", 100)
    values, problems = read(b'{"a":1}\n"' + b"x" * 3_000_000 + b'"\n{"b":2}\n')
    assert values == {1: {"a": 1}, 3: {"b": 2}}
    assert (problems[0].line, problems[0].message) == (
        2, "line is longer than 100 bytes; line skipped",
    )  # fmt: skip


def test_gzip_is_unpacked_by_content(read: Any) -> None:
    """No file name decides."""
    assert read(gzip.compress(b'{"a":1}\n')) == ({1: {"a": 1}}, [])


def test_damaged_gzip_gives_what_comes_before_the_damage(read: Any) -> None:
    """A cut-off archive is read as far as it goes."""
    whole = b"".join(b'{"n":%d}\n' % number for number in range(50_000))
    values, problems = read(gzip.compress(whole)[:-5000])
    assert len(values) > 100
    assert problems[-1].message.startswith("damaged gzip data")


def test_a_gzip_bomb_stops_at_the_limit(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks without end is not read without end."""
    monkeypatch.setattr(lines, "MAX_FILE_BYTES", 10_000)
    values, problems = read(gzip.compress(b'{"a":1}\n' * 100_000))
    assert len(values) < 2000
    assert "the rest was not read" in problems[-1].message


def test_unusable_lines_without_end_are_counted_not_listed(read: Any) -> None:
    """A file of noise does not become a report of noise."""
    _, problems = read(b"noise\n" * 5000)
    assert len(problems) == lines.MAX_LINE_PROBLEMS + 1
    assert problems[-1].message == "4900 more lines could not be used as they are"


def test_skipped_lines_are_not_decoded(read: Any) -> None:
    """A reader may pass over lines by a cheap test, even broken ones."""

    def is_noise(line: bytes) -> bool:
        return line.startswith(b"skip")

    values, problems = read(b'skip{\n{"a":1}\n', skip=is_noise)
    assert values == {2: {"a": 1}}
    assert problems == []


def test_a_gzip_bomb_of_tiny_lines_is_left_early(tmp_path: Path) -> None:
    """A small file must not take minutes; what was not read is told, and nothing is clean."""
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(b"1\n" * (BOMB_FLOOR + 1_000)))
    *_, last = json_lines(path, "bomb")
    assert isinstance(last, ReadProblem)
    assert last.is_fatal
    assert last.line <= FREE_LINES + path.stat().st_size // BYTES_A_LINE + 1
    assert "unpack it first" in last.message


def test_a_plain_file_of_line_ends_is_left_early(read: Any) -> None:
    """A line of two bytes holds nothing, but costs as much as another."""
    values, [problem] = read(b'{"a":1}\n' + b"\n\n{}\n" * FREE_LINES)
    assert values[1] == {"a": 1}
    assert problem.is_fatal
    assert "drop its empty lines" in problem.message


def test_an_honest_line_is_never_one_too_many(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound grows with the file, so that no length of honest lines reaches it."""
    monkeypatch.setattr(lines, "FREE_LINES", 10)
    values, problems = read(b'{"type":"note"}\n' * 10_000)
    assert len(values) == 10_000
    assert problems == []


def test_a_file_of_noise_is_not_read_to_its_end(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a thousand broken lines hide that it was left."""
    monkeypatch.setattr(lines, "MAX_BROKEN_LINES", 1_000)
    values, problems = read(b'{"a":1}\n' + b"{\n" * 5_000 + b'{"b":1}\n')
    assert values == {1: {"a": 1}}
    [fatal] = [problem for problem in problems if problem.is_fatal]
    assert fatal.line == 1_002
    assert problems[-1].message == "901 more lines could not be used as they are"


def test_broken_lines_among_many_whole_ones_are_passed_over_to_the_end(
    read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a file that is mostly noise is left."""
    monkeypatch.setattr(lines, "MAX_BROKEN_LINES", 100)
    values, problems = read((b'{"a":1}\n' * 5 + b"{\n") * 500)
    assert len(values) == 2_500
    assert not any(problem.is_fatal for problem in problems)


def test_damage_after_many_broken_lines_is_still_told(read: Any) -> None:
    """The count of what is not listed holds no fatal problem."""
    noise = b"".join(b"noise %d\n" % number for number in range(20_000))
    _, problems = read(gzip.compress(noise)[:-2_000])
    assert any(problem.is_fatal and "damaged gzip" in problem.message for problem in problems)
