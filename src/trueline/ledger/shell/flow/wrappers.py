"""Programs that run other programs, and how to find the command inside.

`sudo`, `env`, `timeout`, `xargs`, `bash -c`, `ssh host`, `docker exec`, `uv run` and their
like are described in `wrappers.json`; what runs is peeled out of them and they are kept in
`via`.
"""

from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from trueline.ledger.model import ExitLink
from trueline.ledger.shell.model import Word
from trueline.ledger.shell.programs import is_known

_DATA: Final = Path(__file__).with_name("wrappers.json")
_NO_WORDS: Final[tuple[str, ...]] = ()
MAX_LAYERS: Final = 8
"""Wrappers in wrappers that are peeled."""


class Wrapper(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one program, or one of its subcommands, runs another command.

    Attributes:
        paths: subcommands that do so (`compose exec`); empty if the program always does.
        outer: options with a value in front of the subcommand.
        values: options with a value behind it.
        skip: words that stand in front of the command (a host, a container, a duration).
        named: those words are part of what `via` says.
        assigns: `A=b` may stand in front of the command.
        mode: the rest is `words` of a command, text for a `shell`, or one command `each`.
        shells: options whose value is shell text.
        only_shells: nothing is run without such an option.
        is_shell: options may be joined (`-lc`), and `-e` and `-o pipefail` are a shell's.
        modules: options that name a Python module to run.
        scripts: a word ending in `.py` is run by Python.
        tasks: the first word may be a task of the project; only programs we know are peeled.
        stops: options with which nothing is run.
        ends: words that end the command.
        dashes: `--` may stand in front of the command.
        to_dashes: the command is what stands behind `--`.
        version: the program may carry a version (`prettier@3`).
        replaces: program to put in front of the words.
        link: what the wrapper's status says of the command: as its own, less, or nothing.
        looped: the command may run any number of times.
    """

    paths: tuple[tuple[str, ...], ...] = ()
    outer: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    skip: int = 0
    named: bool = False
    assigns: bool = False
    mode: Literal["words", "shell", "each"] = "words"
    shells: frozenset[str] = frozenset()
    only_shells: bool = False
    is_shell: bool = False
    modules: frozenset[str] = frozenset()
    scripts: bool = False
    tasks: bool = False
    stops: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    dashes: bool = False
    to_dashes: bool = False
    version: bool = False
    replaces: str = ""
    link: ExitLink = "own"
    looped: bool = False


class Peeled(Struct, frozen=True, kw_only=True):
    """What stands inside one wrapper.

    Attributes:
        via: the wrapper, as it is to be shown.
        words: the command's words; empty when `scripts` holds text instead.
        scripts: shell texts.
        assignments: environment assignments the wrapper makes.
        link: what the wrapper's status says of the command.
        is_looped: the command may run any number of times.
        is_new_shell: `scripts` run in a shell of their own.
        errexit: that shell was started with `-e`.
        pipefail: that shell was started with `-o pipefail`.
    """

    via: str
    words: tuple[Word, ...] = ()
    scripts: tuple[str, ...] = ()
    assignments: tuple[tuple[str, str], ...] = ()
    link: ExitLink = "own"
    is_looped: bool = False
    is_new_shell: bool = True
    errexit: bool = False
    pipefail: bool = False


@cache
def wrappers() -> dict[str, tuple[Wrapper, ...]]:
    """Return the table, by program."""
    return msgspec.json.decode(_DATA.read_bytes(), type=dict[str, tuple[Wrapper, ...]])


def peel(words: tuple[Word, ...]) -> Peeled | None:
    """Return what stands inside the wrapper that `words` begin with, None where it is none."""
    program = words[0].text.rsplit("/", 1)[-1]
    for wrapper in wrappers().get(program, ()):
        found = _peel(program, wrapper, words)
        if found is not None:
            return found
    return None


def _peel(program: str, wrapper: Wrapper, words: tuple[Word, ...]) -> Peeled | None:
    """Try one way of wrapping."""
    start, shown = _behind_path(wrapper, words)
    if start < 0:
        return None
    label = " ".join((program, *shown))
    if wrapper.is_shell:
        return _shell(label, words)
    inside = _by_option(wrapper, label, words, start)
    if inside is not None or any(word.text in wrapper.stops for word in words[start:]):
        return inside
    i, skipped = start, wrapper.skip
    assignments: list[tuple[str, str]] = []
    while i < len(words):
        text = words[i].text
        if text == "--":
            i += 1
            break
        if text.startswith("-") and len(text) > 1:
            i += 2 if text in wrapper.values else 1
        elif wrapper.assigns and "=" in text and not text.startswith("="):
            name, _, value = text.partition("=")
            assignments.append((name, value))
            i += 1
        elif skipped:
            skipped -= 1
            label = f"{label} {text}" if wrapper.named else label
            i += 1
        elif wrapper.to_dashes:
            i += 1
        else:
            break
    if wrapper.only_shells or (wrapper.to_dashes and (i < 1 or words[i - 1].text != "--")):
        return None
    return _inside(wrapper, label, words[i:], tuple(assignments))


def _by_option(wrapper: Wrapper, label: str, words: tuple[Word, ...], start: int) -> Peeled | None:
    """Return the shell text or Python module that one of the wrapper's own options names."""
    if not wrapper.shells and not wrapper.modules:
        return None
    for i in range(start, len(words) - 1):
        text = words[i].text
        if text in wrapper.shells:
            return Peeled(via=f"{label} {text}", scripts=(words[i + 1].text,), link=wrapper.link)
        if text in wrapper.modules:
            inner = (Word("python"), Word("-m"), *words[i + 1 :])
            return Peeled(via=label, words=inner, link=wrapper.link)
        if text[:1] != "-" and words[i - 1].text not in wrapper.values and not wrapper.only_shells:
            break
    return None


def _inside(
    wrapper: Wrapper,
    label: str,
    words: tuple[Word, ...],
    assignments: tuple[tuple[str, str], ...],
) -> Peeled | None:
    """Build the result from the words of the command inside."""
    for index, word in enumerate(words):
        if word.text in wrapper.ends:
            words = words[:index]
            break
    if not words:
        return None
    if wrapper.mode == "shell":
        return Peeled(
            via=label,
            scripts=(" ".join(word.text for word in words),),
            assignments=assignments,
            link=wrapper.link,
            is_looped=wrapper.looped,
            is_new_shell=label != "eval",
        )
    if wrapper.mode == "each":
        scripts = tuple(word.text for word in words if not word.text.startswith("-"))
        return Peeled(via=label, scripts=scripts, link=wrapper.link, is_looped=wrapper.looped)
    words = _as_command(wrapper, words)
    if wrapper.tasks and not is_known(words[0].text):
        return None
    return Peeled(
        via=label,
        words=words,
        assignments=assignments,
        link=wrapper.link,
        is_looped=wrapper.looped,
    )


def _as_command(wrapper: Wrapper, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return `words` with the program that really runs in front."""
    first = words[0].text
    if wrapper.replaces:
        return (Word(wrapper.replaces), *words)
    if wrapper.scripts and first.endswith(".py"):
        return (Word("python"), *words)
    if wrapper.version and "@" in first[1:]:
        return (Word(first[: first.rindex("@")], words[0].is_static), *words[1:])
    return words


def _behind_path(wrapper: Wrapper, words: tuple[Word, ...]) -> tuple[int, tuple[str, ...]]:
    """Return where the words behind the subcommand begin, and the subcommand; -1 if absent."""
    if not wrapper.paths:
        return 1, _NO_WORDS
    i = 1
    found: list[str] = []
    longest = max(map(len, wrapper.paths))
    while i < len(words) and len(found) < longest:
        text = words[i].text
        if text.startswith("-"):
            if (text,) in wrapper.paths or (*found, text) in wrapper.paths:
                return i + 1, (*found, text)
            i += 2 if text in wrapper.outer else 1
            continue
        found.append(text)
        i += 1
        if tuple(found) in wrapper.paths:
            return i, tuple(found)
    return -1, _NO_WORDS


def _shell(label: str, words: tuple[Word, ...]) -> Peeled | None:
    """Find the text behind `-c` among a shell's own options."""
    i, errexit, pipefail, is_text = 1, False, False, False
    while i < len(words) and words[i].text[:1] in ("-", "+") and len(words[i].text) > 1:
        text = words[i].text
        i += 1
        if text.startswith("--"):
            i += text in ("--rcfile", "--init-file")
            continue
        is_text = is_text or "c" in text
        errexit = errexit or "e" in text
        if "o" in text and i < len(words):
            pipefail = pipefail or words[i].text == "pipefail"
            errexit = errexit or words[i].text == "errexit"
            i += 1
    if not is_text or i >= len(words):
        return None
    return Peeled(via=f"{label} -c", scripts=(words[i].text,), errexit=errexit, pipefail=pipefail)


def find_actions(words: tuple[Word, ...]) -> list[tuple[tuple[Word, ...], ExitLink]]:
    """Return the commands that `find … -exec` runs, with what find's status says of them."""
    found: list[tuple[tuple[Word, ...], ExitLink]] = []
    start = -1
    for index, word in enumerate(words):
        if start < 0:
            if word.text in ("-exec", "-execdir", "-ok", "-okdir"):
                start = index + 1
        elif word.text == ";" or (word.text == "+" and words[index - 1].text == "{}"):
            if index > start:
                found.append((words[start:index], "implied" if word.text == "+" else "hidden"))
            start = -1
    if 0 <= start < len(words):
        found.append((words[start:], "hidden"))
    return found
