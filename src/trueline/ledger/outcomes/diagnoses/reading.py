"""Read the results of linters, type checkers, formatters and builds that an output shows.

As with tests, only a tool's own closing words count, or, for tools that have none, lines in
their exact form.  A tool that says nothing when all is well has no diagnosis then; its exit
status speaks.

**Covers** the tools of `rows.json`, in colour or plain.
**Does not cover** what is wrong in the code; a diagnosis is a count and a word, no more.
"""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Final

from msgspec.structs import replace

from trueline.core.patterns import pattern_set
from trueline.ledger.model import Diagnosis
from trueline.ledger.outcomes.diagnoses.rows import FoundDiagnosis, diagnosis_rows, row_diagnoses
from trueline.ledger.outcomes.plain import literal, plain, quote_of

_SHORT: Final = 200
"""Characters of an output that is likely to come again."""


@cache
def _dispatch() -> tuple[Callable[[str], list[int]], tuple[int, ...]]:
    """Return the test for all marks, and which row each mark calls for."""
    marks: list[str] = []
    owners: list[int] = []
    for position, row in enumerate(diagnosis_rows()):
        marks += [literal(mark) for mark in row.marks]
        owners += [position] * len(row.marks)
    return pattern_set(marks), tuple(owners)


def parse_diagnoses(text: str, hint: str = "") -> tuple[Diagnosis, ...]:
    """Return what linters, type checkers, formatters and builds say in `text`, in order.

    Args:
        text: what a command printed.
        hint: the command, which tells apart tools that print alike.
    """
    return _of_short(text, hint) if len(text) <= _SHORT else _diagnoses(text, hint)


def _diagnoses(text: str, hint: str) -> tuple[Diagnosis, ...]:
    marks, owners = _dispatch()
    hits = marks(text)
    if not hits and "\x1b" not in text and "\r" not in text:
        return ()
    shown = plain(text)
    if shown is not text:
        hits = marks(shown)
    rows = diagnosis_rows()
    found: list[tuple[int, FoundDiagnosis]] = []
    for position in sorted({owners[hit] for hit in hits}):
        found += [(position, item) for item in row_diagnoses(rows[position], shown, hint)]
    return tuple(
        replace(item.diagnosis, quote=quote_of(shown, item.start, item.end, text))
        for item in _settled(found)
    )


_of_short = lru_cache(maxsize=1024)(_diagnoses)
"""Tools say the same few words again and again."""


def _settled(found: list[tuple[int, FoundDiagnosis]]) -> Iterable[FoundDiagnosis]:
    """Drop overlaps and unneeded fallbacks, and put parts of one result together."""
    if len(found) == 1:
        return [found[0][1]]
    firm = {item.diagnosis.verb for _, item in found if not item.is_fallback}
    kept: list[FoundDiagnosis] = []
    taken = -1
    for _, item in sorted(found, key=lambda pair: (pair[1].start, pair[0])):
        if item.start < taken or (item.is_fallback and item.diagnosis.verb in firm):
            continue
        taken = item.end
        last = kept[-1] if kept else None
        if last is not None and last.is_part and item.is_part and _is_same_tool(last, item):
            kept[-1] = _joined(last, item)
        else:
            kept.append(item)
    return kept


def _is_same_tool(left: FoundDiagnosis, right: FoundDiagnosis) -> bool:
    return left.diagnosis.tool == right.diagnosis.tool


def _joined(left: FoundDiagnosis, right: FoundDiagnosis) -> FoundDiagnosis:
    """Return two parts as one; the words of the first bad part, else of the last, are quoted."""
    a, b = left.diagnosis, right.diagnosis
    telling = left if not a.is_ok else right
    diagnosis = replace(
        a,
        is_ok=a.is_ok and b.is_ok,
        errors=_added(a.errors, b.errors),
        warnings=_added(a.warnings, b.warnings),
    )
    return FoundDiagnosis(telling.start, telling.end, diagnosis, is_part=True)


def _added(left: int | None, right: int | None) -> int | None:
    return right if left is None else left if right is None else left + right
