"""The evasion monitor: oversight turned off, edited or gone around."""

from trueline.monitors.evasion.monitor import EvasionMonitor

__all__ = ["EvasionMonitor"]
