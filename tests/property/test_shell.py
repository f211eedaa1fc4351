"""Shell text of any kind: nothing raises, quoting comes back, quick paths change nothing."""

import shlex

from hypothesis import given
from hypothesis import strategies as st

from trueline.ledger.shell import commit_messages, heredocs, parse, shell_edits, shell_effects

TOKENS = st.sampled_from(
    ["a", "b=c", "'", '"', "`", "$", "$(", ")", "((", "))", "${", "}", "{", "(", "|", "||", "&&",
     "&", ";", ";;", "\n", "<", ">", ">>", "<<", "<<E", "\nE\n", "<<<", "2>&1", "if", "then", "fi",
     "for", "in", "do", "done", "while", "case", "esac", "[[", "]]", "!", "#", "\\", " ", "\t",
     "f()", "set -e", "exit 0", "exit $?", "trap x EXIT", "bash -c", "eval", "xargs", "sudo", "cd",
     "git commit -m", "sed -i", "s/a/b/", "rm", "find -exec", "{}", "+", "echo", "é", "\x00", "\r"]
)  # fmt: skip
SCRIPTS = st.lists(TOKENS, max_size=40).map(" ".join) | st.lists(TOKENS, max_size=40).map("".join)


@given(SCRIPTS | st.text(max_size=200))
def test_no_text_makes_a_reader_raise(text: str) -> None:
    """Any text gives a script, effects, edits, messages and heredocs."""
    script = parse(text)
    assert script.is_partial == bool(script.problems)
    for command in script.commands:
        assert command.exit_link in ("own", "implied", "hidden")
    shell_effects(text)
    shell_edits(text)
    commit_messages(text)
    heredocs(text)


WORDS = st.lists(
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20),
    min_size=1,
    max_size=6,
)


@given(WORDS)
def test_quoted_words_come_back(words: list[str]) -> None:
    """Whatever shlex quotes is read as the same words."""
    text = shlex.join(["program", *words])
    (command,) = parse(text).commands
    assert [word.text for word in command.words] == ["program", *words]
    assert all(word.is_static for word in command.words)
    assert command.text == text


@given(WORDS)
def test_a_quoted_script_is_read_as_the_script_itself(words: list[str]) -> None:
    """`bash -c` with a quoted script runs the same commands."""
    inner = shlex.join(["program", *words])
    (direct,) = parse(inner).commands
    (wrapped,) = parse(f"bash -c {shlex.quote(inner)}").commands
    assert wrapped.words == direct.words
    assert wrapped.via == ("bash -c",)


@given(
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\n\r"), max_size=60)
)
def test_a_quoted_heredoc_keeps_its_text(line: str) -> None:
    """The body of a quoted heredoc is text, whatever stands in it."""
    if line.strip() == "END_OF_TEXT":
        return
    script = parse(f"cat > f <<'END_OF_TEXT'\n{line}\nEND_OF_TEXT\nls")
    assert [command.program for command in script.commands] == ["cat", "ls"]
    assert script.commands[0].stdin == f"{line}\n"


@given(SCRIPTS)
def test_an_edit_is_never_missed_by_the_quick_check(text: str) -> None:
    """Commands that write files show up in the edits, whatever stands around them."""
    edits = shell_edits(f"echo hi > out.txt\n{text}")
    assert any(edit.path == "out.txt" for edit in edits) or parse(text).is_partial or "f()" in text
