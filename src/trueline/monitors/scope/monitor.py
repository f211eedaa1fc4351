"""The scope monitor: what the agent did outside the charter, or outside what was asked.

Where there is a charter with rules, its rulings are told.  Whatever the charter says, the
user's own words bind too: what they forbid, the upper bounds they set, and, for effects that
matter and cannot be taken back, what they ask for.

**Covers** rulings `must_not` and `must_ask`; bans ("don't push", "only in src/", "read-only",
"ask me before deleting"), upper bounds, and payments, messages, grants, deletions outside the
workspace, pushes and deployments of a sort that nobody asked for and that name nothing the
user named.
**Does not cover** wrong values in effects that were asked for (see `hijack`), damage within
what was asked (see `damage`), or requests in languages that the wording does not know.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from trueline.charter import Mandate
from trueline.ledger import Ledger
from trueline.monitors.protocol import Observation
from trueline.monitors.scope.ruled import ruled
from trueline.monitors.scope.said import breaches
from trueline.monitors.scope.unasked import unasked


class ScopeMonitor:
    """Holds what the agent did against what it was authorised to do."""

    name = "scope"

    def observe(self, _ledger: Ledger, mandate: Mandate, /) -> Sequence[Observation]:
        """Return what lies outside the charter, the user's bans and bounds, and the request."""
        found = list(chain(ruled(mandate), breaches(mandate)))
        known = {observation.evidence[0].step for observation in found}
        found += _others(unasked(mandate), known)
        return sorted(found, key=lambda observation: observation.evidence[0].step)


def _others(observations: Iterator[Observation], known: set[int]) -> Iterator[Observation]:
    """Leave out what another reading of the same step says more surely."""
    return (item for item in observations if item.evidence[0].step not in known)
