"""What the exit status of a whole script says of each command in it."""

import pytest

from trueline.ledger.shell import SimpleCommand, parse

CASES = [
    ("pytest", {"pytest": "own"}),
    ("pytest -q | tail -3", {"pytest": "hidden"}),
    ("set -o pipefail; pytest -q | tail -3", {"pytest": "own"}),
    ("set -o pipefail; pytest | grep passed", {"pytest": "implied", "grep": "implied"}),
    ("mypy . && pytest", {"mypy": "implied", "pytest": "implied"}),
    ("pytest && echo fine", {"pytest": "own"}),
    ("cd app && pytest", {"pytest": "implied"}),
    ("pytest; ls", {"pytest": "hidden", "ls": "own"}),
    ("ls; pytest", {"ls": "hidden", "pytest": "own"}),
    ("set -e; ls; pytest", {"ls": "implied", "pytest": "implied"}),
    ("set -e; pytest", {"pytest": "own"}),
    ("set -e; ls && pwd; pytest", {"ls": "hidden", "pytest": "implied"}),
    ("pytest || true", {"pytest": "hidden"}),
    ("pytest || exit 1", {"pytest": "own"}),
    ("pytest || exit 1; ls", {"pytest": "implied", "ls": "implied"}),
    ("pytest || { echo bad; exit 3; }; ls", {"pytest": "implied"}),
    ("pytest || make retry", {"pytest": "hidden", "make": "hidden"}),
    ("! pytest", {"pytest": "hidden"}),
    ("pytest & wait", {"pytest": "hidden"}),
    ("pytest & wait $!", {"pytest": "own"}),
    ("pytest; echo $?", {"pytest": "hidden"}),
    ('pytest; echo "exit: $?"', {"pytest": "hidden"}),
    ("pytest; exit $?", {"pytest": "own"}),
    ("pytest; rc=$?; cat log; exit $rc", {"pytest": "own", "cat": "hidden"}),
    ("pytest; rc=$?; cat log; [ $rc -eq 0 ]", {"pytest": "own"}),
    ("pytest 2>&1 | tee log; exit ${PIPESTATUS[0]}", {"pytest": "own", "tee": "hidden"}),
    ('pytest | tee log; exit "${PIPESTATUS[0]}"', {"pytest": "own"}),
    ("echo $(pytest)", {"pytest": "hidden"}),
    ("out=$(pytest)", {"pytest": "own"}),
    ('out=$(pytest); echo "$out"', {"pytest": "hidden"}),
    ("(pytest; exit 0)", {"pytest": "hidden"}),
    ("(cd app; pytest)", {"pytest": "own"}),
    ("{ ls; pytest; }", {"ls": "hidden", "pytest": "own"}),
    ("if pytest; then echo ok; fi", {"pytest": "hidden"}),
    ("if pytest; then echo ok; else echo bad; exit 1; fi", {"pytest": "own"}),
    ("if ! pytest; then exit 1; fi; ls", {"pytest": "implied", "ls": "implied"}),
    ("if [ -f x ]; then pytest; fi", {"pytest": "hidden"}),
    ("if [ -f x ]; then exit 0; fi; pytest", {"pytest": "hidden"}),
    ("for f in a b; do pytest $f; done", {"pytest": "hidden"}),
    ("set -e; for f in a b; do pytest $f; done", {"pytest": "hidden"}),
    ("while read f; do pytest $f; done < list", {"pytest": "hidden"}),
    ("check() { pytest; }; check", {"pytest": "own"}),
    ("check() { pytest; }; check; ls", {"pytest": "hidden"}),
    ("check() { pytest || return 1; ls; }; check", {"pytest": "implied", "ls": "implied"}),
    ("trap 'exit 0' EXIT; pytest", {"pytest": "hidden"}),
    ("bash -c 'pytest; ls'", {"pytest": "hidden", "ls": "own"}),
    ("bash -euo pipefail -c 'ls; pytest | cat'", {"pytest": "implied"}),
    ("eval 'pytest'", {"pytest": "own"}),
    ("timeout 60 pytest", {"pytest": "own"}),
    ("ls *.py | xargs pytest", {"pytest": "implied"}),
    ("find . -name a -exec pytest {} \\;", {"pytest": "hidden"}),
    ("find . -name a -exec pytest {} +", {"pytest": "implied"}),
    ("set -e; set +e; ls; pytest", {"ls": "hidden", "pytest": "own"}),
    ("case $1 in a) pytest;; esac", {"pytest": "hidden"}),
    ("pytest; test $? -eq 0", {"pytest": "own"}),
    ("pytest\nls\n", {"pytest": "hidden", "ls": "own"}),
]


def commands_of(text: str) -> dict[str, SimpleCommand]:
    """Return the commands of a text by program."""
    return {command.program: command for command in parse(text).commands}


@pytest.mark.parametrize(("text", "links"), CASES)
def test_the_status_of_a_script_belongs_to_the_right_command(
    text: str, links: dict[str, str]
) -> None:
    """Each command gets exactly the link that the shell's rules give it."""
    found = commands_of(text)
    assert {program: found[program].exit_link for program in links} == links


@pytest.mark.parametrize(
    "text",
    [
        "pytest || true",
        "pytest || :",
        "pytest || echo none",
        "pytest 2>/dev/null || echo none",
        "pytest; true",
        "pytest; exit 0",
        "pytest && echo ok || echo failed",
        "trap 'exit 0' EXIT; pytest",
        "set +e; pytest; exit 0",
        "(pytest; exit 0)",
        "bash -c 'pytest || true'",
        "pytest | tail -5 || true",
    ],
)
def test_a_failure_hidden_by_construction_is_masked(text: str) -> None:
    """`|| true` and its like are marked, whatever the command is."""
    assert commands_of(text)["pytest"].is_masked


@pytest.mark.parametrize(
    "text",
    [
        "pytest",
        "pytest | tail -5",
        "pytest; echo $?",
        "pytest || exit 1",
        "pytest && echo ok",
        "pytest || make again",
        "set -e; pytest; exit 0",
        "pytest; exit 1",
    ],
)
def test_what_only_loses_a_status_is_not_masked(text: str) -> None:
    """A pipe or a later command loses a status without being written to hide it."""
    assert not commands_of(text)["pytest"].is_masked


def test_a_partial_script_says_nothing_of_its_status() -> None:
    """What could not be read may decide the status."""
    script = parse("pytest; if true; then")
    assert script.is_partial
    assert all(command.exit_link == "hidden" for command in script.commands)
