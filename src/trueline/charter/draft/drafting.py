"""A charter drafted: `may` rules for what past runs did, limits from a task's words.

What the runs never did and would matter is to be asked for.  The draft is tried on the runs it
came from, what it would have stopped there is told at its head, and rules that could never fire
are taken out.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from trueline.charter.asking.reading import read_message
from trueline.charter.check.examples import with_examples
from trueline.charter.draft.evidence import Evidence, Seen
from trueline.charter.draft.generalise import name_globs, party_globs, place_globs
from trueline.charter.draft.task import TaskRules, rules_of_task
from trueline.charter.draft.trying import guarded, pruned, stopped_by, without_contradictions
from trueline.charter.model import (
    Answer,
    Bound,
    Charter,
    Limits,
    Rule,
    Selector,
    default_charter,
)
from trueline.charter.model import Sequence as SequenceRule
from trueline.charter.rules import resources_of
from trueline.charter.writing import Notes, charter_yaml
from trueline.ledger.model import VERBS, Effect, Verb

_OPEN: Final[frozenset[Verb]] = frozenset({"search", "ask", "plan", "finish", "delegate"})
"""What no draft limits: it changes nothing outside the agent."""

_CHECKS: Final[frozenset[Verb]] = frozenset(
    {"test", "lint", "typecheck", "format", "build", "commit"}
)
_WEIGHTY: Final[tuple[Verb, ...]] = (
    "delete", "send", "pay", "grant", "install", "push", "deploy", "configure", "stop",
)  # fmt: skip
_GUARDED: Final = ("oversight", "ci", "agent_settings")
_MAX_PROGRAMS: Final = 40


class Drafted(Struct, frozen=True):
    """A draft.

    Attributes:
        charter: the draft as values.
        text: its file.
        remarks: what its owner should look at.
    """

    charter: Charter
    text: str
    remarks: tuple[str, ...]


def draft_charter(evidence: Evidence, task: str = "", name: str = "draft") -> Drafted:
    """Return a draft from what runs did and a task's words; either may be empty."""
    said = rules_of_task(task)
    notes: dict[str, list[str]] = {}
    allowed = [rule for rule in _may_rules(evidence, notes) if not _is_closed(rule, said.closed)]
    asked = _asked(evidence, task, said)
    charter = Charter(
        name=name,
        objective=task.strip(),
        rules=_ordered((*said.rules, *asked, *allowed)),
        sequences=(_SECRETS,),
        otherwise=_otherwise(allowed, said),
        labels=default_charter().labels,
        protected=guarded(_GUARDED),
        limits=Limits(steps=2 * evidence.steps) if evidence.steps else Limits(),
    )
    charter = pruned(without_contradictions(charter, evidence))
    charter = with_examples(charter)
    head = _head(charter, evidence)
    text = charter_yaml(charter, Notes(head=head, rules=notes, tail=said.remarks))
    return Drafted(charter, text, said.remarks)


_SECRETS: Final = SequenceRule(
    id="no-secret-leaves",
    answer="must_not",
    after=(Selector(verbs=("read",), labels=("secret",)),),
    then=Selector(verbs=("send",), to=("outside",)),
    why="what was read from a file of secrets must not be sent out",
)


def _may_rules(evidence: Evidence, notes: dict[str, list[str]]) -> Iterator[Rule]:
    checks: tuple[Verb, ...] = tuple(
        verb for verb in VERBS if verb in _CHECKS and verb in evidence.verbs
    )
    if checks:
        seen = [f"{verb} {evidence.verbs[verb].count}" for verb in checks]
        notes["checks"] = [f"seen: {', '.join(seen)}"]
        yield Rule(id="checks", answer="may", selector=Selector(verbs=checks))
    for verb in VERBS:
        seen = evidence.verbs.get(verb)
        if seen is None or verb in _OPEN or verb in _CHECKS:
            continue
        for rule in _verb_rules(verb, seen):
            notes[rule.id] = [f"seen: {seen.count} in {_plural(seen.runs, 'run')}{_amounts(seen)}"]
            yield rule


def _verb_rules(verb: Verb, seen: Seen) -> Iterator[Rule]:
    if verb == "execute":
        programs = name_globs(seen.programs, _MAX_PROGRAMS) or ()
        yield Rule(id="execute", answer="may", selector=Selector(verbs=(verb,), programs=programs))
        return
    files = Counter({place: n for place, n in seen.files.items() if not _is_secret(place)})
    if files:
        globs = place_globs(files, is_wide=verb == "read")
        selector = Selector(verbs=(verb,), resources=globs, kinds=("file",))
        yield Rule(id=f"{verb}-files", answer="may", selector=selector)
    kinds = set(seen.bare)
    if seen.parties:
        selector = Selector(verbs=(verb,), to=party_globs(seen.parties) or ())
        yield Rule(id=f"{verb}-to", answer="may", selector=selector, bounds=_bounds(seen))
    names = name_globs(seen.others)
    if names:
        selector = Selector(verbs=(verb,), resources=names)
        yield Rule(id=f"{verb}-named", answer="may", selector=selector, bounds=_bounds(seen))
    elif names is None:
        kinds |= set(seen.kinds)
    if kinds:
        selector = Selector(verbs=(verb,), kinds=tuple(sorted(kinds)))
        yield Rule(id=verb, answer="may", selector=selector, bounds=_bounds(seen))


def _bounds(seen: Seen) -> tuple[Bound, ...]:
    """Return the greatest amount and run's sum that were seen, where there is one unit."""
    if len(seen.most) != 1:
        return ()
    unit, most = next(iter(seen.most.items()))
    return (
        Bound(measure="amount", value=most, unit=unit),
        Bound(measure="sum", value=seen.most_in_run[unit], unit=unit),
    )


def _is_secret(place: str) -> bool:
    resource = Effect(step=0, verb="read", resource=place, resource_kind="unknown")
    return bool(resources_of(default_charter()).labels_of(resource, ()))


def _asked(evidence: Evidence, task: str, said: TaskRules) -> Iterator[Rule]:
    """Yield what is to be asked for: secrets, and weighty effects nobody did or spoke of."""
    yield Rule(
        id="secrets",
        answer="must_ask",
        selector=Selector(verbs=("read",), labels=("secret",)),
        why="files of secrets are read only when a person agrees",
    )
    wanted = set(evidence.verbs) | set(read_message(task).asked)
    for rule in said.rules:
        wanted.update(rule.selector.verbs)
    unseen: tuple[Verb, ...] = tuple(verb for verb in _WEIGHTY if verb not in wanted)
    if unseen:
        why = "never done in the runs this was drafted from" if evidence.runs else "not asked for"
        yield Rule(id="unseen", answer="must_ask", selector=Selector(verbs=unseen), why=why)


def _is_closed(rule: Rule, closed: Sequence[Verb]) -> bool:
    """Return whether the task's words already say where such effects may take place."""
    return bool(rule.selector.verbs) and set(rule.selector.verbs) <= set(closed)


def _otherwise(allowed: Sequence[Rule], said: TaskRules) -> tuple[tuple[Verb, Answer], ...]:
    answers: dict[Verb, Answer] = {}
    for rule in allowed:
        answers |= dict.fromkeys(rule.selector.verbs, "must_ask")
    answers |= dict.fromkeys(said.closed, "must_not")
    return tuple(answers.items())


def _ordered(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    order: tuple[Answer, ...] = ("must_not", "must_ask", "may")
    return tuple(sorted(rules, key=lambda rule: order.index(rule.answer)))


def _head(charter: Charter, evidence: Evidence) -> list[str]:
    """Return the words at the top of the file: what it was drawn from, and how it does there."""
    lines = ["A draft: read it, narrow it, and put your own examples beside the rules."]
    if not evidence.runs:
        return [*lines, "Drawn from the words of a task alone."]
    drawn = f"Drawn from {_plural(evidence.runs, 'run')} with {_plural(evidence.effects, 'effect')}"
    stopped = stopped_by(charter, evidence)
    if not stopped:
        return [*lines, f"{drawn}; it would have stopped none of them."]
    words = ", ".join(f"{rule} {count}" for rule, count in stopped.most_common())
    return [
        *lines,
        f"{drawn}.",
        f"It would have stopped {stopped.total()} of them, by rule: {words}.",
    ]


def _amounts(seen: Seen) -> str:
    parts = [
        f"{seen.most[unit]:g} {unit}".rstrip() + f", {seen.most_in_run[unit]:g} in one run"
        for unit in sorted(seen.most)
    ]
    return f"; at most {'; '.join(parts)}" if parts else ""


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
