"""Hijack."""

from trueline.monitors.hijack.monitor import HijackMonitor

__all__ = ["HijackMonitor"]
