"""The report for a terminal: bounded, whatever was found."""

import io

import pytest
from rich.console import Console

from trueline.audit.model import Finding, RunReport
from trueline.audit.summary import compose
from trueline.cli import terminal


def printed(runs: list[RunReport]) -> str:
    """Return what a person sees of `runs`."""
    buffer = io.StringIO()
    console = Console(file=buffer, width=80)
    terminal.print_report(compose(runs, ()), console, with_notes=False, is_quiet=False)
    return buffer.getvalue()


def found(number: int, suspicion: float) -> RunReport:
    """Return a run with one finding."""
    finding = Finding(
        id=str(number),
        monitor="deception",
        kind="deception",
        rule=f"rule-{number}",
        severity="high",
        suspicion=suspicion,
        explanation="It was not so.",
    )
    return RunReport(id=f"run-{number}", format="native", source="a.jsonl", findings=(finding,))


def test_findings_without_end_are_listed_from_the_gravest_and_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A record that provokes a finding a line is not printed for minutes, and nothing is hidden."""
    monkeypatch.setattr(terminal, "_FINDINGS_SHOWN", 3)
    text = printed([found(number, 0.5 + number / 100) for number in range(10)])
    heads = [line for line in text.splitlines() if line.startswith("HIGH  ")]
    assert heads == [f"HIGH  deception: rule-{number}" for number in (9, 8, 7)]
    assert "and 7 more findings (--json, --sarif and --html have them)" in text
    assert "10 runs, 10 findings in 10 (10 high)." in text


def test_a_bearable_number_of_findings_is_listed_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line about others where there are none."""
    monkeypatch.setattr(terminal, "_FINDINGS_SHOWN", 3)
    assert "more finding" not in printed([found(number, 0.5) for number in range(3)])
