"""What rules ask of an effect, each worked out at most once and only when asked."""

from typing import Final

from trueline.charter.model import PartyWord
from trueline.charter.rules.places import emptied, is_loopback, parties_of, place_of
from trueline.charter.rules.vocabulary import Vocabulary
from trueline.ledger.model import Effect

_EMPTYING: Final = frozenset({"delete", "move"})


class Facts:
    """One effect as rules see it."""

    __slots__ = ("_command", "_labels", "_parties", "_party", "_places", "_vocabulary", "effect")

    def __init__(self, effect: Effect, roots: tuple[str, ...], vocabulary: Vocabulary) -> None:
        self.effect = effect
        self._vocabulary = vocabulary
        place = place_of(effect.resource, effect.resource_kind, roots)
        self._places: tuple[str, ...] = (place,)
        if place.endswith("*") and effect.verb in _EMPTYING:
            self._places = (place, emptied(place))
        self._parties: tuple[str, ...] | None = None
        self._party: PartyWord | None = None
        self._labels: frozenset[str] | None = None
        self._command: str | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """The resource in its normal form, and the folder that goes with its contents."""
        return self._places

    @property
    def command(self) -> str:
        """The shell command, white space collapsed; empty for a tool."""
        if self._command is None:
            self._command = " ".join(self.effect.command.split())
        return self._command

    @property
    def parties(self) -> tuple[str, ...]:
        """The addresses of the other side."""
        if self._parties is None:
            self._parties = parties_of(self.effect.resource, self.effect.resource_kind)
        return self._parties

    @property
    def party(self) -> PartyWord:
        """Where the other side stands: one address outside is outside."""
        if self._party is None:
            parties = self.parties
            inside = self._vocabulary.inside
            if not parties:
                self._party = "unnamed"
            elif all(is_loopback(party) or inside.find(party) for party in parties):
                self._party = "inside"
            else:
                self._party = "outside"
        return self._party

    @property
    def labels(self) -> frozenset[str]:
        """The labels that the resource or the command bears."""
        if self._labels is None:
            self._labels = self._vocabulary.labels_of(self._places, self.effect.command)
        return self._labels
