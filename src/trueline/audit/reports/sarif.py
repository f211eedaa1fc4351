"""The audit as SARIF 2.1.0, so that code hosts and editors show findings where they stand.

Source:
    OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import msgspec

from trueline.audit.model import AuditReport, Finding, Place, RunReport
from trueline.core.kinds import Severity

SCHEMA_URI: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVEL: Final[dict[Severity, str]] = {
    "note": "note",
    "low": "note",
    "medium": "warning",
    "high": "error",
    "critical": "error",
}
_SECURITY_SEVERITY: Final[dict[Severity, str]] = {
    "note": "0.0",
    "low": "3.0",
    "medium": "5.5",
    "high": "8.0",
    "critical": "9.5",
}
"""Code hosts order security results by this number, from 0 to 10."""


def to_sarif(report: AuditReport) -> bytes:
    """Return the findings as one SARIF run, UTF-8 with a final newline.

    Notes are left out; problems of reading and failures of monitors are tool notifications.
    """
    findings = [(run, finding) for run in report.runs for finding in run.findings]
    rules = sorted({(f.monitor, f.rule): f for _, f in findings}.items())
    positions = {key: position for position, (key, _) in enumerate(rules)}
    log = {
        "$schema": SCHEMA_URI,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Trueline",
                        "version": report.version,
                        "rules": [_rule(finding) for _, finding in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(report)],
                "results": [
                    _result(run, finding, positions[finding.monitor, finding.rule])
                    for run, finding in findings
                ],
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(log), indent=2) + b"\n"


def _rule(finding: Finding) -> dict[str, Any]:
    words = finding.rule.replace("-", " ")
    return {
        "id": _rule_id(finding),
        "name": "".join(word.capitalize() for word in finding.rule.split("-")),
        "shortDescription": {"text": f"{words[:1].upper()}{words[1:]} ({finding.kind})"},
        "defaultConfiguration": {"level": _LEVEL[finding.severity]},
        "properties": {"tags": ["ai-agent", finding.kind], "monitor": finding.monitor},
    }


def _rule_id(finding: Finding) -> str:
    return f"{finding.monitor}/{finding.rule}"


def _result(run: RunReport, finding: Finding, position: int) -> dict[str, Any]:
    locations = [_location(run, place) for place in finding.places]
    result: dict[str, Any] = {
        "ruleId": _rule_id(finding),
        "ruleIndex": position,
        "level": _LEVEL[finding.severity],
        "rank": round(finding.suspicion * 100, 1),
        "message": {"text": _message(finding)},
        "locations": locations[:1],
        "partialFingerprints": {"trueline/v1": finding.id},
        "properties": {
            "run": run.id,
            "kind": finding.kind,
            "severity": finding.severity,
            "security-severity": _SECURITY_SEVERITY[finding.severity],
        },
    }
    if len(locations) > 1:
        result["relatedLocations"] = [
            {"id": number, **location} for number, location in enumerate(locations[1:], 1)
        ]
    return result


def _message(finding: Finding) -> str:
    said = next((place.quote for place in finding.places if place.role == "said"), "")
    return f"“{said}” — {finding.explanation}" if said else finding.explanation


def _location(run: RunReport, place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(run.source)}}
    if place.line > 0:
        physical["region"] = {"startLine": place.line, "snippet": {"text": place.quote}}
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": f"{run.id}:{place.step}", "kind": "member"}],
        "message": {"text": place.note or place.role},
    }


def _uri(source: str) -> str:
    """Return a URI reference for a path: relative paths stay relative."""
    path = Path(source)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _invocation(report: AuditReport) -> dict[str, Any]:
    failures = [(run, failure) for run in report.runs for failure in run.failures]
    notifications = [
        {
            "level": "error" if problem.is_fatal else "warning",
            "message": {"text": problem.message},
            "locations": list(_problem_location(problem.path, problem.line)),
        }
        for problem in report.problems
    ]
    notifications += [
        {
            "level": "error",
            "message": {"text": f"monitor {failure.monitor} failed on {run.id}: {failure.error}"},
            "locations": list(_problem_location(run.source, 0)),
        }
        for run, failure in failures
    ]
    return {
        "executionSuccessful": not failures and not any(p.is_fatal for p in report.problems),
        "toolExecutionNotifications": notifications,
    }


def _problem_location(source: str, line: int) -> Iterable[dict[str, Any]]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(source)}}
    if line > 0:
        physical["region"] = {"startLine": line}
    yield {"physicalLocation": physical}
