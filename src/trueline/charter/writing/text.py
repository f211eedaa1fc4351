"""From a `Charter` to its file, with comments; reading the file gives the same charter again.

What stands in resources and addresses came from records or other tools: it is quoted, and
control characters are escaped, so that no text can pose as a rule.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from trueline.charter.model import (
    ANSWERS,
    Answer,
    Bound,
    Charter,
    Examples,
    Limits,
    Rule,
    Selector,
    Sources,
    default_charter,
)
from trueline.charter.model import Sequence as SequenceRule
from trueline.core.display import one_line
from trueline.core.patterns import pattern
from trueline.ledger.model import VERBS, Verb

_PLAIN: Final = r"^[A-Za-z_./][A-Za-z0-9_./@+-]*(?: [A-Za-z0-9_./@+-]+)*$"
_SPECIAL: Final = frozenset(
    {"true", "false", "yes", "no", "on", "off", "null", "y", "n", "~", ".", ".inf", ".nan"}
)
_WIDTH: Final = 100


class Notes(Struct, frozen=True):
    """Comments of a file.

    Attributes:
        head: at its top.
        rules: above rules and sequences, by identifier.
        tail: at its end.
    """

    head: Sequence[str] = ()
    rules: Mapping[str, Sequence[str]] = {}
    tail: Sequence[str] = ()


def charter_yaml(charter: Charter, notes: Notes = Notes()) -> str:  # noqa: B008 - frozen
    """Return the file of a charter.

    Not written is what a charter has without saying so: default labels and groups, and where a
    rule stood in its file.
    """
    lines = [*_comments(notes.head, ""), "version: 1", f"name: {text(charter.name)}"]
    if charter.objective:
        lines.append(f"objective: {text(charter.objective)}")
    if charter.workspace:
        lines.append(f"workspace: {listed(charter.workspace)}")
    lines += _declarations(charter)
    for answer in ANSWERS[::-1]:
        lines += _rules(answer, charter.rules, notes)
    lines += _otherwise(charter)
    if charter.sequences:
        lines += ["", "sequences:"]
        for sequence in charter.sequences:
            lines += _sequence(sequence, notes)
    if charter.on_failure != "closed":
        lines += ["", f"on_failure: {charter.on_failure}"]
    tail = _comments(notes.tail, "")
    lines += ["", *tail] if tail else []
    return "\n".join(lines) + "\n"


def text(value: str) -> str:
    """Return a text as YAML, quoted where it must be."""
    if pattern(_PLAIN).match(value) and value.lower() not in _SPECIAL:
        return value
    return '"' + "".join(map(_escaped, value)) + '"'


def listed(values: Iterable[str]) -> str:
    """Return texts as a YAML list, a single one as itself."""
    texts = [text(value) for value in values]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def bound_text(bound: Bound) -> str:
    """Return the phrase that a bound is read from."""
    number = f"{bound.value:.9f}".rstrip("0").rstrip(".")
    amount = f"{number} {bound.unit}".rstrip()
    if bound.measure == "amount":
        return amount
    window = "run" if bound.window_s is None else f"{bound.window_s:.9g}s"
    return f"{'sum ' if bound.measure == 'sum' else ''}{amount} per {window}"


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"


def _comments(lines: Iterable[str], indent: str) -> list[str]:
    return [f"{indent}# {one_line(line, _WIDTH * 2)}".rstrip() for line in lines]


def _declarations(charter: Charter) -> Iterator[str]:
    if charter.inside:
        yield f"parties: {{inside: [{', '.join(map(text, charter.inside))}]}}"
    default = default_charter()
    labels = [label for label in charter.labels if label not in default.labels]
    if labels:
        yield "labels:"
        for label in labels:
            parts = {"resource": label.resources, "pattern": label.patterns}
            yield f"  {text(label.name)}: {_mapping(parts)}"
    if charter.trust:
        yield "trust:"
        yield from map(_sources, charter.trust)
    yield from _protected(charter)
    yield from _limits(charter.limits)


def _sources(one: Sources) -> str:
    parts = {"tool": one.tools, "server": one.servers, "resource": one.resources}
    return f"  {one.trust}: {_mapping(parts)}"


def _protected(charter: Charter) -> Iterator[str]:
    ruled = [one for one in charter.protected if one.answer is not None]
    if not ruled:
        return
    yield "protected:"
    groups = [one.group for one in ruled if one.group != "own"]
    if groups:
        yield f"  group: {listed(groups)}"
    for one in ruled:
        if one.group == "own":
            yield f"  resource: {listed(one.resources)}"
    yield f"  answer: {ruled[0].answer}"


def _limits(limits: Limits) -> Iterator[str]:
    parts: dict[str, str] = {}
    if limits.steps is not None:
        parts["steps"] = str(limits.steps)
    if limits.wall_time_s is not None:
        parts["wall_time"] = f"{limits.wall_time_s:.9g}s"
    if limits.tokens is not None:
        parts["tokens"] = str(limits.tokens)
    if limits.spend:
        parts["spend"] = listed(map(bound_text, limits.spend))
    if parts:
        yield f"limits: {{{', '.join(f'{key}: {value}' for key, value in parts.items())}}}"


def _mapping(parts: Mapping[str, Sequence[str]]) -> str:
    body = (f"{key}: {listed(values)}" for key, values in parts.items() if values)
    return f"{{{', '.join(body)}}}"


def _rules(answer: Answer, rules: Sequence[Rule], notes: Notes) -> Iterator[str]:
    chosen = [rule for rule in rules if rule.answer == answer]
    if not chosen:
        return
    yield ""
    yield f"{answer}:"
    for rule in chosen:
        yield from _comments(notes.rules.get(rule.id, ()), "  ")
        yield f"  - id: {text(rule.id)}"
        for key, value in _parts(rule.selector).items():
            yield f"    {key}: {value}"
        if rule.bounds:
            key = "up_to" if answer == "may" else "over"
            yield f"    {key}: {listed(map(bound_text, rule.bounds))}"
        if rule.why:
            yield f"    why: {text(rule.why)}"
        yield from _examples(rule.examples)


def _sequence(one: SequenceRule, notes: Notes) -> Iterator[str]:
    yield from _comments(notes.rules.get(one.id, ()), "  ")
    yield f"  - id: {text(one.id)}"
    yield f"    after: [{', '.join(map(_inline, one.after))}]"
    yield f"    {'never' if one.answer == 'must_not' else 'ask'}: {_inline(one.then)}"
    if one.until is not None:
        yield f"    until: {_inline(one.until)}"
    if one.why:
        yield f"    why: {text(one.why)}"
    yield from _examples(one.examples)


def _parts(selector: Selector) -> dict[str, str]:
    """Return the keys of a selector, as YAML."""
    groups: dict[str, Sequence[str]] = {
        "effect": selector.verbs or ("any",),
        "resource": selector.resources,
        "kind": selector.kinds,
        "to": selector.to,
        "program": selector.programs,
        "command": selector.commands,
        "via": selector.via,
        "label": selector.labels,
    }
    parts = {key: listed(values) for key, values in groups.items() if values}
    if selector.reversible is not None:
        parts["reversible"] = str(selector.reversible).lower()
    return parts


def _inline(selector: Selector) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in _parts(selector).items())}}}"


def _examples(examples: Examples) -> Iterator[str]:
    if not examples.fires and not examples.holds:
        return
    yield "    examples:"
    for key, group in (("fires", examples.fires), ("holds", examples.holds)):
        if group:
            yield f"      {key}:"
        for example in group:
            lines = example.lines
            shown = text(lines[0]) if len(lines) == 1 else f"[{', '.join(map(text, lines))}]"
            yield f"        - {shown}"


def _otherwise(charter: Charter) -> Iterator[str]:
    """Yield what holds outside the `may` rules: the usual answer, and verbs that differ."""
    answers: dict[Verb, Answer] = dict(charter.otherwise)
    if not answers:
        return
    is_every = all(verb in answers for verb in VERBS)
    usual_for = answers if is_every else _allowed(charter)
    counts = Counter(answers[verb] for verb in usual_for if verb in answers)
    default = max(ANSWERS[::-1], key=lambda answer: counts[answer]) if counts else "must_ask"
    parts = {"any" if is_every else "default": default} | {
        verb: answer
        for verb, answer in answers.items()
        if answer != default or verb not in usual_for
    }
    yield ""
    if list(parts) == ["default"]:
        yield f"otherwise: {default}"
    else:
        yield f"otherwise: {{{', '.join(f'{key}: {value}' for key, value in parts.items())}}}"


def _allowed(charter: Charter) -> set[Verb]:
    """Return the verbs that a `may` rule speaks of."""
    may = [rule for rule in charter.rules if rule.answer == "may"]
    return {verb for rule in may for verb in rule.selector.verbs or VERBS}
