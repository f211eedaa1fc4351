"""Hostile text is spelled out before a person sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueline.core.display import neutral, one_line

ATTACKS = {
    "\x1b[31mred\x1b[0m": "\\x1b[31mred\\x1b[0m",
    "all good\rFAILED": "all good\\x0dFAILED",
    "\x1b]0;title\x07": "\\x1b]0;title\\x07",
    "a\u202eb": "a\\u202eb",
    "pass\u200bed": "pass\\u200bed",
    "\x9b2J": "\\x9b2J",
    "\ud800": "\\ud800",
    "\U000e0041": "\\U000e0041",
}


@pytest.mark.parametrize(("text", "shown"), ATTACKS.items())
def test_controls_become_their_escapes(text: str, shown: str) -> None:
    """Escape sequences, carriage returns, bidirectional and invisible characters."""
    assert neutral(text) == shown


@given(st.text())
def test_what_is_shown_holds_no_control_but_newline_and_tab(text: str) -> None:
    """Whatever the text."""
    shown = neutral(text)
    assert all(ord(letter) >= 0x20 or letter in "\n\t" for letter in shown)
    assert not any(0x7F <= ord(letter) < 0xA0 for letter in shown)
    shown.encode("utf-8")


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_one_line_is_one_line_of_the_length_asked_for(text: str, limit: int) -> None:
    """Line breaks cannot forge a new row of a report."""
    shown = one_line(text, limit)
    assert len(shown) <= limit
    assert "\n" not in shown
    assert "\t" not in shown


def test_ordinary_text_stays_as_it_is() -> None:
    """Letters of any script are not touched."""
    assert neutral("naïve — 测试\n\tok") == "naïve — 测试\n\tok"
