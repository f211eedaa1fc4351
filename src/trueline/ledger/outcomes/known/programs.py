"""What is known of programs by name: statuses that mean no failure, wrappers, silent tools."""

from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct


class Programs(Struct, frozen=True, forbid_unknown_fields=True):
    """The table in `programs.json`.

    Attributes:
        differs: by exit status and meaning, programs for which that status is an answer.
        forgers: programs that print what they are given, so that totals among it show nothing.
        wrappers: programs that run whatever a project has told them to.
        silent: tools that print nothing if and only if nothing is wrong.
        empty: what hosts write where a program printed nothing.
        refused: how a result begins when the call was not carried out.
        runner_words: by test runner, words in a command that call it.
        not_run: by program and exit status, why it ran nothing.
        signals: exit statuses of a process that something else ended, and what ended it.
        lenient: words in a command that make a check exit with 0 whatever it finds.
    """

    differs: dict[str, dict[str, frozenset[str]]]
    forgers: frozenset[str]
    wrappers: frozenset[str]
    silent: frozenset[str]
    empty: frozenset[str]
    refused: tuple[str, ...]
    runner_words: dict[str, tuple[str, ...]]
    not_run: dict[str, dict[str, str]]
    signals: dict[str, str]
    lenient: tuple[str, ...]


@cache
def programs() -> Programs:
    """Return the table."""
    data = Path(__file__).with_name("programs.json").read_bytes()
    return msgspec.json.decode(data, type=Programs)


def is_wrapper(program: str) -> bool:
    """Return whether `program` may run anything: a task runner, or a script of the project."""
    return program in programs().wrappers or program.endswith((".sh", ".py", ".js", ".ts", ".rb"))


def meaning_of(program: str, exit_status: int) -> str:
    """Return what `exit_status` of `program` means if it is an answer, else empty."""
    for meaning, names in programs().differs.get(str(exit_status), {}).items():
        if program in names:
            return meaning
    return ""


def not_run(command: str, exit_status: int) -> str:
    """Return why a check with this status ran nothing, empty if it may have run something."""
    if exit_status in (126, 127):
        return "the program was not found"
    for name, meanings in programs().not_run.items():
        if name in command and str(exit_status) in meanings:
            return meanings[str(exit_status)]
    return ""
