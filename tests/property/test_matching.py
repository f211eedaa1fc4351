"""The quick way to a match gives what the library's own Python layer gives."""

from typing import Any

import pytest
import re2  # pyright: ignore[reportMissingTypeStubs]
from hypothesis import given
from hypothesis import strategies as st

from trueline.core.patterns import pattern

SOURCES = [
    r"\d+",
    r"(a)(b)?",
    r"(?P<word>\w+) (?P<rest>.*)",
    r"",
    r"x*",
    r"[é→测]+",
    r"(?m)^.?$",
    r"b$",
]
TEXTS = st.text(st.sampled_from("ab x1é→测\n🙂"), max_size=30)


def spans(matches: Any) -> list[Any]:
    """Return everything a match says."""
    return [
        (
            m.span(),
            m.groups(),
            m.groupdict(),
            m.group(),
            [m.start(g) for g in range(len(m.groups()))],
        )
        for m in matches
    ]


@pytest.mark.parametrize("source", SOURCES)
@given(text=TEXTS, start=st.integers(min_value=0, max_value=31))
def test_matches_are_those_of_the_library(source: str, text: str, start: int) -> None:
    """Search, match, full match, iteration, findall and split, from anywhere in the text."""
    ours, theirs = pattern(source), re2.compile(source)
    position = min(start, len(text))
    for name in ("search", "match"):
        pair = [[m] if (m := getattr(p, name)(text, position)) else [] for p in (ours, theirs)]
        assert spans(pair[0]) == spans(pair[1])
    whole = [[m] if (m := p.fullmatch(text)) else [] for p in (ours, theirs)]
    assert spans(whole[0]) == spans(whole[1])
    assert spans(ours.finditer(text)) == spans(theirs.finditer(text))
    assert list(ours.spans(text)) == [match.span() for match in theirs.finditer(text)]
    assert ours.findall(text) == theirs.findall(text)
    assert ours.split(text) == theirs.split(text)


@pytest.mark.parametrize("source", SOURCES)
@given(texts=st.lists(TEXTS, max_size=6))
def test_one_pass_over_many_texts_leaves_none_out(source: str, texts: list[str]) -> None:
    """Whatever matches in a text of its own is named, in order and once."""
    found = pattern(source)
    may_hold, may_start = found.may_hold(texts), found.may_start(texts)
    for named in (may_hold, may_start):
        assert named == sorted(set(named) & set(range(len(texts))))
    assert {i for i, text in enumerate(texts) if found.search(text)} <= set(may_hold)
    assert {i for i, text in enumerate(texts) if found.match(text)} <= set(may_start)


@given(texts=st.lists(TEXTS, max_size=6))
def test_one_pass_names_no_others_where_lines_do_not_matter(texts: list[str]) -> None:
    """A pattern without line breaks and ends of lines is as exact there as alone."""
    found = pattern(r"[1é]a?|\bx")
    assert found.may_hold(texts) == [i for i, text in enumerate(texts) if found.search(text)]


@given(text=TEXTS)
def test_a_replacement_is_taken_literally(text: str) -> None:
    """No template language in replacements."""
    assert pattern("a").sub(r"\1", text) == text.replace("a", r"\1")
    assert pattern("a").sub(lambda match: match.group().upper(), text) == text.replace("a", "A")


def test_text_that_is_no_unicode_is_searched_too() -> None:
    """A lone surrogate stands for one character and matches nothing but a question mark."""
    match = pattern("b").search("a\ud800b")
    assert match is not None
    assert match.start() == 2


@pytest.mark.parametrize("letter", ["a", "é"])
def test_going_on_in_a_long_text_costs_what_is_left_to_read(letter: str) -> None:
    """One match after the other over a megabyte: beginning anew each time would take minutes."""
    text = (letter * 9 + " ") * 100_000
    word, position, count = pattern(rf"{letter}+ "), 0, 0
    while (match := word.match(text, position)) is not None:
        position, count = match.end(), count + 1
    assert (position, count) == (len(text), 100_000)
    assert word.match(text, 10) is not None
    assert word.match(text, 5) is not None
