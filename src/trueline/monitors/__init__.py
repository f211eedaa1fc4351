"""Monitors read a ledger and return observations; they never act."""

from trueline.monitors.protocol import (
    THRESHOLD,
    Evidence,
    Monitor,
    MonitorFailure,
    Observation,
    Verdict,
)

__all__ = ["THRESHOLD", "Evidence", "Monitor", "MonitorFailure", "Observation", "Verdict"]
