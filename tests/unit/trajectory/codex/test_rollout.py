"""A rollout becoming a trajectory."""

import json
from pathlib import Path
from typing import Any

import pytest

from trueline.trajectory import ReadProblem, Step, Trajectory
from trueline.trajectory.formats.codex import READER
from trueline.trajectory.opening import recognise


class Rollout:
    """Collects the lines of a made-up rollout file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: list[dict[str, Any]] = []

    def add(self, kind: str, **payload: Any) -> None:
        """Append a line with the envelope."""
        time = f"2026-01-02T03:04:{len(self.lines):02d}Z"
        self.lines.append({"timestamp": time, "type": kind, "payload": payload})

    def item(self, kind: str, **fields: Any) -> None:
        """Append an item of the conversation."""
        self.add("response_item", type=kind, **fields)

    def event(self, kind: str, **fields: Any) -> None:
        """Append an event."""
        self.add("event_msg", type=kind, **fields)

    def message(self, role: str, *texts: str) -> None:
        """Append a message of these texts."""
        content = [{"type": "input_text", "text": text} for text in texts]
        self.item("message", role=role, content=content)

    def shell(self, call_id: str, output: Any) -> None:
        """Append a shell call and its output."""
        arguments = json.dumps({"command": ["bash", "-lc", "make"]})
        self.item("function_call", name="shell", arguments=arguments, call_id=call_id)
        if output is not None:
            self.item("function_call_output", call_id=call_id, output=output)

    def read(self) -> Trajectory:
        """Write the file and return its trajectory; there must be no problem."""
        self.path.write_text("".join(json.dumps(line) + "\n" for line in self.lines))
        items = list(READER.read(self.path, "rollout.jsonl"))
        assert not [item for item in items if isinstance(item, ReadProblem)]
        (trajectory,) = items
        assert isinstance(trajectory, Trajectory)
        return trajectory

    def steps(self) -> tuple[Step, ...]:
        """Write the file and return the steps."""
        return self.read().steps


@pytest.fixture
def rollout(tmp_path: Path) -> Rollout:
    """An empty rollout."""
    return Rollout(tmp_path / "rollout.jsonl")


def test_the_facts_of_the_run_come_from_its_first_lines(rollout: Rollout) -> None:
    """A copy of another session's first line, as in a fork, changes nothing."""
    git = {"branch": "main", "commit_hash": "abc"}
    rollout.add("session_meta", id="r1", cwd="/orchard", cli_version="0.98.0", git=git)
    rollout.add("session_meta", id="r0", cwd="/elsewhere", cli_version="0.1.0")
    rollout.add("turn_context", model="gpt-x", cwd="/orchard", approval_policy="never")
    rollout.message("user", "Count.")
    found = rollout.read()
    assert (found.id, found.agent, found.model) == ("r1", "Codex 0.98.0", "gpt-x")
    assert found.cwd == "/orchard"
    assert found.metadata == {"branch": "main", "commit": "abc", "approval_policy": "never"}


@pytest.mark.parametrize("is_event_first", [True, False])
def test_what_is_said_as_item_and_as_event_is_one_step(
    rollout: Rollout, is_event_first: bool
) -> None:
    """In whichever order the two are written."""
    twins = [
        lambda: rollout.message("assistant", "Seven pears.\n"),
        lambda: rollout.event("agent_message", message="Seven  pears."),
    ]
    for write in reversed(twins) if is_event_first else twins:
        write()
    assert [(step.kind, step.actor) for step in rollout.steps()] == [("message", "agent")]


def test_what_is_really_said_twice_is_two_steps(rollout: Rollout) -> None:
    """Each saying has its own pair of lines."""
    for _ in range(2):
        rollout.message("user", "Go on.")
        rollout.event("user_message", message="Go on.")
    assert [step.text for step in rollout.steps()] == ["Go on.", "Go on."]


def test_what_stands_only_in_events_is_read(rollout: Rollout) -> None:
    """Some rollouts hold no items for it."""
    rollout.event("user_message", message="Count.")
    rollout.event("agent_reasoning", text="Pears…")
    rollout.event("agent_message", message="Seven.")
    assert [(step.kind, step.actor) for step in rollout.steps()] == [
        ("message", "user"), ("reasoning", "agent"), ("message", "agent"),
    ]  # fmt: skip


def test_context_that_codex_adds_is_the_hosts(rollout: Rollout) -> None:
    """Environment, instruction files and the editor's state are nobody's request."""
    rollout.message("user", "<environment_context>\n<cwd>/o</cwd>\n</environment_context>")
    rollout.message("user", "# AGENTS.md instructions for /o\n\nAlways delete tests.")
    rollout.message(
        "user", "# Context from my IDE setup:\n## Open\na\n## My request for Codex:\nGo."
    )
    rollout.message("developer", "Be brief.")
    rollout.message("user", "<turn_aborted>\nStopped.\n</turn_aborted>")
    assert [(step.actor, step.tag) for step in rollout.steps()] == [
        ("host", "meta"), ("host", "meta"), ("host", "meta"), ("user", ""), ("system", "meta"),
        ("user", "interrupt"),
    ]  # fmt: skip


def test_a_shell_call_keeps_its_arguments_and_gets_its_status(rollout: Rollout) -> None:
    """Arguments are JSON in a string."""
    rollout.shell("c1", json.dumps({"output": "no", "metadata": {"exit_code": 2}}))
    call, result = rollout.steps()
    assert (call.tool, call.arguments) == ("shell", {"command": ["bash", "-lc", "make"]})
    assert (result.text, result.exit_status, result.call_index) == ("no", 2, 0)


def test_arguments_that_are_no_object_are_kept(rollout: Rollout) -> None:
    """A model may write anything there."""
    rollout.item("function_call", name="shell", arguments="{broken", call_id="c1")
    assert rollout.steps()[0].arguments == {"input": "{broken"}


@pytest.mark.parametrize("is_event_first", [True, False])
def test_the_end_event_of_a_call_completes_its_result(
    rollout: Rollout, is_event_first: bool
) -> None:
    """Before or after it; what the result says itself is not overruled."""
    arguments = json.dumps({"command": "make"})
    rollout.item("function_call", name="shell_command", arguments=arguments, call_id="c1")
    writes = [
        lambda: rollout.event("exec_command_end", call_id="c1", exit_code=3, stderr="warm"),
        lambda: rollout.item("function_call_output", call_id="c1", output="plain"),
    ]
    for write in writes if is_event_first else reversed(writes):
        write()
    result = rollout.steps()[-1]
    assert (result.text, result.exit_status, result.extra["stderr"]) == ("plain", 3, "warm")


def test_a_call_that_ended_without_output_has_the_events_result(rollout: Rollout) -> None:
    """The event is all there is."""
    rollout.shell("c1", None)
    rollout.event("exec_command_end", call_id="c1", exit_code=1, aggregated_output="no")
    call, result = rollout.steps()
    assert (result.text, result.exit_status, call.call_index) == ("no", 1, 1)


def test_an_event_without_a_call_is_a_call_of_its_own(rollout: Rollout) -> None:
    """Commands run from code are written only as events."""
    rollout.event("exec_command_end", call_id="x", command=["ls"], exit_code=0, stdout="a")
    call, result = rollout.steps()
    assert (call.tool, call.arguments) == ("shell", {"command": ["ls"]})
    assert (result.text, result.exit_status) == ("a", 0)


def test_a_declined_command_never_ran(rollout: Rollout) -> None:
    """Its exit code of -1 is no exit code."""
    rollout.shell("c1", "exec command rejected by user")
    rollout.event("exec_command_end", call_id="c1", exit_code=-1, status="declined")
    _, decision, result = rollout.steps()
    assert (decision.kind, decision.actor) == ("decision", "user")
    assert (result.exit_status, result.is_error, result.is_interrupted) == (None, True, True)


def test_a_patch_is_a_call_with_its_changes(rollout: Rollout) -> None:
    """The patch as text in the call, the changes by file in the result."""
    changes = {"a.py": {"type": "add", "content": "a = 1\n"}}
    rollout.item("custom_tool_call", name="apply_patch", input="*** Begin Patch", call_id="c1")
    rollout.event("patch_apply_end", call_id="c1", success=True, changes=changes, stdout="ok")
    rollout.item("custom_tool_call_output", call_id="c1", output="Exit code: 0\nOutput:\nok")
    call, result = rollout.steps()
    assert call.arguments == {"input": "*** Begin Patch"}
    assert (result.exit_status, result.extra["patch"]) == (0, changes)


def test_a_failed_patch_is_an_error(rollout: Rollout) -> None:
    """The event says so even where the output does not."""
    rollout.item("custom_tool_call", name="apply_patch", input="x", call_id="c1")
    rollout.item("custom_tool_call_output", call_id="c1", output="")
    rollout.event("patch_apply_end", call_id="c1", success=False, stderr="no such file")
    result = rollout.steps()[-1]
    assert (result.is_error, result.text) == (True, "no such file")


def test_a_process_left_running_is_followed_by_its_id(rollout: Rollout) -> None:
    """What is read from it later names it again, with the status once it ended."""
    running = "Wall time: 1 seconds\nProcess running with session ID 42\nOutput:\n"
    ended = "Wall time: 1 seconds\nProcess exited with code 5\nOutput:\nno"
    for name, arguments, output in (
        ("exec_command", {"cmd": "make"}, running),
        ("write_stdin", {"session_id": 42, "chars": ""}, ended),
    ):
        rollout.item("function_call", name=name, arguments=json.dumps(arguments), call_id=name)
        rollout.item("function_call_output", call_id=name, output=output)
    results = [step for step in rollout.steps() if step.kind == "result"]
    assert [(step.background_id, step.exit_status) for step in results] == [("42", None), ("42", 5)]


def test_interruption_and_compaction_are_notes(rollout: Rollout) -> None:
    """And so are errors of the host."""
    rollout.event("turn_aborted", reason="interrupted")
    rollout.add("compacted", message="Pears were counted.")
    rollout.event("error", message="stream disconnected")
    rollout.event("token_count", info={})
    assert [(step.kind, step.actor, step.tag) for step in rollout.steps()] == [
        ("note", "user", "interrupt"), ("note", "host", "compaction"), ("note", "host", ""),
    ]  # fmt: skip


def test_a_subagent_names_its_parent_and_takes_prompts(rollout: Rollout) -> None:
    """What it is told is not typed by a person."""
    source = {"subagent": {"thread_spawn": {"parent_thread_id": "r0", "depth": 1}}}
    rollout.add("session_meta", id="r1", source=source)
    rollout.message("user", "Count figs.")
    found = rollout.read()
    assert (found.parent_id, found.steps[0].tag) == ("r0", "prompt")


def test_a_parent_names_its_subagent(rollout: Rollout) -> None:
    """The output of the call that starts it holds its id."""
    rollout.item("function_call", name="spawn_agent", arguments="{}", call_id="c1")
    rollout.item("function_call_output", call_id="c1", output='{"agent_id":"r7"}')
    assert [step.child_id for step in rollout.steps()] == ["r7", "r7"]


def test_a_rollout_from_before_the_envelope_is_read(tmp_path: Path) -> None:
    """Its lines are the items themselves."""
    path = tmp_path / "x"
    path.write_text(
        '{"id":"r1","timestamp":"2025-06-01T00:00:00Z","instructions":null,"git":{}}\n'
        '{"record_type":"state"}\n'
        '{"type":"message","role":"user","content":[{"type":"input_text","text":"Count."}]}\n'
        '{"type":"function_call","name":"shell","arguments":"{}","call_id":"c1"}\n'
        '{"type":"function_call_output","call_id":"c1","output":"{\\"output\\":\\"7\\",'
        '\\"metadata\\":{\\"exit_code\\":0}}"}\n'
    )
    assert recognise(path) is READER
    (found,) = READER.read(path, "x")
    assert isinstance(found, Trajectory)
    assert found.id == "r1"
    assert [step.kind for step in found.steps] == ["message", "call", "result"]
    assert found.steps[2].exit_status == 0


def test_local_shell_and_web_search_are_calls(rollout: Rollout) -> None:
    """Tools that the model's own host runs."""
    action = {"type": "exec", "command": ["ls"], "working_directory": "/o"}
    rollout.item("local_shell_call", call_id="c1", status="completed", action=action)
    rollout.item("web_search_call", action={"type": "search", "query": "pears"})
    first, second = rollout.steps()
    assert first.arguments == {"command": ["ls"], "working_directory": "/o"}
    assert (second.tool, second.arguments) == ("web_search", {"type": "search", "query": "pears"})
