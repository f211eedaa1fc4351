"""Reading a request never raises, is deterministic, quotes verbatim, and stays linear."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueline.charter.asking.reading import forbidding_part, read_message
from trueline.charter.asking.tokens import sentences, spoken

PIECES = st.sampled_from(
    [
        "don't ", "push ", "the tests ", "only ", "in src/ ", ", ", "and ", "or ", "\n", "`a b` ",
        "'q' ", "if ", "please ", "no ", "sans ", "ohne ", "nicht ", "不要", "删除", "。", "? ",
        "https://a.test/x ", "at most ", "3 ", "emails ", "n'", "> ", "```", "\x01", "’", "pay ",
        "yes", "must not be changed ", "until I ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS)
def test_any_text_is_read_and_its_quotes_stand_in_it(text: str) -> None:
    """Hostile text gives data, and every quote is verbatim."""
    reading = read_message(text)
    quotes = [*reading.asked.values(), *(ban.quote for ban in reading.bans)]
    assert all(quote in text for quote in quotes)


@given(TEXTS)
def test_every_ban_stands_in_the_part_that_could_forbid(text: str) -> None:
    """The glance misses no ban that the reading finds."""
    if any(ban.form != "unasked" or ban.verbs for ban in read_message(text).bans):
        assert forbidding_part(text)


@given(TEXTS)
def test_sentences_stand_in_the_text_in_order(text: str) -> None:
    """Tokens never overlap and never leave the text."""
    said = spoken(text)
    ends = [(token.start, token.end) for one in sentences(said) for token in one.tokens]
    assert all(0 <= start <= end <= len(said) for start, end in ends)
    assert ends == sorted(ends)


@pytest.mark.parametrize(
    "unit",
    [
        "don't push or ",
        "'a ",
        "`x` ",
        "if you, ",
        "不要删除，",
        "n'",
        "nicht löschen ",
        "don't push push ",
        "no toques a.py ni ",
        "a.py and ",
    ],
)
def test_reading_is_linear(unit: str) -> None:
    """Four times the text costs about four times as much, whatever stands in it."""
    read_message.cache_clear()
    read_message("Warm up, please.")

    def cost(count: int) -> float:
        read_message.cache_clear()
        start = process_time()
        read_message(unit * count)
        return process_time() - start

    small = min(cost(400) for _ in range(3))
    large = min(cost(1600) for _ in range(3))
    assert large < 12 * small + 0.05
