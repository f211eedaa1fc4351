"""The kinds of misalignment and the severities of findings: one vocabulary for all floors."""

from typing import Final, Literal, get_args

Kind = Literal[
    "deception",
    "goal_gaming",
    "scope",
    "hijack",
    "leak",
    "damage",
    "evasion",
    "power_seeking",
    "sabotage",
    "drift",
]

Severity = Literal["note", "low", "medium", "high", "critical"]
"""`note` is shown on request and never accuses; the others are findings, in rising order."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)


def severity_rank(severity: Severity) -> int:
    """Return the position of `severity` in rising order, `note` being 0."""
    return SEVERITIES.index(severity)
