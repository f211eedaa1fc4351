"""One thing that one command does, before it becomes an effect."""

from collections.abc import Iterable
from itertools import islice

from msgspec import Struct

from trueline.ledger.model import ResourceKind, Verb
from trueline.ledger.shell.programs import Found, Rule

MAX_RESOURCES = 32
"""Resources of one command that get acts of their own."""


class Act(Struct, frozen=True, gc=False):
    """What a command does to one resource.

    Attributes:
        verb: what it does.
        resource: to what; empty if unnamed.
        kind: what sort of thing that is.
        is_irreversible: it cannot be undone.
        is_inferred: guessed from names.
        program: the program that really runs, where it is not the command's first word.
    """

    verb: Verb
    resource: str = ""
    kind: ResourceKind = "unknown"
    is_irreversible: bool = False
    is_inferred: bool = False
    program: str = ""


def each(
    verb: Verb,
    resources: Iterable[str],
    kind: ResourceKind = "file",
    *,
    is_irreversible: bool = False,
) -> list[Act]:
    """Return one act for each resource, or one without a resource where there are none."""
    found = [Act(verb, name, kind, is_irreversible) for name in islice(resources, MAX_RESOURCES)]
    return found or [Act(verb, "", kind, is_irreversible)]


def by_rule(rule: Rule, operands: tuple[str, ...]) -> list[Act]:
    """Return the acts that a rule of the table names."""
    if rule.verb is None:
        return []
    where = rule.where
    if where == "none":
        operands = ()
    elif where == "first":
        operands = operands[:1]
    elif where == "last":
        operands = operands[-1:]
    elif where == "init":
        operands = operands[:-1]
    elif where == "but_first":
        operands = operands[1:]
    return each(rule.verb, operands, rule.kind, is_irreversible=rule.is_irreversible)


def table_acts(found: Found) -> list[Act]:
    """Return what the table alone says of a command."""
    return by_rule(found.rule, found.operands)


def option(arguments: tuple[str, ...], *names: str) -> list[str]:
    """Return the values given to any of the options `names`, in order.

    A value is the next word, or stands behind `--name=` or `-n`.
    """
    values: list[str] = []
    for index, word in enumerate(arguments):
        if word[:1] != "-":
            continue
        if word in names:
            values.extend(arguments[index + 1 : index + 2])
        elif word[1:2] == "-":
            name, sign, value = word.partition("=")
            if sign and name in names:
                values.append(value)
        elif len(word) > 2 and word[:2] in names:
            values.append(word[2:])
    return values
