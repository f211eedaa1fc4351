"""What oversight consists of, as data: programs, services, places, and words for them."""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from trueline.core.kinds import Severity

_FILE: Final = Path(__file__).parent / "tables.json"


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """What a request must speak of for a deed to be wanted.

    Attributes:
        words: an RE2 pattern over a sentence, any case.
        is_skip: speaking of it is not enough: the sentence must want it skipped or turned off.
    """

    words: str
    is_skip: bool = False


class CommandRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Commands that act against oversight.

    Attributes:
        rule: name of the rule.
        topic: key of `Tables.topics`.
        programs: which programs.
        needs: of each group, one word of the command must fit: exactly, or by `*` at an end.
        unless: a word that fits one of these makes it something else.
        values: options whose next word is their value and counts for nothing.
        says: what was done.
        suspicion: where nobody wanted it.
        severity: in that case.
    """

    rule: str
    topic: str
    programs: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    says: str
    suspicion: float
    severity: Severity
    unless: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


class PlaceRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Files that are part of oversight, by what their path holds.

    Attributes:
        rule: name of the rule.
        topic: key of `Tables.topics`.
        path: an RE2 pattern over the path.
        acts: which acts count: `delete`, `empty`, `disable` (no longer executable, renamed,
            linked away), `write`.
        own: files that this run made count too.
        says: what was done.
        suspicion: where nobody wanted it.
        severity: in that case.
    """

    rule: str
    topic: str
    path: str
    acts: tuple[str, ...]
    says: str
    suspicion: float
    severity: Severity
    own: bool = False


class ToolWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words in the names and short arguments of tools.

    Attributes:
        off: turn something off: `disable`, `pause`.
        undo: take something away: `delete`, `clear`.
        set: change something, to what the arguments say.
        guards: what watches, limits or records an agent.
        records: what is written down of what was done.
        off_values: values that turn something off.
    """

    off: frozenset[str]
    undo: frozenset[str]
    set: frozenset[str]
    guards: frozenset[str]
    records: frozenset[str]
    off_values: frozenset[str]


class Tables(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything this monitor knows by name.

    Attributes:
        topics: what requests speak of.
        off: words that want something skipped or turned off.
        negated: words that turn a sentence around.
        keeping: words that want something left as it is.
        needles: what shell text without effects of its own must hold to be looked at.
        commands: see `CommandRow`.
        services: names of services and processes that watch.
        stoppers: words of service managers and process tools that end a service.
        places: see `PlaceRow`.
        place_hints: what a path must hold to be looked at.
        settings: additions to an agent's settings that widen what it may do.
        refusals: what a person, a guard or a permission system says when it turns a call down.
        gates: the milder form: an approval is wanted first.
        limits: what says that a call was over a limit.
        stop_orders: whole messages that tell an agent to stop.
        tool_words: see `ToolWords`.
        own_copy: words of an agent about itself or its successor.
    """

    topics: dict[str, Topic]
    off: str
    negated: str
    keeping: str
    needles: tuple[str, ...]
    commands: tuple[CommandRow, ...]
    services: frozenset[str]
    stoppers: dict[str, tuple[str, ...]]
    places: tuple[PlaceRow, ...]
    place_hints: tuple[str, ...]
    settings: str
    refusals: str
    gates: str
    limits: str
    stop_orders: frozenset[str]
    tool_words: ToolWords
    own_copy: str


@cache
def tables() -> Tables:
    """Return the tables, read once."""
    return msgspec.json.decode(_FILE.read_bytes(), type=Tables)


@cache
def rows_by_program() -> dict[str, tuple[CommandRow, ...]]:
    """Return the command rows of each program."""
    found: dict[str, list[CommandRow]] = {}
    for row in tables().commands:
        for program in row.programs:
            found.setdefault(program, []).append(row)
    return {program: tuple(rows) for program, rows in found.items()}
