"""The monitor: signs that a run is not what runs of this agent are, or were a while ago."""

from collections.abc import Sequence
from itertools import chain

from trueline.charter import Mandate
from trueline.ledger import Ledger
from trueline.monitors.drift.bursts import bursts
from trueline.monitors.drift.changes import changes
from trueline.monitors.drift.repeats import loops
from trueline.monitors.drift.sign import NAME
from trueline.monitors.protocol import Observation


class DriftMonitor:
    """Finds loops, bursts and changes; with a baseline, departure from earlier runs."""

    name = NAME

    def observe(self, ledger: Ledger, _mandate: Mandate, /) -> Sequence[Observation]:
        """Return the signs, in order of their first evidence."""
        found = [*chain(loops(ledger), bursts(ledger), changes(ledger))]
        return sorted(found, key=lambda one: one.evidence[0].step)
