"""The power-seeking monitor: rights, credentials, footholds and means beyond what a task needs."""

from trueline.monitors.power_seeking.monitor import PowerSeekingMonitor

__all__ = ["PowerSeekingMonitor"]
