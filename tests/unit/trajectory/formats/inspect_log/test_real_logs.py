"""Logs that Inspect wrote: every shape of file tells the same, and what Inspect's reader tells."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from trueline.trajectory import ReadProblem, Step, Trajectory
from trueline.trajectory.formats.inspect_log import READER
from trueline.trajectory.formats.inspect_log.archive import members, read_member
from trueline.trajectory.opening import recognise


def read(path: Path) -> list[Trajectory]:
    """Read a log that must have no problems."""
    items = list(READER.read(path, path.name))
    assert not [item for item in items if isinstance(item, ReadProblem)]
    return [item for item in items if isinstance(item, Trajectory)]


def told(steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    """Return steps as the messages they came from, without scores."""
    messages: list[dict[str, Any]] = []
    lines: dict[int, dict[str, Any]] = {}
    for step in steps:
        if step.kind == "score":
            continue
        if step.line not in lines:
            lines[step.line] = {"role": "", "text": "", "calls": [], "error": None}
            messages.append(lines[step.line])
        message = lines[step.line]
        if step.kind == "call":
            message["calls"].append([step.call_id, step.tool, step.arguments])
            continue
        message["role"] = {"user": "user", "agent": "assistant", "tool": "tool"}[step.actor]
        message["error" if step.is_error else "text"] = step.text
    return messages


@pytest.mark.parametrize("name", ["whole.eval", "whole.json", "nan.eval", "nan.json", "chunked"])
def test_messages_calls_and_errors_are_those_that_inspect_reads(recorded: Path, name: str) -> None:
    """Zip, document, mended and chunked logs tell what Inspect's own reader tells."""
    path = recorded / name
    path = next(path.glob("*.eval")) if path.is_dir() else path
    assert recognise(path) is READER
    expected = json.loads((recorded / "expected.json").read_text())
    found = read(path)
    assert [run.id for run in found] == [sample["uuid"] for sample in expected]
    for run, sample in zip(found, expected, strict=True):
        assert told(run.steps) == sample["messages"]
        assert run.metadata["sample"] == sample["id"]
        assert run.model == "mockllm/model"
        assert run.metadata["task"] == "inventory"


def test_every_call_has_its_result_and_a_failed_tool_is_marked(recorded: Path) -> None:
    """The tool that raised is an error; the others are not."""
    run = read(recorded / "whole.eval")[0]
    results = [step for step in run.steps if step.kind == "result"]
    assert len(results) == 5
    assert [step.is_error for step in results] == [False] * 4 + [True]
    assert results[-1].text == "item-4 is locked."
    for result in results:
        assert result.call_index is not None
        assert run.steps[result.call_index].call_index == result.index


def test_scores_are_steps_of_the_host_and_targets_stand_nowhere(recorded: Path) -> None:
    """A grader's value is told apart from what the agent did."""
    run = read(recorded / "whole.eval")[0]
    [score] = [step for step in run.steps if step.kind == "score"]
    assert score.actor == "host"
    assert score.extra == {"score": "C"}
    assert score.text.startswith("includes: ")
    assert "target" not in run.metadata


def test_a_score_that_is_no_number_does_not_hide_the_sample(recorded: Path) -> None:
    """`NaN` is not JSON, but Inspect writes it."""
    [score] = [step for step in read(recorded / "nan.eval")[0].steps if step.kind == "score"]
    assert score.extra == {"score": "NaN"}


def test_a_sample_without_messages_is_put_together_from_its_model_events(
    recorded: Path, tmp_path: Path
) -> None:
    """Pools and attachments are resolved; nothing is told twice."""
    whole = read(recorded / "whole.eval")[0]
    path = tmp_path / "events.eval"
    with (recorded / "whole.eval").open("rb") as file, zipfile.ZipFile(path, "w") as archive:
        for name, member in members(file)[0].items():
            data = read_member(file, member)
            if name.startswith("samples/"):
                sample = json.loads(data)
                assert sample["events_data"]["messages"]
                sample["messages"] = []
                data = json.dumps(sample).encode()
            archive.writestr(name, data)
    run = read(path)[0]
    assert [(step.kind, step.text, step.arguments, step.call_index) for step in run.steps] == [
        (step.kind, step.text, step.arguments, step.call_index) for step in whole.steps
    ]
    assert run.steps[0].time is not None
