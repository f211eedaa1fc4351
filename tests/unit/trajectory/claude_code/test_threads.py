"""Entries sent to the agent they belong to, once."""

from pathlib import Path
from typing import Any

from trueline.trajectory import Trajectory
from trueline.trajectory.formats.claude_code import READER
from trueline.trajectory.opening import read_path


def test_the_facts_of_the_run_come_from_the_envelope(session: Any) -> None:
    """Agent, model, working directory and branch."""
    session.user("Count.", gitBranch="main")
    session.say("Seven.")
    found = session.read()
    assert (found.id, found.format, found.source) == ("s1", "claude-code", "session.jsonl")
    assert (found.agent, found.model, found.cwd) == ("Claude Code 2.1.0", "claude-x", "/orchard")
    assert found.metadata == {"branch": "main"}


def test_every_step_names_its_line_and_time(session: Any) -> None:
    """So that anything built on it can be looked up."""
    session.user("Count.")
    session.agent({"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": "Seven."})
    steps = session.steps()
    assert [step.line for step in steps] == [1, 2, 2]
    assert steps[0].time == "2026-01-02T03:00:00Z"


def test_an_entry_written_again_is_read_once(session: Any) -> None:
    """Resuming a session may copy its entries."""
    session.user("Count.")
    session.say("Seven.")
    session.entries += session.entries[:2]
    assert [step.text for step in session.steps()] == ["Count.", "Seven."]


def test_a_call_or_text_streamed_twice_under_one_message_is_one_step(session: Any) -> None:
    """Every chunk may carry what the chunks before it carried."""
    for _ in range(2):
        session.agent(
            {"type": "text", "text": "Seven."},
            {"type": "tool_use", "id": "c1", "name": "Bash", "input": {}},
        )
        session.entries[-1]["message"]["id"] = "m"
    assert [step.kind for step in session.steps()] == ["message", "call"]


def test_thought_that_is_not_recorded_is_a_step_marked_as_cut(session: Any) -> None:
    """Hidden reasoning is not absent reasoning."""
    session.agent({"type": "thinking", "thinking": "", "signature": "x"})
    session.agent({"type": "redacted_thinking", "data": "x"})
    assert [(step.kind, step.is_truncated) for step in session.steps()] == [("reasoning", True)] * 2


def test_arguments_that_are_no_object_are_kept(session: Any) -> None:
    """A model may write anything there."""
    session.agent({"type": "tool_use", "id": "c1", "name": "Bash", "input": "ls"})
    assert session.steps()[0].arguments == {"input": "ls"}


def test_a_call_whose_result_is_missing_has_none(session: Any) -> None:
    """The session ended, or its end was not written."""
    session.call("c1", "Bash", command="make")
    assert session.steps()[0].call_index is None


def test_sidechains_in_the_same_file_are_children(session: Any) -> None:
    """Older versions write subagents between the main agent's entries, even at the same time."""
    session.user("Count all.")
    session.agent(
        {"type": "tool_use", "id": "c1", "name": "Task", "input": {"prompt": "Count pears."}},
        {"type": "tool_use", "id": "c2", "name": "Task", "input": {"prompt": "Count figs."}},
    )
    session.user("Count pears.", isSidechain=True, parentUuid=None, uuid="p0")
    session.user("Count figs.", isSidechain=True, parentUuid=None, uuid="f0")
    session.say("Seven pears.", isSidechain=True, parentUuid="p0", uuid="p1")
    session.say("Two figs.", isSidechain=True, parentUuid="f0", uuid="f1")
    session.result("c1", "Seven pears.")
    main, pears, figs = session.read_all()
    assert [step.text for step in pears.steps] == ["Count pears.", "Seven pears."]
    assert [step.text for step in figs.steps] == ["Count figs.", "Two figs."]
    assert pears.parent_id == main.id
    assert [step.child_id for step in main.steps if step.kind == "call"] == [pears.id, figs.id]
    assert pears.steps[0].tag == "prompt"


def test_a_subagents_report_is_not_the_agents_word(session: Any) -> None:
    """The result of its call says so, and names the child."""
    session.call("c1", "Task", prompt="Count figs.")
    session.result(
        "c1", [{"type": "text", "text": "Two."}], {"agentId": "a7", "status": "completed"}
    )
    call, report = session.steps()
    assert (report.tag, report.child_id, call.child_id) == (
        "subagent_report", "s1/agent-a7", "s1/agent-a7",
    )  # fmt: skip


def test_an_agent_sent_to_the_background_reports_later(session: Any) -> None:
    """Its launch is no report; its notice is."""
    notice = "<task-notification><task-id>a7</task-id><status>completed</status>"
    session.call("c1", "Agent", prompt="Count figs.")
    session.result("c1", "Async agent launched.", {"agentId": "a7", "status": "async_launched"})
    session.user(notice)
    _, launch, report = session.steps()
    assert (launch.tag, launch.background_id, launch.child_id) == ("", "a7", "s1/agent-a7")
    assert (report.kind, report.tag, report.child_id) == (
        "result", "subagent_report", "s1/agent-a7",
    )  # fmt: skip


def test_a_call_that_never_returned_knows_its_child_from_progress(session: Any) -> None:
    """The progress lines that are passed over still name it."""
    session.call("c1", "Task", prompt="Count figs.")
    data = {"type": "agent_progress", "agentId": "a7", "message": {"type": "user"}}
    progress = {"type": "progress", "uuid": "x", "data": data, "parentToolUseID": "c1"}
    session.entries.append(progress)
    assert session.steps()[0].child_id == "s1/agent-a7"


def test_subagent_files_are_children_in_both_layouts(session: Any, tmp_path: Path) -> None:
    """Beside the session or below it, the entries name their session and agent."""
    session.user("Count figs.", isSidechain=True, agentId="a7")
    session.say("Two.", isSidechain=True, agentId="a7")
    (child,) = session.read_all()
    below = tmp_path / "s1" / "subagents" / "agent-a7.jsonl"
    below.parent.mkdir(parents=True)
    session.path.rename(below)
    (found,) = read_path(tmp_path)
    assert isinstance(found, Trajectory)
    for trajectory in (child, found):
        assert (trajectory.id, trajectory.parent_id) == ("s1/agent-a7", "s1")
    assert child.steps[0].tag == "prompt"


def test_the_summary_of_a_compaction_agent_is_no_claim(session: Any) -> None:
    """It retells the whole session."""
    session.say("All tests pass.", isSidechain=True, agentId="acompact-1")
    found = session.read()
    assert found.steps[0].tag == "compaction"
    assert found.metadata["purpose"] == "compaction"


def test_parent_links_in_a_circle_end(session: Any) -> None:
    """Two sidechain entries that are each other's parent are one chain."""
    session.say("a", isSidechain=True, parentUuid="y", uuid="x")
    session.say("b", isSidechain=True, parentUuid="x", uuid="y")
    (found,) = session.read_all()
    assert [step.text for step in found.steps] == ["a", "b"]


def test_a_line_that_is_no_object_is_a_problem(tmp_path: Path) -> None:
    """Numbers and strings stand in real files too."""
    path = tmp_path / "a.jsonl"
    path.write_text('42\n"text"\n')
    assert [(item.line, item.message) for item in READER.read(path, "a")] == [  # pyright: ignore[reportAttributeAccessIssue]
        (1, "expected an object, found int"),
        (2, "expected an object, found str"),
    ]


def test_the_streamed_output_of_a_headless_run_is_read(tmp_path: Path) -> None:
    """`--output-format stream-json` names session and parent call in its own way."""
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"type":"system","subtype":"init","session_id":"z","cwd":"/o","claude_code_version":"2.1"}\n'
        '{"type":"assistant","session_id":"z","parent_tool_use_id":null,"message":{"content":'
        '[{"type":"tool_use","id":"c1","name":"Task","input":{"prompt":"Count."}}]}}\n'
        '{"type":"assistant","session_id":"z","parent_tool_use_id":"c1","message":{"content":'
        '[{"type":"text","text":"Two."}]}}\n'
        '{"type":"result","subtype":"success","result":"Done.","session_id":"z"}\n'
    )
    main, child = read_path(path)
    assert isinstance(main, Trajectory)
    assert isinstance(child, Trajectory)
    assert (main.id, main.agent, main.cwd) == ("z", "Claude Code 2.1", "/o")
    assert main.steps[0].child_id == child.id
    assert [step.text for step in child.steps] == ["Two."]
