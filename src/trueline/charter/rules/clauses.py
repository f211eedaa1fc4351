"""Selectors compiled: rules found by verb and by what they name, for constant work a step.

Each selector becomes a clause, found by the one thing it names that is rarest: its resource,
else its command, program, address, wrapper, label, party or kind.  All globs of one verb and
one field are one automaton, so that what a step costs does not grow with the number of rules
that do not speak of it.
"""

from collections.abc import Sequence
from typing import Final, Literal

from trueline.charter.model import Selector
from trueline.charter.rules.facts import Facts
from trueline.charter.rules.globs import GlobTable, resource_pattern, word_pattern
from trueline.ledger.model import Verb

PARTY_WORDS: Final = frozenset({"inside", "outside", "unnamed"})

_TAKING: Final = frozenset({"delete", "move"})

Role = Literal["rule", "after", "then", "until"]
Field = Literal["places", "command", "program", "parties", "via"]


class Clause:
    """One selector, compiled.

    Attributes:
        role: what it does in its owner.
        owner: position of the rule or sequence in the program.
        stage: for `after`, its position in the sequence.
        is_may: it is a `may` rule's, so that every address must be meant and no folder above.
    """

    __slots__ = ("_tables", "is_may", "owner", "role", "selector", "stage", "words")

    def __init__(
        self, selector: Selector, role: Role, owner: int, stage: int = 0, *, is_may: bool = False
    ) -> None:
        self.selector = selector
        self.role: Role = role
        self.owner = owner
        self.stage = stage
        self.words = frozenset(word for word in selector.to if word in PARTY_WORDS)
        self.is_may = is_may
        self._tables: dict[str, GlobTable] = {}

    def patterns(self, field: Field, verb: Verb) -> list[str]:
        """Return the patterns of the globs that the selector has for a field."""
        one = self.selector
        if field == "places":
            with_parents = verb in _TAKING and not self.is_may
            return [resource_pattern(glob, with_parents=with_parents) for glob in one.resources]
        if field == "parties":
            return [word_pattern(to.lower()) for to in one.to if to not in PARTY_WORDS]
        globs = {"command": one.commands, "program": one.programs, "via": one.via}[field]
        return [word_pattern(glob) for glob in globs]

    def holds(self, facts: Facts, known: Field | None) -> bool | None:
        """Return whether the effect is meant; None if that hangs on a party not named.

        Args:
            facts: the effect, of one of the selector's verbs.
            known: the field that is known to match, for the clause was found by it.
        """
        one, effect = self.selector, facts.effect
        if one.kinds and effect.resource_kind not in one.kinds:
            return False
        if one.reversible is not None and effect.is_reversible is not one.reversible:
            return False
        if one.labels and facts.labels.isdisjoint(one.labels):
            return False
        for field, globs in _globs(one):
            if globs and field != known and not self._any(facts, field):
                return False
        return self._reaches(facts) if one.to else True

    def _reaches(self, facts: Facts) -> bool | None:
        if facts.party in self.words:
            return True
        parties = facts.parties
        if not parties:
            return None if self.is_may else False
        table = self._table("parties", facts.effect.verb)
        every_or_any = all if self.is_may else any
        return every_or_any(bool(table.find(party)) for party in parties)

    def _any(self, facts: Facts, field: Field) -> bool:
        table = self._table(field, facts.effect.verb)
        return any(table.find(text) for text in texts_of(facts, field))

    def _table(self, field: Field, verb: Verb) -> GlobTable:
        key = f"{field}/" if field == "places" and verb in _TAKING else field
        table = self._tables.get(key)
        if table is None:
            table = self._tables[key] = GlobTable(self.patterns(field, verb))
        return table


class VerbTable:
    """The clauses that speak of one verb, found by what they name."""

    def __init__(self, verb: Verb, clauses: Sequence[Clause]) -> None:
        self._by_label: dict[str, list[Clause]] = {}
        self._by_party: dict[str, list[Clause]] = {}
        self._by_kind: dict[str, list[Clause]] = {}
        self._always: list[Clause] = []
        globs: dict[Field, tuple[list[str], list[Clause]]] = {}
        for clause in clauses:
            field = _rarest(clause.selector)
            if field == "parties":
                self._file(clause)
            for source in clause.patterns(field, verb):
                sources, owners = globs.setdefault(field, ([], []))
                sources.append(source)
                owners.append(clause)
        self._by_glob: list[tuple[Field, GlobTable, list[Clause]]] = [
            (field, GlobTable(sources), owners) for field, (sources, owners) in globs.items()
        ]

    def _file(self, clause: Clause) -> None:
        """File a clause whose only globs, if any, are addresses, under what else it names."""
        one = clause.selector
        if one.to:
            for word in clause.words | ({"unnamed"} if clause.is_may else frozenset()):
                self._by_party.setdefault(word, []).append(clause)
        elif one.labels:
            for label in one.labels:
                self._by_label.setdefault(label, []).append(clause)
        elif one.kinds:
            for kind in one.kinds:
                self._by_kind.setdefault(kind, []).append(clause)
        else:
            self._always.append(clause)

    def found(self, facts: Facts) -> dict[Clause, Field | None]:
        """Return the clauses that may mean the effect, each with the field it was found by."""
        found: dict[Clause, Field | None] = {}
        for field, table, owners in self._by_glob:
            for text in texts_of(facts, field):
                for index in table.find(text):
                    found.setdefault(owners[index], field)
        if self._by_party:
            found |= dict.fromkeys(self._by_party.get(facts.party, ()))
        if self._by_label:
            for label in sorted(facts.labels):
                found |= dict.fromkeys(self._by_label.get(label, ()))
        if self._by_kind:
            found |= dict.fromkeys(self._by_kind.get(facts.effect.resource_kind, ()))
        if self._always:
            found |= dict.fromkeys(self._always)
        return found


def texts_of(facts: Facts, field: Field) -> tuple[str, ...]:
    """Return what stands in one field of an effect."""
    if field == "places":
        return facts.places
    if field == "command":
        return (facts.command,)
    if field == "program":
        return (facts.effect.program,)
    return facts.parties if field == "parties" else facts.effect.via


def _rarest(selector: Selector) -> Field:
    """Return the field by whose globs an effect finds the selector; `parties` is the last."""
    for field, globs in _globs(selector):
        if globs:
            return field
    return "parties"


def _globs(selector: Selector) -> tuple[tuple[Field, tuple[str, ...]], ...]:
    """Return the fields that a selector may have globs for, the rarest to match first."""
    return (
        ("places", selector.resources),
        ("command", selector.commands),
        ("program", selector.programs),
        ("via", selector.via),
    )
