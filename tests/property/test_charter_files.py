"""Charter files: nothing but a CharterError comes of a bad one, and a good one reads back."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from trueline.charter.imports.claude_code import import_claude_code
from trueline.charter.imports.inspect import import_inspect
from trueline.charter.model import (
    Answer,
    Bound,
    Charter,
    Example,
    Examples,
    Label,
    Limits,
    Rule,
    Selector,
    Sources,
    default_charter,
)
from trueline.charter.model import Sequence as SequenceRule
from trueline.charter.reading import parse_charter
from trueline.charter.reading.examples import moment_of
from trueline.charter.writing import charter_yaml
from trueline.errors import CharterError
from trueline.ledger.model import VERBS, Verb

KEYS = [
    "version", "name", "may", "must_ask", "must_not", "otherwise", "sequences", "limits", "labels",
    "trust", "protected", "parties", "effect", "resource", "to", "over", "up_to", "after", "never",
    "examples", "fires", "inside", "pattern", "steps", "spend", "id", "label", "tool", "default",
]  # fmt: skip
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12),
    st.sampled_from(["pay", "read", "any", "outside", "src/**", "50 EUR", "3 per 1h", "$ rm -rf x",
                     "pay 5 EUR to a", "1", "(", "x(y)", "+ 1h", "secret", "sum 5 per run"]),
)  # fmt: skip
documents = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(max_size=5)), inner, max_size=5),
    ),
    max_leaves=25,
)


def loads(text: str) -> None:
    """Load a text; anything but a charter or a CharterError is a fault."""
    with suppress(CharterError):
        parse_charter(text)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_charter_or_a_charter_error(text: str) -> None:
    """YAML of all sorts, and no YAML at all."""
    loads(text)
    loads(f"version: 1\n{text}")


@settings(deadline=None)
@given(documents)
def test_any_document_is_a_charter_or_a_charter_error(value: Any) -> None:
    """JSON is YAML: any tree of values in any place."""
    text = json.dumps(value)
    loads(text)
    loads(json.dumps({"version": 1, "must_not": value}))
    loads(json.dumps({"version": 1, "may": [value], "sequences": [value], "limits": value}))


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_line_is_an_example_or_a_value_error(line: str) -> None:
    """Whatever stands beside a rule."""
    for text in (line, f"$ {line}", f"pay {line}", f"tool({line})", f"tool {{{line}}}"):
        with suppress(ValueError):
            moment_of(text)


@settings(deadline=None)
@given(documents, documents)
def test_any_settings_are_an_import_or_a_charter_error(one: Any, other: Any) -> None:
    """Files of other tools are other people's."""
    for value in (one, {"permissions": one}, {"permissions": {"allow": [one], "deny": [other]}}):
        with suppress(CharterError):
            parse_charter(charter_yaml(import_claude_code(value, "x").charter))
    for value in (one, {"approvers": one}, {"approvers": [{"name": "auto", "tools": other}]}):
        with suppress(CharterError):
            parse_charter(charter_yaml(import_inspect(value, "x").charter))


globs = st.lists(
    st.one_of(
        st.sampled_from(["src/**", "*.py", "yes", "1", "a: b", "#x", "- y", "é/ü", "{a,b}", "~"]),
        st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1, max_size=8)
        .filter(lambda glob: glob.strip() != "" and ".." not in glob and "//" not in glob),
    ),
    max_size=3,
    unique=True,
).map(tuple)  # fmt: skip
selectors = st.builds(
    Selector,
    verbs=st.lists(st.sampled_from(["read", "pay", "send"]), unique=True, max_size=2).map(tuple),
    resources=globs,
    kinds=st.sampled_from([(), ("file",), ("url", "message")]),
    to=globs,
    programs=globs,
    commands=globs,
    via=globs,
    labels=st.sampled_from([(), ("secret",), ("own",)]),
    reversible=st.sampled_from([None, True, False]),
)
numbers = st.one_of(st.integers(0, 10**9).map(float), st.sampled_from([0.5, 12.25, 0.001]))
windows = st.one_of(st.none(), st.integers(1, 10**6).map(float))
amounts = st.builds(
    Bound, measure=st.just("amount"), value=numbers, unit=st.sampled_from(["", "EUR"])
)
totals = st.one_of(
    st.builds(Bound, measure=st.just("count"), value=numbers, window_s=windows),
    st.builds(
        Bound,
        measure=st.just("sum"),
        value=numbers,
        unit=st.sampled_from(["", "USD"]),
        window_s=windows,
    ),
)
bounds = st.lists(st.one_of(amounts, totals), max_size=3).map(tuple)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(str.strip)
examples = st.sampled_from(
    [
        Examples(),
        Examples(fires=(Example(lines=("pay 5 EUR to a",)),)),
        Examples(holds=(Example(lines=("read x", "+ 2h", "$ git push # 'x'")),)),
    ]
)
rules = st.builds(
    Rule,
    id=st.just(""),
    answer=st.sampled_from(["must_not", "must_ask", "may"]),
    selector=selectors,
    bounds=bounds,
    why=words,
    examples=examples,
)
sequences = st.builds(
    SequenceRule,
    id=st.just(""),
    answer=st.sampled_from(["must_not", "must_ask"]),
    after=st.lists(selectors, min_size=1, max_size=2).map(tuple),
    then=selectors,
    until=st.one_of(st.none(), selectors),
    why=words,
    examples=examples,
)


@st.composite
def charters(draw: st.DrawFn) -> Charter:
    """Return a charter as a file could say it."""
    order = ["must_not", "must_ask", "may"]
    drawn = sorted(draw(st.lists(rules, max_size=4)), key=lambda rule: order.index(rule.answer))
    otherwise: Answer = draw(st.sampled_from(["may", "must_ask", "must_not"]))
    more: dict[Verb, Answer] = draw(st.sampled_from([{}, {"grant": "must_not"}]))
    closed: dict[Verb, Answer] = {
        verb: otherwise
        for rule in drawn
        if rule.answer == "may"
        for verb in rule.selector.verbs or VERBS
    }
    return Charter(
        name=draw(words.filter(bool)),
        objective=draw(words),
        rules=tuple(replace(rule, id=f"r {n}") for n, rule in enumerate(drawn)),
        sequences=tuple(
            replace(one, id=f"s{n}") for n, one in enumerate(draw(st.lists(sequences, max_size=2)))
        ),
        otherwise=tuple((closed | more).items()),
        inside=draw(globs),
        labels=(Label(name="own", resources=("a/**",), patterns=(r"\d{4}",)),
                *default_charter().labels),
        trust=draw(st.sampled_from([(), (Sources(trust="trusted", tools=("x*",)),)])),
        protected=default_charter().protected,
        limits=draw(st.sampled_from([Limits(), Limits(steps=5, wall_time_s=60.0, tokens=9)])),
        on_failure=draw(st.sampled_from(["closed", "open"])),
    )  # fmt: skip


def without_lines(charter: Charter) -> Charter:
    """Return a charter that does not say where things stood, verbs in one order."""

    def plain(one: Any) -> Any:
        told = Examples(
            fires=tuple(replace(example, line=0) for example in one.examples.fires),
            holds=tuple(replace(example, line=0) for example in one.examples.holds),
        )
        return replace(one, line=0, examples=told)

    return replace(
        charter,
        rules=tuple(map(plain, charter.rules)),
        sequences=tuple(map(plain, charter.sequences)),
        otherwise=tuple(sorted(charter.otherwise)),
        source="",
    )


@settings(deadline=None)
@given(charters())
def test_a_charter_that_is_written_reads_back_as_it_was(charter: Charter) -> None:
    """Quotes, line ends and words that YAML takes for something else included."""
    assert without_lines(parse_charter(charter_yaml(charter))) == without_lines(charter)


def test_the_text_of_a_charter_is_yaml_that_others_read() -> None:
    """A plain YAML parser sees the same keys."""
    yaml = pytest.importorskip("yaml")
    text = charter_yaml(Charter(name="x", rules=(Rule(id="a", answer="may", selector=Selector()),)))
    assert yaml.safe_load(text)["may"][0] == {"id": "a", "effect": "any"}
