"""Find the monitors that are installed: ours and anybody's, through entry points."""

from collections.abc import Collection
from typing import Final

from trueline.errors import MonitorLoadError
from trueline.monitors.plugins import Plugin, installed
from trueline.monitors.protocol import Monitor

ENTRY_POINT_GROUP: Final = "trueline.monitors"
"""Entry points of this group name a callable without arguments that returns a `Monitor`."""


def load_monitors(names: Collection[str] = ()) -> tuple[Monitor, ...]:
    """Return the installed monitors in order of their names.

    Args:
        names: the monitors wanted; all of them when empty.

    Raises:
        MonitorLoadError: a name is not installed, or a plug-in does not load or is no monitor.
    """
    found = installed(ENTRY_POINT_GROUP)
    for name in names:
        if name not in found:
            raise MonitorLoadError(
                f"no monitor named {name!r} is installed; there are: {', '.join(sorted(found))}"
            )
    return tuple(_load(found[name]) for name in sorted(names or found))


def _load(point: Plugin) -> Monitor:
    """Load one plug-in and check its shape at once, not at its first use."""
    try:
        monitor = point.load()()
    except (Exception, SystemExit) as error:
        raise MonitorLoadError(
            f"monitor {point.name!r} ({point.value}) does not load: {type(error).__name__}: {error}"
        ) from error
    is_monitor = isinstance(monitor, Monitor) and isinstance(getattr(monitor, "name", None), str)
    if not is_monitor or not callable(monitor.observe):
        raise MonitorLoadError(
            f"monitor {point.name!r} ({point.value}) has no `name` and `observe(ledger, mandate)`; "
            "see trueline.monitors.protocol.Monitor"
        )
    return monitor
