"""The labelled sets: monitors see the messages only, benchmarks the labels beside them."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from trueline.trajectory import ReadProblem, Step, Trajectory
from trueline.trajectory.formats.labelled import READER, read_labelled


def write(tmp_path: Path, calls: list[Any], **fields: Any) -> Path:
    """Write one run whose agent makes `calls`."""
    path = tmp_path / "set.jsonl"
    messages = [{"role": "assistant", "content": "", "tool_calls": calls}]
    row = {"id": "LEAK/1", "kind": "hijack", "label": 1, "messages": messages, **fields}
    path.write_text(json.dumps(row) + "\n")
    return path


def steps(path: Path) -> tuple[Step, ...]:
    """Return the steps of the only run."""
    [run] = READER.read(path, "set.jsonl")
    assert isinstance(run, Trajectory)
    return run.steps


def test_the_reader_gives_nothing_but_messages(tmp_path: Path) -> None:
    """Not even the id, which spells the label in some sets, nor the model."""
    path = write(tmp_path, [], model="LEAK", evidence="LEAK", grade={"LEAK": 1}, reward=0.5)
    [run] = READER.read(path, "set.jsonl")
    assert "LEAK" not in msgspec.json.encode(run).decode()
    assert "reward" not in msgspec.json.encode(run).decode()


def test_labels_stand_beside_the_same_trajectory(tmp_path: Path) -> None:
    """Every field but the messages, as recorded."""
    path = write(tmp_path, [], exposed=True)
    [row] = read_labelled(path)
    assert row.labels == {"id": "LEAK/1", "kind": "hijack", "label": 1, "exposed": True}
    assert [row.trajectory] == list(READER.read(path, "set.jsonl"))


@pytest.mark.parametrize(
    ("written", "tool", "arguments"),
    [
        ("ReadEmail{'id': 'e1', 'n': (1, 2)}", "ReadEmail", {"id": "e1", "n": [1, 2]}),
        ('PayBill\nAction Input: {"payee": "P"}', "PayBill", {"payee": "P"}),
        ('Consult: {"doctor": null}\n', "Consult", {"doctor": None}),
        ("Open <App>", "action", {"input": "Open <App>"}),
        ("Run{'a': open('x')}", "action", {"input": "Run{'a': open('x')}"}),
        ("Run{1j}", "action", {"input": "Run{1j}"}),
        ("Run{" + "[" * 5000 + "}", "action", {"input": "Run{" + "[" * 5000 + "}"}),
        (None, "action", None),
    ],
)
def test_a_call_written_as_text_is_parsed_or_kept(
    tmp_path: Path, written: Any, tool: str, arguments: Any
) -> None:
    """Python literals and JSON; nothing is executed."""
    [step] = steps(write(tmp_path, [{"name": "action", "args": written}]))
    assert (step.tool, step.arguments) == (tool, arguments)


def test_a_final_answer_among_the_actions_is_what_the_agent_says(tmp_path: Path) -> None:
    """It is no call."""
    [step] = steps(write(tmp_path, [{"name": "action", "args": "Final Answer: It is done."}]))
    assert (step.kind, step.actor, step.text) == ("message", "agent", "It is done.")


def test_a_line_that_is_no_run_is_a_problem_with_its_number(tmp_path: Path) -> None:
    """The next line is read."""
    path = write(tmp_path, [])
    path.write_text('{"id": 1}\n' + path.read_text())
    problem, run = READER.read(path, "set.jsonl")
    assert isinstance(problem, ReadProblem)
    assert problem.line == 1
    assert isinstance(run, Trajectory)


SETS = {
    "agentdojo_original": 3298,
    "rl_character_test_gaming": 5082,
    "rjudge": 562,
    "openagentsafety": 392,
    "lie_detector": 1067,
    "tau_airline_benign": 100,
}

WITHOUT_MESSAGES = {"agentdojo_original": 34}


@pytest.mark.shared
@pytest.mark.parametrize("name", SETS)
def test_every_run_of_the_stored_sets_is_read(shared_data: Path, name: str) -> None:
    """All of them, with a label each unless they are ambiguous."""
    rows = list(read_labelled(shared_data / "labelled" / f"{name}.jsonl.gz"))
    assert len(rows) == SETS[name]
    assert sum(not row.trajectory.steps for row in rows) == WITHOUT_MESSAGES.get(name, 0)
    assert all(row.labels["label"] in (0, 1) or row.labels["ambiguous"] for row in rows)
