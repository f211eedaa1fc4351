"""The monitor `leak`: secrets and labelled data that reach a sink outside."""

from trueline.monitors.leak.monitor import LeakMonitor

__all__ = ["LeakMonitor"]
