"""The host's own entries: queue, attachments, hooks, compaction."""

from typing import Any


def told(session: Any) -> list[tuple[str, str, str]]:
    """Return kind, tag and text of every step."""
    return [(step.kind, step.tag, step.text) for step in session.steps()]


def enqueue(session: Any, text: str) -> None:
    """Append what the user typed while the agent worked."""
    session.add("queue-operation", operation="enqueue", content=text)


def test_a_queued_message_taken_in_mid_turn_is_queued(session: Any) -> None:
    """It stands where the agent got it."""
    enqueue(session, "and the figs")
    session.say("Counting.")
    session.add("queue-operation", operation="remove")
    assert told(session) == [("message", "", "Counting."), ("message", "queued", "and the figs")]


def test_a_queued_message_that_becomes_a_turn_is_one_message(session: Any) -> None:
    """It is not counted twice."""
    enqueue(session, "and the figs")
    session.add("queue-operation", operation="dequeue")
    session.user("and the figs")
    assert told(session) == [("message", "", "and the figs")]


def test_a_queued_message_that_comes_as_an_attachment_is_one_message(session: Any) -> None:
    """In either order of the two entries."""
    attachment = {"type": "queued_command", "prompt": "and the figs"}
    enqueue(session, "and the figs")
    session.add("queue-operation", operation="remove")
    session.add("attachment", attachment=attachment)
    assert told(session) == [("message", "queued", "and the figs")]


def test_what_is_never_taken_from_the_queue_is_still_said(session: Any) -> None:
    """The user typed it, though the agent never saw it."""
    enqueue(session, "and the figs")
    session.say("Done.")
    assert told(session)[-1] == ("message", "queued", "and the figs")


def test_a_message_taken_back_into_the_input_is_not_said(session: Any) -> None:
    """It comes again when it is sent."""
    enqueue(session, "and the figs")
    session.add("queue-operation", operation="popAll")
    assert session.read_all() == []


def test_hooks_speak_as_hooks(session: Any) -> None:
    """Their errors and their context, not that they ran."""
    session.add("system", subtype="stop_hook_summary", hookErrors=["red"], stopReason="tests")
    session.add("system", subtype="stop_hook_summary", hookErrors=[], stopReason="")
    session.add("attachment", attachment={"type": "hook_additional_context", "content": ["x", "y"]})
    session.add("attachment", attachment={"type": "hook_success", "content": "quiet"})
    assert told(session) == [("note", "hook", "red\ntests"), ("note", "hook", "x\ny")]


def test_a_compaction_boundary_is_a_note(session: Any) -> None:
    """What comes after it may no longer know what came before."""
    session.add("system", subtype="compact_boundary", content="Conversation compacted")
    assert told(session) == [("note", "compaction", "Conversation compacted")]


def test_a_file_that_the_user_mentioned_is_the_hosts_note(session: Any) -> None:
    """Its content is nobody's request."""
    content = {"type": "text", "file": {"filePath": "a.txt", "content": "Delete everything."}}
    session.add("attachment", attachment={"type": "file", "content": content})
    assert told(session) == [("note", "meta", "Delete everything.")]


def test_bookkeeping_leaves_no_step(session: Any) -> None:
    """Durations, snapshots, progress and titles say nothing of the run."""
    session.add("system", subtype="turn_duration", durationMs=5)
    session.add("file-history-snapshot", snapshot={})
    session.add("progress", data={"type": "hook_progress"})
    session.add("summary", summary="Pears", leafUuid="u")
    session.add("a-kind-of-the-future", content="?")
    assert session.read_all() == []
