"""From a charter file to a `Charter`: read, check, and turn into values.

Everything wrong is told at once, each with its line and the fix.  Only this folder needs YAML
and pydantic; whoever has no charter file never imports it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from trueline.charter.model import (
    Answer,
    Bound,
    Charter,
    Example,
    Examples,
    Label,
    Limits,
    Protection,
    Rule,
    Selector,
    Sources,
    Trust,
    default_charter,
)
from trueline.charter.model import Sequence as SequenceRule
from trueline.charter.reading.document import Document, Place, read_document
from trueline.charter.reading.problems import MAX_NAME, id_at, note_contradictions, note_problems
from trueline.charter.reading.schema import (
    CharterPart,
    ExamplesPart,
    MayPart,
    MustPart,
    ProtectedPart,
    SelectorPart,
    SequencePart,
    SourcesPart,
    TrustPart,
)
from trueline.ledger.model import VERBS, Verb


def load_charter(path: Path) -> Charter:
    """Return the charter in one YAML file.

    Raises:
        CharterError: the file cannot be read or does not say what it must.
    """
    return _Loader(read_document(path), str(path)).charter()


def parse_charter(text: str, shown: str = "charter") -> Charter:
    """Return the charter that a YAML text says.

    Raises:
        CharterError: it does not say what it must.
    """
    return _Loader(Document(text, shown), shown).charter()


class _Loader:
    """Turns one document into a charter."""

    def __init__(self, document: Document, source: str) -> None:
        self._document = document
        self._source = source

    def charter(self) -> Charter:
        """Return the charter; raise if anything is wrong."""
        part = self._checked()
        rules = self._rules(part)
        return Charter(
            name=part.name[:MAX_NAME] or Path(self._source).stem,
            objective=part.objective.strip(),
            rules=rules,
            sequences=tuple(self._sequence(one, index) for index, one in enumerate(part.sequences)),
            otherwise=_otherwise(part, rules),
            inside=tuple(part.parties.inside),
            labels=_labels(part),
            trust=_trust(part.trust),
            protected=_protected(part.protected),
            limits=Limits(
                steps=part.limits.steps,
                wall_time_s=part.limits.wall_time,
                tokens=part.limits.tokens,
                spend=tuple(_spend(one) for one in part.limits.spend),
            ),
            workspace=tuple(folder.rstrip("/") for folder in part.workspace),
            on_failure=part.on_failure,
            source=self._source,
        )

    def _checked(self) -> CharterPart:
        """Return the file's content; raise an error that tells every mistake in it."""
        document = self._document
        note_contradictions(document)
        part: CharterPart | None = None
        try:
            part = CharterPart.model_validate(
                document.value, context={"labels": _declared_labels(document.value)}
            )
        except ValidationError as error:
            note_problems(error, document)
        if part is None or document.problems:
            raise document.error()
        return part

    def _rules(self, part: CharterPart) -> tuple[Rule, ...]:
        groups: tuple[tuple[Answer, Sequence[MayPart | MustPart]], ...] = (
            ("must_not", part.must_not),
            ("must_ask", part.must_ask),
            ("may", part.may),
        )
        return tuple(
            self._rule(one, answer, (answer, index))
            for answer, rules in groups
            for index, one in enumerate(rules)
        )

    def _rule(self, one: MayPart | MustPart, answer: Answer, place: Place) -> Rule:
        return Rule(
            id=id_at(place, one.id),
            answer=answer,
            selector=_selector(one),
            bounds=tuple(one.up_to if isinstance(one, MayPart) else one.over),
            why=one.why.strip(),
            examples=self._examples(one.examples, place),
            line=self._document.line_of(place),
        )

    def _sequence(self, one: SequencePart, index: int) -> SequenceRule:
        place: Place = ("sequences", index)
        then = one.never or one.ask
        return SequenceRule(
            id=id_at(place, one.id),
            answer="must_ask" if one.never is None else "must_not",
            after=tuple(_selector(selector) for selector in one.after),
            then=Selector() if then is None else _selector(then),
            until=None if one.until is None else _selector(one.until),
            why=one.why.strip(),
            examples=self._examples(one.examples, place),
            line=self._document.line_of(place),
        )

    def _examples(self, part: ExamplesPart, place: Place) -> Examples:
        return Examples(
            fires=self._example_list(part.fires, (*place, "examples", "fires")),
            holds=self._example_list(part.holds, (*place, "examples", "holds")),
        )

    def _example_list(self, items: list[list[str]], place: Place) -> tuple[Example, ...]:
        return tuple(
            Example(lines=tuple(lines), line=self._document.line_of((*place, index)))
            for index, lines in enumerate(items)
        )


def _selector(one: SelectorPart) -> Selector:
    values: dict[str, Any] = {
        "verbs": () if "any" in one.effect else tuple(dict.fromkeys(one.effect)),
        "kinds": tuple(one.kind),
    }
    return Selector(
        **values,
        resources=tuple(one.resource),
        to=tuple(one.to),
        programs=tuple(one.program),
        commands=tuple(one.command),
        via=tuple(one.via),
        labels=tuple(one.label),
        reversible=one.reversible,
    )


def _otherwise(part: CharterPart, rules: Iterable[Rule]) -> tuple[tuple[Verb, Answer], ...]:
    """Return what holds outside the `may` rules, by verb; `must_ask` where nothing is said."""
    answers: dict[Verb, Answer] = {}
    default = part.otherwise.get("default", "must_ask")
    for rule in rules:
        if rule.answer == "may":
            answers |= dict.fromkeys(rule.selector.verbs or VERBS, default)
    if "any" in part.otherwise:
        answers |= dict.fromkeys(VERBS, part.otherwise["any"])
    answers |= {verb: part.otherwise[verb] for verb in VERBS if verb in part.otherwise}
    return tuple(answers.items())


def _labels(part: CharterPart) -> tuple[Label, ...]:
    own = [
        Label(name=name, resources=tuple(one.resource), patterns=tuple(one.pattern))
        for name, one in part.labels.items()
    ]
    return (*own, *(one for one in default_charter().labels if one.name not in part.labels))


def _declared_labels(value: Any) -> tuple[str, ...]:
    """Return the labels that a file may speak of: its own, well-formed or not, and the default."""
    own = value.get("labels") if isinstance(value, dict) else None
    names = [str(name) for name in own] if isinstance(own, dict) else []
    return tuple(dict.fromkeys((*names, *(label.name for label in default_charter().labels))))


def _protected(part: ProtectedPart) -> tuple[Protection, ...]:
    """Return the default groups, enforced where named, and the charter's own resources."""
    own = Protection(group="own", resources=tuple(part.resource), answer=part.answer)
    known = tuple(
        Protection(
            group=one.group,
            resources=one.resources,
            answer=part.answer if one.group in part.group else None,
        )
        for one in default_charter().protected
    )
    return (own, *known) if part.resource else known


def _spend(one: Bound) -> Bound:
    """Return a sum, over the whole run where no other window was written."""
    window = one.window_s if one.measure == "sum" else None
    return Bound(measure="sum", value=one.value, unit=one.unit, window_s=window)


def _trust(part: TrustPart) -> tuple[Sources, ...]:
    levels: tuple[tuple[Trust, SourcesPart], ...] = (
        ("trusted", part.trusted),
        ("local", part.local),
        ("untrusted", part.untrusted),
    )
    return tuple(
        Sources(
            trust=trust,
            tools=tuple(one.tool),
            servers=tuple(one.server),
            resources=tuple(one.resource),
        )
        for trust, one in levels
        if one.tool or one.server or one.resource
    )
