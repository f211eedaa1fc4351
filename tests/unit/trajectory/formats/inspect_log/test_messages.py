"""What single messages and samples of Inspect become."""

from typing import Any

import msgspec

from trueline.trajectory.chat import Entry
from trueline.trajectory.formats.inspect_log.attachments import Attachments
from trueline.trajectory.formats.inspect_log.messages import message_entries
from trueline.trajectory.formats.inspect_log.raw import NOTHING
from trueline.trajectory.formats.inspect_log.sample import Run, Sample, referenced, trajectory_of

RUN = Run(source="s", id="e", agent="react", model="m", metadata={"task": "t"})


def entries(message: dict[str, Any], attachments: bytes = b"null") -> list[Entry]:
    """Return the entries of a message."""
    return message_entries(message, Attachments(msgspec.Raw(attachments)))


def test_content_parts_keep_their_order_and_reasoning_stands_apart() -> None:
    """Text before and after reasoning are two messages."""
    parts = [
        {"type": "text", "text": "one"},
        {"type": "text", "text": "two"},
        {"type": "reasoning", "reasoning": "hm"},
        {"type": "image", "image": "data:x"},
    ]
    found = entries({"role": "assistant", "content": parts})
    assert [(entry.kind, entry.text) for entry in found] == [
        ("message", "one\ntwo"),
        ("reasoning", "hm"),
        ("message", "[image]"),
    ]


def test_redacted_reasoning_is_told_by_its_summary() -> None:
    """The text itself is encrypted."""
    part = {"type": "reasoning", "reasoning": "gAAAA", "redacted": True, "summary": "plans"}
    assert entries({"role": "assistant", "content": [part]})[0].text == "plans"


def test_a_tool_that_the_provider_ran_is_a_call_and_its_result() -> None:
    """Web search and the like stand in the content."""
    part = {"type": "tool_use", "tool_type": "web_search", "id": "w1", "name": "web_search",
            "arguments": '{"query": "pears"}', "result": "", "error": "quota"}  # fmt: skip
    call, result = entries({"role": "assistant", "content": [part]})
    assert (call.tool, call.arguments, call.call_id) == ("web_search", {"query": "pears"}, "w1")
    assert (result.text, result.is_error) == ("quota", True)


def test_a_text_that_is_only_a_reference_is_replaced_by_its_attachment() -> None:
    """In content and inside arguments; a reference within other text is no reference."""
    call = {"id": "c", "function": "write", "arguments": {"lines": ["attachment://ab"]}}
    found = entries(
        {"role": "assistant", "content": "attachment://ab", "tool_calls": [call]},
        b'{"ab": "long text"}',
    )
    assert found[0].text == "long text"
    assert found[1].arguments == {"lines": ["long text"]}
    assert (
        entries({"role": "user", "content": "see attachment://ab"})[0].text == "see attachment://ab"
    )
    assert entries({"role": "user", "content": "attachment://zz"})[0].text == "attachment://zz"


def test_output_over_the_limit_of_the_tool_is_marked_truncated() -> None:
    """Inspect says so in the text itself."""
    text = "The output of your call to bash was too long.\n<START_TOOL_OUTPUT>\nx"
    assert entries({"role": "tool", "content": text})[0].is_truncated


def test_a_timeout_is_an_interruption_and_its_message_joins_the_output() -> None:
    """What the tool said before it was stopped stays."""
    error = {"type": "timeout", "message": "Command timed out"}
    [result] = entries({"role": "tool", "content": "half", "error": error, "tool_call_id": "c"})
    assert (result.text, result.is_error, result.is_interrupted) == (
        "half\nCommand timed out",
        True,
        True,
    )


def test_references_outside_the_pool_or_over_the_limit_are_not_followed() -> None:
    """Ranges are half-open; nonsense is passed over."""
    pool = ["a", "b", "c"]
    assert referenced([[0, 1], [2, 9]], pool, 10) == ["a", "c"]
    assert referenced([[-5, 2], ["x", 1], None, [2, 1]], pool, 10) == []
    assert referenced([[0, 3]] * 1000, pool, 4) == ["a", "b", "c", "a"]


def test_a_sample_without_an_id_of_its_own_is_named_after_its_run() -> None:
    """Epochs of one sample stay apart."""
    sample = Sample(id=7, epoch=2, error={"message": "boom"}, limit={"type": "token"})
    run = trajectory_of(sample, RUN)
    assert run.id == "e/7/2"
    assert run.metadata == {
        "task": "t",
        "sample": "7",
        "epoch": 2,
        "error": "boom",
        "limit": "token",
    }
    assert Sample().events is NOTHING
