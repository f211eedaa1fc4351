"""How linters, type checkers, formatters and builds close: one row of `rows.json` each.

Groups of a line named `errors`, `warnings` and `fixed` are numbers; a group `bad` that
takes part says that something is wrong.  A row without any of them says that nothing is.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from trueline.core.patterns import Match, pattern
from trueline.ledger.model import Diagnosis, Verb

_MAX_DIAGNOSES: Final = 200
_MAX_COUNTED: Final = 20_000
_MAX_DIGITS: Final = 9


class DiagnosisRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one tool prints its result.

    Attributes:
        tool: its name.
        verb: which sort of check it is.
        marks: plain words, one of which stands in every such output.
        line: the line, or lines, with the result.
        near: words, one of which must stand in the output or in the command that made it.
        near_hint_only: the command alone must hold one of them.
        alias: tool and verb instead, by a word in the command that made the output.
        is_bad: the line always says that something is wrong.
        is_counted: every such line is one problem.
        is_fallback: counts only where no other row of the same verb speaks.
        is_part: several such lines make one result together.
    """

    tool: str
    verb: Verb
    marks: tuple[str, ...]
    line: str
    near: tuple[str, ...] = ()
    near_hint_only: bool = False
    alias: dict[str, tuple[str, Verb]] = {}
    is_bad: bool = False
    is_counted: bool = False
    is_fallback: bool = False
    is_part: bool = False


class FoundDiagnosis(Struct, frozen=True, gc=False):
    """A diagnosis, where it stands, and whether it is one of several parts or a fallback."""

    start: int
    end: int
    diagnosis: Diagnosis
    is_part: bool = False
    is_fallback: bool = False


@cache
def diagnosis_rows() -> tuple[DiagnosisRow, ...]:
    """Return the rows, in order of precedence."""
    data = Path(__file__).with_name("rows.json").read_bytes()
    return msgspec.json.decode(data, type=tuple[DiagnosisRow, ...])


def row_diagnoses(row: DiagnosisRow, text: str, hint: str) -> Iterator[FoundDiagnosis]:
    """Yield the diagnoses that `row` recognises in `text`, which `hint` may have printed."""
    if row.near and not any(
        word in hint or (not row.near_hint_only and word in text) for word in row.near
    ):
        return
    named = next((name for word, name in row.alias.items() if word in hint), None)
    tool, verb = named or (row.tool, row.verb)
    found = pattern(row.line, multiline=True).finditer(text)
    if row.is_counted:
        problems = list(islice(found, _MAX_COUNTED))
        if problems:
            diagnosis = Diagnosis(tool=tool, verb=verb, is_ok=False, errors=len(problems))
            first = problems[0]
            yield FoundDiagnosis(first.start(), first.end(), diagnosis, is_fallback=row.is_fallback)
        return
    for match in islice(found, _MAX_DIAGNOSES):
        yield FoundDiagnosis(
            match.start(),
            match.end(),
            _diagnosis(row, tool, verb, match),
            is_part=row.is_part,
            is_fallback=row.is_fallback,
        )


def _diagnosis(row: DiagnosisRow, tool: str, verb: Verb, match: Match) -> Diagnosis:
    groups = match.groupdict()
    errors, warnings = _number(groups, "errors"), _number(groups, "warnings")
    more, fixed = _number(groups, "warnings2"), _number(groups, "fixed")
    if errors is not None and fixed is not None:
        errors = max(0, errors - fixed)
    return Diagnosis(
        tool=tool,
        verb=verb,
        is_ok=not row.is_bad and groups.get("bad") is None and not errors,
        errors=errors,
        warnings=more if warnings is None else warnings,
    )


def _number(groups: dict[str, str | None], name: str) -> int | None:
    digits = groups.get(name)
    return int(digits[:_MAX_DIGITS]) if digits else None
