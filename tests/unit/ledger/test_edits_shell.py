"""Edits made by shell text: what it writes, whether it did, and what it leaves uncertain."""

from typing import Any

import pytest

from trueline.ledger.edits import FileHistory, edits_of
from trueline.ledger.effects import effects_of
from trueline.trajectory import Step, Trajectory

DONE: dict[str, Any] = {"exit_status": 0}
HEREDOC = "cat > /repo/a.py <<'EOF'\nx = 1\ny = 2\nEOF"


def run_of(*commands: str | tuple[str, dict[str, Any]]) -> Trajectory:
    """Return a run of shell commands, each with its result; exit status 0 unless said."""
    steps: list[Step] = []
    for command in commands:
        text, result = command if isinstance(command, tuple) else (command, DONE)
        index = len(steps)
        steps.append(
            Step(
                index=index,
                kind="call",
                actor="agent",
                tool="Bash",
                arguments={"command": text},
                call_index=index + 1,
            )
        )
        steps.append(Step(index=index + 1, kind="result", actor="tool", call_index=index, **result))
    return Trajectory(id="t", format="claude-code", source="t", cwd="/repo", steps=tuple(steps))


def content_after(run: Trajectory) -> str | None:
    """Return what a.py holds at the end."""
    return FileHistory(run, edits_of(run)).content_at("a.py", len(run.steps))


@pytest.mark.parametrize(
    ("command", "result", "status"),
    [
        (HEREDOC, {"exit_status": 0}, "succeeded"),
        (HEREDOC, {"exit_status": 1}, "failed"),
        (HEREDOC, {}, "unknown"),
        (HEREDOC, {"exit_status": 0, "background_id": "b1"}, "unknown"),
        (HEREDOC, {"is_interrupted": True}, "unknown"),
        (f"{HEREDOC}\npytest", {"exit_status": 1}, "unknown"),
        (f"{HEREDOC}\npytest", {"exit_status": 0}, "unknown"),
        ("echo hi > /repo/a.py && pytest", {"exit_status": 0}, "succeeded"),
        ("echo hi > /repo/a.py && pytest", {"exit_status": 1}, "unknown"),
    ],
)
def test_the_exit_status_says_only_what_it_can(
    command: str, result: dict[str, Any], status: str
) -> None:
    """A status that is another command's says nothing of the edit."""
    (edit,) = edits_of(run_of((command, result)))
    assert (edit.path, edit.status) == ("/repo/a.py", status)


@pytest.mark.parametrize(
    ("commands", "content"),
    [
        ((HEREDOC,), "x = 1\ny = 2\n"),
        ((HEREDOC, "echo 'z = 3' >> a.py"), "x = 1\ny = 2\nz = 3\n"),
        ((HEREDOC, "sed -i 's/y = 2/y = 3/' a.py"), "x = 1\ny = 3\n"),
        ((HEREDOC, "sed -i 's/nothing/else/' a.py"), "x = 1\ny = 2\n"),
        ((HEREDOC, "sed -i '1d' a.py"), None),
        ((HEREDOC, "mv a.py b.py"), None),
        ((HEREDOC, "mv a.py b.py", "mv b.py a.py"), "x = 1\ny = 2\n"),
        ((HEREDOC, "rm a.py"), None),
        ((HEREDOC, "rm -rf /repo"), None),
        ((HEREDOC, "rm -rf /repo/build"), "x = 1\ny = 2\n"),
        ((HEREDOC, "git checkout -- a.py"), None),
        ((HEREDOC, "git stash"), None),
        ((HEREDOC, "git status && git diff"), "x = 1\ny = 2\n"),
        ((HEREDOC, "git add -A && git commit -m x"), "x = 1\ny = 2\n"),
        ((HEREDOC, "black ."), None),
        ((HEREDOC, "black --check ."), "x = 1\ny = 2\n"),
        ((HEREDOC, "python gen.py > a.py"), None),
        ((HEREDOC, "pytest -q"), "x = 1\ny = 2\n"),
        ((HEREDOC, "black .", ("cat a.py", {"text": "x = 1\n", "exit_status": 0})), "x = 1\n"),
        (("cd /repo && cat > a.py <<'EOF'\nq\nEOF",), "q\n"),
    ],
)
def test_content_is_followed_through_shell_text_or_given_up(
    commands: tuple[str | tuple[str, dict[str, Any]], ...], content: str | None
) -> None:
    """What shell text spells out is applied; what it does not leaves the file unknown."""
    assert content_after(run_of(*commands)) == content


def test_a_substitution_that_depends_on_a_flag_leaves_the_file_unknown() -> None:
    """Twice on one line: once or twice replaced."""
    assert content_after(run_of("printf 'a a\\n' > a.py", "sed -i 's/a/b/' a.py")) is None


def test_a_patch_in_shell_text_has_its_files_as_effects_and_no_nameless_write() -> None:
    """The program that applies it is not one effect more."""
    patch = "*** Begin Patch\n*** Add File: n.py\n+n\n*** End Patch"
    found = effects_of(run_of(f"apply_patch <<'EOF'\n{patch}\nEOF"))
    assert [(effect.verb, effect.resource) for effect in found] == [("write", "n.py")]
