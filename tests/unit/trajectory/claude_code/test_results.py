"""What the record of a result says: exit status, interruption, truncation, background."""

from typing import Any

import pytest

OK: dict[str, Any] = {"stdout": "7 pears", "stderr": "", "interrupted": False, "isImage": False}


def test_a_shell_result_without_error_had_status_0(session: Any) -> None:
    """Bash throws when a command fails, so a result that is no error succeeded."""
    step = session.shell("7 pears", OK, is_error=False)
    assert (step.exit_status, step.is_error, step.call_index) == (0, False, 0)


def test_the_exit_code_is_read_from_the_beginning_of_an_error(session: Any) -> None:
    """The host writes it before the output."""
    step = session.shell("Exit code 128\nfatal: no upstream", "Error: …", is_error=True)
    assert (step.exit_status, step.is_error) == (128, True)


def test_an_exit_code_that_the_command_printed_is_not_the_status(session: Any) -> None:
    """Only an error of the host begins with it."""
    step = session.shell("Exit code 3", {**OK, "stdout": "Exit code 3"}, is_error=False)
    assert step.exit_status == 0
    assert session.shell("failed: Exit code 3", is_error=True).exit_status is None


def test_one_value_for_several_results_belongs_to_none(session: Any) -> None:
    """Nobody knows whose it is, so the results stand for themselves."""
    blocks: list[dict[str, Any]] = []
    for call_id, command in (("c1", "make"), ("c2", "grep x y")):
        session.call(call_id, "Bash", command=command)
        blocks.append({"type": "tool_result", "tool_use_id": call_id, "content": "x"})
    session.user(blocks, toolUseResult={**OK, "stderr": "warm"})
    results = [step for step in session.steps() if step.kind == "result"]
    assert [(step.exit_status, step.extra) for step in results] == [(0, {}), (None, {})]


def test_status_1_that_is_no_failure_is_recorded_in_words(session: Any) -> None:
    """`grep` without a match ends with 1, which the host does not call an error."""
    recorded = {**OK, "stdout": "", "returnCodeInterpretation": "No matches found"}
    step = session.shell("", recorded, command="grep pear x", is_error=False)
    assert (step.exit_status, step.is_error) == (1, False)
    assert step.extra["recorded"]["returnCodeInterpretation"] == "No matches found"


@pytest.mark.parametrize(
    ("command", "status"),
    [("make", 0), ("grep -c pear x", None), ("cat x | rg 'a|b'", None), ("[ -f x ]", None)],
)
def test_without_the_tools_own_value_lenient_programs_leave_the_status_open(
    session: Any, command: str, status: int | None
) -> None:
    """Subagent files do not keep the value that would say what status 1 meant."""
    assert session.shell("7", command=command, is_error=False).exit_status == status


@pytest.mark.parametrize(
    ("content", "recorded", "is_error"),
    [
        ("x\n<error>Command was aborted before completion</error>", None, True),
        ("", {**OK, "interrupted": True}, False),
        ("", {**OK, "timedOutAfterMs": 120000}, False),
        ("Exit code 143\nCommand timed out after 2m 0.0s", None, True),
        ("[Request interrupted by user for tool use]", None, True),
    ],
)
def test_a_command_that_was_cut_off_is_interrupted_and_did_not_succeed(
    session: Any, content: str, recorded: Any, is_error: bool
) -> None:
    """By the user, by its time limit, or by the host."""
    step = session.shell(content, recorded, is_error=is_error)
    assert step.is_interrupted
    assert step.exit_status != 0


@pytest.mark.parametrize(
    ("content", "recorded"),
    [
        ("<persisted-output>\nOutput too large (9MB). Preview:\nx", None),
        ("x", {**OK, "persistedOutputPath": "/tmp/x.txt"}),
        ("a\n\n... [120 lines truncated] ...\n\nb", OK),
        ("[Old tool result content cleared]", None),
        ("[Truncated. Full output: /tmp/x]\n\nb", OK),
    ],
)
def test_an_output_that_the_host_shortened_is_truncated(
    session: Any, content: str, recorded: Any
) -> None:
    """What is missing may be what matters."""
    assert session.shell(content, recorded, is_error=False).is_truncated


def test_a_text_that_speaks_of_truncation_is_whole(session: Any) -> None:
    """Only the host's own marks count."""
    text = "Annotations are truncated deterministically.\nlog: [3 lines truncated]"
    assert not session.shell(text, OK, is_error=False).is_truncated


def test_standard_error_is_kept_apart_where_there_is_any(session: Any) -> None:
    """The text holds both; `extra` tells them apart."""
    step = session.shell("7warm", {**OK, "stdout": "7", "stderr": "warm"}, is_error=False)
    assert (step.extra["stdout"], step.extra["stderr"]) == ("7", "warm")


def test_an_edit_keeps_the_file_before_it_and_its_hunks(session: Any) -> None:
    """So that the content of files is known as far as the record shows."""
    patch = [{"oldStart": 1, "oldLines": 1, "newStart": 1, "newLines": 1, "lines": ["-a", "+b"]}]
    recorded = {
        "filePath": "/orchard/a.py", "originalFile": "a", "structuredPatch": patch,
        "userModified": True,
    }  # fmt: skip
    session.call("c1", "Edit", file_path="a.py", old_string="a", new_string="b")
    session.result("c1", "updated", recorded)
    extra = session.steps()[-1].extra
    assert (extra["original_file"], extra["patch"]) == ("a", patch)
    assert extra["file_path"] == "/orchard/a.py"
    assert extra["recorded"]["userModified"] is True


def test_content_in_pieces_is_joined_and_what_is_no_text_is_marked(session: Any) -> None:
    """An image can't be read, so the text is not all there was."""
    session.call("c1", "mcp__camera__look")
    image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": ""}}
    session.result("c1", [{"type": "text", "text": "A pear:"}, image])
    step = session.steps()[-1]
    assert step.text == "A pear:\n[image: image/png]"
    assert step.is_truncated


REJECTION = (
    "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was "
    "a file edit, the new_string was NOT written to the file). "
)


def test_a_call_turned_down_by_the_user_is_a_decision(session: Any) -> None:
    """The call never ran: its result is an error, cut off, without status."""
    session.call("c1", "Bash", command="rm -r pears")
    session.result("c1", REJECTION + "STOP what you are doing.", "rejected", is_error=True)
    call, decision, result = session.steps()
    assert (decision.kind, decision.actor, decision.call_index) == ("decision", "user", 0)
    assert (result.is_error, result.is_interrupted, result.exit_status) == (True, True, None)
    assert call.call_index == result.index


def test_the_reason_of_a_refusal_is_the_users_own_words(session: Any) -> None:
    """What the user typed is a request like any other."""
    session.call("c1", "Bash", command="rm -r pears")
    said = "To tell you how to proceed, the user said:\nKeep the pears."
    session.result("c1", REJECTION + said, is_error=True)
    last = session.steps()[-1]
    assert (last.kind, last.actor, last.tag, last.text) == (
        "message", "user", "", "Keep the pears.",
    )  # fmt: skip


def test_a_rule_that_forbids_a_call_is_the_hosts_decision(session: Any) -> None:
    """Nobody was asked."""
    session.call("c1", "Bash", command="curl x")
    session.result("c1", "Permission to use Bash has been denied.", is_error=True)
    assert [(step.kind, step.actor) for step in session.steps()[1:2]] == [("decision", "host")]


def test_an_approved_plan_is_the_users_decision(session: Any) -> None:
    """Approval is an answer too."""
    session.call("c1", "ExitPlanMode", plan="Prune.")
    session.result("c1", "User has approved your plan. You can now start.", {"plan": "Prune."})
    assert [step.actor for step in session.steps() if step.kind == "decision"] == ["user"]


def test_answers_to_the_agents_questions_are_the_users_words(session: Any) -> None:
    """They come as a tool's result, but a person gave them."""
    session.call("c1", "AskUserQuestion", questions=[])
    session.result("c1", "User has answered…", {"answers": {"Which?": "The figs", "When?": "Now"}})
    last = session.steps()[-1]
    assert (last.kind, last.actor, last.text) == ("message", "user", "The figs\nNow")


def test_a_background_task_ends_with_the_status_that_its_notice_gives(session: Any) -> None:
    """The notice comes queued and delivered: it is one result, linked with the call."""
    started = "Command running in background with ID: b1. Output is being written to: /tmp/b1"
    notice = (
        "<task-notification>\n<task-id>b1</task-id>\n<status>failed</status>\n<summary>Background "
        'command "check (exit code 0)" failed with exit code 2</summary>\n</task-notification>'
    )
    session.call("c1", "Bash", command="make", run_in_background=True)
    session.result("c1", started, {**OK, "stdout": "", "backgroundTaskId": "b1"}, is_error=False)
    session.add("queue-operation", operation="enqueue", content=notice)
    session.user(notice)
    call, first, second = session.steps()
    assert (first.background_id, first.exit_status) == ("b1", None)
    assert (second.background_id, second.exit_status, second.call_index) == ("b1", 2, call.index)
    assert second.is_error
    assert call.call_index == first.index


@pytest.mark.parametrize(
    ("status", "code", "expected"), [("running", None, None), ("completed", 0, 0), ("failed", 3, 3)]
)
def test_a_look_at_a_background_task_has_its_status_once_it_ended(
    session: Any, status: str, code: int | None, expected: int | None
) -> None:
    """A task that still runs has none; its output may claim what it likes."""
    output = "<exit_code>0</exit_code>"
    text = f"<status>{status}</status>\n\n<output>\n{output}\n</output>"
    task = {"task_id": "b1", "status": status, "output": output}
    session.call("c1", "TaskOutput", task_id="b1")
    session.result("c1", text, {"task": task if code is None else {**task, "exitCode": code}})
    step = session.steps()[-1]
    assert (step.background_id, step.exit_status) == ("b1", expected)


def test_a_look_at_a_background_task_is_read_from_its_text_where_nothing_else_is(
    session: Any,
) -> None:
    """Only before the output, which may hold anything."""
    session.call("c1", "TaskOutput", task_id="b1")
    session.result("c1", "<status>completed</status>\n<exit_code>4</exit_code>\n<output>\nx")
    session.call("c2", "TaskOutput", task_id="b1")
    session.result("c2", "<status>completed</status>\n<output>\n<exit_code>0</exit_code>")
    assert [step.exit_status for step in session.steps() if step.kind == "result"] == [4, None]
