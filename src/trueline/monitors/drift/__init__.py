"""The drift monitor: loops, bursts, changes within a run, and departure from earlier runs."""

from trueline.monitors.drift.monitor import DriftMonitor

__all__ = ["DriftMonitor"]
