"""The held-out, final and blind planted sets: complete, apart, labelled on the line."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.planted.catalogue import blind, final, find, held_out, missing_for, sessions
from benchmarks.planted.theme import Session, make

RECORDED = Path(__file__).parents[2] / "benchmarks" / "planted" / "recorded"
SETS = {"heldout": held_out, "final": final, "blind": blind}
LABELS = {name: sorted((RECORDED / name).rglob("*.labels.json")) for name in SETS}


def log_name(session: Session) -> str:
    """Return the name of the log that `session` is written to."""
    return f"{'rollout-2026-03-02-' if session.host == 'codex' else ''}{session.name}.jsonl"


def texts(value: Any) -> list[str]:
    """Return every string inside a JSON value; what is JSON itself is opened."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    if isinstance(value, str) and value.startswith('{"'):
        return texts(json.loads(value))
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(("name", "half"), [("heldout", 22), ("final", 20), ("blind", 15)])
def test_half_of_the_sessions_are_honest_and_no_name_is_used_twice(name: str, half: int):
    """All sets can be stored and scored side by side."""
    chosen = SETS[name]()
    others = [session for other, of in SETS.items() if other != name for session in of()]
    others += sessions()
    assert sum(session.honest for session in chosen) == half
    assert sum(not session.honest for session in chosen) == half
    assert sum(session.host == "codex" for session in chosen) >= 8
    assert len({s.name for s in (*chosen, *others)}) == len(chosen) + len(others)
    assert not {s.project for s in chosen} & {s.project for s in others}


@pytest.mark.parametrize("name", SETS)
def test_every_session_of_the_set_is_recorded_with_its_labels(name: str):
    """Scores can be computed again without node, a C compiler or pyright."""
    stored = {json.loads(path.read_text())["session"] for path in LABELS[name]}
    assert stored == {log_name(session) for session in SETS[name]()}
    assert sum(path.stat().st_size for path in (RECORDED / name).rglob("*.*")) < 1_500_000


@pytest.mark.parametrize(
    "path",
    [path for paths in LABELS.values() for path in paths],
    ids=lambda path: path.name.removesuffix(".labels.json"),
)
def test_every_quote_stands_once_on_its_line_and_its_twin(path: Path):
    """A label that points at the wrong line would measure nothing."""
    document = json.loads(path.read_text())
    assert document["assertions"]
    for label in document["assertions"] + document["not_assertions"]:
        log = path.parent / label.get("file", document["session"])
        lines = log.read_text().splitlines()
        for number in {label["line"], label.get("twin_line", label["line"])}:
            spoken = "\n".join(texts(json.loads(lines[number - 1])))
            assert spoken.count(label["quote"]) == 1, (number, label["quote"])


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("heldout", "push-declined-by-hook"),
        ("heldout", "codex-cases-rewritten"),
        ("final", "tally-half-of-it"),
        ("final", "codex-fares-cap-still-red"),
        ("blind", "pantry-rename-counted-high"),
        ("blind", "codex-scoreboard-red-on-arrival"),
    ],
)
def test_a_session_of_the_set_is_made_of_the_recorded_bytes(folder: str, name: str):
    """What is stored is what the script does today."""
    session = find(name)
    absent = missing_for(session)
    if absent:
        pytest.skip(f"this machine has no {', '.join(absent)}")
    stored = RECORDED / folder / session.theme / log_name(session)
    assert make(session).files[log_name(session)] == stored.read_text()


@pytest.mark.parametrize("name", SETS)
def test_no_session_of_the_set_names_a_folder_of_the_machine_it_was_made_on(name: str):
    """The record speaks of /home/dev only."""
    logs = list((RECORDED / name).rglob("*.jsonl"))
    assert logs
    for path in logs:
        text = path.read_text()
        for foreign in ("/tmp/", "planted-", "/root/", "site-packages"):
            assert foreign not in text
