"""What a call of one shape does, worked out once: the shape is the tool and its argument names."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from trueline.ledger.inference import infer_entry
from trueline.ledger.manifest import EffectRule, Scope, ToolEntry
from trueline.ledger.model import ResourceKind, Verb

_MAX_PLANS: Final = 4096
"""Shapes remembered for one format; more than that is a flood, not a set of tools."""

_COMMAND_ARGUMENTS: Final = frozenset({"command", "action", "input"})


class Rule(Struct, frozen=True):
    """An `EffectRule` fitted to one shape of call: the arguments that are there."""

    verb: Verb
    kind: ResourceKind
    literal: str
    plain: tuple[str, ...]
    dotted: tuple[str, ...]
    amount: tuple[str, ...]
    unit: str
    unit_from: tuple[str, ...]
    reversible: bool | None
    when: tuple[tuple[str, tuple[str, ...]], ...]


class Plan(Struct, frozen=True):
    """What a call of one shape does.

    Attributes:
        entry: the manifest's entry, or the guess.
        rules: its effects, fitted to the shape.
        is_inferred: the entry is a guess.
    """

    entry: ToolEntry
    rules: tuple[Rule, ...]
    is_inferred: bool


def plan_of(scope: Scope, tool: str, arguments: Mapping[str, Any]) -> Plan:
    """Return the plan for a call of `tool` with `arguments`."""
    shape = (tool, *arguments)
    plan = scope.plans.get(shape)
    if plan is None:
        if len(scope.plans) >= _MAX_PLANS:
            scope.plans.clear()
        plan = scope.plans[shape] = _make_plan(scope, tool, shape[1:])
    return plan


def command_plan(entry: ToolEntry, arguments: Mapping[str, Any]) -> Plan:
    """Return the plan for one of the host's own shell commands."""
    return Plan(entry, _fit(entry.effects, tuple(arguments)), is_inferred=False)


def _make_plan(scope: Scope, tool: str, keys: tuple[str, ...]) -> Plan:
    if tool in scope.commands and keys and _COMMAND_ARGUMENTS.issuperset(keys):
        return Plan(ToolEntry(names=(tool,), shell=keys), (), is_inferred=False)
    entry = scope.find(tool, keys)
    is_inferred = entry is None
    if entry is None:
        entry = infer_entry(tool, keys)
    return Plan(entry, _fit(entry.effects, keys), is_inferred)


def _fit(rules: tuple[EffectRule, ...], keys: tuple[str, ...]) -> tuple[Rule, ...]:
    def present(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name.split(".", 1)[0] in keys)

    return tuple(
        Rule(
            verb=rule.verb,
            kind=rule.kind,
            literal=rule.literal,
            plain=tuple(name for name in present(rule.resource) if "." not in name),
            dotted=tuple(name for name in present(rule.resource) if "." in name),
            amount=present(rule.amount),
            unit=rule.unit,
            unit_from=present(rule.unit_from),
            reversible=rule.reversible,
            when=tuple(rule.when.items()),
        )
        for rule in rules
    )
