"""What an import gives: a charter, and what it could not say as the other tool does.

The rule of every import: it never allows what the other tool would not.  A permission that
cannot be put exactly is left out; a prohibition that cannot is made wider, or all that it may
mean is to be asked for.  Either is told.
"""

from collections.abc import Iterable

from msgspec import Struct

from trueline.charter.model import Answer, Bound, Charter, Rule, Selector, default_charter
from trueline.ledger.model import VERBS, Verb

ORDER: tuple[Answer, ...] = ("must_not", "must_ask", "may")


class Imported(Struct, frozen=True):
    """A charter taken over.

    Attributes:
        charter: as values.
        remarks: what was left out or made stricter, and why.
    """

    charter: Charter
    remarks: tuple[str, ...]


class Collected:
    """Rules and remarks, gathered one after the other."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.remarks: list[str] = []

    def add(
        self,
        answer: Answer,
        selector: Selector,
        why: str,
        bounds: tuple[Bound, ...] = (),
    ) -> None:
        """Add a rule; one that says the same is kept once."""
        same = [one for one in self.rules if one.answer == answer and one.selector == selector]
        if any(one.bounds == bounds for one in same):
            return
        name = f"import-{len(self.rules) + 1}"
        self.rules.append(Rule(id=name, answer=answer, selector=selector, why=why, bounds=bounds))

    def leave(self, what: str, why: str) -> None:
        """Note that something could not be put as it stands."""
        self.remarks.append(f"{what}: {why}")

    def charter(self, name: str, otherwise: Iterable[tuple[Verb, Answer]]) -> Imported:
        """Return what was gathered as a charter."""
        charter = Charter(
            name=name,
            rules=tuple(sorted(self.rules, key=lambda rule: ORDER.index(rule.answer))),
            otherwise=tuple(otherwise),
            labels=default_charter().labels,
            protected=default_charter().protected,
        )
        return Imported(charter, tuple(self.remarks))


def everywhere(answer: Answer) -> tuple[tuple[Verb, Answer], ...]:
    """Return one answer for every effect that no rule speaks of."""
    return tuple((verb, answer) for verb in VERBS)
