"""One whole JSON document within limits."""

import gzip
from pathlib import Path

import pytest

from trueline.trajectory import json_document, lines
from trueline.trajectory.json_document import read_document


def test_a_document_is_read_plain_and_packed(tmp_path: Path) -> None:
    """Gzip is found by content."""
    path = tmp_path / "document"
    for data in (b'{"a": 1}', gzip.compress(b'{"a": 1}')):
        path.write_bytes(data)
        assert read_document(path, "shown") == ({"a": 1}, [])


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\x1f\x8b\x08broken", b"[" * 100_000, gzip.compress(b'{"a": 1}', mtime=0)[:-9]],
)
def test_what_is_no_document_is_one_fatal_problem(tmp_path: Path, data: bytes) -> None:
    """There is nothing to read on with."""
    path = tmp_path / "document"
    path.write_bytes(data)
    value, problems = read_document(path, "shown")
    assert value is None
    assert [problem.is_fatal for problem in problems] == [True]


def test_a_document_over_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when it only grows too large by unpacking."""
    monkeypatch.setattr(json_document, "MAX_DOCUMENT_BYTES", 1000)
    path = tmp_path / "document"
    for data in (b'"' + b"x" * 1000 + b'"', gzip.compress(b'"' + b"x" * 100_000 + b'"')):
        path.write_bytes(data)
        _, problems = read_document(path, "shown")
        assert problems[0].message == "document is larger than 1000 bytes"


def test_a_packed_document_that_grows_beyond_all_measure_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred kilobytes may not become half a gigabyte of brackets."""
    monkeypatch.setattr(lines, "BOMB_FLOOR", 1000)
    path = tmp_path / "document"
    path.write_bytes(gzip.compress(b"[" + b"[]," * 500_000 + b"0]"))
    value, [problem] = read_document(path, "shown")
    assert value is None
    assert problem.is_fatal
    assert "unpack it first" in problem.message


def test_a_mended_document_says_what_was_mended(tmp_path: Path) -> None:
    """The value is there, and so is the note."""
    path = tmp_path / "document"
    path.write_bytes(b'{"a": "\xff"}')
    value, problems = read_document(path, "shown")
    assert value == {"a": "\ufffd"}
    assert problems[0].message == "document mended: invalid UTF-8 replaced"
    assert not problems[0].is_fatal
