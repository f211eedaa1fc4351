"""The beginning of a document as values, wherever the head was cut."""

import json
from pathlib import Path

import pytest

from trueline.trajectory.glance import first_values
from trueline.trajectory.opening import HEAD_BYTES, head_of

DOCUMENT = {
    "kind": "log",
    "text": 'a "quoted", {odd} [text] \\',
    "list": [{"n": [1, 2]}, {"n": []}],
}


@pytest.mark.parametrize("indent", [None, 2])
def test_a_long_document_is_seen_by_its_first_entries(tmp_path: Path, indent: int | None) -> None:
    """Everything before the cut is there."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps(DOCUMENT | {"more": ["x" * 100] * 2000}, indent=indent))
    assert path.stat().st_size > HEAD_BYTES
    [value] = first_values(head_of(path))
    assert {key: value[key] for key in DOCUMENT} == DOCUMENT
    assert value["more"][0] == "x" * 100


def test_a_document_cut_anywhere_gives_one_value_or_none(tmp_path: Path) -> None:
    """Cuts inside strings, escapes and numbers included."""
    text = json.dumps(DOCUMENT, indent=1).encode()
    path = tmp_path / "a.json"
    for end in range(len(text)):
        path.write_bytes(text[:end])
        values = first_values(head_of(path))
        assert len(values) <= 1
        assert all(value.keys() <= DOCUMENT.keys() for value in values)


def test_lines_are_seen_as_lines(tmp_path: Path) -> None:
    """One value each."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n{"b": 2}\n')
    assert first_values(head_of(path)) == ({"a": 1}, {"b": 2})


@pytest.mark.parametrize(
    "data", [b"", b"text", b"}{", b"[" * 60_000, b'{"a": 1]', b"{x,", b"\xff{"]
)
def test_what_is_no_json_gives_nothing(tmp_path: Path, data: bytes) -> None:
    """And never raises."""
    path = tmp_path / "a"
    path.write_bytes(data)
    assert first_values(head_of(path)) == ()
