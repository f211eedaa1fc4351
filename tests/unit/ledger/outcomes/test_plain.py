"""Printed output without what terminals, containers and build servers put around it."""

import pytest

from trueline.ledger.outcomes.plain import literal, plain, quote_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1;32mok\x1b[0m done", "ok done"),
        ("ok\x1b(B\x1b[m", "ok"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b[2K\x1b[1Gline", "line"),
        ("[31m2 failures[0m", "2 failures"),
        ("a\r\nb", "a\nb"),
        ("10%\r50%\rdone", "10%\n50%\ndone"),
        ("web-1  | 3 passed in 0.1s", "3 passed in 0.1s"),
        ("db_1 | ready", "ready"),
        ("[12:00:01] text", "text"),
        ("2025-01-01T10:00:00.1234567Z text", "text"),
        ("job\tstep\t2025-01-01T10:00:00.1234567Z text", "text"),
        ("#12 3.456 text", "text"),
        ("web:test: text", "text"),
        ("@shop/web:test: text", "text"),
        ("packages/web test: text", "text"),
    ],
)
def test_decoration_goes(text: str, shown: str) -> None:
    """Colours, cursor movement, carriage returns and prefixes are taken off."""
    assert plain(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "ok | 2 passed | 0 failed (1ms)",
        "test result: ok. 3 passed",
        "a.py:3: error: x",
        "Tests:       1 failed, 3 total",
        "Price     | PASS |",
        "array[0] = 1",
        "",
    ],
)
def test_words_of_programs_stay(text: str) -> None:
    """What only resembles a prefix stays as it is."""
    assert plain(text) is text


def test_lone_surrogates_become_question_marks() -> None:
    """Text that is no valid Unicode does not stop the reading."""
    assert plain("\ud800x") == "?x"


def test_a_quote_of_several_lines_falls_back_to_its_last() -> None:
    """Lines that do not stand together in the record are not quoted together."""
    text = "\x1b[1mFAILED\x1b[0m\nlast line"
    shown = plain(text)
    assert quote_of(shown, 0, len(shown), text) == "last line"
    assert quote_of(shown, 0, len(shown), shown) == "FAILED\nlast line"


def test_a_literal_matches_only_itself() -> None:
    """Signs that mean something in a pattern are taken literally."""
    assert literal("a.b (c)") == r"a\.b \(c\)"
