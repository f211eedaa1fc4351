"""Words with which a tool itself says that it did what it was asked to, or did not.

They decide only where the exit status does not: a command before `;`, in a pipe, behind `||`.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from trueline.core.patterns import pattern
from trueline.ledger.model import Effect


class WordRow(Struct, frozen=True, forbid_unknown_fields=True):
    """One such line.

    Attributes:
        programs: who prints it.
        verbs: for which effects it counts; every verb if empty.
        line: an RE2 expression for the line.
        status: what it says.
        is_shared: any command of the program prints it, so that it counts only where the
            call has a single effect of that program.
    """

    programs: frozenset[str]
    verbs: frozenset[str]
    line: str
    status: Literal["succeeded", "failed"]
    is_shared: bool = False


@cache
def _rows() -> tuple[WordRow, ...]:
    data = Path(__file__).with_name("words.json").read_bytes()
    return msgspec.json.decode(data, type=tuple[WordRow, ...])


@lru_cache(maxsize=4096)
def _rows_of(program: str, verb: str) -> tuple[WordRow, ...]:
    return tuple(
        row for row in _rows() if program in row.programs and (not row.verbs or verb in row.verbs)
    )


def has_words(program: str, verb: str) -> bool:
    """Return whether anything is known of what `program` says when it does `verb`."""
    return bool(_rows_of(program, verb))


def own_words(
    effect: Effect, shown: str, *, is_alone: bool
) -> tuple[Literal["succeeded", "failed"], str] | None:
    """Return what the program's own words in `shown` say of `effect`, and the line.

    Args:
        effect: an effect of a shell command.
        shown: what the call printed, plain.
        is_alone: no other effect of the call is of the same program.
    """
    for row in _rows_of(effect.program, effect.verb):
        if row.is_shared and not is_alone:
            continue
        match = pattern(row.line, multiline=True).search(shown)
        if match is not None:
            return row.status, match.group(0).strip()
    return None
