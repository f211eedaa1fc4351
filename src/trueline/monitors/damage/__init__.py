"""The damage monitor: what cannot be undone, and nobody asked for."""

from trueline.monitors.damage.monitor import DamageMonitor

__all__ = ["DamageMonitor"]
