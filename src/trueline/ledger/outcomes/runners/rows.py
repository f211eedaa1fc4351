"""Test runners whose totals stand on one line: one row of `rows.json` each.

A row names the runner, marks one of which must occur, and the line.  Groups of the line
named after buckets (`passed`, `failed`, `errors`, `skipped`, `total`) are numbers; a group
`list` is a list such as `3 failed, 2 passed` (`style` `count-label`) or `Failed: 3`
(`label-count`); a group `bad` that takes part says that the run failed.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from trueline.core.patterns import Match
from trueline.ledger.outcomes.runners.counting import (
    Counts,
    Found,
    count_labels,
    grouped,
    label_counts,
    make_report,
    matches,
    names,
)


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one runner prints its totals.

    Attributes:
        runner: its name.
        marks: plain words, one of which stands in every output of it.
        line: the line, or lines, with the totals.
        style: how the group `list` counts.
        near: words, one of which must stand in the output or in the command that made it.
        alias: other names of the runner, by a word in the command that made the output.
        names: what names a failing test, in group 1.
        names_after: failing tests are named after the totals.
        names_stop: words after which no failing tests are named any more.
        is_none: the line says that no test was run.
        is_passed_unsaid: the totals do not say how many passed, and it can't be computed.
        is_sum: lines of one output are parts of one run.
        swallows: runners whose reports before it are part of this one.
        source: where the format is written down, or which version printed it.
    """

    runner: str
    marks: tuple[str, ...]
    line: str
    style: Literal["count-label", "label-count"] = "count-label"
    near: tuple[str, ...] = ()
    alias: dict[str, str] = {}
    names: str = ""
    names_after: bool = False
    names_stop: tuple[str, ...] = ()
    is_none: bool = False
    is_passed_unsaid: bool = False
    is_sum: bool = False
    swallows: tuple[str, ...] = ()
    source: str = ""


@cache
def test_rows() -> tuple[Row, ...]:
    """Return the rows, in order of precedence."""
    data = Path(__file__).with_name("rows.json").read_bytes()
    return msgspec.json.decode(data, type=tuple[Row, ...])


def row_reports(row: Row, text: str, hint: str) -> Iterator[Found]:
    """Yield the reports that `row` recognises in `text`, which `hint` may have printed."""
    if row.near and not any(word in text or word in hint for word in row.near):
        return
    found = list(matches(row.line, text))
    if not found:
        return
    runner = next((name for word, name in row.alias.items() if word in hint), row.runner)
    if row.is_none:
        del found[1:]
    if row.is_sum and len(found) > 1:
        yield _sum(row, runner, found, text)
        return
    last = 0
    for position, match in enumerate(found):
        following = found[position + 1].start() if position + 1 < len(found) else len(text)
        segment = text[match.end() : following] if row.names_after else text[last : match.start()]
        yield _found(row, runner, match, segment, last)
        last = match.end()


def _counts(row: Row, match: Match) -> Counts:
    if row.is_none:
        return {"passed": 0, "total": 0}
    counts = grouped(match)
    listed = match.groupdict().get("list")
    if listed:
        for bucket, number in _listed(row, listed).items():
            counts[bucket] = counts.get(bucket, 0) + number
    if "passed" not in counts and "total" not in counts:
        counts["passed"] = 0
    if row.is_passed_unsaid:
        counts["passed"] = -1
    return counts


def _listed(row: Row, listed: str) -> Counts:
    return count_labels(listed) if row.style == "count-label" else label_counts(listed)


def _is_bad(row: Row, match: Match) -> bool:
    return row.is_none or match.groupdict().get("bad") is not None


def _found(row: Row, runner: str, match: Match, segment: str, since: int) -> Found:
    counts = _counts(row, match)
    is_bad = _is_bad(row, match)
    failures: tuple[str, ...] = ()
    if row.names and (is_bad or counts.get("failed") or counts.get("errors")):
        for words in row.names_stop:
            segment = segment.partition(words)[0]
        failures = names(row.names, segment)
    report = make_report(runner, counts, is_ok=not is_bad, failures=failures)
    return Found(match.start(), match.end(), report, row.swallows, since)


def _sum(row: Row, runner: str, found: list[Match], text: str) -> Found:
    counts: Counts = {}
    for match in found:
        for bucket, number in _counts(row, match).items():
            counts[bucket] = counts.get(bucket, 0) + number
    bad = [match for match in found if _is_bad(row, match)]
    failures = names(row.names, text) if row.names and bad else ()
    report = make_report(runner, counts, is_ok=not bad, failures=failures)
    telling = bad[0] if bad else found[-1]
    return Found(telling.start(), telling.end(), report, row.swallows)
