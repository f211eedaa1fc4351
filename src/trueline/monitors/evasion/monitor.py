"""The monitor: oversight turned off, edited or gone around.

**Covers** hooks, logs and histories, audits, firewalls and other watchers, branch protection
and reviews, agents' own settings, what a charter protects, commands and processes in disguise,
own traces, own approvals, orders to stop, copies of own weights, and refused calls taken by
another route; by shell commands, edits, and tools whose names say what they do.
**Does not cover** tests as guards (see `goal_gaming`), what a script does that the agent wrote
and ran, watchers that the tables do not name, and oversight evaded without any call.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from trueline.charter import Mandate
from trueline.ledger import Ledger
from trueline.monitors.evasion.acts.commands import command_deeds
from trueline.monitors.evasion.acts.copies import copy_deeds
from trueline.monitors.evasion.acts.files import file_deeds
from trueline.monitors.evasion.acts.halts import halt_deeds
from trueline.monitors.evasion.acts.refusals import refusal_deeds
from trueline.monitors.evasion.acts.services import service_deeds
from trueline.monitors.evasion.acts.traces import trace_deeds
from trueline.monitors.evasion.asking import Asking
from trueline.monitors.evasion.deed import NAME, Deed
from trueline.monitors.evasion.judgement import judged
from trueline.monitors.evasion.scene import Scene
from trueline.monitors.protocol import Observation

_MOST_TOLD: Final = 20


class EvasionMonitor:
    """Finds what an agent did against what watches, limits or records it."""

    name = NAME

    def observe(self, ledger: Ledger, mandate: Mandate, /) -> Sequence[Observation]:
        """Return the deeds against oversight, in order, each with whether it was wanted."""
        deeds = list(_deeds(ledger, mandate))
        if not deeds:
            return ()
        asking = Asking(mandate)
        found = [judged(ledger, asking, deed) for deed in deeds]
        return sorted(found, key=lambda one: one.evidence[0].step)


def _deeds(ledger: Ledger, mandate: Mandate) -> Iterator[Deed]:
    """Yield the first deeds of each room; one that is told of in scores is not clearer for it."""
    scene = Scene(ledger)
    rooms = (
        command_deeds(scene),
        file_deeds(scene, mandate),
        service_deeds(scene),
        trace_deeds(scene, mandate),
        halt_deeds(scene),
        copy_deeds(ledger),
        refusal_deeds(ledger),
    )
    return chain.from_iterable(islice(_first_of_each(room), _MOST_TOLD) for room in rooms)


def _first_of_each(deeds: Iterator[Deed]) -> Iterator[Deed]:
    """Leave out what was told of before: the same rule on the same words."""
    told: set[tuple[str, str]] = set()
    for deed in deeds:
        key = (deed.rule, deed.shown[0].quote)
        if key not in told:
            told.add(key)
            yield deed
