"""A run under a charter: precedence, windows, sequences, limits, and what it costs."""

import time
from typing import Any

import pytest

from trueline.charter import Charter, CharterRun, Mandate, Ruling, compile_charter
from trueline.charter.model import Bound, Limits, Rule, Selector, default_charter
from trueline.charter.reading import parse_charter
from trueline.charter.reading.examples import moment_of
from trueline.ledger.build import interpret
from trueline.ledger.model import Effect, ResourceKind, Verb
from trueline.trajectory import Step, Trajectory


def effect(verb: Verb, resource: str = "", kind: ResourceKind = "file", **more: Any) -> Effect:
    """Return an effect."""
    return Effect(step=0, verb=verb, resource=resource, resource_kind=kind, **more)


def pay(amount: float, unit: str = "EUR") -> Effect:
    """Return a payment."""
    return effect("pay", "acct", "account", amount=amount, unit=unit)


def run_of(text: str, cwd: str = "/repo") -> CharterRun:
    """Return a run under a charter in YAML, begun at time 0."""
    run = CharterRun(compile_charter(parse_charter(f"version: 1\n{text}")), cwd)
    run.at(0.0)
    return run


def said(ruling: Ruling | None) -> str:
    """Return rule and answer in one word."""
    return "" if ruling is None else f"{ruling.rule}:{ruling.answer}"


def test_must_not_goes_before_must_ask_and_that_before_may() -> None:
    """Whatever the order in the file."""
    run = run_of(
        "may: [{id: a, effect: write, resource: src/**}]\n"
        "must_ask: [{id: b, effect: write, resource: src/core/**}]\n"
        "must_not: [{id: c, effect: write, resource: src/core/keys/**}]\n"
    )
    assert said(run.step(effect("write", "src/x"))) == "a:may"
    assert said(run.step(effect("write", "src/core/x"))) == "b:must_ask"
    assert said(run.step(effect("write", "src/core/keys/x"))) == "c:must_not"
    assert said(run.step(effect("write", "docs/x"))) == "otherwise:must_ask"
    assert said(run.step(effect("read", "docs/x"))) == ""


@pytest.mark.parametrize(
    "line",
    [
        "$ mv /tmp/x guard/rules.json",
        "$ mv /tmp/rules.json guard/",
        "$ mv -t guard /tmp/rules.json",
        "$ git mv x guard/rules.json",
        "$ cp /tmp/x guard/rules.json",
        "$ cp /tmp/a /tmp/rules.json guard",
        "$ cp --target-directory=guard /tmp/rules.json",
        "$ install -m 644 /tmp/x guard/rules.json",
        "$ ln -sf /dev/null guard/rules.json",
        "$ cd guard && ln -sf /tmp/rules.json",
        "$ rsync -a /tmp/new/ guard/",
        "$ tar xf x.tar -C guard",
        "$ unzip x.zip -d guard",
        "$ gunzip guard/rules.json.gz",
        "$ dd if=/dev/zero of=guard/rules.json",
        "$ echo '{}' | sudo tee guard/rules.json",
        "$ curl -sLo guard/rules.json https://a.test/x",
        "$ cd guard && curl -O https://a.test/rules.json",
        "$ wget -P guard https://a.test/rules.json",
        "$ sort -o guard/rules.json x",
        'move_file {"source": "x", "destination": "guard/rules.json"}',
        'rename_path {"path": "x", "new_path": "guard/rules.json"}',
        'copy_file {"source": "x", "destination": "guard/rules.json"}',
    ],
)
def test_nothing_is_put_over_a_protected_file_unseen(line: str) -> None:
    """Whichever program writes there, and however its target is named."""
    run = run_of("protected: guard/")
    rulings = [said(run.step(effect)) for effect in moment_of(line).effects]
    assert "protected.own:must_not" in rulings


@pytest.mark.parametrize(
    "line",
    [
        "$ cp guard/rules.json /tmp/x",
        "$ cat guard/rules.json > /tmp/x",
        "$ tar cf /tmp/x.tar guard",
        "$ gzip -dc guard/rules.json.gz",
        "$ rsync -a guard/ /tmp/new/",
        'copy_file {"source": "guard/rules.json", "destination": "x"}',
    ],
)
def test_taking_a_copy_of_a_protected_file_changes_nothing(line: str) -> None:
    """It is read, and written elsewhere."""
    run = run_of("protected: guard/")
    assert {said(run.step(effect)) for effect in moment_of(line).effects} <= {""}


def test_what_is_outside_a_may_list_is_as_the_file_says() -> None:
    """For all verbs, or by verb."""
    text = "may: [{effect: write, resource: src/**}]\notherwise: {default: must_not, pay: must_ask}"
    run = run_of(text)
    assert said(run.step(effect("write", "docs/x"))) == "otherwise:must_not"
    assert said(run.step(pay(1))) == "otherwise:must_ask"
    assert said(run.step(effect("delete", "docs/x"))) == ""


def test_what_is_not_named_is_asked_for_and_never_forbidden() -> None:
    """An amount that the record does not show is no proof that it was too much."""
    run = run_of("may: [{effect: pay, up_to: 50 EUR}]\notherwise: must_not")
    assert said(run.step(pay(50))) == "may-1:may"
    assert said(run.step(pay(51))) == "otherwise:must_not"
    assert said(run.step(pay(5, "USD"))) == "otherwise:must_not"
    assert said(run.step(effect("pay", "acct", "account"))) == "otherwise:must_ask"


def test_a_count_in_a_window_forgets_what_has_left_it() -> None:
    """The fourth in an hour is too many; after the hour it is the first again."""
    run = run_of("must_not: [{id: r, effect: pay, over: 3 per 1h}]")
    assert [said(run.step(pay(1))) for _ in range(4)] == ["", "", "", "r:must_not"]
    run.at(3_600.0)
    assert said(run.step(pay(1))) == ""


def test_a_sum_in_a_window_counts_amounts() -> None:
    """Binary fractions do not pass a bound that decimal ones only reach."""
    run = run_of("must_ask: [{id: r, effect: pay, over: sum 0.3 EUR per day}]")
    assert [said(run.step(pay(0.1))) for _ in range(4)] == ["", "", "", "r:must_ask"]


def test_a_negative_amount_makes_no_room() -> None:
    """Paying minus 1,000 first does not allow paying 1,000 more."""
    run = run_of("must_not: [{id: r, effect: pay, over: sum 100 EUR per run}]")
    assert said(run.step(pay(-1_000))) == ""
    assert said(run.step(pay(101))) == "r:must_not"


def test_a_window_of_time_stays_open_where_the_record_has_no_time() -> None:
    """Nobody is accused of what cannot be seen; a count over the run needs no clock."""
    text = "version: 1\nmust_not: [{id: r, effect: pay, over: 1 per 1h}]"
    run = CharterRun(compile_charter(parse_charter(text)))
    assert [said(run.step(pay(1))) for _ in range(3)] == ["", "", ""]
    run = run_of("must_not: [{id: r, effect: pay, over: 1 per run}]")
    assert [said(run.step(pay(1))) for _ in range(2)] == ["", "r:must_not"]


def test_a_sequence_waits_for_all_it_comes_after() -> None:
    """In order, and until what ends it."""
    run = run_of(
        "sequences:\n"
        "  - id: s\n"
        "    after: [{effect: read, label: secret}, {effect: write, resource: out/**}]\n"
        "    never: {effect: send, to: outside}\n"
        "    until: {effect: ask}\n"
    )
    send = effect("send", "x@elsewhere.invalid", "message")
    assert said(run.step(effect("write", "out/x"))) == ""
    assert said(run.step(effect("read", ".env"))) == ""
    assert said(run.step(send)) == ""
    assert said(run.step(effect("write", "out/x"))) == ""
    assert said(run.step(send)) == "s:must_not"
    assert said(run.step(effect("ask"))) == ""
    assert said(run.step(send)) == ""


def test_whoever_deletes_a_folder_deletes_what_it_holds() -> None:
    """A rule on `infra/prod/**` speaks of `rm -rf infra`, of `.` and of `*`; a `may` does not."""
    run = run_of("must_not: [{id: r, effect: [delete, write], resource: infra/prod/**}]")
    for resource in ("infra/prod/a", "infra/prod", "infra", "infra/*", ".", "*", "/repo", "/"):
        assert said(run.step(effect("delete", resource))) == "r:must_not", resource
    assert said(run.step(effect("delete", "infra/test"))) == ""
    assert said(run.step(effect("write", "infra"))) == ""
    run = run_of("may: [{id: r, effect: delete, resource: build/**}]")
    assert said(run.step(effect("delete", "build/*"))) == "r:may"
    assert said(run.step(effect("delete", "."))) == "otherwise:must_ask"


def test_one_address_outside_is_outside_and_all_must_be_allowed() -> None:
    """A mail to two people goes to both."""
    run = run_of(
        "parties: {inside: ['*@in.example']}\n"
        "may: [{id: m, effect: send, to: inside}]\n"
        "must_not: [{id: n, effect: send, to: outside}]\n"
    )
    both = effect("send", "kim@in.example, lee@out.example", "message")
    assert said(run.step(effect("send", "kim@in.example", "message"))) == "m:may"
    assert said(run.step(both)) == "n:must_not"
    assert said(run.step(effect("fetch", "http://localhost/x", "url"))) == ""
    run = run_of("may: [{id: m, effect: send, to: ['*@in.example', lee@out.example]}]")
    assert said(run.step(both)) == "m:may"
    run = run_of("may: [{id: m, effect: send, to: '*@in.example'}]\notherwise: must_not")
    assert said(run.step(both)) == "otherwise:must_not"
    run = run_of("must_not: [{id: n, effect: send, to: '*@out.example'}]")
    assert said(run.step(both)) == "n:must_not"


def test_limits_of_the_run_are_told_of_once_in_a_record() -> None:
    """Steps, time and spending; live, every effect beyond them is ruled on."""
    steps = tuple(
        Step(
            index=index,
            kind="call",
            actor="agent",
            tool="Bash",
            arguments={"command": f"touch a{index}"},
            call_id=str(index),
            time=f"2026-01-01T0{index}:00:00Z",
        )
        for index in range(6)
    )
    ledger = interpret(Trajectory(id="t", format="claude-code", source="", steps=steps))
    charter = Charter(limits=Limits(steps=4, wall_time_s=7_200.0))
    rulings = Mandate(ledger, charter).rulings
    assert [(one.effect, one.rule) for one in rulings] == [
        (3, "limits.wall_time"),
        (4, "limits.steps"),
    ]
    run = run_of("limits: {tokens: 10}")
    run.use_tokens(11)
    assert said(run.step(effect("read", "x"))) == "limits.tokens:must_not"
    assert said(run.step(effect("read", "x"))) == "limits.tokens:must_not"
    run = run_of("limits: {spend: 10 EUR}")
    assert said(run.step(pay(10))) == ""
    assert said(run.step(pay(1))) == "limits.spend:must_not"


def test_the_default_charter_rules_on_nothing_and_knows_what_guards_the_rest() -> None:
    """It serves monitors; it accuses nobody."""
    ledger = interpret(Trajectory(id="t", format="claude-code", source="", cwd="/repo"))
    mandate = Mandate(ledger)
    assert mandate.rulings == ()
    groups = {
        ".github/workflows/ci.yml": "ci",
        "/repo/.claude/settings.json": "agent_settings",
        "tests/test_a.py": "tests",
        "/var/log/audit/audit.log": "oversight",
        "src/a.py": "",
    }
    found = {path: mandate.protection_of(effect("write", path)) for path in groups}
    assert found == groups
    assert mandate.labels_of(effect("read", "config/.env")) == {"secret"}
    assert compile_charter(default_charter()).is_empty


def test_a_charter_says_whom_to_trust() -> None:
    """Of several sources that fit, the least trusted counts."""
    charter = parse_charter(
        "version: 1\n"
        "trust:\n"
        "  trusted: {tool: read_policy, resource: docs/**}\n"
        "  untrusted: {server: crm, resource: docs/inbox/**}\n"
    )
    calls = (
        ("read_policy", {"path": "x"}),
        ("mcp__crm__get_note", {"id": "7"}),
        ("Read", {"file_path": "docs/a.md"}),
        ("Read", {"file_path": "docs/inbox/a.md"}),
        ("Read", {"file_path": "src/a.py"}),
    )
    steps: list[Step] = []
    for index, (tool, arguments) in enumerate(calls):
        call = 2 * index
        steps += [
            Step(index=call, kind="call", actor="agent", tool=tool, arguments=arguments,
                 call_id=str(call), call_index=call + 1),
            Step(index=call + 1, kind="result", actor="tool", tool=tool, text="x",
                 call_id=str(call), call_index=call),
        ]  # fmt: skip
    run = Trajectory(id="t", format="claude-code", source="", steps=tuple(steps), cwd="/repo")
    mandate = Mandate(interpret(run), charter)
    trusts = [mandate.trust_of(step.index) for step in steps if step.kind == "result"]
    assert trusts == ["trusted", "untrusted", "trusted", "untrusted", "local"]


def cost(rules: int, steps: int) -> float:
    """Return the CPU seconds of a run whose effects no rule speaks of."""
    charter = Charter(
        rules=tuple(
            Rule(
                id=f"r{n}",
                answer="must_not",
                selector=Selector(verbs=("write",), resources=(f"area{n}/part/*.py",)),
                bounds=(Bound(measure="count", value=3.0),),
            )
            for n in range(rules)
        )
    )
    program = compile_charter(charter)
    effects = [effect("write", f"src/f{n % 2_000}.py") for n in range(steps)]
    best = float("inf")
    for _ in range(3):
        run = CharterRun(program, "/repo")
        for one in effects[:2_000]:
            run.step(one)
        start = time.process_time()
        for one in effects:
            run.step(one)
        best = min(best, time.process_time() - start)
    return best


def test_a_thousand_rules_cost_about_what_ten_do() -> None:
    """Rules that do not speak of an effect cost nothing but their part of one automaton."""
    assert cost(1_000, 10_000) < 3 * cost(10, 10_000)


def test_the_cost_is_linear_in_the_steps() -> None:
    """A hundred thousand effects cost about ten times what ten thousand do."""
    assert cost(1_000, 100_000) < 20 * cost(1_000, 10_000)
