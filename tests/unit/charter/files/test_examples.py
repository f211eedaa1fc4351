"""Lines of examples, and what a check proves from them."""

from typing import Any

import pytest

from trueline.charter.check import check_charter
from trueline.charter.reading import parse_charter
from trueline.charter.reading.examples import moment_of


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("pay 60 EUR to acct-7", ("pay", "acct-7", "account", 60.0, "EUR")),
        ("pay €1,250.50 to acct", ("pay", "acct", "account", 1_250.5, "EUR")),
        ("pay 2.5k", ("pay", "", "account", 2_500.0, "")),
        ("read customers/a.csv", ("read", "customers/a.csv", "file", None, "")),
        ("delete 42", ("delete", "42", "file", None, "")),
        ("send kim@example.com", ("send", "kim@example.com", "message", None, "")),
        ("fetch https://x.example/y", ("fetch", "https://x.example/y", "url", None, "")),
        ("read ticket-4 (message)", ("read", "ticket-4", "message", None, "")),
        ("push", ("push", "", "repository", None, "")),
        ("move a b.txt", ("move", "a b.txt", "file", None, "")),
    ],
)
def test_an_effect_in_one_line(line: str, wanted: tuple[Any, ...]) -> None:
    """Verb, amount, resource, kind."""
    (effect,) = moment_of(line).effects
    found = (effect.verb, effect.resource, effect.resource_kind, effect.amount, effect.unit)
    assert found == wanted


def test_shell_commands_and_calls_are_read_as_in_a_record() -> None:
    """The ledger says what they do."""
    push = moment_of("$ git push --force origin main").effects
    assert [(one.verb, one.resource) for one in push] == [("push", "origin main")]
    for call in ('send_money(recipient=acct-7, amount=60, note="a, b")',
                 'send_money {"recipient": "acct-7", "amount": 60}'):  # fmt: skip
        (money,) = moment_of(call).effects
        assert (money.verb, money.resource, money.amount) == ("pay", "acct-7", 60.0)
    assert moment_of("+ 2h").pause_s == 7_200.0


@pytest.mark.parametrize("line", ["", "frobnicate", "x(", "call(a b)", 'call {"a"', "+ soon"])
def test_anything_else_is_refused(line: str) -> None:
    """With words that say what is allowed."""
    with pytest.raises(ValueError, match=r"`"):
        moment_of(line)


def remarks(text: str) -> list[str]:
    """Return what a check of a charter remarks."""
    found = check_charter(parse_charter(f"version: 1\n{text}"))
    return [f"{one.line}: {one.rule}: {one.words}" for one in found.remarks]


PROVEN = "examples: {fires: [pay 60 EUR to a], holds: [pay 5 EUR to a]}"


def test_a_rule_is_proven_by_an_example_of_each_sort() -> None:
    """Nothing to remark."""
    text = f"must_ask:\n  - {{id: r, effect: pay, over: 50 EUR, {PROVEN}}}\n"
    found = check_charter(parse_charter(f"version: 1\n{text}"))
    assert (found.rules, found.proven, found.examples, found.remarks) == (1, 1, 2, ())


def test_an_example_that_comes_out_otherwise_is_wrong() -> None:
    """And the remark says what answers instead, or how the line was understood."""
    text = (
        "must_ask:\n  - id: r\n    effect: pay\n    over: 50 EUR\n    examples:\n"
        "      fires: [pay 5 EUR to a]\n      holds: [pay 60 EUR to a]\n"
    )
    assert remarks(text) == [
        "7: r: should fire on `pay 5 EUR to a`, but no rule speaks of it "
        "(seen as: pay 5 EUR a (account))",
        "8: r: should hold on `pay 60 EUR to a`, but it fires",
    ]


def test_an_example_may_be_a_run_with_pauses() -> None:
    """The last line is judged."""
    text = (
        "must_not:\n  - id: r\n    effect: pay\n    over: 1 per 1h\n    examples:\n"
        "      fires: [[pay 1 EUR to a, pay 1 EUR to a]]\n"
        "      holds: [[pay 1 EUR to a, + 1h, pay 1 EUR to a]]\n"
    )
    assert remarks(text) == []


def test_a_rule_without_examples_is_not_proven() -> None:
    """Each sort is asked for."""
    assert [
        line.partition(";")[0] for line in remarks("must_not:\n  - {id: r, effect: pay}\n")
    ] == [
        "3: r: no example shows that it fires",
        "3: r: no example shows that it holds",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "must_not:\n  - {id: a, effect: write, resource: src/**}\n"
            "must_ask:\n  - {id: b, effect: write, resource: src/core/**}\n",
            "b: can never fire: `a` (must_not) answers first",
        ),
        (
            "must_not:\n  - {id: a, effect: write, resource: src/**}\n"
            "must_ask:\n  - {id: b, effect: write, resource: [docs/**, src/x]}\n",
            "b: the glob `src/x` never decides: `a` (must_not) answers first",
        ),
        (
            "must_not:\n"
            "  - {id: b, effect: send, resource: 'https://x.example/**', to: y.example}\n",
            "b: can never fire: no effect meets all its conditions at once",
        ),
        (
            "must_not:\n  - {id: b, effect: read, label: secret, resource: '*.txt'}\n",
            "b: can never fire: no effect meets all its conditions at once",
        ),
        (
            "may:\n  - {id: b, effect: send, to: inside}\n",
            "b: speaks of `inside`, but nobody is; declare",
        ),
        (
            "must_not:\n  - {id: a, effect: read}\nsequences:\n"
            "  - {id: b, after: {effect: read}, never: {effect: read, label: secret}}\n",
            "b: can never fire: `a` (must_not) answers first",
        ),
    ],
)
def test_a_rule_that_never_fires_is_told(text: str, words: str) -> None:
    """Shadowed, contradictory, or about nobody."""
    assert [line for line in remarks(text) if words in line] != []


@pytest.mark.parametrize(
    "rule",
    [
        "{id: r, effect: send, to: [outside, '*@x.example']}",
        "{id: r, effect: any, via: 'ssh *', resource: '/etc/**'}",
        "{id: r, effect: read, label: secret}",
        "{id: r, effect: execute, program: make*, command: '*deploy*'}",
        "{id: r, effect: pay, over: [50 EUR, 3 per run, sum 9 EUR per day]}",
        "{id: r, effect: [write, delete], resource: ['a/**/b/{c,d}.txt', '~/x'], kind: file}",
        "{id: r, effect: configure, reversible: false}",
    ],
)
def test_a_rule_that_can_fire_is_not_told_that_it_cannot(rule: str) -> None:
    """The effects made up for a rule meet it."""
    assert [one for one in remarks(f"must_not:\n  - {rule}\n") if "never" in one] == []
