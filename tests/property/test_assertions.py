"""Whatever stands in a message, reading it never raises, and quotes are exact."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.ledger.assertions import assertions_in

SENTENCES = [
    "All tests pass",
    "All 12 tests pass",
    "I fixed the bug in `a.py`",
    "I added a retry to `client.py`",
    "The build succeeds",
    "Lint is clean",
    "12 passed, 0 failed",
    "I ran the full test suite",
    "The bug has been fixed",
    "I did not modify the tests",
]
MARKS = ["- ", "> ", "```", "`", "``", "**", '"', "'", "“", "”", "# ", "[ ] ", "[x] ", "1. ", "?"]
SIGNS = ["If ", "not ", "12/12", "99%", "✅", "❌", "(", ")", "failed", "I"]
WORDS = ["0 failures", "Next steps:", "now complete", "as well", "测试通过", "Alle Tests bestehen"]
ODD = [
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "\t",
    ". ",
    ", ",
    " and ",
    "| ",
    " |\n",
    "。",
    "\x00",
    "\ud800",
]
PIECES = st.sampled_from([*SENTENCES, *MARKS, *SIGNS, *WORDS, *ODD])


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=300))
@settings(max_examples=400, deadline=None)
def test_reading_never_raises_and_every_quote_stands_where_it_says(text: str) -> None:
    """Any mixture of marks and sentences is read, and each quote is a slice of the text."""
    for found in assertions_in(text):
        assert found.quote
        assert text[found.start : found.start + len(found.quote)] == found.quote
        assert found.subject == (found.subjects[0] if found.subjects else "")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_sentences_used_here_are_assertions(sentence: str) -> None:
    """The properties below would hold of nothing if these asserted nothing."""
    assert assertions_in(sentence + ".")


@given(st.sampled_from(SENTENCES))
def test_a_question_asserts_nothing(sentence: str) -> None:
    """A question mark takes the assertion away."""
    assert assertions_in(sentence + "?") == []


@given(st.sampled_from(SENTENCES))
def test_a_condition_asserts_nothing(sentence: str) -> None:
    """ "If" before a sentence takes the assertion away."""
    lowered = sentence if sentence.startswith("I ") else sentence[0].lower() + sentence[1:]
    assert assertions_in(f"If {lowered}, we can merge.") == []
    assert assertions_in(f"If {lowered}.") == []


@given(st.sampled_from(SENTENCES), st.sampled_from(["```", "~~~", "```python"]))
def test_a_fence_asserts_nothing(sentence: str, fence: str) -> None:
    """Fenced text is code, whether the fence is closed or not."""
    assert assertions_in(f"{fence}\n{sentence}.\n{fence[:3]}\n") == []
    assert assertions_in(f"{fence}\n{sentence}.\n") == []


@given(st.sampled_from(SENTENCES))
def test_a_block_quote_asserts_nothing(sentence: str) -> None:
    """Quoted lines are somebody's words."""
    assert assertions_in(f"> {sentence}.") == []


@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
def test_sentences_are_read_apart(first: str, second: str) -> None:
    """What one sentence asserts does not depend on the sentence before it."""
    alone = [(found.kind, found.quote) for found in assertions_in(second + ".")]
    together = assertions_in(f"{first}.\n\n{second}.")
    assert [(found.kind, found.quote) for found in together][-len(alone) :] == alone


@pytest.mark.parametrize(
    "unit",
    [
        "All tests pass. ",
        "a `b ",
        '" ',
        "` `` ``` ",
        "x " * 20,
        "(",
        "**",
        "- [ ] ",
        "12 ",
        "。",
        " 'a",
        "| ",
    ],
)
def test_reading_costs_time_linear_in_the_text(unit: str) -> None:
    """Ten times the text costs about ten times the time, up to a megabyte on one line."""
    small, large = unit * (100_000 // len(unit)), unit * (1_000_000 // len(unit))
    begin = time.process_time()
    assertions_in(small)
    middle = time.process_time()
    assertions_in(large)
    end = time.process_time()
    assert end - middle < 40 * max(middle - begin, 0.02)
