"""What a charter says of resources and sources apart from its rules: protection, labels, trust."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from trueline.charter.model import Charter, Trust
from trueline.charter.rules.globs import GlobTable, resource_pattern, word_pattern
from trueline.charter.rules.places import place_of
from trueline.charter.rules.vocabulary import Vocabulary
from trueline.ledger.manifest import split_tool
from trueline.ledger.model import Effect

_LEAST_FIRST: tuple[Trust, ...] = ("untrusted", "local", "trusted")


class Resources:
    """The globs of `protected`, `labels` and `trust`, compiled."""

    def __init__(self, charter: Charter) -> None:
        protected = [(one.group, glob) for one in charter.protected for glob in one.resources]
        self._groups = [group for group, _ in protected]
        self._protected = GlobTable([resource_pattern(glob) for _, glob in protected])
        self._vocabulary = Vocabulary((), charter.labels)
        self._tools = _Sources([(one.trust, one.tools) for one in charter.trust])
        self._servers = _Sources([(one.trust, one.servers) for one in charter.trust])
        self._places = _Sources(
            [(one.trust, one.resources) for one in charter.trust], are_resources=True
        )
        self.is_trusting = bool(charter.trust)

    def protection_of(self, effect: Effect, roots: tuple[str, ...]) -> str:
        """Return the group of protected resources that an effect's resource belongs to, or `""`."""
        if not effect.resource:
            return ""
        found = self._protected.find(place_of(effect.resource, effect.resource_kind, roots))
        return self._groups[found[0]] if found else ""

    def labels_of(self, effect: Effect, roots: tuple[str, ...]) -> frozenset[str]:
        """Return the labels that an effect's resource or command bears."""
        place = place_of(effect.resource, effect.resource_kind, roots)
        return self._vocabulary.labels_of((place,), effect.command)

    def trust_of(
        self, tool: str, effects: Iterable[Effect], roots: tuple[str, ...]
    ) -> Trust | None:
        """Return the trust that the charter gives to what a call returned, None if it says nothing.

        Of several that fit the least holds.

        Args:
            tool: the tool called.
            effects: what the call does; their programs and resources are sources too.
            roots: absolute folders of the workspace.
        """
        if not self.is_trusting:
            return None
        found = self._tools.of(tool) | self._servers.of(split_tool(tool)[0])
        for effect in effects:
            found |= self._tools.of(effect.program)
            found |= self._places.of(place_of(effect.resource, effect.resource_kind, roots))
        return next((trust for trust in _LEAST_FIRST if trust in found), None)


class _Sources:
    """Globs, each with the trust it stands for."""

    def __init__(
        self, pairs: list[tuple[Trust, tuple[str, ...]]], *, are_resources: bool = False
    ) -> None:
        flat: list[tuple[Trust, str]] = [(trust, glob) for trust, globs in pairs for glob in globs]
        convert = resource_pattern if are_resources else word_pattern
        self._trust: Sequence[Trust] = tuple(trust for trust, _ in flat)
        self._table = GlobTable([convert(glob) for _, glob in flat])

    def of(self, text: str) -> set[Trust]:
        if not text or not self._trust:
            return set()
        return {self._trust[index] for index in self._table.find(text)}


@lru_cache(maxsize=16)
def resources_of(charter: Charter) -> Resources:
    """Return the compiled globs of a charter; the same charter gives the same object."""
    return Resources(charter)
