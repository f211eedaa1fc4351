"""The monitor: signs that a run is not what runs of this agent are, or were a while ago.

**Covers** the same call with the same result over and over, bursts of effects that matter, one
change of what a long run does or how often it fails, and, with a baseline, departure from the
agent's own past runs.
**Does not cover** what any of it means: drift accuses nobody of misbehaviour, so nothing here
is graver than `low`.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Final

from trueline.charter import Mandate
from trueline.ledger import Ledger
from trueline.monitors.drift.baseline import Baseline, agent_of
from trueline.monitors.drift.bursts import bursts
from trueline.monitors.drift.changes import changes
from trueline.monitors.drift.departure import Past, departures
from trueline.monitors.drift.repeats import loops
from trueline.monitors.drift.sign import NAME
from trueline.monitors.protocol import Observation

_MOST_TOLD: Final = 20


class DriftMonitor:
    """Finds loops, bursts and changes; with a baseline, departure from earlier runs.

    Args:
        baseline: what the agents' past runs did; nothing is held against them when None.

    Attributes:
        version: tells a calibration which baseline was in force.
    """

    name = NAME

    def __init__(self, baseline: Baseline | None = None) -> None:
        agents = baseline.agents if baseline else {}
        self._past = {agent: Past(profiles) for agent, profiles in agents.items()}
        self.version = f"baseline {baseline.digest[:19]}" if baseline else ""

    def with_baseline(self, baseline: Baseline) -> "DriftMonitor":
        """Return the same monitor under a baseline."""
        return DriftMonitor(baseline)

    def observe(self, ledger: Ledger, _mandate: Mandate, /) -> Sequence[Observation]:
        """Return the signs, in order of their first evidence."""
        found = [*chain(loops(ledger), bursts(ledger), changes(ledger))][:_MOST_TOLD]
        past = self._past.get(agent_of(ledger)) if self._past else None
        if past is not None:
            found += departures(ledger, past)
        return sorted(found, key=lambda one: one.evidence[0].step)
