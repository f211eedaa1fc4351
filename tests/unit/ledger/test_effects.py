"""What calls do: by manifest, by shell text, by guess."""

import time
from typing import Any

import pytest

from trueline.ledger.effects import effects_of
from trueline.ledger.model import Effect
from trueline.trajectory import Step, Trajectory

PATCH = (
    "*** Begin Patch\n*** Add File: a.txt\n+x\n*** Delete File: b.txt\n"
    "*** Update File: c.txt\n*** Move to: d.txt\n@@\n-1\n+2\n*** End Patch"
)


def effects(tool: str, arguments: dict[str, Any] | None, form: str = "openai") -> list[Effect]:
    """Return the effects of one call."""
    step = Step(index=0, kind="call", actor="agent", tool=tool, arguments=arguments)
    return effects_of(Trajectory(id="t", format=form, source="t", steps=(step,)))


def brief(found: list[Effect]) -> list[tuple[str, str]]:
    """Return verbs and resources alone."""
    return [(effect.verb, effect.resource) for effect in found]


@pytest.mark.parametrize(
    ("form", "tool", "arguments", "expected"),
    [
        ("claude-code", "Read", {"file_path": "/a"}, [("read", "/a")]),
        ("claude-code", "Write", {"file_path": "/a", "content": "x"}, [("write", "/a")]),
        ("claude-code", "Grep", {"pattern": "x", "path": None}, [("search", "x")]),
        ("claude-code", "Grep", {"pattern": "x", "path": "/src"}, [("search", "/src")]),
        (
            "claude-code",
            "WebFetch",
            {"url": "https://e.org", "prompt": "p"},
            [("fetch", "https://e.org")],
        ),
        (
            "claude-code",
            "Task",
            {"subagent_type": "Explore", "prompt": "p"},
            [("delegate", "Explore")],
        ),
        ("claude-code", "TodoWrite", {"todos": []}, [("plan", "todo list")]),
        ("claude-code", "ExitPlanMode", {}, [("plan", "plan")]),
        ("claude-code", "AskUserQuestion", {"questions": []}, [("ask", "user")]),
        ("claude-code", "KillShell", {"shell_id": "b1"}, [("stop", "b1")]),
        ("claude-code", "BashOutput", {"bash_id": "b1"}, [("read", "b1")]),
        (
            "claude-code",
            "mcp__git__git_commit",
            {"repo_path": "/r", "message": "m"},
            [("commit", "/r")],
        ),
        (
            "claude-code",
            "mcp__my-filesystem__write_file",
            {"path": "/a", "content": ""},
            [("write", "/a")],
        ),
        (
            "claude-code",
            "mcp__memory__delete_entities",
            {"entityNames": ["a", "b"]},
            [("delete", "a"), ("delete", "b")],
        ),
        (
            "claude-code",
            "mcp__memory__create_entities",
            {"entities": [{"name": "n"}]},
            [("write", "n")],
        ),
        ("claude-code", "mcp__fetch__fetch", {"url": "u.org"}, [("fetch", "u.org")]),
        (
            "codex",
            "apply_patch",
            {"input": PATCH},
            [("write", "a.txt"), ("delete", "b.txt"), ("move", "c.txt"), ("write", "d.txt")],
        ),
        (
            "codex",
            "apply_patch",
            {"changes": {"/r/a": {"add": {"content": "x"}}}},
            [("write", "/r/a")],
        ),
        ("codex", "update_plan", {"plan": []}, [("plan", "plan")]),
        ("inspect", "text_editor", {"command": "view", "path": "/a"}, [("read", "/a")]),
        (
            "inspect",
            "text_editor",
            {"command": "create", "path": "/a", "file_text": ""},
            [("write", "/a")],
        ),
        ("inspect", "python", {"code": "1"}, [("execute", "python")]),
        ("inspect", "submit", {"answer": "4"}, [("finish", "answer")]),
        ("openhands", "edit", {"path": "/a", "command": "view"}, [("read", "/a")]),
        ("openhands", "browse", {"url": "u.org"}, [("fetch", "u.org")]),
        ("swe-agent", "bash", {"command": 'open "a b.py" 10'}, [("read", "a b.py")]),
        ("swe-agent", "bash", {"command": "create a.py"}, [("write", "a.py")]),
        ("swe-agent", "bash", {"command": "edit 1:2\nx\nend_of_edit"}, [("write", "open file")]),
        ("swe-agent", "bash", {"command": "search_dir foo src"}, [("search", "src")]),
        ("swe-agent", "bash", {"command": "submit"}, [("finish", "answer")]),
        ("agentdojo", "send_money", {"recipient": "GB1", "amount": 5}, [("pay", "GB1")]),
        (
            "agentdojo",
            "send_email",
            {"recipients": ["a@x", "b@x"]},
            [("send", "a@x"), ("send", "b@x")],
        ),
        ("agentdojo", "get_channels", {}, [("read", "channels")]),
        (
            "agentdojo",
            "invite_user_to_slack",
            {"user": "Dora", "user_email": "d@x"},
            [("grant", "d@x")],
        ),
        (
            "agentdojo",
            "share_file",
            {"file_id": "3", "email": "a@x", "permission": "r"},
            [("grant", "a@x"), ("send", "3")],
        ),
        ("labelled", "delete_file", {"file_id": "3"}, [("delete", "3")]),
    ],
)
def test_known_tools_do_what_their_manifest_says(
    form: str, tool: str, arguments: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """Every host's tools give their verbs and resources, and nothing is a guess."""
    found = effects(tool, arguments, form)
    assert brief(found) == expected
    assert not any(effect.is_inferred for effect in found)


def test_a_payment_carries_its_amount_and_the_argument_it_was_read_from() -> None:
    """The amount, the recipient's argument and whether it can be undone are known."""
    arguments = {"recipient": "GB1", "amount": "1,250.50"}
    (found,) = effects("send_money", arguments, "agentdojo")
    assert (found.amount, found.parameter, found.is_reversible) == (1250.5, "recipient", False)


@pytest.mark.parametrize("amount", ["", "lots", None, True, [], {}, "9" * 400, float("inf")])
def test_an_amount_that_is_no_number_is_none(amount: Any) -> None:
    """Whatever stands in the argument, nothing raises."""
    (found,) = effects("send_money", {"recipient": "GB1", "amount": amount}, "agentdojo")
    assert found.amount is None


@pytest.mark.parametrize(
    ("tool", "arguments", "expected"),
    [
        ("GmailReadEmail", {"email_id": "e1"}, [("read", "e1")]),
        ("delete_customer", {"customer_id": "c1"}, [("delete", "c1")]),
        ("BankManagerTransferFunds", {"to": "x", "amount": 5}, [("pay", "x")]),
        ("transfer_to_human_agents", {"summary": "s"}, [("delegate", "s")]),
        ("book_reservation", {"user_id": "u"}, [("write", "u")]),
        ("order_pizza", {"item": "p"}, [("pay", "p")]),
        ("get_order", {"order_id": "o"}, [("read", "o")]),
        ("grant_access", {"user": "u"}, [("grant", "u")]),
        ("mcp__slack__post_message", {"channel": "#c", "text": "t"}, [("send", "#c")]),
        ("github.createIssue", {"repo": "r", "title": "t"}, [("write", "r")]),
        ("run_tests", {}, [("test", "")]),
        ("read_and_send", {"to": "x"}, [("read", "x"), ("send", "x")]),
        ("tool7", {"city": "Rome"}, [("execute", "Rome")]),
        ("", {}, [("execute", "")]),
    ],
)
def test_unknown_tools_are_guessed_from_their_words_and_said_to_be(
    tool: str, arguments: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """Verb and resource come from names, and every effect is marked as inferred."""
    found = effects(tool, arguments)
    assert brief(found) == expected
    assert all(effect.is_inferred for effect in found)


@pytest.mark.parametrize(
    ("form", "tool", "arguments"),
    [
        ("claude-code", "Bash", {"command": "ls -l"}),
        ("codex", "shell", {"command": ["bash", "-lc", "ls -l"]}),
        ("codex", "exec_command", {"cmd": "ls -l"}),
        ("codex", "shell", {"command": ["ls", "-l"]}),
        ("inspect", "bash", {"cmd": "ls -l"}),
        ("openhands", "run", {"command": "ls -l"}),
        ("swe-agent", "bash", {"command": "ls -l"}),
        ("openai", "terminal", {"command": "ls -l"}),
        ("openai", "functions.shell", {"command": "ls -l"}),
        ("openai", "MyTerminalExec", {"command": "ls -l"}),
    ],
)
def test_shell_text_is_understood_wherever_a_host_puts_it(
    form: str, tool: str, arguments: dict[str, Any]
) -> None:
    """The program inside is the effect's program, not the tool."""
    found = effects(tool, arguments, form)
    assert found[0].program == "ls"
    assert found[0].is_inferred is (tool == "MyTerminalExec")


def test_the_step_of_cached_shell_effects_is_that_of_each_call() -> None:
    """The same text at two steps gives effects at both."""
    steps = tuple(
        Step(index=i, kind="call", actor="agent", tool="Bash", arguments={"command": "ls"})
        for i in range(3)
    )
    run = Trajectory(id="t", format="claude-code", source="t", steps=steps)
    assert [effect.step for effect in effects_of(run)] == [0, 1, 2]


@pytest.mark.parametrize(
    "arguments",
    [
        None,
        {},
        {"file_path": None},
        {"file_path": {"a": [1]}},
        {"file_path": 3},
        {"command": []},
        {"command": [None, 1]},
        {"command": {"x": 1}},
        {"": ""},
        {"entities": "x", "path": [[["a"]]]},
    ],
)
@pytest.mark.parametrize(
    "tool", ["Read", "Bash", "apply_patch", "send_money", "create_entities", "edit", "x", "\x00"]
)
@pytest.mark.parametrize("form", ["claude-code", "codex", "swe-agent", "openai"])
def test_no_arguments_raise(form: str, tool: str, arguments: dict[str, Any] | None) -> None:
    """Models write any JSON anywhere."""
    effects(tool, arguments, form)


def test_effects_of_many_calls_take_microseconds_each() -> None:
    """Repeated shapes of calls cost a look-up: well under 50 µs even on a busy machine."""
    count = 20_000
    steps = tuple(
        Step(index=i, kind="call", actor="agent", tool="Read", arguments={"file_path": f"/f{i}"})
        for i in range(count)
    )
    run = Trajectory(id="t", format="claude-code", source="t", steps=steps)
    start = time.process_time()
    assert len(effects_of(run)) == count
    assert (time.process_time() - start) / count < 50e-6


def test_a_flood_of_shapes_does_not_grow_memory_without_end() -> None:
    """Made-up argument names are forgotten again."""
    steps = tuple(
        Step(index=i, kind="call", actor="agent", tool=f"t{i}", arguments={f"a{i}": 1})
        for i in range(10_000)
    )
    run = Trajectory(id="t", format="flood", source="t", steps=steps)
    assert len(effects_of(run)) == 10_000
