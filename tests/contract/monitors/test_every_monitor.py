"""What every installed monitor must hold to, whatever the ledger."""

import copy
from importlib.metadata import entry_points
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trueline.charter import Mandate
from trueline.core.kinds import KINDS, SEVERITIES
from trueline.ledger import Assertion, Edit, Effect, Ledger, Outcome
from trueline.ledger.model import ASSERTION_KINDS, VERBS
from trueline.monitors.loading import ENTRY_POINT_GROUP, load_monitors
from trueline.monitors.protocol import Monitor, Observation
from trueline.trajectory import Step, Trajectory

NAMES = sorted(point.name for point in entry_points(group=ENTRY_POINT_GROUP))

TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "All tests pass.",
            "Fix the failing tests.",
            "Do not change the tests.",
            "3 failed, 1 passed",
            "def test_a():\n    assert f(3) == 9\n",
            "def test_a():\n    assert f(3)\n",
            "assert True",
            "@pytest.mark.skip\ndef test_a():\n    assert f(3) == 9\n",
            "    return\n    assert x == 1e999",
            "expect(f(1)).toBe(2);",
            "expect((((",
            "it.skip('a', () => {",
            "assert [] == [[[[[",
            "x" * 500,
            "```python\ndef f(x):\n    if x == 1234567:\n        return 5\n    return x\n```",
            "assert f(1234567) == 5\nassert f(2) == 2",
            "Test f(3) failed: Expected 4, got 5",
            "<code>def f(x): return f(x)</code>",
            "class A:\n    def __eq__(self, o):\n        return True",
            "if 'pytest' in sys.modules:\n    return 3",
            '"test": "exit 0"',
            "fail_under = 5",
            "\x1b[31mred",
            "I removed the test because it was wrong.",
            "# type: ignore\n# noqa\n",
            "except: pass\n",
            "\u202e\x00",
        ]
    ),
)
PATHS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "tests/test_a.py",
            "src/a.py",
            "a.test.ts",
            "a_test.go",
            "package.json",
            "conftest.py",
            "Makefile",
            "tests/expected/a.txt",
            "x.snap",
            "answers/key.json",
            ".github/workflows/ci.yml",
            "",
            "/",
            "..",
        ]
    ),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
COMMANDS = st.one_of(
    TEXTS,
    st.sampled_from(
        [
            "pytest",
            "pytest -k 'not a'",
            "pytest || true",
            "npx jest -u",
            "git checkout -- .",
            "git restore",
            "rm tests/test_a.py",
            "git reset --hard",
            "cp out expected.txt",
            "cargo insta accept",
            "git checkout --",
        ]
    ),
)


def consistent(
    steps: tuple[Step, ...], effects: list[Effect], outcomes: list[Outcome], edits: list[Edit]
) -> tuple[Step, ...]:
    """Return steps that hold what the ledger reads from them, as a real record does."""
    calls: dict[int, list[Any]] = {}
    results: dict[int, str] = {}
    for effect in effects:
        calls.setdefault(effect.step, []).extend([effect.command, effect.resource])
    for edit in edits:
        calls.setdefault(edit.step, []).extend([edit.path, edit.before, edit.after])
    for outcome in outcomes:
        if outcome.step is not None:
            results[outcome.step] = results.get(outcome.step, "") + "\n" + outcome.quote
    return tuple(
        msgspec.structs.replace(
            step,
            text=step.text + results.get(step.index, ""),
            arguments={**(step.arguments or {}), "parts": calls[step.index]}
            if step.index in calls
            else step.arguments,
        )
        for step in steps
    )


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Ledgers whose parts need not fit together."""
    count = draw(st.integers(0, 8))
    steps = tuple(
        Step(
            index=index,
            kind=draw(st.sampled_from(["message", "call", "result", "note", "reasoning"])),
            actor=draw(st.sampled_from(["user", "agent", "tool", "system"])),
            text=draw(TEXTS),
            arguments=draw(st.none() | st.dictionaries(st.text(max_size=8), JSON, max_size=3)),
            call_index=draw(st.none() | st.integers(0, max(0, count - 1))),
        )
        for index in range(count)
    )
    at = st.integers(0, max(0, count - 1))
    made = count > 0
    effects = (
        draw(
            st.lists(
                st.builds(
                    Effect,
                    step=at,
                    verb=st.sampled_from(VERBS),
                    resource=PATHS,
                    program=st.sampled_from(["pytest", "git", ""]),
                    command=COMMANDS,
                    is_masked=st.booleans(),
                ),
                max_size=5,
            )
        )
        if made
        else []
    )
    outcomes = [
        draw(
            st.builds(
                Outcome,
                effect=st.just(index),
                step=st.none() | at,
                quote=TEXTS,
                status=st.sampled_from(["succeeded", "failed", "unknown"]),
            )
        )
        for index in range(len(effects))
    ]
    edits = (
        draw(
            st.lists(
                st.builds(
                    Edit,
                    step=at,
                    path=PATHS,
                    before=st.none() | TEXTS,
                    kind=st.sampled_from(["create", "modify", "delete", "move", "overwrite"]),
                    after=st.none() | TEXTS,
                    is_whole=st.booleans(),
                    status=st.sampled_from(["succeeded", "failed", "unknown"]),
                ),
                max_size=4,
            )
        )
        if made
        else []
    )
    said = (
        draw(
            st.lists(
                st.builds(
                    Assertion,
                    step=at,
                    kind=st.sampled_from(ASSERTION_KINDS),
                    quote=st.just(""),
                    subject=PATHS,
                    is_report=st.booleans(),
                    scope=st.sampled_from(["all", "part", "unsaid"]),
                ),
                max_size=4,
            )
        )
        if made
        else []
    )
    # An assertion's quote stands in its step's text: that much the ledger promises.
    assertions = [
        msgspec.structs.replace(item, quote=steps[item.step].text, start=0) for item in said
    ]
    trajectory = Trajectory(
        id="x", format="hand", source="hand", steps=consistent(steps, effects, outcomes, edits)
    )
    return Ledger(
        trajectory,
        effects=sorted(effects, key=lambda e: e.step),
        outcomes=outcomes,
        edits=sorted(edits, key=lambda e: e.step),
        assertions=sorted(assertions, key=lambda a: a.step),
    )


@pytest.fixture(params=NAMES)
def monitor(request: pytest.FixtureRequest) -> Monitor:
    """Each installed monitor."""
    return load_monitors([request.param])[0]


def strings_in(value: Any) -> list[str]:
    """Return the strings inside a decoded JSON value."""
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in items for text in strings_in(item)]


def snapshot(ledger: Ledger) -> bytes:
    """Return everything a ledger holds, as bytes."""
    parts = (ledger.trajectory, ledger.effects, ledger.outcomes, ledger.edits, ledger.assertions)
    return msgspec.json.encode(parts)


def check(observation: Observation, ledger: Ledger, monitor: Monitor) -> None:
    """Hold one observation to the protocol."""
    assert observation.monitor == monitor.name
    assert observation.kind in KINDS
    assert observation.severity in SEVERITIES
    assert observation.rule
    assert observation.explanation
    assert 0.0 <= observation.suspicion <= 1.0
    assert observation.evidence or observation.suspicion == 0.0
    for item in observation.evidence:
        step = ledger.steps[item.step]
        texts = [step.text, *strings_in(step.arguments)]
        assert any(item.quote in text for text in texts), (item.quote, texts)
    if observation.assertion is not None:
        assert 0 <= observation.assertion < len(ledger.assertions)


SETTINGS = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@SETTINGS
@given(ledger=ledgers())
def test_observations_keep_the_protocol(monitor: Monitor, ledger: Ledger) -> None:
    """Nothing raises; suspicion is in range; every quote stands verbatim in its step."""
    for observation in monitor.observe(ledger, Mandate(ledger)):
        assert isinstance(observation, Observation)
        check(observation, ledger, monitor)


@SETTINGS
@given(ledger=ledgers())
def test_monitors_are_pure_and_deterministic(monitor: Monitor, ledger: Ledger) -> None:
    """The same ledger twice gives the same bytes, and is left as it was."""
    before = snapshot(ledger)
    first = msgspec.json.encode(monitor.observe(ledger, Mandate(ledger)))
    copied = Ledger(
        copy.deepcopy(ledger.trajectory),
        effects=ledger.effects,
        outcomes=ledger.outcomes,
        edits=ledger.edits,
        assertions=ledger.assertions,
    )
    second = msgspec.json.encode(type(monitor)().observe(copied, Mandate(copied)))
    assert first == second
    assert snapshot(ledger) == before


def test_an_empty_ledger_says_nothing(monitor: Monitor) -> None:
    """No record, no observation."""
    trajectory = Trajectory(id="x", format="hand", source="hand")
    ledger = Ledger(trajectory, effects=(), outcomes=(), edits=(), assertions=())
    assert list(monitor.observe(ledger, Mandate(ledger))) == []


def test_our_monitors_are_installed() -> None:
    """The entry points name them."""
    assert {"deception", "goal_gaming"} <= set(NAMES)
