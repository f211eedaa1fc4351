"""The table's shape, how it is loaded, and how a command finds its rule in it.

The JSON files beside this one map programs (names joined by `|`) to entries.  An entry is a
rule, or an object with a rule, subcommands, options that change the rule, and options that take
a value.  A rule is text: `VERB [KIND] [WHERE] [!]`, such as `delete file rest !`: the verb of the
effect, the kind of its resource, which words name the resource, and `!` where it can't be
undone.  An empty rule is a command without an effect worth recording.
"""

from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

import msgspec
from msgspec import Struct

from trueline.ledger.model import VERBS, ResourceKind, Verb

_FOLDER: Final = Path(__file__).parent
_KINDS: Final[dict[str, ResourceKind]] = {kind: kind for kind in get_args(ResourceKind)}

Where = Literal["none", "first", "last", "rest", "init", "but_first"]
"""Which words that are not options name resources: none, the first, the last, all of them, all
but the last, all but the first."""

_WHERES: Final[dict[str, Where]] = {where: where for where in get_args(Where)}

Special = Literal[
    "", "task", "gradle", "maven", "npm", "pip", "http", "python", "node", "php", "script",
    "git_checkout", "cloud", "copy", "copy_remote", "filter", "find", "install", "kill", "link",
    "move", "service", "unpack", "unzip", "sql", "tar", "xcodebuild", "source",
]  # fmt: skip
"""Programs whose arguments need more than the table can say."""


class Rule(Struct, frozen=True, kw_only=True):
    """What a command does.

    Attributes:
        verb: of its effect; None where it has none.
        kind: kind of its resources.
        where: which words name them.
        is_irreversible: it cannot be undone.
    """

    verb: Verb | None = "execute"
    kind: ResourceKind = "unknown"
    where: Where = "none"
    is_irreversible: bool = False


class Program(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a program, or one of its subcommands, does.

    Attributes:
        rule: as text.
        values: options that take the next word as their value.
        sub: subcommands, names joined by `|`.
        flags: options that change the rule, names joined by `|`; a `*` at the end stands for
            anything that follows.  The first in the file that is present counts.
        special: a reader for the arguments.
    """

    rule: str = "execute none"
    values: frozenset[str] = frozenset()
    sub: "dict[str, str | Program]" = {}
    flags: dict[str, str] = {}
    special: Special = ""


class Entry(Struct, frozen=True, kw_only=True):
    """A `Program` with its names taken apart, for looking things up."""

    rule: Rule
    values: frozenset[str]
    sub: "dict[str, Entry]"
    flags: tuple[tuple[str, Rule], ...]
    prefixes: tuple[tuple[str, Rule], ...]
    special: Special


class Found(Struct, frozen=True, kw_only=True, gc=False):
    """The rule for one command.

    Attributes:
        rule: what it does.
        special: a reader for its arguments; empty where the rule says all.
        path: the program and its subcommands.
        operands: the words that are not options, those of `path` left out.
        arguments: every word behind `path`.
    """

    rule: Rule
    special: Special
    path: tuple[str, ...]
    operands: tuple[str, ...]
    arguments: tuple[str, ...]


@cache
def parse_rule(text: str) -> Rule:
    """Return the rule that `text` says.

    Raises:
        ValueError: a word of it is no verb, kind or place.
    """
    words = text.split()
    if not words:
        return Rule(verb=None)
    verb: Verb | None = None
    kind: ResourceKind = "unknown"
    where: Where = "none"
    is_irreversible = False
    for index, word in enumerate(words):
        if index == 0 and word in VERBS:
            verb = word
        elif index and word in _WHERES:
            where = _WHERES[word]
        elif index and word in _KINDS:
            kind = _KINDS[word]
        elif index and word == "!":
            is_irreversible = True
        else:
            raise ValueError(f"rule {text!r}: {word!r} is no verb, kind or place")
    return Rule(verb=verb, kind=kind, where=where, is_irreversible=is_irreversible)


def _entry(program: str | Program) -> Entry:
    """Take the names of `program` apart."""
    if isinstance(program, str):
        program = Program(rule=program)
    flags: list[tuple[str, Rule]] = []
    prefixes: list[tuple[str, Rule]] = []
    for names, rule in program.flags.items():
        for name in names.split("|"):
            pairs = prefixes if name.endswith("*") else flags
            pairs.append((name.removesuffix("*"), parse_rule(rule)))
    return Entry(
        rule=parse_rule(program.rule),
        values=program.values,
        sub={
            name: entry
            for names, inner in program.sub.items()
            for entry in (_entry(inner),)
            for name in names.split("|")
        },
        flags=tuple(flags),
        prefixes=tuple(prefixes),
        special=program.special,
    )


@cache
def raw_table() -> dict[str, str | Program]:
    """Return the files' content by name, names joined by `|` taken apart."""
    found: dict[str, str | Program] = {}
    for path in sorted(_FOLDER.glob("*.json")):
        content = msgspec.json.decode(path.read_bytes(), type=dict[str, str | Program])
        for names, program in content.items():
            for name in names.split("|"):
                found[name] = program
    return found


@cache
def entry(name: str) -> Entry | None:
    """Return the entry of the program `name`, None where the table has none."""
    program = raw_table().get(name)
    return None if program is None else _entry(program)


def entry_names() -> tuple[str, ...]:
    """Return the names of all programs in the table."""
    return tuple(raw_table())


def is_known(name: str) -> bool:
    """Return whether `name` is a program in the table that does something."""
    found = entry(name.rsplit("/", 1)[-1])
    return found is not None and (found.rule.verb is not None or bool(found.special))


def lookup(words: tuple[str, ...]) -> Found | None:
    """Return what the table says of a command, None where its program is not in it.

    Args:
        words: the program and its arguments, quotes removed.
    """
    name = words[0].rsplit("/", 1)[-1]
    found = entry(name)
    if found is None and name.endswith((".exe", ".cmd", ".bat")):
        name = name.rsplit(".", 1)[0]
        found = entry(name)
    if found is None:
        return None
    path: tuple[str, ...] = (name,)
    i, values = 1, found.values
    skipped: list[str] = []
    while found.sub and i < len(words):
        word = words[i]
        inner = found.sub.get(word)
        if inner is not None:
            found = inner
            path = (*path, word)
            values = values | inner.values if inner.values else values
        elif word[:1] in ("-", "+"):
            skipped.append(word)
            if word in values and i + 1 < len(words):
                skipped.append(words[i + 1])
                i += 1
        else:
            break
        i += 1
    arguments = (*skipped, *words[i:]) if skipped else words[i:]
    rule = found.rule
    if found.flags or found.prefixes:
        rule = _flagged(found, arguments, values)
    return Found(
        rule=rule,
        special=found.special,
        path=path,
        operands=operands(arguments, values),
        arguments=arguments,
    )


def _flagged(found: Entry, arguments: tuple[str, ...], values: frozenset[str]) -> Rule:
    """Return the rule of the first option in the table's order that is among `arguments`."""
    present: set[str] = set()
    skip = False
    for word in arguments:
        if skip:
            skip = False
            continue
        if word == "--":
            break
        skip = word in values
        present.add(word)
        if word[:1] != "-":
            continue
        if word[1:2] == "-":
            if "=" in word:
                present.add(word.partition("=")[0])
        elif 2 < len(word) <= 6 and word[1:].isalpha():
            present.update(["-" + letter for letter in word[1:]])
    for flag, changed in found.flags:
        if flag in present:
            return changed
    for prefix, changed in found.prefixes:
        if any(word.startswith(prefix) for word in present):
            return changed
    return found.rule


def operands(arguments: tuple[str, ...], values: frozenset[str]) -> tuple[str, ...]:
    """Return the words of `arguments` that are neither options nor options' values."""
    found: list[str] = []
    is_value = False
    for index, word in enumerate(arguments):
        if is_value:
            is_value = False
        elif word[:1] != "-" or word == "-":
            found.append(word)
        elif word == "--":
            found.extend(arguments[index + 1 :])
            break
        else:
            is_value = word in values
    return tuple(found)
