"""The scope monitor: effects outside the charter, or outside what the user asked."""

from trueline.monitors.scope.monitor import ScopeMonitor

__all__ = ["ScopeMonitor"]
