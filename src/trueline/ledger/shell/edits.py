"""What shell text changes in files, as text before and after where the command says it.

A change whose content the command does not show is an edit with `before` and `after` None: the
file did change, and nothing is guessed.

**Covers** output of `cat`, `echo`, `printf` and `tee` into files, `sed -i` and `perl -pi` with
literal text, removal, renaming and copying, `git checkout`, `restore`, `stash`, `apply` and
`reset --hard`, `patch` with a heredoc, `truncate`.
**Does not cover** what scripts given to interpreters write, and `apply_patch`, whose text
`heredocs` hands to the room that reads it.
"""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from trueline.ledger.model import Edit
from trueline.ledger.shell.arguments.files import checked_out, is_in_place
from trueline.ledger.shell.arguments.transfers import target_folders, transfers
from trueline.ledger.shell.model import SimpleCommand
from trueline.ledger.shell.patches import patch_edits
from trueline.ledger.shell.programs import operands
from trueline.ledger.shell.reading import parse
from trueline.ledger.shell.substitutions import perl_edits, sed_edits

MAX_EDITS: Final = 500
"""Edits of one text that are kept."""

_ELSEWHERE: Final = ("ssh", "docker", "podman", "kubectl", "oc ", "vagrant", "nerdctl")
"""Wrappers that run commands where other files are."""

_WRITING: Final = frozenset({">", ">|", ">>", "&>", "&>>", ">&", "2>", "2>>"})
_NO_FILES: Final = frozenset({"/dev/null", "/dev/stdout", "/dev/stderr", "/dev/tty", "-", ""})
_PREFILTER: Final = (
    ">", "sed", "perl", "rm", "mv", "cp", "git", "patch", "tee", "truncate", "unlink", "ruby",
    "install", "shred", "trash",
)  # fmt: skip


@lru_cache(maxsize=4096)
def heredocs(text: str) -> tuple[tuple[str, str], ...]:
    """Return (program, text) of every heredoc and here-string in `text`, in order."""
    if "<<" not in text:
        return ()
    return tuple(
        (command.program, redirect.target)
        for command in parse(text).commands
        for redirect in command.redirects
        if redirect.is_heredoc or redirect.operator.endswith("<<<")
    )


@lru_cache(maxsize=4096)
def shell_edits(text: str) -> tuple[Edit, ...]:
    """Return the changes to files that `text` makes, in order, with `step` 0.

    Never raises.  Whether a change took place is not said here; `status` is `unknown`.
    """
    if not any(word in text for word in _PREFILTER):
        return ()
    found: list[Edit] = []
    commands = parse(text).commands
    # A group's redirection is the same object on each of its commands.
    uses = Counter(id(redirect) for command in commands for redirect in command.redirects)
    for command in commands:
        if command.via and command.via[0].startswith(_ELSEWHERE):
            continue
        found.extend(_of_command(command))
        found.extend(_of_redirects(command, uses))
        if len(found) > MAX_EDITS:
            break
    return tuple(found[:MAX_EDITS])


def _at(command: SimpleCommand, path: str) -> str:
    """Return `path` as seen from the directory that `command` runs in."""
    return posixpath.join(command.directory, path) if command.directory else path


def _arguments(command: SimpleCommand) -> tuple[str, ...]:
    """Return the words behind the program."""
    return tuple(word.text for word in command.words[1:])


def _output(command: SimpleCommand) -> str | None:
    """Return the text that a command is certain to print, None where it is not known."""
    program = command.program
    words = command.words[1:]
    if program == "cat":
        if words and not all(word.text == "-" for word in words):
            return None
        return command.stdin
    if program == "tee":
        return command.stdin
    if program in ("true", ":") or not command.words:
        return ""
    if program not in ("echo", "printf") or not all(word.is_static for word in words):
        return None
    texts = [word.text for word in words]
    if program == "printf":
        return _printf(texts)
    newline, escapes = "\n", False
    while texts and texts[0] in ("-n", "-e", "-E", "-ne", "-en"):
        option = texts.pop(0)
        newline = "" if "n" in option else newline
        escapes = escapes or "e" in option
    joined = " ".join(texts)
    return (_unescaped(joined) if escapes else joined) + newline


def _printf(texts: list[str]) -> str | None:
    """Return what `printf` prints for a format that takes `%s` only."""
    if not texts:
        return None
    form, values = _unescaped(texts[0]), texts[1:]
    pieces = form.split("%s")
    if any("%" in piece.replace("%%", "") for piece in pieces):
        return None
    if len(pieces) == 1:
        return form.replace("%%", "%")
    if len(values) % (len(pieces) - 1) or not values:
        return None
    result: list[str] = []
    while values:
        for piece in pieces[:-1]:
            result += [piece, values.pop(0)]
        result.append(pieces[-1])
    return "".join(result)


def _unescaped(text: str) -> str:
    """Return `text` with the escapes of `echo -e` and `printf` replaced."""
    if "\\" not in text:
        return text
    pieces = text.split("\\\\")
    return "\\".join(
        piece.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r") for piece in pieces
    )


def _of_redirects(command: SimpleCommand, uses: Counter[int]) -> list[Edit]:
    """Return the files that the output of a command goes into.

    Args:
        command: the command.
        uses: how many commands share each redirection, by identity; 0 once it is recorded.
    """
    found: list[Edit] = []
    for redirect in command.redirects:
        if not uses[id(redirect)]:
            continue
        operator = redirect.operator.lstrip("1")
        target = redirect.target
        if redirect.is_heredoc or target in _NO_FILES or target.startswith("/dev/fd/"):
            continue
        if operator not in _WRITING:
            continue
        if operator == ">&" and target.rstrip("-").isdigit():
            continue
        is_alone = uses[id(redirect)] == 1 and not command.is_looped
        is_alone = is_alone and redirect.operator[:1] != "2"
        uses[id(redirect)] = 0
        text = _output(command) if is_alone else None
        found.append(_written(_at(command, target), text, is_append=">>" in operator))
    return found


def _written(path: str, text: str | None, *, is_append: bool) -> Edit:
    """Return the edit of writing `text` into a file, or behind its end."""
    if is_append:
        before = None if text is None else ""
        return Edit(step=0, path=path, kind="modify", before=before, after=text)
    return Edit(step=0, path=path, kind="overwrite", after=text, is_whole=text is not None)


def _of_command(command: SimpleCommand) -> list[Edit]:
    """Return what the program itself changes."""
    reader = _READERS.get(command.program)
    if reader is None:
        return []
    return [
        replace(
            edit,
            path=_at(command, edit.path),
            new_path=_at(command, edit.new_path) if edit.new_path else "",
        )
        for edit in reader(command)
        if edit.path
    ]


def _tee(command: SimpleCommand) -> list[Edit]:
    """Read `tee`."""
    words = _arguments(command)
    is_append = "-a" in words or "--append" in words
    return [
        _written(name, command.stdin, is_append=is_append)
        for name in operands(words, frozenset())
        if name not in _NO_FILES
    ]


def _rm(command: SimpleCommand) -> list[Edit]:
    """Read the removal of files."""
    names = operands(_arguments(command), frozenset())
    return [Edit(step=0, path=name, kind="delete") for name in names]


def _moved(pairs: Iterable[tuple[str, str]]) -> list[Edit]:
    """Return the edits of moving each source to its target."""
    return [Edit(step=0, path=source, kind="move", new_path=target) for source, target in pairs]


def _transfers(command: SimpleCommand) -> list[tuple[str, str]]:
    """Return what `cp` or `mv` takes where."""
    words = _arguments(command)
    names = operands(words, frozenset({"-S", "-t", "--target-directory"}))
    return transfers(names, target_folders(words))


def _mv(command: SimpleCommand) -> list[Edit]:
    """Read `mv`."""
    return _moved(_transfers(command))


def _cp(command: SimpleCommand) -> list[Edit]:
    """Read `cp`."""
    return [Edit(step=0, path=target, kind="overwrite") for _, target in _transfers(command)]


def _truncate(command: SimpleCommand) -> list[Edit]:
    """Read `truncate`: to nothing where the size is zero."""
    words = _arguments(command)
    names = operands(words, frozenset({"-s", "--size", "-r"}))
    is_empty = "0" in words or "-s0" in words or "--size=0" in words
    return [
        Edit(
            step=0,
            path=name,
            kind="overwrite" if is_empty else "modify",
            after="" if is_empty else None,
            is_whole=is_empty,
        )
        for name in names
    ]


def _sed(command: SimpleCommand) -> list[Edit]:
    """Read `sed -i`."""
    words = _arguments(command)
    if not is_in_place("sed", words):
        return []
    return sed_edits(command.words[1:])


def _perl(command: SimpleCommand) -> list[Edit]:
    """Read `perl -pi -e`."""
    return perl_edits(command.words[1:])


def _patch(command: SimpleCommand) -> list[Edit]:
    """Read `patch` fed with a heredoc."""
    if command.stdin is None or "--dry-run" in _arguments(command):
        return []
    return patch_edits(command.stdin, _strip(_arguments(command), default=0))


def _strip(words: tuple[str, ...], default: int) -> int:
    """Return how many folders `-p` takes off the paths of a patch."""
    for word in words:
        if word.startswith("-p") and word[2:].isascii() and word[2:].isdigit():
            return int(word[2:4])
    return default


def _git(command: SimpleCommand) -> list[Edit]:
    """Read the git commands that change files in the working tree."""
    words = _arguments(command)
    while words[:1] in (("-C",), ("-c",)):
        words = words[2:]
    if not words:
        return []
    verb, rest = words[0], words[1:]
    names = operands(rest, frozenset({"-s", "--source"}))
    if verb == "rm" and "--cached" not in rest:
        return [Edit(step=0, path=name, kind="delete") for name in names]
    if verb == "mv":
        return _moved(transfers(names, []))
    if verb == "checkout":
        return [Edit(step=0, path=name, kind="modify") for name in checked_out(rest)]
    if verb == "restore" and not {"--staged", "-S"} & set(rest):
        return [Edit(step=0, path=name, kind="modify") for name in names]
    if verb == "stash" and rest[:1] not in (("list",), ("show",), ("drop",), ("clear",)):
        return [Edit(step=0, path=".", kind="modify")]
    if verb == "reset" and "--hard" in rest:
        return [Edit(step=0, path=".", kind="modify")]
    if verb == "apply" and command.stdin is not None and "--check" not in rest:
        return patch_edits(command.stdin, _strip(rest, default=1))
    return []


_READERS: Final[dict[str, Callable[[SimpleCommand], list[Edit]]]] = {
    "tee": _tee, "rm": _rm, "unlink": _rm, "shred": _rm, "trash": _rm, "trash-put": _rm,
    "rmdir": _rm, "rimraf": _rm, "mv": _mv, "cp": _cp, "truncate": _truncate, "sed": _sed,
    "gsed": _sed, "perl": _perl, "patch": _patch, "git": _git,
}  # fmt: skip
