"""Reading outputs never raises, costs time linear in them, and is blind to colour."""

import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.ledger.model import VERBS, Effect
from trueline.ledger.outcomes import outcomes_of, parse_diagnoses, parse_tests
from trueline.trajectory import Step, Trajectory

OUTPUTS = Path(__file__).parents[1] / "unit" / "ledger" / "outcomes" / "outputs"
CASES: list[dict[str, Any]] = [
    case
    for name in ("python", "javascript", "compiled", "scripting", "written")
    for case in msgspec.json.decode((OUTPUTS / f"{name}.json").read_bytes())
]
CHECKS: list[dict[str, Any]] = msgspec.json.decode((OUTPUTS / "checks.json").read_bytes())
LINES = sorted({line for case in CASES + CHECKS for line in case["output"].split("\n") if line})
PIECES = st.lists(st.sampled_from(LINES) | st.text(max_size=30), max_size=20).map("\n".join)
COLOURS = st.sampled_from(["\x1b[31m", "\x1b[1;32m", "\x1b[0m", "\x1b[39;49m", "\x1b(B", "\x1b[K"])


@given(PIECES, st.text(max_size=20))
def test_any_output_is_read_without_an_error(text: str, hint: str) -> None:
    """Lines of real outputs in any mixture, with anything between them, give sane counts."""
    for report in parse_tests(text, hint):
        counts = (report.failed, report.errors, report.skipped, report.passed or 0)
        assert min(counts) >= 0
        assert not (report.is_ok and (report.failed or report.errors))
        assert report.quote
    for diagnosis in parse_diagnoses(text, hint):
        assert diagnosis.quote
        assert not (diagnosis.is_ok and diagnosis.errors)


@given(st.sampled_from(CASES), st.data())
@settings(max_examples=200)
def test_colour_changes_no_report(case: dict[str, Any], data: st.DataObject) -> None:
    """Codes put between words leave counts and names as they were."""
    output = case["output"]
    if "\x1b" in output or "[0m" in output:
        return
    words = output.split(" ")
    for _ in range(min(20, len(words))):
        place = data.draw(st.integers(0, len(words) - 1))
        words[place] = data.draw(COLOURS) + words[place] + "\x1b[0m"
    plain, coloured = (
        [(r.runner, r.passed, r.failed, r.errors, r.skipped, r.total, r.is_ok, r.failures)
         for r in parse_tests(text, case["command"])]
        for text in (output, " ".join(words))
    )  # fmt: skip
    assert coloured == plain


@given(st.sampled_from(CASES))
def test_windows_line_ends_change_no_report(case: dict[str, Any]) -> None:
    """Carriage returns before line ends leave counts as they were."""
    output = case["output"].replace("\r", "")
    plain, windows = (
        [(r.runner, r.passed, r.failed, r.is_ok) for r in parse_tests(text, case["command"])]
        for text in (output, output.replace("\n", "\r\n"))
    )
    assert windows == plain


@given(st.lists(st.tuples(st.sampled_from(VERBS), st.text(max_size=20), PIECES), max_size=5))
def test_any_trajectory_gets_one_outcome_for_each_effect(
    calls: list[tuple[Any, str, str]],
) -> None:
    """Whatever stands in commands and results, outcomes are parallel and quote the record."""
    steps: list[Step] = []
    effects: list[Effect] = []
    for verb, command, output in calls:
        index = len(steps)
        steps.append(
            Step(index=index, kind="call", actor="agent", tool="Bash", call_index=index + 1,
                 arguments={"command": f"{command}; echo $?"})
        )  # fmt: skip
        steps.append(
            Step(index=index + 1, kind="result", actor="tool", text=output, call_index=index)
        )
        effects.append(
            Effect(step=index, verb=verb, program="make", command=command, exit_link="hidden")
        )
    trajectory = Trajectory(id="t", format="t", source="t", steps=tuple(steps))
    found = outcomes_of(trajectory, effects)
    assert [outcome.effect for outcome in found] == list(range(len(effects)))
    for outcome in found:
        assert outcome.status in ("succeeded", "failed", "unknown")
        assert outcome.because


HOSTILE = (
    "3 passed in 0.1s\n", "1 ", "not ok 1 - x\n", "--- FAIL: x (0.0s)\n", "# pass 1\n", "\n",
    "Tests run: 1, Failures: 0, Errors: 0, Skipped: 0\n", " 1 pass\n", "=== 1 passed",
    "FAILED x.py::a\n", "  1 failed\n", "Executed 1 of 2", "1 a, ", "\x1b[31m1 passed\x1b[0m\r\n",
    "[ FAIL 1 | WARN 0 | SKIP 1 | PASS 1 ]\n", "Ran 1 test in 0.1s\n\n", "web-1 | ", "\x1b[", "\r",
    "a.py:1:1: E1 x\n", "a.c:1: error: x\n", "x..........Failed\n", "warning: `a` (b) generated 1 ",
    "1 errors, 1 warnings, 1 notes\n", "─\n  1 test passed\n", "\x1b]0;", "ℹ pass 1\n",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_megabyte_of_hostile_lines_costs_seconds_at_most(piece: str) -> None:
    """No line that readers look for makes them slow by being repeated."""
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    parse_tests(text, "pytest go test mix test")
    parse_diagnoses(text, "flake8 gofmt go build")
    assert time.process_time() - start < 2.0


def test_unrelated_output_costs_next_to_nothing() -> None:
    """Ten thousand characters without any mark are told apart in one pass."""
    text = "the quick brown fox jumps over the lazy dog 123 times\n" * 190
    parse_tests(text)
    spent: list[float] = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(50):
            parse_tests(text)
        spent.append((time.process_time() - start) / 50)
    assert min(spent) < 200e-6
