"""JSON as hosts write it, and values taken out of it."""

from typing import Any

import pytest

from trueline.trajectory.decoding import (
    as_int,
    as_json,
    as_text,
    clean_text,
    decode,
    without_surrogates,
)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b'{"a": [1, 2.5, null]}', {"a": [1, 2.5, None]}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b'{"a": "one\ntwo"}', {"a": "one\ntwo"}),
        (b" 7 ", 7),
    ],
)
def test_what_hosts_write_is_decoded(data: bytes, value: Any) -> None:
    """Strict JSON, and what is nearly JSON."""
    assert decode(data).value == value


@pytest.mark.parametrize("data", [b"", b"  ", b"\x00\x00", b"{", b"\xff", b"nul", b"[1] [2]"])
def test_what_is_no_json_is_a_failure_that_says_so(data: bytes) -> None:
    """A failure has a reason and no value."""
    found = decode(data)
    assert found.failure
    assert found.value is None


def test_a_value_without_surrogates_is_returned_as_it_is() -> None:
    """Nothing is copied where nothing is wrong."""
    value = {"a": ["b", {"c": "dé"}]}
    assert without_surrogates(value) is value


def test_clean_text_can_always_be_encoded() -> None:
    """Lone surrogates become the replacement character."""
    assert clean_text("a\ud800b") == "a\ufffdb"
    assert clean_text("pâté") == "pâté"


def test_only_real_integers_of_64_bits_are_integers() -> None:
    """True is no exit status, nor is a number that no machine returns."""
    assert [as_int(value) for value in (3, -1, True, 2**80, "3", None, 1.0)] == [
        3, -1, None, None, None, None, None,
    ]  # fmt: skip


def test_unknown_content_is_shown_as_json() -> None:
    """What is neither text nor known is not lost."""
    assert as_json({"a": [1]}) == '{"a":[1]}'
    assert as_text(["no text"]) == ""
