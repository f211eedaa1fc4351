"""Test runners of JavaScript and TypeScript whose totals stand on several lines."""

from collections.abc import Iterator
from typing import Final

from trueline.ledger.outcomes.runners.counting import (
    Counts,
    Found,
    count_labels,
    gaps,
    make_report,
    matches,
    names,
    whole,
)

_JEST: Final = r"^(?:[ \t]*Test Suites: +(.*) total\n)?[ \t]*Tests: +((?:\d+ [a-z]+, )*\d+ total)$"
_JEST_NAMES: Final = r"^ +● (.+)$"
_JEST_JSON: Final = (
    r'"numFailedTestSuites":(\d+),"numFailedTests":(\d+),"numPassedTestSuites":\d+,'
    r'"numPassedTests":(\d+),"numPendingTestSuites":\d+,"numPendingTests":(\d+)'
)
_VITEST: Final = (
    r"^(?: *Test Files +(.*)\n)? *Tests  +(no tests|(?:\d+ [a-z ]+?(?: \| )?)+)(?: \((\d+)\))?"
    r" *$(?:\n *(?:Type )?Errors  +(?:no errors|(\d+) errors?) *$)?"
)
_VITEST_NAMES: Final = r"^ *FAIL +(\S.* > .+)$"
_MOCHA: Final = (
    r"^ *(\d+) passing \(\d+(?:ms|s|m|h|d)\)$(?:\n *(\d+) pending$)?(?:\n *(\d+) failing$)?"
)
_MOCHA_NAMES: Final = r"^ +\d+\) (\S.*)$"
_CYPRESS: Final = (
    r"^ *\S? *(?:All specs passed!|(\d+) of \d+ failed \(\d+%\)) +[\d:ms]+"
    r" +(\d+) +(\d+|-) +(\d+|-) +(\d+|-) +(\d+|-) *$"
)
_AVA: Final = (
    r"^ *─\n\n?((?: +\d+ (?:tests? (?:passed|failed|skipped|todo)|known failures?|"
    r"uncaught exceptions?|unhandled rejections?|(?:test )?hooks? failed)\n?)+)"
)
_PLAYWRIGHT: Final = (
    r"(?:^ {2}\d+ (?:failed|interrupted|flaky|skipped|did not run|passed|errors? w(?:as|ere) not)"
    r"(?: a part of any test.*| \(\d+(?:\.\d+)?(?:ms|s|m|h)\))?\n?(?: {4}\S.*\n?)*)+"
)
_PLAYWRIGHT_TIMED: Final = r" passed \(\d+(?:\.\d+)?(?:ms|s|m|h)\)"
_PLAYWRIGHT_NAMES: Final = r"^ {4}(\S.* › .*?)[ ─]*$"
_BUN: Final = (
    r"(?:^ *\d+ (?:pass|fail|skip|todo|errors?|expect\(\) calls|snapshots?.*)\n)+"
    r"^ *Ran (\d+) tests? across \d+ files?\."
)
_BUN_NAMES: Final = r"^(?:\(fail\)|✗) (.+?)(?: \[[\d.]+m?s\])?$"
_KARMA: Final = (
    r"Executed (\d+) of (\d+)(?: \((\d+) FAILED\))?(?: \(skipped (\d+)\))?"
    r"(?: (SUCCESS|ERROR|DISCONNECTED))?"
)


def jest_reports(text: str, hint: str) -> Iterator[Found]:
    """Yield the totals of Jest; a suite that could not run is an error."""
    found = list(matches(_JEST, text))
    spans = [(match.start(), match.end()) for match in found]
    for match, before in zip(found, gaps(spans, text), strict=True):
        counts = {"passed": 0} | count_labels(match.group(2))
        suites = count_labels(match.group(1) or "").get("failed", 0)
        if suites and not counts.get("failed"):
            counts["errors"] = suites
            counts["passed"] = counts.get("passed", 0)
        failures = tuple(
            name for name in names(_JEST_NAMES, before) if name != "Test suite failed to run"
        )
        report = make_report("jest", counts, failures=failures)
        yield Found(match.start(), match.end(), report)
    if not found:
        for match in matches(_JEST_JSON, text):
            suites, failed, passed, pending = (whole(part) for part in match.groups())
            counts = {"passed": passed, "failed": failed, "skipped": pending}
            runner = "vitest" if "vitest" in hint else "jest"
            report = make_report(runner, counts, is_ok=not suites)
            yield Found(match.start(), match.end(), report)


def vitest_reports(text: str) -> Iterator[Found]:
    """Yield the totals of Vitest; files that could not run and unhandled errors are errors."""
    found = list(matches(_VITEST, text))
    spans = [(match.start(), match.end()) for match in found]
    for match, before in zip(found, gaps(spans, text), strict=True):
        files, tests, total, errors = match.groups()
        if files is None and total is None:
            continue
        counts: Counts = {"passed": 0} | count_labels(tests)
        counts["errors"] = whole(errors)
        if not counts.get("failed"):
            counts["errors"] += count_labels(files or "").get("failed", 0)
        counts["total"] = whole(total)
        failures = names(_VITEST_NAMES, before)
        yield Found(match.start(), match.end(), make_report("vitest", counts, failures=failures))


def mocha_reports(text: str) -> Iterator[Found]:
    """Yield the totals of Mocha's reporters, and of Cypress, which prints them too."""
    found = list(matches(_MOCHA, text))
    spans = [(match.start(), match.end()) for match in found]
    for match, before in zip(found, gaps(spans, text), strict=True):
        passed, pending, failed = (whole(part) for part in match.groups())
        counts = {"passed": passed, "skipped": pending, "failed": failed}
        failures = names(_MOCHA_NAMES, before) if failed else ()
        yield Found(match.start(), match.end(), make_report("mocha", counts, failures=failures))
    if "(Run Finished)" in text:
        yield from _cypress_reports(text)


def _cypress_reports(text: str) -> Iterator[Found]:
    last = 0
    for match in matches(_CYPRESS, text):
        bad, *columns = match.groups()
        total, passed, failed, pending, skipped = (whole(column.strip("-")) for column in columns)
        counts = {
            "total": total,
            "passed": passed,
            "failed": failed,
            "skipped": pending + skipped,
        }
        failures = names(_MOCHA_NAMES, text[last : match.start()]) if failed else ()
        report = make_report("cypress", counts, is_ok=bad is None, failures=failures)
        yield Found(match.start(), match.end(), report, swallows=("mocha",), since=last)
        last = match.end()


def ava_reports(text: str) -> Iterator[Found]:
    """Yield the totals of AVA: the list under its closing rule."""
    for match in matches(_AVA, text):
        counts = {"passed": 0} | count_labels(match.group(1))
        yield Found(match.start(1), match.end(), make_report("ava", counts))


def playwright_reports(text: str) -> Iterator[Found]:
    """Yield the totals of Playwright Test: the block of counts that closes a run."""
    is_announced = "Running " in text and " using " in text
    for match in matches(_PLAYWRIGHT, text):
        block: str = match.group(0)
        if not is_announced and not any(matches(_PLAYWRIGHT_TIMED, block)):
            continue
        head = "\n".join(line for line in block.split("\n") if not line.startswith("    "))
        counts = {"passed": 0} | count_labels(head)
        failures = names(_PLAYWRIGHT_NAMES, block) if counts.get("failed") else ()
        report = make_report("playwright", counts, failures=failures)
        yield Found(match.start(), match.end(), report)


def bun_reports(text: str) -> Iterator[Found]:
    """Yield the totals of `bun test`."""
    found = list(matches(_BUN, text))
    spans = [(match.start(), match.end()) for match in found]
    for match, before in zip(found, gaps(spans, text), strict=True):
        counts = {"passed": 0} | count_labels(match.group(0).rsplit("\n", 1)[0])
        counts["total"] = whole(match.group(1))
        failures = names(_BUN_NAMES, before)
        yield Found(match.start(), match.end(), make_report("bun test", counts, failures=failures))


def karma_reports(text: str) -> Iterator[Found]:
    """Yield the last count of Karma's progress line, which is its total."""
    last = None
    for match in matches(_KARMA, text[-20_000:]):
        last = match
    if last is None:
        return
    ran, total, failed, skipped = (whole(part) for part in last.groups()[:4])
    word = last.group(5)
    if word is None and not failed and ran + skipped < total:
        return
    counts = {"total": total, "failed": failed, "skipped": total - ran}
    offset = max(0, len(text) - 20_000)
    report = make_report("karma", counts, is_ok=word not in ("ERROR", "DISCONNECTED"))
    yield Found(last.start() + offset, last.end() + offset, report)
