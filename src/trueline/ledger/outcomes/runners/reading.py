"""Read the totals of every test runner that an output shows, in order.

One pass over the raw text finds which runners' marks occur at all; only then is the text
made plain and are those runners' readers run.  Nothing counts without a runner's own frame,
so that a log line with the word `failed` in it is not a failed test.

**Covers** the runners of `rows.json` and the reader modules beside this one, in colour or
plain, with prefixes of containers, build servers and monorepo tools.
**Does not cover** totals that stand in a report file only, and runners that print none.
"""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Final

from msgspec.structs import replace

from trueline.core.patterns import pattern_set
from trueline.ledger.model import TestReport
from trueline.ledger.outcomes.plain import literal, plain, quote_of
from trueline.ledger.outcomes.runners import compiled, javascript, jvm, python, tap
from trueline.ledger.outcomes.runners.counting import Found
from trueline.ledger.outcomes.runners.rows import row_reports, test_rows

Reader = Callable[[str, str], Iterator[Found]]


def _any(read: Callable[[str], Iterator[Found]]) -> Reader:
    """Return a reader that needs no hint as one that is given it."""
    return lambda text, _hint: read(text)


_READERS: Final[tuple[tuple[tuple[str, ...], Reader], ...]] = (
    ((r"\d (?:passed|failed|skipped|x?failed|xpassed|deselected|errors?)\b.* in \d",
      r"no tests ran in \d", r"Results \(", r"FAILED .*\.py::", r"\.py::.* FAILED "),
     _any(python.pytest_reports)),
    ((r"Ran \d+ tests? in \d", r"FAILED \([a-z]", r"(?m)^OK(?: \(|$)"), python.unittest_reports),
    ((r"Test Failed\*\*\* \d", r"Test passed\."), _any(python.doctest_reports)),
    ((r"Output:  ",), _any(python.robot_reports)),
    ((r"Tests: +\d.*total", r"numFailedTestSuites"), javascript.jest_reports),
    ((r"Tests  +(?:\d|no tests)",), _any(javascript.vitest_reports)),
    ((r"\d passing \(", r"\(Run Finished\)"), _any(javascript.mocha_reports)),
    ((r"─\n\n? ",), _any(javascript.ava_reports)),
    ((r"\d (?:passed \(\d|failed\n    )",), _any(javascript.playwright_reports)),
    ((r"Ran \d+ tests? across ",), _any(javascript.bun_reports)),
    ((r"Executed \d+ of \d",), _any(javascript.karma_reports)),
    ((r"(?:#|ℹ) (?:pass|fail)[ \t]+\d", r"1\.\.\d", r"# \{ total: \d"), tap.tap_reports),
    ((r"Result: (?:PASS|FAIL|NOTESTS)",), _any(tap.prove_reports)),
    ((r"(?:ok|FAIL|\?)[ \t]+\S+[ \t]+(?:\d+\.\d+s|\(cached\)|\[)", r"--- FAIL: ",
      r'"Action":"', r"^FAIL\n?$"), compiled.go_reports),
    ((r"test result: (?:ok|FAILED)",), _any(compiled.cargo_reports)),
    ((r"\[==========\] \d",), _any(compiled.gtest_reports)),
    ((r"Executed \d+ tests?, with ",), _any(compiled.xctest_reports)),
    ((r"\[ FAIL \d",), _any(compiled.testthat_reports)),
    ((r"Tests run: \d",), _any(jvm.maven_reports)),
    ((r"\d tests? completed, ", r"There were failing tests"), _any(jvm.gradle_reports)),
    ((r"\d tests found ",), _any(jvm.junit_console_reports)),
)  # fmt: skip
"""Marks (RE2) and the reader that they call for, in order of precedence."""


@cache
def _dispatch() -> tuple[Callable[[str], list[int]], tuple[int, ...], tuple[Reader, ...]]:
    """Return the test for all marks, which reader each mark calls for, and the readers."""
    marks: list[str] = []
    owners: list[int] = []
    readers: list[Reader] = []
    for patterns, reader in _READERS:
        marks += patterns
        owners += [len(readers)] * len(patterns)
        readers.append(reader)
    for row in test_rows():
        marks += [literal(mark) for mark in row.marks]
        owners += [len(readers)] * len(row.marks)
        readers.append(partial(row_reports, row))
    return pattern_set(marks), tuple(owners), tuple(readers)


def parse_tests(text: str, hint: str = "") -> tuple[TestReport, ...]:
    """Return the totals that test runners printed in `text`, in order.

    Args:
        text: what a command printed.
        hint: the command, which tells apart runners that print alike; it never makes a
            report of lines that no runner printed.
    """
    marks, owners, readers = _dispatch()
    hits = marks(text)
    if not hits and "\x1b" not in text and "\r" not in text:
        return ()
    shown = plain(text)
    if shown is not text:
        hits = marks(shown)
    if not hits:
        return ()
    found: list[tuple[int, Found]] = []
    for position in sorted({owners[hit] for hit in hits}):
        found += [(position, item) for item in readers[position](shown, hint)]
    return tuple(
        replace(item.report, quote=quote_of(shown, item.start, item.end, text))
        for item in _settled(found)
    )


def _settled(found: list[tuple[int, Found]]) -> list[Found]:
    """Drop what another report swallows or already stands for, and put the rest in order."""
    if len(found) == 1:
        return [found[0][1]]
    swallowers = [item for _, item in found if item.swallows]
    kept: list[Found] = []
    taken = -1
    for _, item in sorted(found, key=lambda pair: (pair[1].start, pair[0])):
        runner = item.report.runner
        is_swallowed = any(
            other is not item and runner in other.swallows and other.since <= item.start < other.end
            for other in swallowers
        )
        if is_swallowed or item.start < taken:
            continue
        kept.append(item)
        taken = item.end
    if len(kept) > 1:
        others = [item for item in kept if item.report.runner != "script"]
        kept = others or kept
    return kept
