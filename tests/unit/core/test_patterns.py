"""Patterns are linear-time and say clearly when they are wrong."""

import time

import pytest

from trueline.core.patterns import pattern


def test_a_pattern_that_would_explode_elsewhere_is_quick_here() -> None:
    """The classic `(a+)+$` over a long run of a with a b at the end."""
    start = time.perf_counter()
    assert pattern("(a+)+$").search("a" * 50_000 + "b") is None
    assert time.perf_counter() - start < 2.0


def test_the_same_pattern_is_compiled_once() -> None:
    """Rooms may ask for a pattern wherever they need it."""
    assert pattern("abc", ignore_case=True) is pattern("abc", ignore_case=True)
    assert pattern("abc", ignore_case=True).search("xABC") is not None
    assert pattern("abc").search("xABC") is None


def test_an_unsupported_pattern_is_named() -> None:
    """Look-around is no RE2."""
    with pytest.raises(ValueError, match="not an RE2 pattern"):
        pattern("(?<=a)b")


def test_positions_count_characters_not_bytes() -> None:
    """Offsets stay right beyond ASCII."""
    match = pattern("done").search("größe 测试 done")
    assert match is not None
    assert match.start() == 9
