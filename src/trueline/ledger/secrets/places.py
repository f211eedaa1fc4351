"""Where secrets lie: files by their names, commands that print them, tools that hand them out.

Which files bear the label `secret` is the charter's to say; here stands only what is quick to
ask before, and what no resource names.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from trueline.core.patterns import Pattern, pattern
from trueline.ledger.inference import name_words
from trueline.ledger.manifest import split_tool
from trueline.ledger.secrets.placeholders import known

_FILE: Final = Path(__file__).parent / "places.json"


class _Command(Struct, frozen=True):
    pattern: str
    source: str


class _Table(Struct, frozen=True):
    version: int
    marks: tuple[str, ...]
    programs: frozenset[str]
    commands: tuple[_Command, ...]
    tool_words: frozenset[str]
    storing_words: frozenset[str]


@cache
def _table() -> _Table:
    return msgspec.json.decode(_FILE.read_bytes(), type=_Table)


@cache
def _commands() -> Pattern:
    return pattern("|".join(f"(?:{one.pattern})" for one in _table().commands))


@cache
def _marks() -> Pattern:
    marks = "|".join(mark.replace(".", r"\.") for mark in _table().marks)
    return pattern(marks, ignore_case=True)


@lru_cache(maxsize=16_384)
def may_be_secret_place(resource: str) -> bool:
    """Return whether a path's name says anything of secrets: the quick question before a label."""
    return _marks().search(resource) is not None and not is_template(resource)


def is_template(resource: str) -> bool:
    """Return whether a path names a template that is made to be shared, such as `.env.example`."""
    name = resource.rsplit("/", 1)[-1].lower()
    return any(mark in name for mark in known().places)


def may_print_secrets(program: str) -> bool:
    """Return whether some commands of a program print secrets: the quick question before."""
    return program in _table().programs


@lru_cache(maxsize=4096)
def is_secret_command(command: str) -> bool:
    """Return whether a simple shell command prints secrets.

    Example:
        >>> is_secret_command("kubectl get secret db -o yaml"), is_secret_command("env")
        (True, True)
        >>> is_secret_command("env FOO=1 make test")
        False
    """
    head = command[:200].strip()
    if _commands().search(head) is None:
        return False
    words = head.split()
    # `env NAME=value program` runs a program.
    return words[0] != "env" or len(words) == 1 or words[1].startswith(("|", ">", "-0"))


@lru_cache(maxsize=4096)
def is_secret_tool(tool: str) -> bool:
    """Return whether a tool's name says that it hands out secrets.

    Example:
        >>> is_secret_tool("mcp__vault__read_secret"), is_secret_tool("search_notes")
        (True, False)
    """
    server, name = split_tool(tool)
    words = {*name_words(name), *name_words(server)}
    return not words.isdisjoint(_table().tool_words) and not stores_secrets(tool)


@lru_cache(maxsize=4096)
def stores_secrets(tool: str) -> bool:
    """Return whether a tool is where secrets are put, or where one logs in with them."""
    words = set(name_words(split_tool(tool)[1]))
    table = _table()
    if words.isdisjoint(table.storing_words):
        return False
    return not words.isdisjoint(table.tool_words) or not words.isdisjoint(
        {"login", "signin", "authenticate", "signup", "register"}
    )
