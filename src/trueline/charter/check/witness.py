"""Effects made up so that a given rule should answer them: if none is answered by it, none is.

A witness is built from what the rule names: a path for each glob, an address for each party, an
amount just over or within the bounds, as many calls as a window takes.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Final

from trueline.charter.model import Bound, Charter, Rule, Selector
from trueline.charter.model import Sequence as SequenceRule
from trueline.charter.reading.examples import Moment, usual_kind
from trueline.charter.rules.globs import normal_glob
from trueline.ledger.model import VERBS, Effect, ResourceKind

MAX_CALLS: Final = 2_000
"""Calls made to fill a window; a rule that takes more is taken at its word."""

_MAX_WITNESSES: Final = 400
_OUTSIDE: Final = ("someone@elsewhere.invalid", "https://elsewhere.invalid/x", "elsewhere.invalid")
_INSIDE: Final = ("localhost", "http://localhost/x")
_KINDS: Final[tuple[ResourceKind, ...]] = (
    "file", "message", "url", "account", "host", "service", "unknown",
)  # fmt: skip


def sample(glob: str) -> str:
    """Return a text that a glob should match."""
    out = (
        normal_glob(glob)
        .removeprefix("./")
        .replace("/**/", "/x/")
        .replace("**/", "x/")
        .replace("**", "x")
    )
    out = out.replace("*", "x").replace("?", "x")
    while "{" in out and "}" in out[out.index("{") :]:
        start = out.index("{")
        end = out.index("}", start)
        out = out[:start] + out[start + 1 : end].split(",")[0] + out[end + 1 :]
    return out


def witnesses(rule: Rule | SequenceRule, charter: Charter) -> Iterator[list[Moment]]:
    """Yield runs whose last effect the rule should answer."""
    if isinstance(rule, Rule):
        for effect in islice(effects_for(rule.selector, charter), _MAX_WITNESSES):
            moments = _bounded(effect, rule)
            if moments:
                yield moments
        return
    before = [list(islice(effects_for(one, charter), 4)) for one in rule.after]
    for chain in islice(product(*before), 64):
        for effect in islice(effects_for(rule.then, charter), 64):
            yield [Moment((one,)) for one in (*chain, effect)]


def effects_for(selector: Selector, charter: Charter) -> Iterator[Effect]:
    """Yield effects that a selector should mean, one of each sort first."""
    choices = product(
        selector.kinds or (None, *_KINDS),
        [sample(glob) for glob in selector.programs] or [""],
        [sample(glob) for glob in selector.commands] or [""],
        [(sample(glob),) for glob in selector.via] or [()],
        _resources(selector, charter),
        selector.verbs or VERBS,
    )
    for kind, program, command, via, resource, verb in choices:
        yield Effect(
            step=0,
            verb=verb,
            resource=resource,
            resource_kind=kind or usual_kind(verb, resource),
            program=program or command.partition(" ")[0],
            command=command,
            via=via,
            is_reversible=selector.reversible,
        )


def _resources(selector: Selector, charter: Charter) -> list[str]:
    found = [sample(glob) for glob in selector.resources]
    if selector.labels:
        labels = [one for one in charter.labels if one.name in selector.labels]
        found += [sample(glob) for one in labels for glob in one.resources]
    for word in selector.to:
        if word == "inside":
            found += [*map(sample, charter.inside), *_INSIDE]
        elif word == "outside":
            found += _OUTSIDE
        elif word == "unnamed":
            found.append("")
        else:
            found.append(sample(word))
    return list(dict.fromkeys(found)) or ["x", ""]


def _bounded(effect: Effect, rule: Rule) -> list[Moment]:
    """Return the calls after which the rule should answer, nothing where they are too many."""
    if not rule.bounds:
        return [Moment((effect,))]
    if rule.answer == "may":
        amount = min((one.value for one in rule.bounds if one.measure != "count"), default=1.0)
        return [Moment((_with(effect, amount, rule.bounds),))]
    calls: list[list[Moment]] = []
    for bound in rule.bounds:
        count = int(bound.value) + 1 if bound.measure == "count" else 1
        if count <= MAX_CALLS:
            over = effect if count > 1 else _with(effect, bound.value + 1, (bound,))
            one = Moment((over,))
            calls.append([one] * count)
    return min(calls, key=len, default=[])


def _with(effect: Effect, amount: float, bounds: Sequence[Bound]) -> Effect:
    unit = next((one.unit for one in bounds if one.unit), "")
    return Effect(
        step=0,
        verb=effect.verb,
        resource=effect.resource,
        resource_kind=effect.resource_kind,
        program=effect.program,
        command=effect.command,
        via=effect.via,
        is_reversible=effect.is_reversible,
        amount=amount,
        unit=unit,
    )
