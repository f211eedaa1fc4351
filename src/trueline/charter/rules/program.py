"""A charter compiled once: its rules and sequences as clauses, filed by verb."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from trueline.charter.model import Answer, Charter, Rule, Selector, Sequence
from trueline.charter.rules.clauses import Clause, VerbTable
from trueline.charter.rules.vocabulary import Vocabulary
from trueline.ledger.model import VERBS, Verb

ANSWER_RANK: Final[dict[Answer, int]] = {"must_not": 0, "must_ask": 1, "may": 2}
"""Which answer goes before which; of the same answer, the rule that stands first."""

CHANGING: Final[tuple[Verb, ...]] = ("write", "delete", "move", "configure")
"""What changes a protected resource."""


class Program:
    """A charter made ready; holds no state of any run.

    Attributes:
        charter: what it was made from.
        rules: the charter's, and those that its `protected` and `limits` imply.
        tables: the clauses that speak of each verb; a verb of which none speaks is missing.
        otherwise: what holds for effects of a verb of which no rule speaks.
        vocabulary: the charter's own words.
        is_empty: nothing will ever be ruled on.
    """

    def __init__(self, charter: Charter) -> None:
        self.charter = charter
        self.rules = (*charter.rules, *_implied(charter))
        self.otherwise: dict[Verb, Answer] = dict(charter.otherwise)
        self.vocabulary = Vocabulary(charter.inside, charter.labels)
        by_verb: dict[Verb, list[Clause]] = {}
        for clause in self._clauses():
            for verb in clause.selector.verbs or VERBS:
                by_verb.setdefault(verb, []).append(clause)
        self.tables = {verb: VerbTable(verb, clauses) for verb, clauses in by_verb.items()}
        limits = charter.limits
        self.has_limits = not (limits.steps is limits.wall_time_s is limits.tokens is None)
        self.is_empty = not (self.tables or self.otherwise or self.has_limits)

    def _clauses(self) -> Iterator[Clause]:
        for owner, rule in enumerate(self.rules):
            yield Clause(rule.selector, "rule", owner, is_may=rule.answer == "may")
        for owner, one in enumerate(self.charter.sequences):
            for stage, selector in enumerate(one.after):
                yield Clause(selector, "after", owner, stage)
            yield Clause(one.then, "then", owner)
            if one.until is not None:
                yield Clause(one.until, "until", owner)

    def rank(self, rule: Rule | Sequence, position: int) -> tuple[int, bool, int]:
        """Return what orders rulings: the least is the answer."""
        return ANSWER_RANK[rule.answer], isinstance(rule, Sequence), position


def _implied(charter: Charter) -> Iterator[Rule]:
    """Yield the rules that protected resources and the limit on spending come to."""
    for one in charter.protected:
        if one.answer is not None:
            yield Rule(
                id=f"protected.{one.group}",
                answer=one.answer,
                selector=Selector(verbs=CHANGING, resources=one.resources),
                why=f"the charter protects it ({one.group})",
            )
    if charter.limits.spend:
        yield Rule(
            id="limits.spend",
            answer="must_not",
            selector=Selector(verbs=("pay",)),
            bounds=charter.limits.spend,
            why="the charter's limit on spending is passed",
        )


@lru_cache(maxsize=16)
def compile_charter(charter: Charter) -> Program:
    """Return the charter made ready; the same charter gives the same object."""
    return Program(charter)
