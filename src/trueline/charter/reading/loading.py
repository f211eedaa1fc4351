"""From a charter file to a `Charter`: read, check, and turn into values.

Everything wrong is told at once, each with its line and the fix.  Only this folder needs YAML
and pydantic; whoever has no charter file never imports it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

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
from trueline.charter.reading.examples import moments_of
from trueline.charter.reading.problems import note_problems
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
    nearest,
)
from trueline.ledger.model import VERBS, Verb

_MAX_NAME: Final = 100


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
    """Turns one document into a charter, noting what does not fit together."""

    def __init__(self, document: Document, source: str) -> None:
        self._document = document
        self._source = source
        self._labels: tuple[str, ...] = ()
        self._ids: set[str] = set()

    def charter(self) -> Charter:
        """Return the charter; raise if anything is wrong."""
        document = self._document
        try:
            part = CharterPart.model_validate(document.value)
        except ValidationError as error:
            note_problems(error, document)
            raise document.error() from error
        self._labels = tuple(dict.fromkeys((*part.labels, *_default_labels())))
        rules = self._rules(part)
        charter = Charter(
            name=part.name[:_MAX_NAME] or Path(self._source).stem,
            objective=part.objective.strip(),
            rules=rules,
            sequences=tuple(self._sequence(one, index) for index, one in enumerate(part.sequences)),
            otherwise=self._otherwise(part, rules),
            inside=tuple(part.parties.inside),
            labels=self._label_values(part),
            trust=_trust(part.trust),
            protected=self._protected(part.protected),
            limits=Limits(
                steps=part.limits.steps,
                wall_time_s=part.limits.wall_time,
                tokens=part.limits.tokens,
                spend=self._spend(part.limits.spend),
            ),
            workspace=tuple(folder.rstrip("/") for folder in part.workspace),
            on_failure=part.on_failure,
            source=self._source,
        )
        if document.problems:
            raise document.error()
        return charter

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
            id=self._id(one.id, place),
            answer=answer,
            selector=self._selector(one, place),
            bounds=tuple(one.up_to if isinstance(one, MayPart) else one.over),
            why=one.why.strip(),
            examples=self._examples(one.examples, place),
            line=self._document.line_of(place),
        )

    def _sequence(self, one: SequencePart, index: int) -> SequenceRule:
        place: Place = ("sequences", index)
        then = one.never or one.ask
        if then is None or (one.never is not None and one.ask is not None):
            found = "neither" if then is None else "both"
            self._document.add(place, f"a sequence has one of `never` and `ask`, found {found}")
        after: list[Selector] = []
        for number, selector in enumerate(one.after):
            after.append(self._selector(selector, (*place, "after", number)))
        key = "ask" if one.never is None else "never"
        return SequenceRule(
            id=self._id(one.id, place),
            answer="must_ask" if one.never is None else "must_not",
            after=tuple(after),
            then=Selector() if then is None else self._selector(then, (*place, key)),
            until=None if one.until is None else self._selector(one.until, (*place, "until")),
            why=one.why.strip(),
            examples=self._examples(one.examples, place),
            line=self._document.line_of(place),
        )

    def _id(self, given: str, place: Place) -> str:
        name = given.strip() or f"{place[0]}-{int(place[1]) + 1}"
        at = (*place, "id")
        if name in self._ids:
            self._document.add(at, f"`id: {name}` stands twice; give each rule its own")
        if (
            len(name) > _MAX_NAME
            or name == "otherwise"
            or name.startswith(("protected.", "limits."))
        ):
            words = f"`id: {name[:40]}` is kept for what the charter implies, or too long"
            self._document.add(at, f"{words}; choose another")
        self._ids.add(name)
        return name

    def _selector(self, one: SelectorPart, place: Place) -> Selector:
        for index, label in enumerate(one.label):
            if label not in self._labels:
                words = f"label `{label}` is not declared; declare it under `labels`, or"
                at = (*place, "label", index)
                self._document.add(at, f"{words} {nearest(label, self._labels)}")
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

    def _examples(self, part: ExamplesPart, place: Place) -> Examples:
        return Examples(
            fires=self._example_list(part.fires, (*place, "examples", "fires")),
            holds=self._example_list(part.holds, (*place, "examples", "holds")),
        )

    def _example_list(self, items: list[list[str]], place: Place) -> tuple[Example, ...]:
        found: list[Example] = []
        for index, lines in enumerate(items):
            at = (*place, index)
            try:
                moments_of(lines)
            except ValueError as error:
                self._document.add(at, str(error))
            if not lines:
                self._document.add(at, "an example without lines; remove it")
            found.append(Example(lines=tuple(lines), line=self._document.line_of(at)))
        return tuple(found)

    def _otherwise(
        self, part: CharterPart, rules: Iterable[Rule]
    ) -> tuple[tuple[Verb, Answer], ...]:
        """Return what holds outside the `may` rules, by verb; `must_ask` where nothing is said."""
        answers: dict[Verb, Answer] = {}
        default = part.otherwise.get("default", "must_ask")
        for rule in rules:
            if rule.answer == "may":
                answers |= dict.fromkeys(rule.selector.verbs or VERBS, default)
        if "any" in part.otherwise:
            answers |= dict.fromkeys(VERBS, part.otherwise["any"])
        for word, answer in part.otherwise.items():
            if word in VERBS:
                answers[word] = answer
            elif word not in ("default", "any"):
                hint = nearest(word, (*VERBS, "default", "any"))
                self._document.add(("otherwise", word), f"`{word}` is no effect; {hint}")
        return tuple(answers.items())

    def _label_values(self, part: CharterPart) -> tuple[Label, ...]:
        own = [
            Label(name=name, resources=tuple(one.resource), patterns=tuple(one.pattern))
            for name, one in part.labels.items()
        ]
        return (*own, *(one for one in default_charter().labels if one.name not in part.labels))

    def _protected(self, part: ProtectedPart) -> tuple[Protection, ...]:
        """Return the default groups, enforced where named, and the charter's own resources."""
        groups = default_charter().protected
        names = tuple(one.group for one in groups)
        for index, name in enumerate(part.group):
            if name not in names:
                words = f"`{name}` is no group; {nearest(name, names)}"
                self._document.add(("protected", "group", index), words)
        own = Protection(group="own", resources=tuple(part.resource), answer=part.answer)
        known = (
            Protection(
                group=one.group,
                resources=one.resources,
                answer=part.answer if one.group in part.group else None,
            )
            for one in groups
        )
        return (own, *known) if part.resource else tuple(known)

    def _spend(self, bounds: Iterable[Bound]) -> tuple[Bound, ...]:
        """Return sums over the whole run, however they were written."""
        found: list[Bound] = []
        for one in bounds:
            if one.measure == "count":
                self._document.add(
                    ("limits", "spend"), "`spend` is a sum of money; write `spend: 50 EUR`"
                )
            window = one.window_s if one.measure == "sum" else None
            found.append(Bound(measure="sum", value=one.value, unit=one.unit, window_s=window))
        return tuple(found)


def _default_labels() -> tuple[str, ...]:
    return tuple(label.name for label in default_charter().labels)


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
