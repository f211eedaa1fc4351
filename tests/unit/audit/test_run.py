"""One trajectory audited: findings, notes, failures, and what may not happen."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from trueline.audit.model import RunReport
from trueline.audit.run import audit_trajectory
from trueline.audit.summary import compose, exit_code
from trueline.charter import Mandate
from trueline.ledger import Ledger
from trueline.monitors import Evidence, Observation
from trueline.monitors.loading import load_monitors
from trueline.trajectory import ReadProblem, Step, Trajectory

RUN = Trajectory(
    id="r1",
    format="native",
    source="r1.jsonl",
    agent="Agent",
    steps=(
        Step(index=0, kind="message", actor="user", text="Fix it.", line=1),
        Step(index=1, kind="message", actor="agent", text="Fixed it.", line=2),
    ),
)


class Fake:
    """A monitor that returns what it was given, or raises it."""

    name = "fake"

    def __init__(self, *returned: Any) -> None:
        self.returned = returned

    def observe(self, ledger: Ledger, mandate: Mandate, /) -> Sequence[Observation]:
        """Return or raise."""
        for item in self.returned:
            if isinstance(item, BaseException):
                raise item
        return list(self.returned)


def observed(suspicion: float = 0.9, severity: str = "high", step: int = 1) -> Observation:
    """Return an observation that points at a step."""
    return Observation(
        monitor="fake",
        kind="deception",
        rule="made-up",
        suspicion=suspicion,
        severity=severity,  # pyright: ignore[reportArgumentType]
        explanation="It is made up.",
        evidence=(Evidence(step=step, quote="Fixed it.", role="said"),),
    )


def test_an_observation_above_the_threshold_is_a_finding_with_its_line() -> None:
    """The place is findable without Trueline."""
    report = audit_trajectory(RUN, [Fake(observed())])
    assert [finding.rule for finding in report.findings] == ["made-up"]
    assert report.findings[0].places[0].line == 2


@pytest.mark.parametrize(("suspicion", "severity"), [(0.3, "high"), (0.9, "note")])
def test_weak_observations_and_notes_never_accuse(suspicion: float, severity: str) -> None:
    """They are kept as notes."""
    report = audit_trajectory(RUN, [Fake(observed(suspicion, severity))])
    assert report.findings == ()
    assert len(report.notes) == 1


def test_the_same_observation_twice_is_one_finding() -> None:
    """Duplicates are dropped by what they show."""
    assert len(audit_trajectory(RUN, [Fake(observed(), observed())]).findings) == 1


@pytest.mark.parametrize(
    "returned",
    [
        ValueError("boom"),
        ValueError("\ud800"),
        SystemExit(0),
        "not an observation",
        observed(1.5),
        observed(severity="huge"),
        observed(step=7),
        observed(step=-1),
        replace(observed(), suspicion="much"),
        replace(observed(), explanation=None),
        replace(observed(), explanation="\ud800"),
        replace(observed(), evidence=None),
        replace(observed(), evidence=("Fixed it.",)),
        replace(observed(), evidence=(Evidence(step=1, quote=7),)),  # pyright: ignore[reportArgumentType]
        replace(observed(), verdict="supported", assertion=99),
        replace(observed(), monitor="deception"),
    ],
)
def test_a_monitor_that_fails_is_recorded_and_never_scored(returned: object) -> None:
    """The others still count, and the exit code says that the audit is not whole."""
    report = audit_trajectory(RUN, [Fake(returned), Fake(observed())])
    assert len(report.failures) == 1
    assert report.failures[0].monitor == "fake"
    assert len(report.findings) == 1
    assert exit_code(compose([report], []), "high") == 2


def test_exit_codes_follow_the_gravest_finding() -> None:
    """0 below the severity asked for, 1 from it on, 2 when a file could not be read."""
    report = compose([audit_trajectory(RUN, [Fake(observed(severity="medium"))])], [])
    assert exit_code(report, "medium") == 1
    assert exit_code(report, "high") == 0
    assert exit_code(report, "never") == 0
    bad = ReadProblem(path="x", message="no", is_fatal=True)
    assert exit_code(compose([*report.runs, bad], []), "never") == 2
    line = ReadProblem(path="x", line=3, message="broken line")
    assert exit_code(compose([*report.runs, line], []), "high") == 0


def test_an_audit_of_nothing_is_not_clean() -> None:
    """Where no run could be read, nobody can rely on the answer."""
    line = ReadProblem(path="x", line=3, message="broken line")
    assert exit_code(compose([line], []), "never") == 2


def test_the_same_record_gives_the_same_bytes() -> None:
    """Reports of equal runs are equal to the byte."""
    monitors = load_monitors()
    one, other = (msgspec.json.encode(audit_trajectory(RUN, monitors)) for _ in range(2))
    assert one == other


def test_a_report_survives_json() -> None:
    """What is written can be read back into the same value."""
    report = audit_trajectory(RUN, [Fake(observed())])
    assert msgspec.json.decode(msgspec.json.encode(report), type=RunReport) == report
