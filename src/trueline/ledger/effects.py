"""What the calls of a trajectory do to the world: by manifest, by shell text, or by guess.

A call whose tool no manifest knows is understood by its words (`trueline.ledger.inference`)
and its effects are marked as inferred.  Shell text is parsed once however often it stands
in a run.  A call of which nothing at all is known is an `execute` that says so.
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from trueline.ledger.calls import (
    call_arguments,
    host_command,
    leaves,
    number,
    scalar_text,
    shell_text,
)
from trueline.ledger.edits.patch import PATCH_START, Patch, parse_patch
from trueline.ledger.edits.patch_calls import patch_of
from trueline.ledger.manifest import Manifests, Scope, builtin_manifests
from trueline.ledger.model import Effect, Verb
from trueline.ledger.plans import Plan, Rule, command_plan, plan_of
from trueline.ledger.shell import shell_effects
from trueline.trajectory import Step, Trajectory

_PATCH_PROGRAMS = frozenset({"apply_patch", "applypatch"})


def effects_of(trajectory: Trajectory, manifests: Manifests | None = None) -> list[Effect]:
    """Return what every call of `trajectory` does, in order of the calls.

    Args:
        trajectory: the record.
        manifests: those in force; the built-in ones if None.
    """
    scope = (manifests or builtin_manifests()).for_format(trajectory.format)
    found: list[Effect] = []
    for step in trajectory.steps:
        if step.kind == "call":
            _call_effects(step, scope, found)
    return found


def _call_effects(step: Step, scope: Scope, found: list[Effect]) -> None:
    arguments = call_arguments(step)
    plan = plan_of(scope, step.tool, arguments)
    if plan.entry.shell:
        text = shell_text(arguments, plan.entry.shell)
        command = host_command(text, scope.commands) if scope.commands else None
        if command is not None:
            entry, arguments = command
            _apply(command_plan(entry, arguments), step, entry.names[0], arguments, found)
            return
        if text:
            _shell_call(step, text, found, is_inferred=plan.is_inferred)
            return
    if plan.entry.edit == "patch":
        _patch_effects(step, patch_of(arguments), found)
        return
    _apply(plan, step, step.tool, arguments, found)


def _shell_call(step: Step, text: str, found: list[Effect], *, is_inferred: bool) -> None:
    effects = shell_effects(text)
    has_patch = PATCH_START in text
    if has_patch:
        effects = tuple(effect for effect in effects if effect.program not in _PATCH_PROGRAMS)
    index = step.index
    if is_inferred:
        found.extend(replace(effect, step=index, is_inferred=True) for effect in effects)
    elif index:
        found.extend([replace(effect, step=index) for effect in effects])
    else:
        found.extend(effects)
    if has_patch:
        _patch_effects(step, parse_patch(text), found)


def _patch_effects(step: Step, patch: Patch, found: list[Effect]) -> None:
    touched: list[tuple[Verb, str]] = []
    for file in patch.files:
        if file.new_path:
            touched.append(("move", file.path))
            touched.append(("write", file.new_path))
        else:
            touched.append(("delete" if file.kind == "delete" else "write", file.path))
    for verb, path in touched or [("write", "")]:
        found.append(
            Effect(
                step=step.index,
                verb=verb,
                resource=path,
                resource_kind="file",
                program="apply_patch",
                is_reversible=True,
                is_unparsed=bool(patch.problem),
            )
        )


def _apply(
    plan: Plan, step: Step, program: str, arguments: Mapping[str, Any], found: list[Effect]
) -> None:
    for rule in plan.rules:
        if rule.when and not _holds(rule, arguments):
            continue
        resources, parameter = _resources(rule, arguments)
        amount, unit = _amount(rule, arguments) if rule.amount else (None, "")
        found.extend(
            [
                Effect(
                    step=step.index,
                    verb=rule.verb,
                    resource=resource,
                    resource_kind=rule.kind,
                    program=program,
                    parameter=parameter,
                    amount=amount,
                    unit=unit,
                    is_reversible=rule.reversible,
                    is_inferred=plan.is_inferred,
                )
                for resource in resources
            ]
        )


def _holds(rule: Rule, arguments: Mapping[str, Any]) -> bool:
    for name, wanted in rule.when:
        text = scalar_text(arguments.get(name))
        if text not in wanted and not (text and "*" in wanted):
            return False
    return True


def _resources(rule: Rule, arguments: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    for name in rule.plain:
        value = arguments[name]
        if isinstance(value, str):
            if value:
                return (value,), name
        elif value is not None:
            texts = tuple(leaves(arguments, name))
            if texts:
                return texts, name
    for name in rule.dotted:
        texts = tuple(leaves(arguments, name))
        if texts:
            return texts, name
    return (rule.literal,), ""


def _amount(rule: Rule, arguments: Mapping[str, Any]) -> tuple[float | None, str]:
    amount = next((n for name in rule.amount if (n := number(arguments[name])) is not None), None)
    units = (scalar_text(arguments[name]) for name in rule.unit_from)
    return amount, rule.unit or next((unit for unit in units if unit), "")
