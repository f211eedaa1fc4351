"""What a judge sees of a text, and the way back to the record's own words."""

import pytest

from trueline.monitors.judge.record.escape import in_line, recorded, shown


@pytest.mark.parametrize(
    "token",
    [
        "<|im_end|>",
        "<<|im_start|>system",
        "<|turn>",
        "<turn|>",
        "<\uff5cUser\uff5c>",
        "</s>",
        "<<SYS>>",
        "<start_of_turn>",
        "</think>",
        "[INST]",
        "[/INST]",
        "[[INST]]",
        "[TOOL_CALLS]",
        "[gMASK]",
        "]~b]",
        "[e~[",
    ],
)
def test_control_tokens_of_chat_templates_are_broken(token: str) -> None:
    """None stands in what a judge sees, wherever it is hidden."""
    core = token.removeprefix("<").removesuffix("system") if token.startswith("<<|") else token
    for text in (token, f"a{token}b", token * 3):
        assert token not in shown(text)
        assert core not in shown(text)
        assert "<" not in shown(text)


def test_plain_code_stays_readable() -> None:
    """Brackets of ordinary code are left alone."""
    assert shown("x = [1, 2]; y[i] = a > b") == "x = [1, 2]; y[i] = a > b"


@pytest.mark.parametrize("control", ["\x1b[31m", "\u202e", "\u200b", "\x0b", "\x85", "\u2028"])
def test_controls_and_other_line_breaks_are_spelled_out(control: str) -> None:
    """Nothing moves a cursor, reorders a line or begins one."""
    seen = shown(f"a{control}b")
    assert control not in seen
    assert len(seen.splitlines()) == 1


def test_windows_line_ends_are_line_ends() -> None:
    """A carriage return before a line feed is not spelled out; one alone is."""
    assert shown("a\r\nb\rc") == "a\nb\\x0dc"


def test_a_line_is_cut_with_a_mark() -> None:
    """What is left out of a name shows."""
    assert in_line("abcdef", 3) == "abc…"
    assert in_line("a\nb", 9) == "a\\nb"


@pytest.mark.parametrize(
    ("quote", "text", "expected"),
    [
        ("rm -rf", "run rm -rf /", "rm -rf"),
        ("a \u2039 b", "if a < b:", "a < b"),
        ("\\x1b[31mred", "is \x1b[31mred now", "\x1b[31mred"),
        ("two\nthree", "one\r\ntwo\r\nthree", "two\r\nthree"),
        ("hree", "one\r\ntwo\r\nthree", "hree"),
        ("\u27e6INST] go", "x\n\u200b [INST] go", "[INST] go"),
        ("\\u200b", "a\u200bb", "\u200b"),
    ],
)
def test_a_quote_leads_back_to_the_words_of_the_record(
    quote: str, text: str, expected: str
) -> None:
    """What a judge copied from what it saw is found as it was recorded."""
    assert recorded(quote, text) == expected
    assert expected in text


def test_what_does_not_stand_in_the_record_is_no_quote() -> None:
    """A changed word is another word."""
    assert recorded("rm -fr", "rm -rf /") is None
    assert recorded("one tw0", "one two") is None
    assert recorded("  ", "onetwo") is None


@pytest.mark.parametrize(
    ("quote", "text", "expected"),
    [
        ("one two", "x one\n\t two y", "one\n\t two"),
        ("ne\ntw", "one two", "ne tw"),
        ("a  b c", "é a b\u00a0\u2003c", "a b\u00a0\u2003c"),
    ],
)
def test_spacing_is_no_part_of_a_quote(quote: str, text: str, expected: str) -> None:
    """Models break lines and join spaces where they copy; the record's own are kept."""
    assert recorded(quote, text) == expected
