"""Edits from calls and results, and what files hold along the run."""

import time
from typing import Any

import pytest

from trueline.ledger.edits import FileHistory, edits_of
from trueline.ledger.model import Edit
from trueline.trajectory import Step, Trajectory

Turn = tuple[str, dict[str, Any], dict[str, Any]]


def run_of(turns: list[Turn], form: str = "claude-code", cwd: str = "/repo") -> Trajectory:
    """Return a run of calls, each with its result right behind it."""
    steps: list[Step] = []
    for tool, arguments, result in turns:
        index = len(steps)
        steps.append(
            Step(
                index=index,
                kind="call",
                actor="agent",
                tool=tool,
                arguments=arguments,
                call_index=index + 1,
            )
        )
        steps.append(
            Step(
                index=index + 1, kind="result", actor="tool", tool=tool, call_index=index, **result
            )
        )
    return Trajectory(id="t", format=form, source="t", cwd=cwd, steps=tuple(steps))


def only(turn: Turn, form: str = "claude-code") -> Edit:
    """Return the one edit of one call."""
    (found,) = edits_of(run_of([turn], form))
    return found


OK = {"text": "The file /repo/a.py has been updated successfully."}
READ = {"text": "     1→x = 1\n     2→y = 2\n     3→"}
EDIT = {"file_path": "/repo/a.py", "old_string": "y = 2", "new_string": "y = 3"}


def test_an_edit_with_the_original_recorded_is_whole() -> None:
    """Before and after are whole files where the host records the one before."""
    result = {**OK, "extra": {"original_file": "x = 1\ny = 2\n"}}
    found = only(("Edit", EDIT, result))
    assert (found.before, found.after) == ("x = 1\ny = 2\n", "x = 1\ny = 3\n")
    assert found.is_whole
    assert (found.kind, found.status, found.path) == ("modify", "succeeded", "/repo/a.py")


@pytest.mark.parametrize(("recorded", "old"), [({"userModified": True}, "y = 2"), ({}, "y = “2”")])
def test_what_the_host_recorded_counts_more_than_what_was_asked(
    recorded: dict[str, Any], old: str
) -> None:
    """The user altered the change, or the tool matched the text leniently."""
    patch = [{"oldStart": 1, "lines": [" x = 1", "-y = 2", "+y = 4"]}]
    extra = {"original_file": "x = 1\ny = 2\n", "patch": patch, "recorded": recorded}
    found = only(("Edit", {**EDIT, "old_string": old}, {**OK, "extra": extra}))
    assert (found.before, found.after) == ("x = 1\ny = 2\n", "x = 1\ny = 4\n")


def test_an_edit_without_the_original_is_a_fragment() -> None:
    """Only what the call says is known."""
    found = only(("Edit", EDIT, OK))
    assert (found.before, found.after, found.is_whole) == ("y = 2", "y = 3", False)


@pytest.mark.parametrize(
    ("result", "status"),
    [
        (OK, "succeeded"),
        (
            {"text": "<tool_use_error>String to replace not found in file.", "is_error": True},
            "failed",
        ),
        ({"text": "String to replace not found in file."}, "failed"),
        (
            {"text": "The user doesn't want to proceed with this tool use.", "is_error": True},
            "failed",
        ),
        ({"text": "Found 2 matches of the string to replace, but replace_all is false."}, "failed"),
        ({"text": "[Request interrupted by user]", "is_interrupted": True}, "unknown"),
        ({"text": ""}, "succeeded"),
    ],
)
def test_the_result_says_whether_an_edit_took_place(result: dict[str, Any], status: str) -> None:
    """Errors and rejections are failures; a host that marks errors means success without one."""
    assert only(("Edit", EDIT, result)).status == status


def test_an_edit_without_a_result_is_unknown() -> None:
    """Nothing recorded, nothing known."""
    step = Step(index=0, kind="call", actor="agent", tool="Edit", arguments=EDIT)
    run = Trajectory(id="t", format="claude-code", source="t", steps=(step,))
    assert edits_of(run)[0].status == "unknown"


def test_words_of_the_file_do_not_make_a_success_a_failure() -> None:
    """The answer shows the edited lines, and they may speak of errors."""
    text = "The file /repo/a.py has been edited. Here's the result:\n 1\traise Error('not found')"
    arguments = {"command": "str_replace", "path": "/repo/a.py", "old_str": "a", "new_str": "b"}
    assert only(("str_replace_editor", arguments, {"text": text}), "openai").status == "succeeded"


def test_a_write_of_a_new_file_creates_it() -> None:
    """The host records that there was none."""
    result = {"text": "File created successfully at: /repo/n.py"}
    found = only(("Write", {"file_path": "/repo/n.py", "content": "n\n"}, result))
    assert (found.kind, found.before, found.after, found.is_whole) == ("create", None, "n\n", True)


def test_a_write_over_a_file_has_both_texts() -> None:
    """The one before comes from the record."""
    result = {"text": "The file has been updated.", "extra": {"original_file": "old\n"}}
    found = only(("Write", {"file_path": "/repo/n.py", "content": "n\n"}, result))
    assert (found.kind, found.before, found.after) == ("overwrite", "old\n", "n\n")


def test_several_replacements_in_one_call_are_several_edits() -> None:
    """Claude Code's MultiEdit and the MCP file system's edit_file."""
    edits = [{"old_string": "a", "new_string": "b"}, {"old_string": "c", "new_string": "d"}]
    found = edits_of(run_of([("MultiEdit", {"file_path": "/repo/a", "edits": edits}, OK)]))
    assert [(one.before, one.after) for one in found] == [("a", "b"), ("c", "d")]
    arguments = {"path": "/repo/a", "edits": [{"oldText": "a", "newText": "b"}]}
    diff = {"text": "```diff\n-a\n+b\n```"}
    found = only(("mcp__filesystem__edit_file", arguments, diff))
    assert (found.before, found.after, found.status) == ("a", "b", "succeeded")
    assert (
        edits_of(run_of([("mcp__filesystem__edit_file", {**arguments, "dryRun": True}, diff)]))
        == []
    )


PATCH = (
    "*** Begin Patch\n*** Update File: src/a.py\n@@ def f():\n x = 1\n-y = 2\n+y = 3\n"
    "@@\n-z\n+w\n*** Add File: new.py\n+n\n*** Delete File: old.py\n*** End Patch"
)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("apply_patch", {"input": PATCH}),
        ("shell", {"command": ["apply_patch", PATCH]}),
        ("shell", {"command": ["bash", "-lc", f"apply_patch <<'EOF'\n{PATCH}\nEOF\n"]}),
        ("exec_command", {"cmd": f"apply_patch <<'EOF'\n{PATCH}\nEOF"}),
    ],
)
def test_a_patch_gives_an_edit_for_each_place(tool: str, arguments: dict[str, Any]) -> None:
    """As a tool, as a program, and as a heredoc in shell text."""
    result = {"text": "Success. Updated the following files:\nM src/a.py", "exit_status": 0}
    found = edits_of(run_of([(tool, arguments, result)], "codex"))
    assert [(one.path, one.kind, one.before, one.after) for one in found] == [
        ("/repo/src/a.py", "modify", "x = 1\ny = 2\n", "x = 1\ny = 3\n"),
        ("/repo/src/a.py", "modify", "z\n", "w\n"),
        ("/repo/new.py", "create", None, "n\n"),
        ("/repo/old.py", "delete", None, None),
    ]
    assert {one.status for one in found} == {"succeeded"}


def test_a_patch_after_a_change_of_directory_is_resolved_there() -> None:
    """`cd sub && apply_patch` and the call's own working directory."""
    text = f"cd sub && apply_patch <<'EOF'\n{PATCH}\nEOF"
    arguments = {"command": ["bash", "-lc", text], "workdir": "/repo/deep"}
    found = edits_of(run_of([("shell", arguments, {"text": "", "exit_status": 0})], "codex"))
    assert found[0].path == "/repo/deep/sub/src/a.py"


def test_a_patch_that_moves_a_file_says_where_to() -> None:
    """The hunks belong to the old path, and a move follows."""
    patch = "*** Begin Patch\n*** Update File: a\n*** Move to: b\n@@\n-1\n+2\n*** End Patch"
    found = edits_of(run_of([("apply_patch", {"input": patch}, {"text": "Done!"})], "codex"))
    assert [(one.kind, one.path, one.new_path) for one in found] == [
        ("modify", "/repo/a", ""),
        ("move", "/repo/a", "/repo/b"),
    ]


def test_the_event_log_of_codex_gives_the_same_edits() -> None:
    """Changes by path with unified diffs, and contents for files added and deleted."""
    changes = {
        "/repo/a": {"update": {"unified_diff": "@@ -1,2 +1,2 @@\n x\n-y\n+z\n", "move_path": None}},
        "/repo/n": {"type": "add", "content": "n\n"},
        "/repo/o": {"delete": {"content": "o\n"}},
    }
    result = {"text": "Success. Updated the following files:"}
    found = edits_of(run_of([("apply_patch", {"changes": changes}, result)], "codex"))
    assert [(one.path, one.kind, one.before, one.after) for one in found] == [
        ("/repo/a", "modify", "x\ny\n", "x\nz\n"),
        ("/repo/n", "create", None, "n\n"),
        ("/repo/o", "delete", None, None),
    ]


def test_file_content_is_followed_through_reads_and_edits() -> None:
    """A full read, an edit that worked, one that failed, and another."""
    run = run_of(
        [
            ("Read", {"file_path": "/repo/a.py"}, READ),
            ("Edit", EDIT, OK),
            ("Edit", {**EDIT, "old_string": "nope"}, {"text": "not found", "is_error": True}),
            ("Edit", {"file_path": "a.py", "old_string": "x = 1\n", "new_string": ""}, OK),
        ]
    )
    edits = edits_of(run)
    history = FileHistory(run, edits)
    assert history.content_before(edits[0]) == "x = 1\ny = 2\n"
    assert history.content_after(edits[0]) == "x = 1\ny = 3\n"
    assert history.content_after(edits[1]) == "x = 1\ny = 3\n"
    assert history.content_after(edits[2]) == "y = 3\n"
    assert history.content_at("a.py", 0) is None
    assert [history.content_at("/repo/a.py", step) for step in (1, 2, 4, 6)] == [
        "x = 1\ny = 2\n",
        "x = 1\ny = 3\n",
        "x = 1\ny = 3\n",
        "y = 3\n",
    ]


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        ({"offset": 1, "limit": 2}, READ),
        ({}, {"text": "     2→y = 2\n     3→"}),
        ({}, {**READ, "is_truncated": True}),
        ({}, {**READ, "is_error": True}),
        ({}, {**READ, "extra": {"recorded": {"startLine": 1, "numLines": 2, "totalLines": 9}}}),
        ({}, {"text": "some words"}),
        ({}, {"text": "\n".join(f"{n:6}→x" for n in range(1, 2001))}),
    ],
)
def test_a_part_of_a_file_is_no_evidence_of_the_whole(
    arguments: dict[str, Any], result: dict[str, Any]
) -> None:
    """Unless everything was shown, the content stays unknown."""
    run = run_of([("Read", {"file_path": "/repo/a.py", **arguments}, result)])
    assert FileHistory(run, []).content_at("/repo/a.py", 1) is None


@pytest.mark.parametrize(
    ("form", "tool", "arguments", "text", "content"),
    [
        ("claude-code", "Read", {"file_path": "/repo/a"}, "     1\tx\n     2\ty", "x\ny"),
        (
            "claude-code",
            "Read",
            {"file_path": "/repo/a"},
            "     1→x\n     2→\n\n<system-reminder>\nhi\n</system-reminder>",
            "x\n",
        ),
        ("claude-code", "Bash", {"command": "cat a"}, "x\n", "x\n"),
        ("claude-code", "Bash", {"command": "cat 'a'"}, "x\n", "x\n"),
        ("codex", "read_file", {"file_path": "/repo/a"}, "L1: x\nL2: y", "x\ny"),
        (
            "codex",
            "exec_command",
            {"cmd": "cat a"},
            "Exit code: 0\nWall time: 0 seconds\nOutput:\nx\n",
            "x\n",
        ),
        (
            "openhands",
            "str_replace_editor",
            {"command": "view", "path": "/repo/a"},
            "Here's the result of running `cat -n` on /repo/a:\n     1\tx\n     2\ty\n",
            "x\ny",
        ),
        (
            "swe-agent",
            "bash",
            {"command": "open a"},
            "[File: /repo/a (2 lines total)]\r\n1:x\r\n2:y",
            "x\ny\n",
        ),
        ("openai", "mcp__filesystem__read_text_file", {"path": "/repo/a"}, "x\n", "x\n"),
    ],
)
def test_full_reads_show_the_content_in_every_hosts_way(
    form: str, tool: str, arguments: dict[str, Any], text: str, content: str
) -> None:
    """Line numbers, reminders and headers are taken off."""
    run = run_of([(tool, arguments, {"text": text, "exit_status": 0})], form)
    assert FileHistory(run, []).content_at("/repo/a", 1) == content


def test_the_lines_of_swe_agent_are_replaced_in_the_open_file() -> None:
    """The file is the one whose window was shown; the window gives the text replaced."""
    window = "[File: /repo/a.py (3 lines total)]\n1:one\n2:two\n3:three"
    edit = "edit 2:3\nTWO\nend_of_edit"
    new_window = "[File: /repo/a.py (2 lines total)]\n1:one\n2:TWO\nFile updated. Please review"
    run = run_of(
        [
            ("bash", {"command": "open a.py"}, {"text": window}),
            ("bash", {"command": edit}, {"text": new_window}),
            (
                "bash",
                {"command": "edit 1:1\n(\nend_of_edit"},
                {"text": "Your proposed edit has introduced new syntax error(s)"},
            ),
        ],
        "swe-agent",
    )
    edits = edits_of(run)
    assert [(one.path, one.before, one.after, one.status) for one in edits] == [
        ("/repo/a.py", "two\nthree", "TWO", "succeeded"),
        ("/repo/a.py", "one", "(", "failed"),
    ]
    history = FileHistory(run, edits)
    assert history.content_after(edits[0]) == "one\nTWO\n"
    assert history.content_after(edits[1]) == "one\nTWO\n"


def test_insert_undo_and_move_are_followed() -> None:
    """The editor of many commands, and a file that changes its name."""
    path = "/repo/a"
    run = run_of(
        [
            (
                "text_editor",
                {"command": "create", "path": path, "file_text": "1\n2\n"},
                {"text": ""},
            ),
            (
                "text_editor",
                {"command": "insert", "path": path, "insert_line": 1, "insert_text": "1.5"},
                {"text": ""},
            ),
            ("text_editor", {"command": "undo_edit", "path": path}, {"text": ""}),
            (
                "mcp__filesystem__move_file",
                {"source": path, "destination": "/repo/b"},
                {"text": ""},
            ),
        ],
        "inspect",
    )
    edits = edits_of(run)
    history = FileHistory(run, edits)
    assert history.content_at(path, 3) == "1\n1.5\n2\n"
    assert history.content_at(path, 5) == "1\n2\n"
    assert history.content_at("/repo/b", 7) == "1\n2\n"
    assert history.content_at(path, 7) is None
    assert history.content_after(edits[3]) == "1\n2\n"


def test_relative_and_absolute_paths_are_one_file() -> None:
    """With a working directory always; without one where only one file can be meant."""
    turns: list[Turn] = [
        ("Write", {"file_path": "/repo/src/./a.py", "content": "A\n"}, {"text": ""}),
        ("Edit", {"file_path": "src/a.py", "old_string": "A", "new_string": "B"}, {"text": ""}),
    ]
    for cwd in ("/repo", ""):
        run = run_of(turns, cwd=cwd)
        assert FileHistory(run, edits_of(run)).content_at("src/a.py", 3) == "B\n"


def test_unknown_fragments_make_the_content_unknown_until_it_is_seen_again() -> None:
    """An edit that does not fit what is known leaves nothing known."""
    run = run_of(
        [
            ("Write", {"file_path": "/repo/a.py", "content": "A\n"}, OK),
            ("Edit", {**EDIT, "old_string": "not there"}, OK),
            ("Read", {"file_path": "/repo/a.py"}, READ),
        ]
    )
    history = FileHistory(run, edits_of(run))
    assert [history.content_at("/repo/a.py", step) for step in (1, 3, 5)] == [
        "A\n",
        None,
        "x = 1\ny = 2\n",
    ]


@pytest.mark.parametrize("tool", ["Edit", "MultiEdit", "Write", "NotebookEdit", "apply_patch"])
@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"file_path": None},
        {"file_path": 3, "edits": 4},
        {"file_path": "", "content": "x"},
        {"file_path": "/a", "edits": [None, 3, {}, {"old_string": 1}]},
        {"input": 3},
        {"input": "*** Begin Patch\n*** Update File: \n@@\n@@\n"},
        {"changes": {"": None, "x": {"update": 3}, "y": 4}},
        {"path": "/a", "type": "update_file", "diff": None},
    ],
)
def test_no_arguments_raise(tool: str, arguments: dict[str, Any]) -> None:
    """Models write any JSON anywhere."""
    run = run_of([(tool, arguments, {"text": ""})])
    edits = edits_of(run)
    history = FileHistory(run, edits)
    for edit in edits:
        history.content_before(edit)
        history.content_after(edit)


def seconds_for(count: int) -> float:
    """Return the time to follow `count` edits of one file and ask for each."""
    turns: list[Turn] = [("Write", {"file_path": "/repo/f", "content": "0\n" * 50}, {"text": ""})]
    for number in range(count):
        arguments = {
            "file_path": "/repo/f",
            "old_string": f"{number}\n",
            "new_string": f"{number + 1}\n",
        }
        turns.append(("Edit", arguments, {"text": ""}))
    run = run_of(turns)
    start = time.process_time()
    edits = edits_of(run)
    history = FileHistory(run, edits)
    assert [history.content_after(edit) for edit in edits][-1] is not None
    return time.process_time() - start


def test_following_a_file_costs_time_in_proportion_to_its_edits() -> None:
    """Eight times the edits take less than thirty times the time."""
    seconds_for(100)
    assert seconds_for(8000) < 30 * max(seconds_for(1000), 0.02)


def test_a_chain_of_moves_is_followed_only_so_far() -> None:
    """Ten thousand moves in a row neither raise nor run away."""
    turns: list[Turn] = [("Write", {"file_path": "/repo/f0", "content": "x\n"}, {"text": ""})]
    for number in range(10_000):
        arguments = {"source": f"/repo/f{number}", "destination": f"/repo/f{number + 1}"}
        turns.append(("mcp__filesystem__move_file", arguments, {"text": ""}))
    run = run_of(turns)
    history = FileHistory(run, edits_of(run))
    assert history.content_at("/repo/f3", 7) == "x\n"
    assert history.content_at("/repo/f10000", 20_001) is None
