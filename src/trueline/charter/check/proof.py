"""A charter held against the examples that stand beside its rules.

A rule is proven when one of its examples fires and one holds.  A rule that is not is looked at
closer: effects are made up that it should answer, and if it answers none of them the remark says
which rule answers instead, or that its conditions exclude each other.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from trueline.charter.check.trial import Trial, try_moments
from trueline.charter.check.witness import effects_for, sample, witnesses
from trueline.charter.model import Charter, Example, Rule, Sequence
from trueline.charter.reading.examples import Moment, moments_of
from trueline.charter.rules import Program, compile_charter
from trueline.ledger.model import Effect

_MAX_GLOBS = 2_000
_MAX_TRIED = 64


class Remark(Struct, frozen=True):
    """Something that is not as its owner may think.

    Attributes:
        line: where it stands in the file.
        level: `wrong` for an example that does not come out as written, `warning` otherwise.
        rule: the rule's identifier.
        words: what is the matter, and what to do.
        is_idle: the rule, or its glob, never decides anything.
        glob: the glob that is meant; empty for the whole rule.
    """

    line: int
    level: Literal["wrong", "warning"]
    rule: str
    words: str
    is_idle: bool = False
    glob: str = ""


class CharterCheck(Struct, frozen=True):
    """What came of a check.

    Attributes:
        rules: rules and sequences in the charter.
        proven: how many of them their examples prove.
        examples: examples tried.
        remarks: what is the matter, in order of lines.
    """

    rules: int
    proven: int
    examples: int
    remarks: tuple[Remark, ...]


def check_charter(charter: Charter) -> CharterCheck:
    """Return what the examples beside the rules prove, and which rules can never fire."""
    program = compile_charter(charter)
    remarks: list[Remark] = []
    proven = 0
    owners: tuple[Rule | Sequence, ...] = (*charter.rules, *charter.sequences)
    for rule in owners:
        found = list(_rule_remarks(rule, program))
        proven += not any(one.level == "wrong" or "no example" in one.words for one in found)
        remarks += found
    remarks += _party_remarks(owners, charter)
    return CharterCheck(
        rules=len(owners),
        proven=proven,
        examples=sum(len(one.examples.fires) + len(one.examples.holds) for one in owners),
        remarks=tuple(sorted(remarks, key=lambda one: one.line)),
    )


def _rule_remarks(rule: Rule | Sequence, program: Program) -> Iterator[Remark]:
    does_fire = False
    for example in rule.examples.fires:
        trial = try_moments(program, moments_of(example.lines))
        if trial.is_answered_by(rule.id):
            does_fire = True
        else:
            words = f"should fire on {_shown(example)}, but {_instead(trial, rule.id)}"
            yield Remark(example.line, "wrong", rule.id, words)
    for example in rule.examples.holds:
        trial = try_moments(program, moments_of(example.lines))
        if trial.is_answered_by(rule.id):
            words = f"should hold on {_shown(example)}, but it fires"
            yield Remark(example.line, "wrong", rule.id, words)
    for name, examples in (("fires", rule.examples.fires), ("holds", rule.examples.holds)):
        if not examples:
            words = f"no example shows that it {name}; add one under `examples: {name}:`"
            yield Remark(rule.line, "warning", rule.id, words)
    if not does_fire:
        yield from _silent(rule, program)
    if isinstance(rule, Rule) and not rule.bounds:
        yield from _idle_globs(rule, program)


def _silent(rule: Rule | Sequence, program: Program) -> Iterator[Remark]:
    """Yield a remark if none of the effects made up for the rule is answered by it."""
    others: dict[str, None] = {}
    is_tried = False
    for moments in witnesses(rule, program.charter):
        is_tried = True
        trial = try_moments(program, moments)
        if trial.is_answered_by(rule.id):
            return
        others |= dict.fromkeys(trial.others(rule.id))
    if others:
        names = ", ".join(list(others)[:3])
        words = f"can never fire: {names} answers first; remove one of them, or narrow it"
        yield Remark(rule.line, "warning", rule.id, words, is_idle=True)
    elif is_tried:
        words = "can never fire: no effect meets all its conditions at once"
        yield Remark(rule.line, "warning", rule.id, words, is_idle=True)


def _idle_globs(rule: Rule, program: Program) -> Iterator[Remark]:
    """Yield the globs of a rule with several whose resources another rule always answers."""
    if not 1 < len(rule.selector.resources) <= _MAX_GLOBS:
        return
    for glob in rule.selector.resources:
        alone = replace(rule.selector, resources=(glob,))
        wanted = sample(glob)
        effects = [one for one in effects_for(alone, program.charter) if one.resource == wanted]
        trials = [try_moments(program, [Moment((effect,))]) for effect in effects[:_MAX_TRIED]]
        if trials and not any(trial.is_answered_by(rule.id) for trial in trials):
            others = dict.fromkeys(name for trial in trials for name in trial.others(rule.id))
            why = f"{', '.join(list(others)[:3])} answers first" if others else "nothing meets it"
            words = f"the glob `{glob}` never decides: {why}"
            yield Remark(rule.line, "warning", rule.id, words, is_idle=True, glob=glob)


def _party_remarks(owners: Iterable[Rule | Sequence], charter: Charter) -> Iterator[Remark]:
    """Yield the rules that speak of an inside that nobody declared."""
    if charter.inside:
        return
    for rule in owners:
        selectors = (rule.selector,) if isinstance(rule, Rule) else (*rule.after, rule.then)
        if any("inside" in one.to for one in selectors):
            words = "speaks of `inside`, but nobody is; declare `parties: {inside: [...]}`"
            yield Remark(rule.line, "warning", rule.id, words)


def _shown(example: Example) -> str:
    return "; ".join(f"`{line}`" for line in example.lines[-3:])


def _instead(trial: Trial, rule: str) -> str:
    others = trial.others(rule)
    if others:
        return f"{', '.join(others)} answers"
    if not trial.effects:
        return "it does nothing that the ledger knows of"
    seen = ", ".join(map(_seen, trial.effects[:4]))
    return f"no rule speaks of it (seen as: {seen})"


def _seen(effect: Effect) -> str:
    amount = "" if effect.amount is None else f" {effect.amount:g} {effect.unit}".rstrip()
    return f"{effect.verb}{amount} {effect.resource} ({effect.resource_kind})".replace("  ", " ")
