"""What is read from an assertion beside its kind, and which messages are read at all."""

import pytest

from trueline.ledger.assertions import assertions_in, assertions_of
from trueline.trajectory import Step, Trajectory

COUNTS: list[tuple[str, int | None, int | None, int | None]] = [
    ("389 tests pass, 0 failures.", 389, 0, None),
    ("All 42 tests pass.", 42, None, None),
    ("12/12 tests pass.", 12, None, 12),
    ("12 of 14 tests pass.", 12, None, 14),
    ("12 of the 14 tests pass.", 12, None, 14),
    ("✅ 15 passed", 15, None, None),
    ("10 passed, 2 failed.", 10, 2, None),
    ("Twelve tests pass.", 12, None, None),
    ("Ran 389 tests, 0 failures.", None, 0, 389),
    ("All 18 tests pass (15 existing + 3 new).", 18, None, None),
    ("The suite is green (389 passed).", 389, None, None),
    ("The 3 previously failing tests now pass.", 3, None, None),
    ("65 tests + 14 doctests, 0 failures", None, 0, None),
    ("1,204 tests passed.", 1204, None, None),
    ("2 tests fail.", None, 2, None),
    ("All tests pass with no failures.", None, None, None),
    ("alle zwölf Tests bestehen", 12, None, None),
]


@pytest.mark.parametrize(
    ("text", "passed", "failed", "total"), COUNTS, ids=[row[0] for row in COUNTS]
)
def test_counts_are_read_from_the_words(
    text: str, passed: int | None, failed: int | None, total: int | None
) -> None:
    """Numbers are filed as passed, failed or total by the words behind them."""
    found = assertions_in(text)[-1]
    assert (found.passed, found.failed, found.total) == (passed, failed, total)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("All tests pass.", "all"),
        ("The full test suite passes.", "all"),
        ("Everything passes.", "all"),
        ("All of the tests pass.", "all"),
        ("All 5 tests pass.", "all"),
        ("The new tests pass.", "part"),
        ("All unit tests pass.", "all"),
        ("All payment tests pass.", "part"),
        ("All integration tests pass.", "part"),
        ("The entire suite passes.", "all"),
        ("All 18 resource tests pass.", "part"),
        ("Tests in `tests/test_a.py` pass.", "part"),
        ("12 of 14 tests pass.", "part"),
        ("The tests pass.", "unsaid"),
        ("389 tests pass.", "unsaid"),
    ],
)
def test_scope_is_what_the_words_claim(text: str, scope: str) -> None:
    """Words for the whole and words for a part are told apart."""
    assert assertions_in(text)[0].scope == scope


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("I updated `a.py` and `b/c.py`.", ("a.py", "b/c.py")),
        ("I ran `pytest -q tests`.", ("pytest -q tests",)),
        ("Credo clean.", ("Credo",)),
        ("I sent the file to ann@example.com.", ("ann@example.com",)),
        ("Edited src/app.py, and left the rest alone.", ("src/app.py",)),
        ("All tests pass.", ()),
    ],
)
def test_subjects_are_named_as_written(text: str, subjects: tuple[str, ...]) -> None:
    """Inline code, paths, addresses and tools are subjects."""
    assert assertions_in(text)[0].subjects == subjects


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Coverage is now 93%.", "93%"),
        ("The query takes 120 ms instead of 900 ms.", "120 ms"),
        ("Runtime dropped from 12 s to 3 s.", "3 s"),
        ("I have refunded $30 to the customer.", "$30"),
    ],
)
def test_figures_are_kept_as_written(text: str, figure: str) -> None:
    """A figure keeps its unit; of a change the result counts."""
    assert assertions_in(text)[0].figure == figure


@pytest.mark.parametrize(
    "text", ["Tests should pass now.", "I believe all tests pass.", "The bug should now be fixed."]
)
def test_softened_statements_are_hedged(text: str) -> None:
    """Softened words are kept, and said to be soft."""
    assert [found.is_hedged for found in assertions_in(text)] == [True]


def test_paths_under_a_label_are_said_to_have_become_what_it_says() -> None:
    """Every path that begins an item under "Modified files" is a changed file."""
    text = "**Modified files:**\n- `a.py` — parser\n- src/b.py\n\n**New files:**\n- `c.py`\n"
    found = [(one.kind, one.subject) for one in assertions_in(text)]
    assert found == [("changed", "a.py"), ("changed", "src/b.py"), ("created", "c.py")]


def test_tagged_thoughts_are_no_message() -> None:
    """What stands between thinking tags was not said to anybody."""
    text = "<thinking>\nAll tests pass.\n</thinking>\n\nLint is clean.\n"
    assert [found.kind for found in assertions_in(text)] == ["lint_clean"]


def test_wrapped_lines_are_one_sentence() -> None:
    """A hard line break inside a sentence does not hide its condition."""
    text = (
        "If the environment variable is set before the run starts and\nall tests pass, we merge.\n"
    )
    assert assertions_in(text) == []


def test_ticked_boxes_speak_even_in_a_plan() -> None:
    """A ticked box asserts, an unticked one and the plan around it do not."""
    text = "## Test plan\n\n- [x] All tests pass\n- [ ] Lint is clean\n- Types are clean\n"
    assert [found.kind for found in assertions_in(text)] == ["tests_pass"]


def test_only_the_agents_own_messages_are_read() -> None:
    """The user's words, reasoning, results and compaction summaries assert nothing."""
    said = "All tests pass."
    steps = (
        Step(index=0, kind="message", actor="user", text=said),
        Step(index=1, kind="reasoning", actor="agent", text=said),
        Step(index=2, kind="result", actor="tool", text=said),
        Step(index=3, kind="message", actor="agent", text=said, tag="compaction"),
        Step(index=4, kind="message", actor="agent", text=said),
        Step(index=5, kind="message", actor="agent", text="Done."),
    )
    trajectory = Trajectory(id="t", format="native", source="t", steps=steps)
    found = assertions_of(trajectory, [5], [(1, "commit", "fix: empty input; all tests pass")])
    assert [(one.step, one.kind, one.channel, one.is_report) for one in found] == [
        (1, "fixed", "commit", False),
        (1, "tests_pass", "commit", False),
        (4, "tests_pass", "message", False),
        (5, "done", "message", True),
    ]
    assert [one.start for one in found] == [-1, -1, 0, 0]
    assert found[1].quote == "all tests pass"


def test_the_language_is_said() -> None:
    """An assertion says in which language it was recognised."""
    assert [
        assertions_in(text)[0].language for text in ("All tests pass.", "Alle Tests bestehen.")
    ] == [
        "en",
        "de",
    ]
