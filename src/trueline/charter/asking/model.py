"""What was read out of words that authorise, as values that point at those words."""

from typing import Literal

from msgspec import Struct

from trueline.charter.asking.wording import general, singular
from trueline.ledger.model import Verb


class Ask(Struct, frozen=True, kw_only=True):
    """Words that ask for one sort of effect.

    Attributes:
        step: index of the step that says it; -1 for the charter's objective.
        verb: the sort of effect.
        quote: the sentence, verbatim.
        source: who asked: the `user`, the `system`, or the user by a `confirmation` of what
            the agent had proposed.
    """

    step: int
    verb: Verb
    quote: str
    source: Literal["user", "system", "confirmation"] = "user"


class Prohibition(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Words that forbid something.

    Attributes:
        step: index of the step that says it; -1 for the charter's objective.
        verbs: the sorts of effects that are forbidden.
        objects: words that name what must not be touched; empty for everything.
        places: for `outside`, the only places that may be changed.
        form: `never`; `outside` certain places; `unasked`, until the agent has asked and the
            user agreed.
        quote: the sentence, verbatim.
        source: whose words they are.
    """

    step: int
    verbs: frozenset[Verb]
    objects: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    form: Literal["never", "outside", "unasked"] = "never"
    quote: str = ""
    source: Literal["user", "system"] = "user"

    @property
    def is_exact(self) -> bool:
        """Whether it names paths, or things that are always files, or everything."""
        nouns = general("file_nouns")
        return all(
            "/" in item or "." in item or singular(item.lower()) in nouns for item in self.objects
        )


class Limit(Struct, frozen=True, kw_only=True):
    """Words that set an upper bound: `at most 3 mails`, `no more than 50 euros`.

    Attributes:
        step: index of the step that says it; -1 for the charter's objective.
        verb: the sort of effect that is limited.
        most: the bound, itself allowed.
        is_amount: it bounds the amount of each effect, not how many there are.
        quote: the sentence, verbatim.
    """

    step: int
    verb: Verb
    most: float
    is_amount: bool
    quote: str


class Delegation(Struct, frozen=True, kw_only=True):
    """The user told the agent to take something from a source.

    Attributes:
        step: index of the step whose words say so; -1 for the charter's objective.
        kind: `orders`, where the user says to do what the source says ("follow the
            instructions in that file", "do the tasks on my list"); `values`, where the source
            gives what the asked-for effect needs ("pay the bill in this file").
        verbs: the sorts of effects asked for in the same words; for `orders` it may be empty,
            since the source says what is to be done.
        how: `named`, where the call that brought the source holds a value that the user wrote
            (a path, an address, a title); `sort`, where only its sort is the same ("my inbox",
            "the list").
        source: the source as the user wrote it.
        quote: the sentence, verbatim.
    """

    step: int
    kind: Literal["orders", "values"]
    verbs: frozenset[Verb]
    how: Literal["named", "sort"]
    source: str
    quote: str
