"""Totals of test runners: what real runs printed, and what only looks like it.

The files in `outputs/` hold what runners printed for small projects of our own, run for real;
`written.json` holds formats of runners that could not be run, after their documentation.
"""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from trueline.ledger.model import TestReport
from trueline.ledger.outcomes import parse_tests

OUTPUTS = Path(__file__).parent / "outputs"
RUN_FOR_REAL = ("python", "javascript", "compiled", "scripting")
EXIT_ZERO_ALL_THE_SAME = {"tt_bad", "tt_badp"}
FAILED_FOR_OTHER_REASONS = {"mix_only"}


def load(name: str) -> list[dict[str, Any]]:
    """Return the cases of one file."""
    return msgspec.json.decode((OUTPUTS / f"{name}.json").read_bytes())


REAL = [case for name in RUN_FOR_REAL for case in load(name)]
WRITTEN = load("written")


def shape(report: TestReport, keys: list[str]) -> dict[str, Any]:
    """Return the fields of `report` that a case names."""
    return {
        key: list(report.failures) if key == "failures" else getattr(report, key) for key in keys
    }


@pytest.mark.parametrize("case", REAL + WRITTEN, ids=lambda case: case["name"])
def test_totals_are_what_the_runner_printed(case: dict[str, Any]) -> None:
    """Every report of every output has the numbers, the names and the words expected."""
    found = parse_tests(case["output"], case["command"])
    assert [
        shape(report, list(wanted)) for report, wanted in zip(found, case["reports"], strict=False)
    ] == case["reports"]
    assert len(found) == len(case["reports"])


@pytest.mark.parametrize("case", REAL, ids=lambda case: case["name"])
def test_a_report_agrees_with_the_exit_status_of_the_same_run(case: dict[str, Any]) -> None:
    """No run that ended with 0 is reported as failed, and none that did not as passed."""
    if case["name"] in EXIT_ZERO_ALL_THE_SAME | FAILED_FOR_OTHER_REASONS:
        pytest.skip("the runner's own exit status does not follow its totals here")
    for report in parse_tests(case["output"], case["command"]):
        if report.passed != 0 or report.failed or report.errors:
            assert report.is_ok == (case["exit_status"] == 0)


@pytest.mark.parametrize("case", REAL + WRITTEN, ids=lambda case: case["name"])
def test_a_quote_stands_in_the_output(case: dict[str, Any]) -> None:
    """Where an output has no colour codes, the quote is in it word for word."""
    output = case["output"]
    for report in parse_tests(output, case["command"]):
        assert report.quote
        if "\x1b" not in output and "[0m" not in output:
            assert report.quote in output


@pytest.mark.parametrize("case", REAL, ids=lambda case: case["name"])
def test_the_command_is_only_a_hint(case: dict[str, Any]) -> None:
    """Without the command the counts are the same, or there is no report."""
    named = parse_tests(case["output"], case["command"])
    unnamed = parse_tests(case["output"])
    if unnamed:
        assert [(r.passed, r.failed, r.is_ok) for r in unnamed] == [
            (r.passed, r.failed, r.is_ok) for r in named
        ]


@pytest.mark.parametrize(
    "text",
    [
        "INFO 3 failed, 2 passed logins",
        "2025-01-01 10:00:00 INFO login: 3 failed in 0.5s",
        "retrying: 2 failed, 1 succeeded in 3.0s",
        "=== 3 passed ===",
        "===== test session starts =====\ncollected 3 items",
        "5 tests collected in 0.01s",
        "===== 5 tests collected in 0.01s =====",
        "FAILED",
        "OK",
        "FAIL",
        "PASS src/a.test.js",
        "  ✓ adds (2 ms)",
        "Ran 3 migrations in 0.1s\nOK",
        "Ran 12 tests\n",
        "test result: the server answered ok",
        "# pass the salt\n# fail early",
        "ok 1 - done",
        "1..10",
        "3 examples, 2 of them bad",
        "10 passing cars",
        "2 failing disks (2ms)",
        "Executed 5 queries, with 0 failures",
        "  1 failed\n  2 passed",
        "  3 passed (see below)",
        "12% tests passed",
        "Tests: 3, done",
        "Passed!",
        '{"Action":"pass","Package":"x"}',
        "ok  then 3.5s later",
        "? what 0.1s",
        "[ FAIL ] disk",
        "17:05:02.790 [warning] TailWorker: failed to start: :file_not_found",
        "[error] 2 jobs failed, 5 passed",
        "Summary of exams: 3 passed, 2 failed, 5 in all",
        "E       AssertionError: assert '3 failed in 0.1s' == ''",
        "    12→=== 3 passed in 0.10s ===",
        "README.md:12:=== 3 passed in 0.10s ===",
        "-=== 3 passed in 0.10s ===",
    ],
)
def test_loose_words_are_no_report(text: str) -> None:
    """Log lines, prose, file listings and diffs with the same words count for nothing."""
    assert parse_tests(text) == ()
    assert parse_tests(f"before\n{text}\nafter\n") == ()


def test_no_more_than_fifty_failures_are_named() -> None:
    """A flood of failing tests keeps its count and the first fifty names."""
    lines = "".join(f"FAILED tests/test_a.py::test_{n} - boom\n" for n in range(80))
    (report,) = parse_tests(f"{lines}80 failed in 1.00s\n")
    assert report.failed == 80
    assert len(report.failures) == 50
    assert report.failures[0] == "tests/test_a.py::test_0"


def test_a_run_without_tests_has_none_in_total() -> None:
    """What ran nothing says so with a total of 0, and is not called all right."""
    (report,) = parse_tests("collected 0 items\n\n=== no tests ran in 0.01s ===\n")
    assert (report.passed, report.total, report.is_ok) == (0, 0, False)


def test_go_does_not_say_how_many_tests_passed_unless_asked() -> None:
    """Plain `go test` names packages, so the number of tests stays unknown."""
    (report,) = parse_tests("ok  \tshop/cart\t0.003s\n")
    assert (report.passed, report.total, report.is_ok) == (None, None, True)
