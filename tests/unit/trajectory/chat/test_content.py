"""Content and arguments in their many shapes."""

from typing import Any

import pytest

from trueline.trajectory.chat import arguments_of, chat_calls, plain_text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("plain", "plain"),
        (None, ""),
        ([{"type": "text", "text": "a"}, {"type": "text", "text": ""}, "b"], "a\nb"),
        ([{"type": "image_url", "image_url": {"url": "data:…"}}], "[image_url]"),
        ({"type": "refusal", "refusal": "no"}, "no"),
        ([{"type": "tool", "content": [{"text": "in"}, {"x": 1}]}], 'in\n{"x":1}'),
        ([{"text": None, "a": 1}], '{"text":null,"a":1}'),
        ([7, [1]], "7\n[1]"),
    ],
)
def test_content_is_text_and_other_parts_are_named(content: Any, text: str) -> None:
    """Nothing is left out without a sign."""
    assert plain_text(content) == text


@pytest.mark.parametrize(
    ("written", "arguments"),
    [
        ({"a": 1}, {"a": 1}),
        ('{"a": 1}', {"a": 1}),
        (' {"a": 1}', {"a": 1}),
        ("ls -l", {"input": "ls -l"}),
        ("[1]", {"input": "[1]"}),
        ([1], {"input": [1]}),
        ("", None),
        (None, None),
        (False, {"input": False}),
    ],
)
def test_arguments_are_an_object_or_stand_under_input(written: Any, arguments: Any) -> None:
    """JSON text is decoded only where it is an object."""
    assert arguments_of(written) == arguments


def test_calls_are_read_in_the_shapes_of_four_hosts() -> None:
    """The name and the arguments stand in different places."""
    calls = [
        {"id": "1", "function": {"name": "f", "arguments": "{}"}},
        {"id": "2", "function": "f", "arguments": {}},
        {"id": "3", "custom": {"name": "f", "input": "{}"}},
        {"id": "4", "function": "f", "args": {}},
    ]
    assert [(call.tool, call.arguments) for call in chat_calls(calls)] == [("f", {})] * 4
