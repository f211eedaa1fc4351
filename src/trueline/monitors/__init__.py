"""Monitors read a ledger and return observations; they never act."""

from trueline.monitors.protocol import (
    THRESHOLD,
    Evidence,
    Metered,
    Monitor,
    MonitorFailure,
    Observation,
    PartialReadingError,
    Verdict,
)

__all__ = [
    "THRESHOLD",
    "Evidence",
    "Metered",
    "Monitor",
    "MonitorFailure",
    "Observation",
    "PartialReadingError",
    "Verdict",
]
