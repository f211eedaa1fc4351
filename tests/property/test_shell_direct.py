"""The direct way through plain shell text says exactly what the whole way says."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trueline.ledger.calls import call_arguments, shell_text
from trueline.ledger.manifest import builtin_manifests
from trueline.ledger.plans import plan_of
from trueline.ledger.shell import SimpleCommand
from trueline.ledger.shell.direct import direct_commands
from trueline.ledger.shell.flow.wrappers import wrappers
from trueline.ledger.shell.programs import entry_names
from trueline.ledger.shell.reading import walked_commands
from trueline.trajectory import Trajectory
from trueline.trajectory.opening import read_source, sources_in


def agrees(text: str) -> bool:
    """Hold the direct way against the whole way; return whether the direct way was taken."""
    found = direct_commands(text)
    if found is None:
        return False
    problems: list[str] = []
    walked = walked_commands(text, problems)
    assert found == walked
    assert not problems
    assert shared_redirects(found) == shared_redirects(walked)
    return True


def shared_redirects(commands: list[SimpleCommand]) -> list[int]:
    """Return for each redirection the first that is the same object, as readers of edits ask."""
    marks = [id(redirect) for command in commands for redirect in command.redirects]
    return [marks.index(mark) for mark in marks]


def command(program: str, words: list[str]) -> str:
    """Return one command."""
    return " ".join([program, *words])


def line(first: str, rest: list[tuple[str, str]], end: str) -> str:
    """Return commands with their joints before them."""
    return first + "".join(joint + simple for joint, simple in rest) + end


STEERING = [
    "true", ":", "false", "echo", "printf", "cat", "head", "tail", "tee", "wc", "sort", "grep",
    "cd", "pushd", "popd", "export", "local", "set", "trap", "exit", "return", "wait", "sleep",
    "[", "test", "find", "xargs", "sudo", "env", "timeout", "time", "bash", "eval", "uv", "npx",
    "if", "fi", "do", "done", "{", "}", "!", "[[", "function", "pytest", "git", "x", "logger",
]  # fmt: skip
ARGUMENTS = st.sampled_from(
    ["a", "-", "-c", "-e", "-n", "0", "1", "$?", "/d", "-exec", "rm", "{}", "+", "run", "-rf",
     "src/x.py", "'a b'", '"a b"', "''", '""', "a'b'c", '"x"y\'z\'', "'$?'", '"$x"', '"a\\|b"',
     '"a\\"b"', "'a;b'", '"a && b"', "'>'", '">&2"', "A=b", "--x='y z'", "*.py", "a#b", "#", "~/x",
     "%s", "=", "'ls | cat'", '"cd /x; ls"', "'echo a && exit 1'",
     "\\;", "';'", "é", "\x00", "\xa0", "!"]
)  # fmt: skip
REDIRECTIONS = st.sampled_from(
    ["2>&1", ">&2", "1>&2", ">out", "> out", ">> out", "2>/dev/null", "2> err", "&>all", "&>> all",
     "> 'a b'", '>"o"', ">|f", ">&f", "< in", "<<< w", "22>f", "2>&-", ">", "1>&2>x", "<&0"]
)  # fmt: skip
PROGRAMS = st.sampled_from(STEERING)
SIMPLE = st.builds(
    command, PROGRAMS | ARGUMENTS, st.lists(ARGUMENTS | PROGRAMS | REDIRECTIONS, max_size=4)
)
JOINTS = st.sampled_from(
    [" | ", " && ", " || ", "; ", " ; ", "|", "&&", "||", ";", " & ", " |& ", "\n", "  ", ";;"]
    + [" && "] * 4
)
ENDS = st.sampled_from(["", "", "", ";", " ", "\n", " ;", "&", "|"])
LINES = st.builds(line, SIMPLE, st.lists(st.tuples(JOINTS, SIMPLE), max_size=5), ENDS)


@settings(max_examples=1_500, deadline=None)
@given(LINES)
@example("printf '%s' a | cd x && ls > f; tail -3 || true")
@example("echo a | sqlite3 b.db; cd /srv && make test 2>&1 | tail -20 || echo failed")
@example("false || false; true")
@example("make; [ '$?' -eq 0 ]")
@example('grep "a\\\\b" x')
def test_both_ways_agree_on_lines_of_commands(text: str) -> None:
    """Whatever line the direct way takes, it reads as the grammar and the walk do."""
    agrees(text)


PLAIN_WORDS = st.sampled_from(
    ["a", "-n", "-c", "src/x.py", "'a b'", '"a b"', "''", "a'b'c", "'$?'", '"a\\|b"', "'a;b'",
     '"a && b"', "--x='y z'", "*.py", "-exec", "rm", "{}", "+", "run", "é", "/d", "%s", "A=b", "=",
     "2>&1", ">&2", ">out", "> out", ">> 'a b'", "2>/dev/null", "&> all", "pytest"]
)  # fmt: skip
PLAIN_PROGRAMS = st.sampled_from(
    ["true", ":", "false", "echo", "printf", "cat", "head", "tail", "tee", "sort", "cd", "pushd",
     "popd", "export", "sleep", "[", "test", "find", "xargs", "sudo", "env", "timeout 5", "uv run",
     "npx", "pytest", "git", "x", "'x y'", "psql -c", "logger", "/bin/echo", "Get-Item", "dir",
     "rm", "A=1 make", "A='b c' B= cd", "'A'=1", "A+=1 x", "sed -i s/a/b/",
     "docker exec web", "echo -n"]
)  # fmt: skip
PLAIN_JOINTS = st.sampled_from([" | ", " && ", " || ", "; ", " ; ", "|", "&&", "||", ";", "  && "])
PLAIN_SIMPLE = st.builds(command, PLAIN_PROGRAMS, st.lists(PLAIN_WORDS, max_size=4))
PLAIN_LINES = st.builds(
    line,
    PLAIN_SIMPLE,
    st.lists(st.tuples(PLAIN_JOINTS, PLAIN_SIMPLE), max_size=6),
    st.sampled_from(["", "", ";", " ", "\n", " ;", " &", "&"]),
)


@settings(max_examples=2_000, deadline=None)
@given(PLAIN_LINES)
def test_both_ways_agree_on_plain_lines(text: str) -> None:
    """Most of these lines go the direct way; all are read alike."""
    agrees(text)


MARKS = st.sampled_from([*"ab12 |&;<>'\"$`\\(){}#!=*~\n\t\r[]", "&&", "||", "2>&1", " > "])


@settings(max_examples=1_500, deadline=None)
@given(st.lists(MARKS, max_size=25).map("".join) | st.text(max_size=60))
def test_both_ways_agree_on_any_text(text: str) -> None:
    """Characters in any order are read alike, or left to the whole way."""
    agrees(text)


def test_both_ways_agree_on_every_program_in_every_place() -> None:
    """Each program the tables name steers a line alike, wherever it stands in it."""
    lines = ["{}", "{} a && b", "a && {} -x", "a || {}", "{} || a", "a; {}", "{}; a", "a | {}",
             "{} b | a", "a || {}; b", "{} 1 && a || b", "a && {} | b; c"]  # fmt: skip
    for program in {*entry_names(), *wrappers(), *STEERING}:
        for line in lines:
            agrees(line.format(program))


@pytest.mark.parametrize(
    "text",
    [
        "ls", "python -m pytest -q tests/test_cart.py", "git status --short; git diff | head -50",
        "cd /srv/shop && make test 2>&1 | tail -20", 'grep -rn "def load" src --include="*.py"',
        "cat a.txt > 'b c.txt' 2>/dev/null || echo missing", "npm test && npm run build;",
        "sudo apt-get install -y jq\n", "find . -name '*.pyc' -delete", 'git commit -m "Add it"',
        "timeout 60 uv run pytest -x 2>&1", "cat a|sort|uniq -c&&ls",
        "CI=1 PYTHONPATH='a b' pytest", "cd /srv && python3 -m http.server > server.log 2>&1 &",
    ],
)  # fmt: skip
def test_what_agents_type_goes_the_direct_way(text: str) -> None:
    """Plain lines do not need the grammar."""
    assert agrees(text)


@pytest.mark.parametrize(
    "text",
    ["echo $HOME", "echo `ls`", "ls & ls", "(ls)", "cat <<E\nx\nE", "a\nb", "X=1", "X=$Y make",
     "ls # all",
     "if a; then b; fi", "bash -c 'ls'", "set -e; ls", "exit 1", "! ls", "a \\; b", "ls |& cat",
     '"a\\"b"', "echo '", "ls | cd x", "", "echo " + "a" * 2_000]
)  # fmt: skip
def test_what_is_not_plain_goes_the_whole_way(text: str) -> None:
    """What this room does not read, it does not guess at."""
    assert direct_commands(text) is None


def test_both_ways_agree_on_what_real_agents_typed(shared_data: Path) -> None:
    """Every shell text of the stored sessions and labelled runs is read alike."""
    texts = {
        text
        for folder in ("sessions", "labelled")
        for source in sources_in(shared_data / folder)
        for item in read_source(source)
        if isinstance(item, Trajectory)
        for text in shell_texts(item)
    }
    assert sum(map(agrees, texts)) > 0.8 * len(texts) > 400


def shell_texts(trajectory: Trajectory) -> list[str]:
    """Return the shell text of every call that has any."""
    scope = builtin_manifests().for_format(trajectory.format)
    calls = [(step, call_arguments(step)) for step in trajectory.steps if step.kind == "call"]
    return [
        shell_text(arguments, plan_of(scope, step.tool, arguments).entry.shell)
        for step, arguments in calls
    ]
