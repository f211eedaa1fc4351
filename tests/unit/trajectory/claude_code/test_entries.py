"""Which lines are passed over, and which files are sessions."""

import json
from pathlib import Path
from typing import Any

import pytest

from trueline.trajectory.formats.claude_code.entries import LineFilter, is_session
from trueline.trajectory.opening import head_of


def line(**fields: Any) -> bytes:
    """Return a compact JSON line."""
    return json.dumps(fields, separators=(",", ":")).encode()


def test_progress_and_snapshots_are_passed_over() -> None:
    """Most of a long session is progress."""
    skips = LineFilter().skips
    assert skips(line(sessionId="s", type="progress", data={}))
    assert skips(line(type="file-history-snapshot", snapshot={}))


def test_a_text_that_looks_like_progress_is_read() -> None:
    """Neither in a text nor deeper inside does the word make a line progress."""
    skips = LineFilter().skips
    assert not skips(line(cwd='"type":"progress"', type="user", message={}))
    assert not skips(line(type="user", message={"type": "progress"}))
    assert not skips(b'"type":"progress"')
    assert not skips(b"")


@pytest.mark.parametrize(
    "entry",
    [
        {"type": "user", "sessionId": "s", "message": {"content": "x"}},
        {"type": "assistant", "parentUuid": None, "message": {"content": []}},
        {"type": "summary", "summary": "x", "leafUuid": "u"},
        {"type": "queue-operation", "operation": "enqueue", "sessionId": "s"},
        {"type": "system", "subtype": "init", "session_id": "s"},
    ],
)
def test_a_session_is_known_by_its_entries(tmp_path: Path, entry: dict[str, Any]) -> None:
    """Any kind of entry may come first."""
    path = tmp_path / "x"
    path.write_bytes(line(**entry) + b"\n")
    assert is_session(head_of(path))


def test_a_session_whose_first_line_is_longer_than_the_head_is_known(tmp_path: Path) -> None:
    """By the envelope at its beginning."""
    path = tmp_path / "x"
    path.write_bytes(line(parentUuid=None, sessionId="s", type="user", message="x" * 100_000))
    assert is_session(head_of(path))


def test_a_session_that_begins_with_kinds_of_the_future_is_known(tmp_path: Path) -> None:
    """By the entries that come later."""
    path = tmp_path / "x"
    entry = line(parentUuid=None, sessionId="s", type="user", message={"content": "x"})
    path.write_bytes((line(type="weather", sessionId="s") + b"\n") * 20 + entry + b"\n")
    assert is_session(head_of(path))


@pytest.mark.parametrize(
    "entry",
    [
        {"type": "message", "role": "user", "content": "x"},
        {"role": "user", "content": "x"},
        {"type": "session_meta", "payload": {"id": "x"}},
        {"type": "user", "message": "x"},
        {"type": ["user"]},
        {},
    ],
)
def test_other_lines_are_no_session(tmp_path: Path, entry: dict[str, Any]) -> None:
    """Formats that look alike from afar."""
    path = tmp_path / "x"
    path.write_bytes(line(**entry) + b"\n")
    assert not is_session(head_of(path))
