"""Shell text read: words, redirections, heredocs, substitutions, wrappers, partial scripts."""

import pytest

from trueline.ledger.shell import heredocs, parse


def words_of(text: str) -> list[list[str]]:
    """Return the words of every command of a text."""
    return [[word.text for word in command.words] for command in parse(text).commands]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("git status", [["git", "status"]]),
        ("a 'b c' \"d e\" f\\ g", [["a", "b c", "d e", "f g"]]),
        ("a --x='b c'd", [["a", "--x=b cd"]]),
        ("a $'x\\ty'", [["a", "x\ty"]]),
        ("a ''", [["a", ""]]),
        ("a \\\n  b", [["a", "b"]]),
        ("a # not this\nb", [["a"], ["b"]]),
        ("a#b c", [["a#b", "c"]]),
        ("a {b,c} *.py ?", [["a", "{b,c}", "*.py", "?"]]),
        ("a; b & c\nd", [["a"], ["b"], ["c"], ["d"]]),
        ("a | b |& c", [["a"], ["b"], ["c"]]),
        ("a > f b", [["a", "b"]]),
        ("> f a", [["a"]]),
        ("(a; b)", [["a"], ["b"]]),
        ("{ a; }; }", [["a"]]),
        ("if a; then b; elif c; then d; else e; fi", [["a"], ["b"], ["c"], ["d"], ["e"]]),
        ("case $x in a|b) c;; (*) d;; esac; e", [["c"], ["d"], ["e"]]),
        ("for ((i=0;i<3;i++)); do a; done", [["a"]]),
        ("f() { a; }", []),
        ("f() { a; }; f; f", [["a"], ["a"]]),
        ("function g { a; }; g", [["a"]]),
        ("echo $(a; b)", [["a"], ["b"], ["echo", "$(a; b)"]]),
        ("echo `a`", [["a"], ["echo", "`a`"]]),
        ("diff <(a) <(b)", [["a"], ["b"], ["diff", "<(a)", "<(b)"]]),
        ("echo $((1 + 2))", [["echo", "$((1 + 2))"]]),
        ("[[ $a == b && -f c ]] && d", [["[[", "$a", "==", "b", "-f", "c"], ["d"]]),
        ("x=(1 2); y=3 a", [["a"]]),
        ("time (a)", [["a"]]),
        ("until a; do b; done", [["a"], ["b"]]),
        ("select x in a b; do c; done", [["c"]]),
        ("echo ${x:-$(a)}", [["a"], ["echo", "${x:-$(a)}"]]),
        ("a <<< 'b c'", [["a"]]),
        ("a 2>/dev/null >&2 <<< x", [["a"]]),
        ("! a", [["a"]]),
        ("echo done if then", [["echo", "done", "if", "then"]]),
        ("a\r\nb\r\n", [["a"], ["b"]]),
    ],
)
def test_text_gives_the_commands_that_it_runs(text: str, words: list[list[str]]) -> None:
    """Quotes are taken off, structure is followed, nothing is run twice or left out."""
    assert words_of(text) == words


def test_heredocs_are_text_and_not_commands() -> None:
    """Bodies of one or two heredocs, quoted or stripped, never become commands."""
    text = "cat <<A <<-'B' && c\none\nA\n\ttwo $(x)\n\tB\nd"
    script = parse(text)
    assert [command.program for command in script.commands] == ["cat", "c", "d"]
    assert script.commands[0].stdin == "two $(x)\n"
    assert heredocs(text) == (("cat", "one\n"), ("cat", "two $(x)\n"))
    assert not script.is_partial


def test_an_unquoted_heredoc_runs_its_substitutions() -> None:
    """`$(…)` in the body of an unquoted heredoc is a command."""
    assert words_of("cat <<E\na $(b) c\nE")[0] == ["b"]
    assert words_of("cat <<'E'\na $(b) c\nE") == [["cat"]]


def test_a_heredoc_inside_a_substitution_ends_where_it_should() -> None:
    """The usual way to write a commit message leaves the rest of the line intact."""
    text = 'git commit -m "$(cat <<\'EOF\'\nfix: it\'s (a) "thing"\nEOF\n)" && git push'
    script = parse(text)
    assert [c.words[1].text for c in script.commands if c.program == "git"] == ["commit", "push"]
    assert not script.is_partial


@pytest.mark.parametrize(
    ("text", "via", "program"),
    [
        ("sudo -u root rm x", ("sudo",), "rm"),
        ("env -u A B=c pytest", ("env",), "pytest"),
        ("timeout -k 5 60 pytest", ("timeout",), "pytest"),
        ("nohup nice -n 5 pytest", ("nohup", "nice"), "pytest"),
        ("time pytest", ("time",), "pytest"),
        ("bash -lc 'pytest'", ("bash -c",), "pytest"),
        ('sh -c "sudo pytest"', ("sh -c", "sudo"), "pytest"),
        ("ssh -p 22 me@host 'cd x && pytest'", ("ssh me@host",), "pytest"),
        ("docker exec -it -u x web pytest -q", ("docker exec web",), "pytest"),
        ("docker compose -f a.yml exec -T web pytest", ("docker compose exec web",), "pytest"),
        ("docker run --rm -v a:b img pytest", ("docker run img",), "pytest"),
        ("kubectl exec -n x pod -- pytest", ("kubectl exec",), "pytest"),
        ("poetry run pytest", ("poetry run",), "pytest"),
        ("uv run --with a pytest", ("uv run",), "pytest"),
        ("uv run -m pytest -q", ("uv run",), "python"),
        ("uvx ruff@0.5 check", ("uvx",), "ruff"),
        ("npx -y jest@29 --ci", ("npx",), "jest"),
        ("pnpm exec vitest run", ("pnpm exec",), "vitest"),
        ("bundle exec rspec", ("bundle exec",), "rspec"),
        ("conda run -n env pytest", ("conda run",), "pytest"),
        ("su - me -c 'pytest'", ("su -c",), "pytest"),
        ("coverage run -m pytest", ("coverage run",), "python"),
        ("git ls-files | xargs -0 -n 5 rm", ("xargs",), "rm"),
        ("stdbuf -oL pytest", ("stdbuf",), "pytest"),
        ("watch -n 1 pytest", ("watch",), "pytest"),
        ("command pytest", ("command",), "pytest"),
        ("exec pytest", ("exec",), "pytest"),
        ("A=1 cross-env B=2 jest", ("cross-env",), "jest"),
    ],
)
def test_wrappers_are_peeled_and_kept_in_via(text: str, via: tuple[str, ...], program: str) -> None:
    """The command inside is what counts; the wrappers say where it runs."""
    command = parse(text).commands[-1]
    assert (command.via, command.program) == (via, program)


@pytest.mark.parametrize(
    "text",
    ["sudo", "docker run -d postgres", "docker ps", "uv sync", "poetry install", "bash x.sh",
     "ssh host", "npm test", "hatch run test", "command -v pytest", "yarn build"],
)  # fmt: skip
def test_what_wraps_nothing_stays_as_it_is(text: str) -> None:
    """A wrapper without a command inside is a command itself."""
    (command,) = parse(text).commands
    assert command.via == () or command.program == "pytest"


def test_cd_is_followed_as_text() -> None:
    """Directories join up; a subshell keeps its own."""
    script = parse("cd a && (cd b; x) ; cd ../c; y; cd /d; z; pushd e; p; popd; q")
    found = {command.program: command.directory for command in script.commands}
    assert (found["x"], found["y"], found["z"]) == ("a/b", "a/../c", "/d")
    assert (found["p"], found["q"]) == ("/d/e", "/d")


def test_forms_around_a_command_are_told() -> None:
    """Condition, loop, substitution, background and pipe are facts of the command."""
    script = parse("a || b; for i in 1; do c; done; echo $(d); e & f | g")
    found = {command.program: command for command in script.commands}
    assert found["b"].is_conditional
    assert not found["a"].is_conditional
    assert found["c"].is_looped
    assert found["d"].is_substitution
    assert found["e"].is_background
    assert found["f"].is_piped
    assert not found["g"].is_piped


def test_a_group_gives_its_redirection_to_its_commands() -> None:
    """`{ …; } > f` is a redirection of each command inside."""
    script = parse("{ a; b; } > f 2>&1")
    assert [[r.target for r in c.redirects] for c in script.commands] == [["f", "1"], ["f", "1"]]


def test_text_piped_in_is_known() -> None:
    """What echo or a heredoc feeds to the next command is its standard input."""
    assert parse("echo hi | sh").commands[1].stdin == "hi\n"
    assert parse("cat <<E | psql\nselect 1\nE").commands[1].stdin == "select 1\n"
    assert parse("a | sh").commands[1].stdin is None


def test_the_command_is_quoted_as_written() -> None:
    """The text of a command stands verbatim in the script."""
    text = "cd /a && A=1 pytest -k 'x y' 2>&1 | tail -3"
    for command in parse(text).commands:
        assert command.text in text


@pytest.mark.parametrize(
    "text",
    ["a 'b", 'a "b', "a $(b", "a `b", "if a; then b", "for x in a; do b", "a && ", "a | ", ")",
     "fi", "a <<E\nb", "case x in a", "((", "{ a", "a >", "f()", "Get-ChildItem -Path .",
     "$env:X = 1", "dir /s", "[[ a"],
)  # fmt: skip
def test_what_cannot_be_parsed_is_partial_and_says_why(text: str) -> None:
    """Broken text and other shells' text give problems in words, and what was understood."""
    script = parse(text)
    assert script.is_partial
    assert script.problems


def test_text_over_the_limit_is_cut_and_says_so() -> None:
    """A text longer than the limit gives its beginning."""
    script = parse("a b\n" * 100_000)
    assert script.is_partial
    assert 1_000 < len(script.commands) <= 2_000
    assert any("longer" in problem for problem in script.problems)


def test_functions_that_call_each_other_end() -> None:
    """Recursion and multiplication through functions are cut."""
    assert parse("f() { f; g; }; g() { f; f; }; f").is_partial
    bodies = "; ".join(f"f{i}() {{ f{i + 1}; f{i + 1}; }}" for i in range(40))
    assert parse(f"{bodies}; f40() {{ a; }}; f0").is_partial
