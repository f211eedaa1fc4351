"""Deeds told by their result, and short ways to say that checks pass; and what only looks so."""

import pytest

from trueline.ledger.assertions import assertions_in

ASSERTED: list[tuple[str, list[str]]] = [
    ("`load()` now raises `KeyError` for a missing key.", ["changed"]),
    ("`load()` no longer swallows errors.", ["changed"]),
    ("`Reader.load()` accepts bytes now.", ["changed"]),
    ("settings.toml now has a cache section.", ["changed"]),
    ("The timeout in `client.py` is 30 now.", ["changed"]),
    ("Docs updated.", ["changed"]),
    ("`parse_row` is renamed.", ["changed"]),
    ("Long lines are wrapped now.", ["changed"]),
    ("`load_all` is added.", ["created"]),
    ("`load_all` is in and exported.", ["created"]),
    ("`load_all` is there.", ["created"]),
    ("docs/usage.md is written.", ["created"]),
    ("Regression test added.", ["created"]),
    ("`legacy.py` is gone.", ["deleted"]),
    ("The `lint` step is out of ci.yml.", ["deleted"]),
    ("The old flag is gone as you asked.", ["deleted"]),
    ("The crash on empty input is fixed.", ["fixed"]),
    ("Parsing is fixed in reader.py.", ["fixed"]),
    ("The warning is gone.", ["fixed"]),
    ("The export works again.", ["fixed"]),
    ("Sorting is correct again.", ["fixed"]),
    ("Empty rows are handled now.", ["fixed"]),
    ("`limit` is back at 20.", ["reverted"]),
    ("I put the old default back.", ["reverted"]),
    ("Took the extra column back out.", ["reverted"]),
    ("The migration is undone.", ["reverted"]),
    ("Three commits are in.", ["committed"]),
    ("The parser is cleaned and committed.", ["committed"]),
    ("Changelog updated, committed and pushed.", ["changed", "committed", "pushed"]),
    ("Added a flag to the tool and committed the change.", ["created", "committed"]),
    ("Poked at the cache and I fixed it.", ["fixed"]),
    ("I puzzled over the cache and fixed it.", ["fixed"]),
    ("The commit is on origin/main.", ["pushed"]),
    ("Migration finished.", ["done"]),
    ("Refactor complete.", ["done"]),
    ("I left services/api alone.", ["untouched"]),
    ("I changed nothing.", ["untouched"]),
    ("Fixtures untouched.", ["untouched"]),
    ("CLI: unchanged", ["untouched"]),
    ("`score(4)` gives 2.5.", ["figure"]),
    ("`score(4)` prints `2.5 points`.", ["figure"]),
    ("The exit code is 0 now.", ["figure"]),
    ("Line coverage is 96.4%.", ["figure"]),
    ("`a.js` is at 88.1% line coverage.", ["figure"]),
    ("It went from 412 ms to 160 ms.", ["figure"]),
    ("Tests 5/5.", ["tests_pass"]),
    ("7/7 tests", ["tests_pass"]),
    ("Tests ✔ (8)", ["tests_pass"]),
    ("tests pass (10)", ["tests_pass"]),
    ("The other seven pass.", ["tests_pass"]),
    ("I ran the two new tests, both pass.", ["ran", "tests_pass"]),
    ("Went from 8 to 11 cases, all 11 pass.", ["tests_pass"]),
    ("`pytest` finishes without failures.", ["tests_pass"]),
    ("The suite came through without a single failure.", ["tests_pass"]),
    ("Everything in tests/ passes.", ["tests_pass"]),
    ("Everything works.", ["tests_pass"]),
    ("Still 6 passed.", ["tests_pass"]),
    ("The tests that failed are passing.", ["tests_pass"]),
    ("All existing tests pass unchanged.", ["tests_pass"]),
    ("The tests no longer fail.", ["tests_pass"]),
    ("Tests (10) and lint pass.", ["tests_pass", "lint_clean"]),
    ("Fixtures untouched and tests green (10).", ["untouched", "tests_pass"]),
    ("The tests no longer pass.", ["tests_fail"]),
    ("The suite fails two tests.", ["tests_fail"]),
    ("lint ✔, types ✔ (0 errors)", ["lint_clean", "types_clean"]),
    ("ruff: All checks passed!", ["lint_clean"]),
    ("| ruff check src | ✅ clean |", ["lint_clean"]),
    ("ruff found nothing.", ["lint_clean"]),
    ("`make types` reports 0 errors.", ["types_clean"]),
    ("The module type-checks cleanly.", ["types_clean"]),
]

NOT_ASSERTED: list[str] = [
    "`load()` should now raise `KeyError`.",
    "We want `load()` to raise now.",
    "`git status` now shows only `a.py`.",
    "`load()` now, then `save()`.",
    "I can now see the error.",
    "I now understand the cache.",
    "Now add a test to `a.py`.",
    "The config is loaded when the app starts.",
    "When `x` is added, the count grows.",
    "The item is added to the cart.",
    "If `x` is gone, create it.",
    "The old file will be gone.",
    "What is gone?",
    "The record is removed once it expires.",
    "The error is in.",
    "The task is in.",
    "The tests are in `tests/`.",
    "`main()` is in `cli.py`.",
    "The seed is fixed at 42.",
    "The width is fixed to 80.",
    "I don't think the crash is fixed.",
    "The crash is not fixed.",
    "Once the crash is fixed, we can merge.",
    "The crash is back.",
    "The server is back up.",
    "`orders.py` is back to normal.",
    "`npm test` is back to normal.",
    "I took a step back and thought about the design.",
    "Put the file back.",
    "He put the file back.",
    "You left the tests alone.",
    "Leave the tests alone.",
    "I'll leave `a.py` alone.",
    "Norway alone has many fjords.",
    "The tests alone take long.",
    "Working tree clean",
    "The working tree is clean.",
    "I added no tests.",
    "I wrote no code.",
    "I ran no tests.",
    "Added nothing.",
    "The parser is correct as it stands now.",
    "Date added",
    "## Tests added",
    "**Files changed**",
    "1 file changed, 2 insertions(+), 1 deletion(-)",
    "Next steps:\n- Tests added\n- Docs updated",
    "Does everything work?",
    "Everything should be obvious.",
    "Everything works if you set `X`.",
    "Make sure everything works.",
    "Everything works except the export.",
    "It works.",
    "Both are fine.",
    "They pass it to the handler.",
    "Step 3/5",
    "Running test 3/5: slow",
    "All checks passed.",
    "`parse()` returns `None`.",
    "The function returns 0 on success.",
    "The score is computed from the rows.",
    "Already unified in main.css, no changes needed.",
    "Your flight was scheduled to depart at noon.",
    "Fix the parser",
    "Add a test for `x`",
    "Having tests pass is nice.",
    "> `legacy.py` is gone.",
    "Why is `a.py` gone?",
]


@pytest.mark.parametrize(("text", "kinds"), ASSERTED, ids=[text for text, _ in ASSERTED])
def test_deeds_told_by_their_result_are_read(text: str, kinds: list[str]) -> None:
    """A result that is said to stand is an assertion that it was brought about."""
    assert [found.kind for found in assertions_in(text)] == kinds


@pytest.mark.parametrize("text", NOT_ASSERTED)
def test_words_like_results_that_tell_none_are_left_out(text: str) -> None:
    """Plans, descriptions, places, idioms and labels with the same words assert nothing."""
    assert assertions_in(text) == []


@pytest.mark.parametrize(
    ("text", "passed", "total"),
    [
        ("Tests 5/5.", 5, 5),
        ("7/7 tests", 7, 7),
        ("Tests pass (10).", 10, None),
        ("Tests ✔ (8)", 8, None),
        ("Full suite passes, 12 tests.", None, None),
        ("All 11 pass.", 11, None),
    ],
)
def test_counts_beside_test_words_are_kept(
    text: str, passed: int | None, total: int | None
) -> None:
    """A lone number in brackets is the number of tests that passed."""
    found = assertions_in(text)[0]
    assert (found.kind, found.passed, found.total) == ("tests_pass", passed, total)


@pytest.mark.parametrize(
    ("text", "subjects", "scope"),
    [
        ("I did not touch the tests.", ("tests",), "unsaid"),
        ("I left the parser and the fixtures alone.", ("parser", "fixtures"), "unsaid"),
        ("I did not touch `a.py`, `b.py` or the config.", ("a.py", "b.py"), "unsaid"),
        ("I did not touch the tests, only cart.py changed.", ("tests",), "unsaid"),
        ("I did not touch the tests, because `a.py` needs none.", ("tests",), "unsaid"),
        ("No code was changed.", (), "all"),
        ("I changed nothing.", (), "all"),
        ("Nothing was modified.", (), "all"),
        ("I didn't change anything.", (), "all"),
        ("Nothing else was modified.", (), "unsaid"),
        ("No other files were touched.", (), "unsaid"),
    ],
)
def test_what_was_left_alone_is_named(text: str, subjects: tuple[str, ...], scope: str) -> None:
    """Paths or plain nouns say what was left alone; no later clause lends its own."""
    found = assertions_in(text)[0]
    assert (found.kind, found.subjects, found.scope) == ("untouched", subjects, scope)


@pytest.mark.parametrize(
    "text", ["The public API is unchanged.", "The behaviour of the parser was not changed."]
)
def test_behaviour_left_alone_is_hedged_and_names_nothing(text: str) -> None:
    """To keep how something behaves is not to keep its file."""
    found = assertions_in(text)[0]
    assert (found.kind, found.subjects, found.is_hedged) == ("untouched", (), True)


def test_everything_works_is_soft() -> None:
    """It names no check, so a failing test need not deny it."""
    assert [found.is_hedged for found in assertions_in("Everything works.")] == [True]


@pytest.mark.parametrize(
    ("message", "kinds"),
    [
        ("Fix the parser", ["fixed"]),
        ("fix(reader): empty input", ["fixed"]),
        ("feat: add `b.py`", ["created"]),
        ("Remove src/old.py and its tests", ["deleted"]),
        ("Rename the helpers\n\nAll tests pass.", ["changed", "tests_pass"]),
        ("Fixed the parser", ["fixed"]),
        ("Version 2.1", []),
        ("WIP", []),
        ("Fix?", []),
    ],
)
def test_the_subject_of_a_commit_tells_a_deed(message: str, kinds: list[str]) -> None:
    """There the imperative says what the commit does."""
    assert [found.kind for found in assertions_in(message, channel="commit")] == kinds


def test_paths_in_a_commit_subject_are_its_subjects() -> None:
    """The files that a subject line names can be looked up in the record."""
    found = assertions_in("Remove src/old.py and its tests", channel="commit")[0]
    assert (found.subject, found.quote) == ("src/old.py", "Remove src/old.py and its tests")
