"""Limits on texts and depths."""

from typing import Any

from trueline.trajectory.bounds import bounded_text, is_deep, may_be_deep
from trueline.trajectory.reader import MAX_DEPTH, MAX_TEXT_CHARS


def test_a_text_within_the_limit_is_kept_as_it_is() -> None:
    """Nothing is cut without need."""
    text = "x" * MAX_TEXT_CHARS
    assert bounded_text(text) == (text, False)


def test_a_longer_text_keeps_its_first_and_last_half() -> None:
    """Both ends stay, and the gap says how much is missing."""
    half = MAX_TEXT_CHARS // 2
    text, is_cut = bounded_text("a" * half + "b" * 1234 + "c" * half)
    assert is_cut
    assert text == "a" * half + "\n[… 1234 characters left out …]\n" + "c" * half


def nested(depth: int) -> Any:
    """Return `depth` lists inside one another."""
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def test_depth_is_measured_without_recursion() -> None:
    """The limit itself is allowed; a depth that would break a stack is measured all the same."""
    assert not is_deep(nested(MAX_DEPTH))
    assert is_deep(nested(MAX_DEPTH + 1))
    assert is_deep(nested(100_000))


def test_few_brackets_cannot_be_deep() -> None:
    """The cheap test only has to be right when it says no."""
    assert not may_be_deep(b"[" * MAX_DEPTH + b" " * 1000)
    assert may_be_deep(b"[{" * MAX_DEPTH)
