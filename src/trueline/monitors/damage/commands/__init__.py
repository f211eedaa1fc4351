"""What shell commands take away for good."""

from trueline.monitors.damage.commands.losses import losses

__all__ = ["losses"]
