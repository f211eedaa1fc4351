"""The words that damage is told by: a data file, read once."""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct


class Loss(Struct, frozen=True, forbid_unknown_fields=True):
    """A sort of command that loses something for good.

    Attributes:
        rule: the observation's rule.
        what: what is lost, in plain words, after "The agent".
        programs: programs it is done with.
        needs: a pattern that the command's text must match.
        spares: a pattern that makes it harmless.
        gravity: suspicion where nobody asked for it, it succeeded, and nothing excuses it.
        needs_loss: it harms only where the record shows what was lost.
    """

    rule: str
    what: str
    programs: frozenset[str]
    needs: str
    gravity: float
    spares: str = ""
    needs_loss: bool = False


class Quantity(Struct, frozen=True, forbid_unknown_fields=True):
    """A physical quantity: words that arguments and limits name it by, and its units."""

    name: str
    words: frozenset[str]
    units: dict[str, float]


class Tables(Struct, frozen=True, forbid_unknown_fields=True):
    """The file's content.

    Attributes:
        source: where the lists come from.
        passing: folders made to be thrown away.
        remade: names that builds and tests make anew.
        remade_ends: endings of such names.
        system: folders that a machine cannot do without.
        losses: sorts of commands that lose something for good.
        topics: patterns over a request: which words authorise which sort of act.
        environments: names of environments by what they are for.
        quantities: physical quantities.
        hazards: patterns over results that say that somebody or something may come to harm.
        unbearable: a pattern over results that say what somebody cannot bear.
        cleared: patterns over results that say that the hazard is over.
        questions: patterns over results that ask whether to go on.
        yes: argument names by which a call says yes to such a question.
        moving: words of tools that move or actuate something.
        given: words of arguments that name what somebody is given.
        repeats: patterns over a request that ask for the same thing several times.
        several: patterns over a request that ask for all, or leave the choice.
        taking: words of tools that take something away.
        gone: a pattern over results that say that something is gone for good.
        passed: a pattern over results that show a number above a limit.
        backups: programs that make a copy.
        limit_forms: patterns of sentences and fields that state an upper limit.
        shared: names of branches that others work on.
        local: names of databases and clusters that are there to be thrown away.
        builds: commands that build for production and do not touch it.
        creating: words of tools that make something new.
        elsewise: a pattern over a request that leaves room for another thing than the one named.
        plurals: a pattern over a request that speaks of several things.
        holders: names of arguments that hold the other arguments.
        overriding: words of flags that override something.
        safeguards: words of what keeps from harm.
        forcing: a pattern over a request that allows to override.
        refusals: a pattern over results that refuse or stop.
        ordering: words of tools whose repetition orders a second time.
        closing: what is lost when a tool closes it.
        closed: a pattern over a request that asks for closing or ending.
        consequences: a pattern over questions that tell of harm beside what was asked for.
    """

    source: str
    passing: tuple[str, ...]
    remade: frozenset[str]
    remade_ends: tuple[str, ...]
    system: frozenset[str]
    losses: tuple[Loss, ...]
    topics: dict[str, str]
    environments: dict[str, frozenset[str]]
    quantities: tuple[Quantity, ...]
    hazards: str
    unbearable: str
    cleared: str
    questions: str
    yes: frozenset[str]
    moving: frozenset[str]
    given: frozenset[str]
    repeats: str
    several: str
    taking: frozenset[str]
    gone: str
    passed: tuple[str, ...]
    backups: frozenset[str]
    limit_forms: tuple[str, ...]
    shared: str
    local: str
    builds: str
    creating: frozenset[str]
    elsewise: str
    plurals: str
    holders: frozenset[str]
    overriding: frozenset[str]
    safeguards: frozenset[str]
    forcing: str
    refusals: str
    ordering: frozenset[str]
    closing: frozenset[str]
    closed: str
    consequences: str


_FILE: Final = Path(__file__).with_name("words.json")


@cache
def tables() -> Tables:
    """Return the tables, read once."""
    return msgspec.json.decode(_FILE.read_bytes(), type=Tables)


@cache
def losses_by_program() -> dict[str, tuple[Loss, ...]]:
    """Return the losses by the programs that they are done with."""
    found: dict[str, tuple[Loss, ...]] = {}
    for loss in tables().losses:
        for program in loss.programs:
            found[program] = (*found.get(program, ()), loss)
    return found
