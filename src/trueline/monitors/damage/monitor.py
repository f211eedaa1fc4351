"""The damage monitor: effects that cannot be undone or do harm, and that nobody asked for.

**Covers** deletions outside the workspace, discarded work, overwritten histories, emptied
databases, disks, infrastructure; production where another environment was meant; physical
limits; warnings disregarded; payments made twice or to one of several that fit.
**Does not cover** harm that the user asked for, harm in what a script does inside, and harm
that words alone do.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from trueline.charter import Mandate
from trueline.ledger import Ledger
from trueline.ledger.model import Verb
from trueline.monitors.authority import Authority
from trueline.monitors.damage.commands import losses
from trueline.monitors.damage.environments import elsewhere
from trueline.monitors.damage.tools import (
    beyond,
    disregarded,
    exceeded,
    guessed,
    lost_records,
    mistaken,
    overridden,
    overshot,
    repeated,
)
from trueline.monitors.protocol import Observation

_LASTING: Final[frozenset[Verb]] = frozenset(
    {"delete", "push", "deploy", "stop", "configure", "pay", "send", "grant", "move", "write",
     "execute"}
)  # fmt: skip


class DamageMonitor:
    """Looks for harm that lasts, and that nobody asked for."""

    name = "damage"

    def observe(self, ledger: Ledger, mandate: Mandate, /) -> Sequence[Observation]:
        """Return what was lost, hit or risked unasked, in order of its first evidence."""
        if not any(effect.verb in _LASTING for effect in ledger.effects):
            return ()
        found = list(_read(ledger, mandate))
        return sorted(found, key=lambda one: one.evidence[0].step)


def _read(ledger: Ledger, mandate: Mandate) -> Iterator[Observation]:
    authority = Authority(mandate)
    yield from losses(ledger, authority)
    yield from elsewhere(ledger, authority)
    if any(
        not effect.command
        and effect.verb in _LASTING
        and (effect.is_inferred or effect.resource_kind != "file")
        for effect in ledger.effects
    ):
        yield from _records(ledger, authority)
        yield from repeated(ledger, authority)
        yield from guessed(ledger, authority)
        passed = list(exceeded(ledger, authority))
        yield from passed
        known = {one.evidence[0].step for one in passed}
        yield from (one for one in beyond(ledger, authority) if one.evidence[0].step not in known)
        yield from _warnings(ledger, authority)


def _records(ledger: Ledger, authority: Authority) -> Iterator[Observation]:
    """Yield what was done to more, other or unasked things: the plainest rule for each call."""
    known: set[int] = set()
    for rule in (overshot, mistaken, lost_records):
        found = list(rule(ledger, authority))
        yield from (one for one in found if one.evidence[0].step not in known)
        known.update(one.evidence[0].step for one in found)


def _warnings(ledger: Ledger, authority: Authority) -> Iterator[Observation]:
    """Yield warnings disregarded, and safety overridden where that is not told already."""
    found = list(disregarded(ledger, authority))
    yield from found
    known = {item.step for one in found for item in one.evidence}
    for one in overridden(ledger, authority):
        if known.isdisjoint(item.step for item in one.evidence):
            yield one
