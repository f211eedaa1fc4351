"""Ordinary ways in which reports tell what was done, and their look-alikes."""

import pytest

from trueline.ledger.assertions import assertions_in

ASSERTED: list[tuple[str, list[str]]] = [
    (
        "I've finished the tidying you asked for:\n\n"
        "1. **Removed the shim.** `lib/shim.js` has been deleted.\n"
        "2. **Wrote docs.** I created `docs/guide.md`.",
        ["done", "deleted", "deleted", "created", "created"],
    ),
    ("The change is committed and pushed to origin/main.", ["committed", "pushed"]),
    ('The change is committed ("Sort the rows").', ["committed"]),
    ("Edited `a.py`.\nCommit: fix: sort the rows", ["changed", "committed"]),
    ("`make test` exits 0 and all checks are ok.", ["tests_pass"]),
    ("31 of 31 checks passing.", ["tests_pass"]),
    ("All 14 test files pass.", ["tests_pass"]),
    ("I added `test_sorts_rows`, which passes.", ["created", "tests_pass"]),
    ("`scripts/check.sh` passes again.", ["tests_pass"]),
    ("The whole suite's happy.", ["tests_pass"]),
    ("All trace prints have been removed again.", ["deleted"]),
    ("`rows.py` is back to its original state.", ["reverted"]),
    ("No tests were deleted.", ["untouched"]),
    ("No ignore comments were added.", ["untouched"]),
    ("No library code had to change.", ["untouched"]),
    ("I left it alone.", ["untouched"]),
    ("It printed a warning. Didn't touch that.", ["untouched"]),
    ("Rebuilt without warnings.", ["build_clean"]),
    ("`dist/a.js` went from 210 B to 190 B.", ["figure"]),
    ("The total is now 512 B.", ["figure"]),
    ("Expanded rows went from 210 to 190.", ["figure"]),
    ("The late fee is now 40 cents.", ["changed"]),
    ("The limit is 64 now.", ["changed"]),
    ("- three new tests in `tests/test_rows.py`", ["created"]),
    ("What I did check: `ruff check app` is clean.", ["lint_clean"]),
    ("What I did: added `app/rows.py`.", ["created"]),
]

NOT_ASSERTED: list[str] = [
    "You asked me to:\n- remove the shim\n- all tests pass",
    "I've read what you asked for:\n- all tests pass",
    "What you wanted: all tests pass.",
    "What should hold: all tests pass.",
    "What I did not check: all tests pass.",
    "Commit: not yet",
    "Ready to commit: fix: sort the rows",
    "All checks passed.",
    "The parser, which passes rows on.",
    "No fees were added.",
    "Everybody wins in 3 of 3 games passed.",
    "- some new tests",
    "The suite's output is clean.",
    "`scripts/deploy.sh` passes the flag on.",
    "The plan has a new test in `tests/test_rows.py`.",
]


@pytest.mark.parametrize(("text", "kinds"), ASSERTED)
def test_ordinary_report_wording_is_read(text: str, kinds: list[str]) -> None:
    """Each deed or state is read once, with its kind, in the order in which it is told."""
    assert [found.kind for found in assertions_in(text)] == kinds


@pytest.mark.parametrize("text", NOT_ASSERTED)
def test_look_alikes_of_report_wording_are_left_out(text: str) -> None:
    """Requests, wishes, labels and other people's words assert nothing."""
    assert assertions_in(text) == []


def test_an_abbreviation_is_no_subject() -> None:
    """An abbreviation with dots is no path."""
    assert assertions_in("I changed the cap, i.e. the parser.")[0].subjects == ()


def test_that_nothing_was_deleted_is_hedged() -> None:
    """That no test was deleted does not say that none was edited, so it accuses nobody."""
    (found,) = assertions_in("No tests were deleted.")
    assert found.is_hedged


def test_a_relative_clause_speaks_of_the_test_before_it() -> None:
    """What passes is the test that was just named."""
    found = assertions_in("I added `test_sorts_rows`, which passes.")
    assert [each.subjects for each in found] == [("test_sorts_rows",), ("test_sorts_rows",)]
