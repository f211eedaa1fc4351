"""A mandate: one charter and the user's own words, applied to one run.

Monitors ask it what was authorised, whose words a value comes from, and what the charter
says of an effect.  Everything is worked out when first asked for and never changes.
"""

from functools import cached_property

from trueline.charter.model import Charter, Ruling, Trust, default_charter
from trueline.charter.request import Request
from trueline.charter.rules import compile_charter, resources_of, roots_of, rulings_of
from trueline.charter.trust import has_workspace, trust_of_effects
from trueline.ledger import Ledger
from trueline.ledger.model import Effect, Origin, Verb
from trueline.ledger.provenance import source_of


class Mandate:
    """What one run was authorised to do.

    Attributes:
        ledger: the run.
        charter: what its owner laid down.
    """

    def __init__(self, ledger: Ledger, charter: Charter | None = None) -> None:
        self.ledger = ledger
        self.charter = charter or default_charter()

    @cached_property
    def request(self) -> Request:
        """What the user's own words, the system's and the charter's objective ask for."""
        return Request(self.ledger, self.charter.objective)

    @cached_property
    def rulings(self) -> tuple[Ruling, ...]:
        """What the charter's rules say of the effects they speak of, in order.

        An effect that failed counts for its own ruling and for nothing after it; a limit of the
        whole run is told of once, where it is passed.
        """
        program = compile_charter(self.charter)
        return () if program.is_empty else tuple(rulings_of(self.ledger, program))

    def protection_of(self, effect: Effect) -> str:
        """Return the group of protected resources that an effect is about, or `""`.

        The groups of the default charter are `oversight`, `tests`, `ci` and `agent_settings`;
        what a charter protects beyond them is `own`.
        """
        return resources_of(self.charter).protection_of(effect, self._roots)

    def labels_of(self, effect: Effect) -> frozenset[str]:
        """Return the charter's data labels that an effect's resource or command bears."""
        return resources_of(self.charter).labels_of(effect, self._roots)

    @cached_property
    def _roots(self) -> tuple[str, ...]:
        return roots_of(self.charter, self.ledger.trajectory.cwd)

    def origin_of(self, value: str | float, step: int) -> Origin:
        """Return where a value in the call at `step` first appeared."""
        return self.ledger.provenance.origin_of(value, step)

    def is_named(self, value: str | float, step: int) -> bool:
        """Return whether the user, the system or the charter named `value` before `step`."""
        return self.request.names(value, step)

    def asks_for(self, verb: Verb, step: int) -> bool:
        """Return whether words of the user before `step` ask for that sort of effect."""
        return self.request.asks_for(verb, step)

    def trust_of(self, step: int) -> Trust:
        """Return whose words step `step` holds; the agent's own count as `local`."""
        entry = self.ledger.steps[step]
        source = source_of(entry)
        if source in ("user", "system"):
            return "trusted"
        if source == "agent":
            return "local"
        effects = () if entry.call_index is None else self.ledger.effects_at(entry.call_index)
        ruled = resources_of(self.charter).trust_of(entry.tool, effects, self._roots)
        if ruled is not None:
            return ruled
        return trust_of_effects(effects, has_workspace=self._has_workspace)

    @cached_property
    def _has_workspace(self) -> bool:
        return has_workspace(self.ledger)
