"""Compose what was found into one report, and draw the exit code from it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, cast

from trueline import __version__
from trueline.audit.model import (
    SCHEMA_MINOR,
    SCHEMA_VERSION,
    AuditReport,
    CalibrationInForce,
    RunReport,
)
from trueline.audit.totals import has_finding
from trueline.core.kinds import Severity
from trueline.monitors import Monitor
from trueline.trajectory import ReadProblem

if TYPE_CHECKING:
    from trueline.calibration.document import Calibration

CLEAN: Final = 0
FINDINGS: Final = 1
BAD: Final = 2


def compose(
    items: Iterable[RunReport | ReadProblem],
    monitors: Sequence[Monitor],
    calibration: "Calibration | None" = None,
) -> AuditReport:
    """Return one report over everything that was audited, in the order given."""
    runs: list[RunReport] = []
    problems: list[ReadProblem] = []
    for item in items:
        if isinstance(item, RunReport):
            runs.append(item)
        else:
            problems.append(item)
    return AuditReport(
        schema="trueline.audit",
        schema_version=SCHEMA_VERSION,
        schema_minor=SCHEMA_MINOR,
        version=__version__,
        monitors=tuple(monitor.name for monitor in monitors),
        runs=tuple(runs),
        problems=tuple(problems),
        calibration=_in_force(calibration) if calibration else None,
    )


def _in_force(calibration: "Calibration") -> CalibrationInForce:
    return CalibrationInForce(
        rate=calibration.rate,
        runs=calibration.runs,
        sample_digest=calibration.sample_digest,
        created=calibration.created,
        thresholds=calibration.thresholds().by_score,
    )


def exit_code(report: AuditReport, fail_on: str) -> int:
    """Return 2 if something or all could not be read or a monitor failed, 1 on findings, else 0.

    Args:
        report: what was found.
        fail_on: the least severity that counts, or `never`.
    """
    is_whole = bool(report.runs) and not any(problem.is_fatal for problem in report.problems)
    if not is_whole or any(run.failures for run in report.runs):
        return BAD
    if fail_on != "never" and has_finding(report.runs, cast("Severity", fail_on)):
        return FINDINGS
    return CLEAN
