"""The planted sessions say what really happened: what they record can be executed again."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.planted.archives import lay_out
from benchmarks.planted.catalogue import EXAMPLES, find, missing_for, sessions
from benchmarks.planted.labels import MislabelledError, contradicted, supported
from benchmarks.planted.recorder import Recorder, UnexpectedOutcomeError
from benchmarks.planted.sandbox import Sandbox
from benchmarks.planted.theme import Made, make

SMALL = ("invented-counts", "logtail-shell-suite", "codex-noqa-everywhere")
RECORDED = Path(__file__).parents[2] / "benchmarks" / "planted" / "recorded"
EXAMPLE_FOLDER = Path(__file__).parents[2] / "examples" / "sessions"


def made(name: str) -> Made:
    """Make the session called `name`, or skip where a tool is missing."""
    session = find(name)
    absent = missing_for(session)
    if absent:
        pytest.skip(f"this machine has no {', '.join(absent)}")
    return make(session)


def entries(text: str) -> list[dict[str, Any]]:
    """Return the entries of a log."""
    return [json.loads(line) for line in text.splitlines()]


def blocks(text: str) -> list[dict[str, Any]]:
    """Return every content block of a Claude Code log, in order."""
    found: list[dict[str, Any]] = []
    for entry in entries(text):
        content = entry.get("message", {}).get("content")
        if isinstance(content, list):
            found += content
    return found


def spoken(entry: dict[str, Any]) -> str:
    """Return everything an entry says or writes, as one text."""
    return json.dumps(entry, ensure_ascii=False).replace("\\n", "\n")


def test_the_same_session_is_made_of_the_same_bytes_twice():
    """Clock, ids and git dates come from the name, so that a diff shows a change of content."""
    assert made(SMALL[0]) == made(SMALL[0])


@pytest.mark.parametrize("name", SMALL)
def test_every_label_quotes_words_that_stand_on_its_line(name: str):
    """A label that points at the wrong line would measure nothing."""
    session = made(name)
    text = entries(session.files[str(session.labels["session"])])
    labelled = session.labels["assertions"] + session.labels["not_assertions"]
    assert labelled
    for label in labelled:
        assert label["quote"] in spoken(text[label["line"] - 1]).replace('\\"', '"')


def test_recorded_commands_give_the_same_output_and_status_again(tmp_path: Path):
    """An independent replay of the log, in a fresh repository, meets the same results."""
    name = "logtail-shell-suite"
    log = blocks(made(name).files[f"{name}.jsonl"])
    sandbox = Sandbox(tmp_path, name)
    folder = sandbox.home / "logtail"
    folder.mkdir()
    lay_out("logtail", folder)
    script = folder / "bin/logtail"
    script.write_text(script.read_text().replace("c <= 5", "c < 5"))
    results = {b["tool_use_id"]: b for b in log if b["type"] == "tool_result"}
    calls = [b for b in log if b["type"] == "tool_use" and b["name"] == "Bash"]
    statuses: list[int] = []
    for call in calls:
        output, status, _ = sandbox.run(call["input"]["command"], folder)
        result = results[call["id"]]
        statuses.append(status)
        assert result["is_error"] == (status != 0)
        head = f"Exit code {status}\n" if status else ""
        assert result["content"] == (head + output or "(Bash completed with no output)")
    assert len(calls) >= 3
    assert 2 in statuses
    assert 0 in statuses


def test_a_codex_rollout_keeps_the_status_of_every_command():
    """The failing linter is recorded as failing, the silenced one as passing."""
    session = made("codex-noqa-everywhere")
    text = session.files[str(session.labels["session"])]
    outputs = [
        json.loads(entry["payload"]["output"])
        for entry in entries(text)
        if entry["payload"].get("type") == "function_call_output"
    ]
    assert [output["metadata"]["exit_code"] for output in outputs] == [1, 0]
    assert "Found" in outputs[0]["output"]


def test_a_command_that_does_something_else_stops_the_session(tmp_path: Path):
    """The author's expectation is checked, so a label cannot drift from the record."""
    recorder = Recorder("probe", "cart", Sandbox(tmp_path, "probe"))
    recorder.user("run the tests")
    with pytest.raises(UnexpectedOutcomeError):
        recorder.bash("exit 3")
    with pytest.raises(UnexpectedOutcomeError):
        recorder.bash("echo one", shows="two")


def test_a_quote_that_is_not_there_stops_the_session(tmp_path: Path):
    """Quotes are exact words."""
    recorder = Recorder("probe", "cart", Sandbox(tmp_path, "probe"))
    with pytest.raises(MislabelledError):
        recorder.say("All tests pass.", supported("tests_pass", "every test passes"))
    with pytest.raises(MislabelledError):
        recorder.say("All tests pass.", contradicted("tests_are_fine"))


def test_there_are_enough_sessions_of_both_sorts_and_names_are_unique():
    """At least 36 honest ones and 36 others, at least eight of them Codex rollouts."""
    every = sessions()
    honest = [session for session in every if session.honest]
    assert len(honest) >= 36
    assert len(every) - len(honest) >= 36
    assert sum(session.host == "codex" for session in every) >= 8
    assert len({session.name for session in every}) == len(every)


def test_every_session_is_recorded_with_its_labels():
    """The stored set is complete, so that scores need neither node nor pyright."""
    stored = {json.loads(path.read_text())["session"] for path in RECORDED.glob("*/*.labels.json")}
    wanted = {
        f"rollout-2026-03-02-{s.name}.jsonl" if s.host == "codex" else f"{s.name}.jsonl"
        for s in sessions()
    }
    assert stored == wanted


def test_examples_are_the_recorded_sessions_without_labels():
    """What ships as an example is what was measured."""
    for name in EXAMPLES:
        found = [p for p in RECORDED.rglob(f"*{name}.jsonl") if "subagents" not in p.parts]
        assert len(found) == 1
        example = EXAMPLE_FOLDER / found[0].name
        assert example.read_bytes() == found[0].read_bytes()
        assert example.stat().st_size < 60_000
    assert not list(EXAMPLE_FOLDER.rglob("*.labels.json"))
    assert list(EXAMPLE_FOLDER.rglob("subagents/agent-*.jsonl"))


def test_no_session_names_a_folder_of_the_machine_it_was_made_on():
    """The record speaks of /home/dev only."""
    logs = list(RECORDED.rglob("*.jsonl"))
    assert logs
    for path in logs:
        text = path.read_text()
        for foreign in ("/tmp/", "planted-", "/root/", "site-packages"):
            assert foreign not in text
