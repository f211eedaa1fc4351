"""What the output of a Codex tool records, in all the forms it has had."""

import json

import pytest

from trueline.trajectory.formats.codex.outputs import read_output


@pytest.mark.parametrize(
    ("recorded", "text", "status"),
    [
        (json.dumps({"output": "7\n", "metadata": {"exit_code": 0}}), "7\n", 0),
        (json.dumps({"output": "no", "metadata": {"exit_code": 2}}), "no", 2),
        ("Exit code: 1\nWall time: 0.3 seconds\nOutput:\nExit code: 0", "Exit code: 0", 1),
        ("Exit code: 0\nWall time: 0 seconds\nTotal output lines: 9\nOutput:\na", "a", 0),
        (
            "Chunk ID: 1f\nWall time: 0.1 seconds\nProcess exited with code 101\n"
            "Original token count: 3\nOutput:\ndone",
            "done", 101,
        ),
        ("Wall time: 0.1 seconds\nProcess exited with code -1\nOutput:\n", "", -1),
        ("Exit code: 0\nWall time: 0 seconds\nOutput:", "", 0),
        ("7 pears", "7 pears", None),
        ("I saw\nProcess exited with code 1\nOutput:\nx", None, None),
        ({"content": "7 pears", "success": True}, "7 pears", None),
        ([{"type": "input_text", "text": "7 pears"}], "7 pears", None),
        (None, "", None),
    ],
)  # fmt: skip
def test_the_exit_status_of_a_shell_call_is_read(
    recorded: object, text: str | None, status: int | None
) -> None:
    """From JSON or from the header that the host writes, never from what the command printed."""
    found = read_output("shell", recorded)
    assert found.exit_status == status
    assert found.text == (recorded if text is None else text)


def test_an_exit_status_in_the_output_of_another_tool_is_no_status() -> None:
    """A file that is read may hold anything."""
    text = json.dumps({"output": "x", "metadata": {"exit_code": 0}})
    assert read_output("read_file", text).exit_status is None


def test_a_process_left_running_has_its_id_and_no_status() -> None:
    """It goes on in the background."""
    found = read_output(
        "exec_command",
        "Chunk ID: 1\nWall time: 1 seconds\nProcess running with session ID 42\nOutput:\nx",
    )
    assert (found.background_id, found.exit_status, found.text) == ("42", None, "x")


@pytest.mark.parametrize("text", ["exec command rejected by user", "patch rejected by user"])
def test_a_call_turned_down_is_an_error_that_never_ran(text: str) -> None:
    """In the host's own words for it."""
    found = read_output("shell", text)
    assert (found.is_rejected, found.is_error, found.is_interrupted) == (True, True, True)


@pytest.mark.parametrize(
    "text",
    [
        "aborted by user after 3.1s",
        json.dumps({"output": "command timed out after 1000 milliseconds\nx",
                    "metadata": {"exit_code": 124}}),
    ],
)  # fmt: skip
def test_a_call_cut_off_is_interrupted(text: str) -> None:
    """By the user or by its time limit."""
    assert read_output("shell", text).is_interrupted


@pytest.mark.parametrize(
    "text",
    [
        "a\n[... omitted 12 of 300 lines ...]\nb",
        "a…120 tokens truncated…b",
        "Exit code: 0\nWall time: 0 seconds\nTotal output lines: 900\nOutput:\na",
    ],
)
def test_a_shortened_output_is_truncated(text: str) -> None:
    """By the marks that the host puts into it."""
    assert read_output("shell", text).is_truncated


def test_a_failure_of_the_host_is_an_error() -> None:
    """The tool did not do what it was asked."""
    assert read_output("apply_patch", "apply_patch verification failed: no such file").is_error
    assert read_output("shell", {"content": "x", "success": False}).is_error
    assert not read_output("shell", "the tests failed for: pears").is_error
