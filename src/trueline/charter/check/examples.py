"""Examples made for rules that have none, so that a drafted charter proves itself.

A person should put real ones in their place; these show at least that each rule can fire and
can hold, and what its author may expect.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from msgspec.structs import replace

from trueline.charter.check.trial import try_moments
from trueline.charter.check.witness import sample, witnesses
from trueline.charter.model import Charter, Example, Examples, Rule, Selector
from trueline.charter.model import Sequence as SequenceRule
from trueline.charter.reading.examples import moment_of, moments_of, usual_kind
from trueline.charter.rules import Program, compile_charter
from trueline.ledger.model import VERBS, Effect

OneRule = TypeVar("OneRule", Rule, SequenceRule)

_TRIED = 200
_LONGEST_RUN = 64
_ELSEWHERE = (
    "elsewhere/x", "/elsewhere/x", "elsewhere.invalid", "someone@elsewhere.invalid",
    "https://elsewhere.invalid/x", "other",
)  # fmt: skip


def with_examples(charter: Charter) -> Charter:
    """Return the charter with an example of each sort beside every rule that lacks it."""
    program = compile_charter(charter)
    return replace(
        charter,
        rules=tuple(_with(rule, program) for rule in charter.rules),
        sequences=tuple(_with(one, program) for one in charter.sequences),
    )


def line_of(effect: Effect) -> str:
    """Return an effect as a line of an example; what a line cannot say is left out."""
    words: list[str] = [effect.verb]
    if effect.amount is not None:
        words.append(f"{effect.amount:.9f}".rstrip("0").rstrip("."))
        if effect.unit:
            words.append(effect.unit)
        words.append("to")
    words.append(effect.resource or "")
    line = " ".join(word for word in words if word)
    said = moment_of(line).effects[0]
    return (
        line if said.resource_kind == effect.resource_kind else f"{line} ({effect.resource_kind})"
    )


def _with(rule: OneRule, program: Program) -> OneRule:
    found = rule.examples
    fires = found.fires or _first(_firing(rule, program), rule.id, program, is_wanted=True)
    holds = found.holds or _first(_holding(rule), rule.id, program, is_wanted=False)
    return replace(rule, examples=Examples(fires=fires, holds=holds))


def _first(
    candidates: Iterable[tuple[str, ...]], rule: str, program: Program, *, is_wanted: bool
) -> tuple[Example, ...]:
    for lines in islice(candidates, _TRIED):
        try:
            trial = try_moments(program, moments_of(lines))
        except ValueError:
            continue
        if trial.is_answered_by(rule) is is_wanted and (trial.effects or is_wanted):
            return (Example(lines=lines),)
    return ()


def _firing(rule: Rule | SequenceRule, program: Program) -> Iterator[tuple[str, ...]]:
    if isinstance(rule, Rule):
        yield from _calls(rule.selector)
    for moments in islice(witnesses(rule, program.charter), _TRIED):
        if len(moments) <= _LONGEST_RUN:
            yield tuple(line_of(one) for moment in moments for one in moment.effects)


def _calls(selector: Selector) -> Iterator[tuple[str, ...]]:
    """Yield shell commands and tool calls that have the programs and commands of a selector."""
    places = [sample(glob) for glob in (*selector.resources, *selector.to)] or ["x"]
    for command in selector.commands:
        yield from ((f"$ echo x > {place}",) for place in places if ">" in command)
        yield from ((f"$ {sample(command)}",), (f"$ {sample(command.removesuffix(' *'))}",))
    for name in map(sample, selector.programs):
        lines = [(f"$ {name} {place}",) for place in places]
        for key in ("path", "file_path", "url"):
            lead = "https://" if key == "url" and "://" not in places[0] else ""
            lines += [(f"{name}({key}={lead}{place})",) for place in places]
        is_tool = "__" in name or name[:1].isupper()
        yield from (lines[::-1] if is_tool else lines)


def _holding(rule: Rule | SequenceRule) -> Iterator[tuple[str, ...]]:
    """Yield lines of the same sort that the rule should not speak of, then any others."""
    selector = rule.selector if isinstance(rule, Rule) else rule.then
    verbs = selector.verbs or VERBS
    bounds = rule.bounds if isinstance(rule, Rule) else ()
    for bound in bounds:
        value = bound.value + 1 if isinstance(rule, Rule) and rule.answer == "may" else bound.value
        for resource in ("other", "someone@elsewhere.invalid"):
            amount = None if bound.measure == "count" else value
            yield (
                line_of(
                    Effect(
                        step=0,
                        verb=verbs[0],
                        resource=resource,
                        resource_kind=usual_kind(verbs[0], resource),
                        amount=amount,
                        unit=bound.unit,
                    )
                ),
            )
    for verb in verbs:
        for resource in _ELSEWHERE:
            yield (f"{verb} {resource}",)
    for verb in VERBS:
        if verb not in verbs:
            yield (f"{verb} other",)
