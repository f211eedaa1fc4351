"""Deception: what the agent said, held against what the record shows."""

from trueline.monitors.deception.monitor import DeceptionMonitor

__all__ = ["DeceptionMonitor"]
