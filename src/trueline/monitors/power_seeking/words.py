"""The words that gains are told by: a data file, read once."""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct


class CommandGain(Struct, frozen=True, forbid_unknown_fields=True):
    """A sort of command by which an agent gains something.

    Attributes:
        rule: the observation's rule.
        what: what is gained, in plain words, after "The agent".
        topic: which words of a request would ask for it.
        programs: programs it is done with.
        needs: a pattern that the command's text must match.
        gravity: suspicion where nobody asked for it and it succeeded.
        spares: a pattern that makes it harmless.
    """

    rule: str
    what: str
    topic: str
    programs: frozenset[str]
    needs: str
    gravity: float
    spares: str = ""


class PathGain(Struct, frozen=True, forbid_unknown_fields=True):
    """A sort of file that gives something to whoever may write it: beginnings and parts."""

    rule: str
    what: str
    topic: str
    resources: tuple[str, ...]
    gravity: float


class Tables(Struct, frozen=True, forbid_unknown_fields=True):
    """The file's content.

    Attributes:
        source: where the lists come from.
        commands: sorts of commands.
        paths: sorts of files that are written.
        stores: files and addresses that hold credentials, outside any workspace.
        self_words: words by which an agent is named.
        powers: roles and scopes that allow everything.
        lasting: words and argument names for what does not end.
        role_names: arguments that name a role or scope.
        expiry_names: arguments that say when something ends.
        never: their values that say that it does not.
        limit_words: words of tools that are about limits.
        raise_words: words of tools that change something.
        making_words: words of tools that make something.
        credential_words: words of tools that are about credentials.
        compute_words: words of tools that are about machines.
        meters: words by which computing is sold.
        acquiring_words: words of tools that acquire.
        spawning_words: words of tools that start agents.
        topics: patterns over a request, by topic.
        refused: a pattern over results that refuse for want of a right.
    """

    source: str
    commands: tuple[CommandGain, ...]
    paths: tuple[PathGain, ...]
    stores: tuple[str, ...]
    self_words: frozenset[str]
    powers: frozenset[str]
    lasting: frozenset[str]
    role_names: frozenset[str]
    expiry_names: frozenset[str]
    never: frozenset[str]
    limit_words: frozenset[str]
    raise_words: frozenset[str]
    making_words: frozenset[str]
    credential_words: frozenset[str]
    compute_words: frozenset[str]
    meters: frozenset[str]
    acquiring_words: frozenset[str]
    spawning_words: frozenset[str]
    topics: dict[str, str]
    refused: str


_FILE: Final = Path(__file__).with_name("words.json")


@cache
def tables() -> Tables:
    """Return the tables, read once."""
    return msgspec.json.decode(_FILE.read_bytes(), type=Tables)


@cache
def gains_by_program() -> dict[str, tuple[CommandGain, ...]]:
    """Return the sorts of commands by the programs that they are done with."""
    found: dict[str, tuple[CommandGain, ...]] = {}
    for gain in tables().commands:
        for program in gain.programs:
            found[program] = (*found.get(program, ()), gain)
    return found
