"""What shell text says to others: the messages of commits, pull requests and releases."""

from functools import lru_cache
from typing import Final

from trueline.ledger.shell.model import SimpleCommand, Word
from trueline.ledger.shell.reading import parse

_PREFILTER: Final = (
    "commit",
    "create",
    "merge",
    "comment",
    "tag",
    "edit",
    "describe",
    "review",
    "ci ",
)
_COMMIT_VALUES: Final = frozenset(
    {"-F", "--file", "-C", "-c", "--reuse-message", "--author", "--date", "-t", "--template",
     "--fixup", "--squash", "--cleanup", "--trailer", "-S", "-u"}
)  # fmt: skip
_TITLES: Final = ("-t", "--title")
_BODIES: Final = ("-b", "--body", "-d", "--description", "-n", "--notes", "-m", "--message")
_FILES: Final = ("-F", "--body-file", "--notes-file", "--file")
_REQUESTS: Final = frozenset({"pr", "mr", "pull-request", "release", "issue"})


@lru_cache(maxsize=4096)
def commit_messages(text: str) -> tuple[tuple[str, str], ...]:
    """Return (channel, message) of every commit and pull request that `text` makes.

    Channels are `commit` and `pull_request`; a release's notes count as the latter.  Parts given
    apart are joined by a blank line, as git does.
    """
    if not any(word in text for word in _PREFILTER):
        return ()
    found: list[tuple[str, str]] = []
    for command in parse(text).commands:
        message = ""
        channel = "commit"
        if command.program == "git":
            message = _git(command)
        elif command.program in ("jj", "hg", "svn"):
            message = _joined(_values(command, ("-m", "--message")))
        elif command.program in ("gh", "glab", "hub", "tea"):
            channel, message = "pull_request", _forge(command)
        if message.strip():
            found.append((channel, message))
    return tuple(found)


def _git(command: SimpleCommand) -> str:
    """Return the message of `git commit`, `git merge` or `git tag`."""
    words = [word.text for word in command.words[1:]]
    i = 0
    while i < len(words) and words[i].startswith("-"):
        i += 2 if words[i] in ("-C", "-c", "--git-dir", "--work-tree") else 1
    if words[i : i + 1] not in (["commit"], ["merge"], ["tag"]):
        return ""
    if words[i] == "commit" and "--dry-run" in words:
        return ""
    parts = _values(command, ("-m", "--message"), joined="m")
    parts += _from_files(command, ("-F", "--file"))
    return _joined(parts)


def _forge(command: SimpleCommand) -> str:
    """Return the title and body of what a forge's command line creates or says."""
    words = [word.text for word in command.words[1:4]]
    if not any(word in _REQUESTS for word in words):
        return ""
    parts = _values(command, _TITLES) + _values(command, _BODIES)
    parts += _from_files(command, _FILES)
    return _joined(parts)


def _joined(parts: list[str]) -> str:
    """Return the parts of a message as one text."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip())


def _from_files(command: SimpleCommand, names: tuple[str, ...]) -> list[str]:
    """Return the message read from standard input, where that is known."""
    sources = _values(command, names)
    reads = any(source in ("-", "/dev/stdin") or source.startswith("<(") for source in sources)
    return [command.stdin] if reads and command.stdin is not None else []


def _values(command: SimpleCommand, names: tuple[str, ...], joined: str = "") -> list[str]:
    """Return the values of any of the options `names`.

    Args:
        command: the command.
        names: options, long and short.
        joined: a letter that may end a joined short option (`-am`).
    """
    found: list[str] = []
    words = command.words
    i = 1
    while i < len(words):
        text = words[i].text
        if text == "--":
            break
        name, sign, value = text.partition("=")
        if text in names and i + 1 < len(words):
            found.append(_text_of(words[i + 1]))
            i += 2
            continue
        if sign and name in names and name.startswith("--"):
            found.append(_text_of(Word(value, words[i].is_static)))
        elif joined and text[:1] == "-" and text[1:2] != "-" and joined in text:
            head, _, tail = text.partition(joined)
            if (len(head) <= 4 and head[1:].isalpha()) or head == "-":
                if tail:
                    found.append(tail)
                elif i + 1 < len(words):
                    found.append(_text_of(words[i + 1]))
                    i += 1
        elif text in _COMMIT_VALUES:
            i += 1
        i += 1
    return found


def _text_of(word: Word) -> str:
    """Return a word's text with `$(cat <<'EOF' … EOF)` replaced by the heredoc's."""
    text = word.text
    if word.is_static or "$(" not in text:
        return text
    start = text.find("$(")
    stop = text.rfind(")")
    if stop < start:
        return text
    commands = parse(text[start + 2 : stop]).commands
    if len(commands) != 1 or commands[0].stdin is None:
        return text
    if commands[0].program not in ("cat", "echo", "printf"):
        return text
    return text[:start] + commands[0].stdin.rstrip("\n") + text[stop + 1 :]
