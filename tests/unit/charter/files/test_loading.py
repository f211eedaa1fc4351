"""A charter file: what it says, and every mistake in it with its line and the fix."""

from pathlib import Path

import pytest

from trueline.charter.model import Bound
from trueline.charter.reading import load_charter, parse_charter
from trueline.errors import CharterError

WHOLE = """\
version: 1
name: refunds
objective: Answer tickets and refund double charges.
on_failure: open
workspace: /srv/shop/
parties: {inside: ["*@example.com"]}
labels:
  personal: [customers/**]
  card: {pattern: "[0-9]{16}"}
trust:
  trusted: {tool: read_policy}
protected: {resource: infra/, group: ci, answer: must_ask}
limits: {steps: 2k, wall_time: 2h, tokens: 2M, spend: 500 EUR}
may:
  - effect: pay
    up_to: [50 EUR, 3 per 1h, sum 200 EUR per day]
must_ask:
  - {id: ask-mail, effect: send, label: personal, why: personal data}
must_not:
  - {effect: [delete, move], resource: "*.pem", reversible: false, via: ssh *}
otherwise: {default: must_not, grant: must_ask}
sequences:
  - after: {effect: read, label: [secret, card]}
    ask: {effect: any, to: outside}
"""


def problems(text: str) -> list[str]:
    """Return what a file is told, without its name."""
    with pytest.raises(CharterError) as caught:
        parse_charter(text, "c.yaml")
    return [line.removeprefix("c.yaml:") for line in str(caught.value).splitlines()]


def test_a_whole_charter_loads() -> None:
    """Every key once."""
    charter = parse_charter(WHOLE)
    by_id = {rule.id: rule for rule in charter.rules}
    assert list(by_id) == ["must_not-1", "ask-mail", "may-1"]
    assert by_id["may-1"].bounds == (
        Bound(measure="amount", value=50.0, unit="EUR"),
        Bound(measure="count", value=3.0, window_s=3_600.0),
        Bound(measure="sum", value=200.0, unit="EUR", window_s=86_400.0),
    )
    assert by_id["ask-mail"].line == 18
    assert dict(charter.otherwise) == {"pay": "must_not", "grant": "must_ask"}
    assert charter.sequences[0].then.verbs == ()
    assert (charter.limits.steps, charter.limits.tokens) == (2_000, 2_000_000)
    assert charter.workspace == ("/srv/shop",)
    assert {one.group: one.answer for one in charter.protected} == {
        "own": "must_ask",
        "oversight": None,
        "tests": None,
        "ci": "must_ask",
        "agent_settings": None,
    }
    assert [label.name for label in charter.labels] == ["personal", "card", "secret"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("must_not:\n  - efect: pay\n", "3: `efect` is no key here; did you mean `effect`?"),
        ("must_not:\n  - effect: pai\n", "3: `effect`: `pai` is no effect; did you mean `pay`?"),
        ("mustnot: []\n", "2: `mustnot` is no key here; did you mean `must_not`?"),
        (
            "must_not:\n  - effect: pay\n    up_to: 5\n",
            "4: `up_to` is no key here; `up_to` is for rules under `may`; write `over`",
        ),
        (
            "must_not:\n  - effect:\n      - pay\n      - sned\n",
            "5: `effect`: `sned` is no effect; did you mean `send`?",
        ),
        (
            "must_ask:\n  - effect: pay\n    over: [50 EUR, 3 per 1x]\n",
            "4: `over`: `1x` is no span of time; write it as `30s`, `5min`, `1h`, `1d`",
        ),
        (
            "must_ask:\n  - effect: pay\n    over: sum 5 EUR\n",
            "4: `over`: `sum 5 EUR` says no window; write `sum 5 EUR per day`, or `per run`",
        ),
        (
            "must_ask:\n  - effect: pay\n    over: 5 EUR per day\n",
            "4: `over`: `5 EUR per day` is no count; for a total write `sum 5 EUR per day`",
        ),
        (
            "must_not:\n  - effect: read\n    label: secrt\n",
            "4: `label`: `secrt` is not declared; declare it under `labels`, or did you mean "
            "`secret`?",
        ),
        (
            "must_not:\n  - {id: a, effect: read}\n  - id: a\n    effect: pay\n",
            "4: `id: a` stands twice; give each rule its own",
        ),
        ("on_failure: opn\n", "2: `on_failure`: `opn` is not allowed; did you mean `open`?"),
        (
            "otherwise: {pya: must_ask}\n",
            "2: `otherwise`: `pya` is no effect; did you mean `pay`?",
        ),
        ("protected: {group: tets}\n", "2: `group`: `tets` is no group; did you mean `tests`?"),
        (
            "limits: {spend: 3 per day}\n",
            "2: `spend`: a sum of money is meant; write `spend: 50 EUR`",
        ),
        ("workspace: src\n", "2: `workspace`: `src` is not absolute; write the folder from `/` on"),
        ("name: a\nname: b\n", "3: `name` stands twice; keep one"),
        ("must_not: pay\n", "2: `must_not` must be a list, found `pay`"),
        (
            "sequences:\n  - after: {effect: read}\n",
            "3: a sequence has one of `never` and `ask`, found neither",
        ),
        (
            "must_not:\n  - effect: write\n    resource: a/../b\n",
            "4: `resource`: `a/../b` can never match, for paths are compared without `..` and "
            "`//`; write the path that is meant",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_fix(text: str, told: str) -> None:
    """The nearest word that is known stands beside the one that is not."""
    assert problems(f"version: 1\n{text}") == [told]


def test_several_mistakes_are_told_at_once() -> None:
    """Nobody mends a file one error at a time."""
    found = problems("versoin: 1\nmay:\n  - {}\nlimits: {steps: 0}\n")
    assert [line.partition(":")[0] for line in found] == ["1", "3", "4"]


def test_mistakes_between_parts_are_told_with_those_within() -> None:
    """Ids, labels, examples, groups and sequences do not wait for the keys to be right."""
    text = """\
version: 1
must_not:
  - id: a
    efect: pay
  - id: a
    effect: read
    label: secrt
    examples:
      fires: [nonsense]
sequences:
  - after: {effect: read}
    never: {effect: send}
    ask: {effect: send}
protected: {group: tets}
otherwise: {pya: must_ask}
"""
    found = problems(text)
    assert [int(line.partition(":")[0]) for line in found] == [4, 5, 7, 9, 11, 14, 15]


def test_a_flood_of_mistakes_is_cut_off() -> None:
    """The first hundred, and how many more there are."""
    found = problems("version: 1\nmay:\n" + "  - {efect: pay}\n" * 300)
    assert len(found) == 101
    assert found[-1].endswith("200 more mistakes")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1: empty; a charter begins with `version: 1`"),
        ("a: [", "not YAML: did not find"),
        ("must_not:\n  - resource: *.pem\n", "needs quotes, as in '*.pem'"),
        ("- 1\n", "1: `the charter` must be a mapping of keys to values, found a list"),
        ("[" * 50_000, "1: nested too deep for a charter"),
        ("a: &x [1]\nb: [*x, *x]\n", "`a` is no key here"),
    ],
)
def test_what_is_no_charter_is_refused(text: str, told: str) -> None:
    """Whatever the file holds, the answer is one kind of error."""
    assert told in "\n".join(problems(text))


def test_aliases_of_aliases_do_not_grow_without_end() -> None:
    """A billion laughs are refused."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")
    assert "200000 entries" in problems("\n".join(lines))[0]


def test_an_example_that_says_nothing_is_refused() -> None:
    """Examples are read when the charter is."""
    text = (
        "version: 1\nmust_not:\n  - effect: pay\n    examples:\n      fires:\n        - frob it\n"
    )
    (told,) = problems(text)
    assert told.startswith("6: `fires`: `frob it` is no example: write an effect")


def test_a_file_that_is_not_there_is_an_error_of_the_charter(tmp_path: Path) -> None:
    """Missing, a folder, not UTF-8."""
    binary = tmp_path / "b.yaml"
    binary.write_bytes(b"\xff\xfe")
    for path in (tmp_path / "missing.yaml", tmp_path, binary):
        with pytest.raises(CharterError):
            load_charter(path)
