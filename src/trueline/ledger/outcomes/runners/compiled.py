"""Test runners whose totals must be added up: go test, cargo test, googletest, XCTest, testthat."""

from collections.abc import Iterable, Iterator
from typing import Final

from trueline.core.patterns import Match
from trueline.ledger.model import TestReport
from trueline.ledger.outcomes.runners.counting import (
    MAX_EVENTS,
    MAX_NAMES,
    Counts,
    Found,
    gaps,
    grouped,
    make_report,
    many,
    matches,
    names,
    whole,
)

_GO_PACKAGE: Final = (
    r"^[ \t]*(ok|FAIL|\?)(?: *\t| {2,})(\S+)(?: *\t| {2,})"
    r"(?:\d+\.\d+s|\(cached\)|\[no test files\]|\[(?:build|setup) failed\])(?:[ \t].*)?$"
)
_GO_TEST: Final = r"^( *)--- (PASS|FAIL|SKIP): (\S+) \(\d"
_GO_BUILD: Final = "build failed]"
_GO_SETUP: Final = "setup failed]"
_GO_JSON: Final = (
    r'"Action":"(pass|fail|skip)","Package":"([^"]*)"(?:,"Test":"([^"]*)")?,"Elapsed":'
)

_CARGO: Final = (
    r"^test result: (ok|FAILED)\. (?P<passed>\d+) passed; (?P<failed>\d+) failed; "
    r"(?P<skipped>\d+) ignored; \d+ measured(?:; \d+ filtered out)?.*$"
    r"|^ *Finished `?test`? .*$"
)
_CARGO_NAMES: Final = r"^test (.+?)(?: - should panic)? \.\.\. FAILED$"

_GTEST: Final = (
    r"^\[==========\] (?P<total>\d+) tests? from \d+ test (?:suites?|cases?) ran\..*$"
    r"(?:\n\[  PASSED  \] (?P<passed>\d+) tests?\.)?"
    r"(?:\n\[  SKIPPED \] (?P<skipped>\d+) tests?, listed below:(?:\n\[  SKIPPED \] .*)*)?"
    r"(?:\n\[  FAILED  \] (?P<failed>\d+) tests?, listed below:(?:\n\[  FAILED  \] .*)*)?"
)
_GTEST_NAMES: Final = r"^\[  FAILED  \] (\S+?\.[^\s,(]+)"

_XCTEST: Final = (
    r"^[ \t]*Executed (\d+) tests?, with (?:(\d+) tests? skipped and )?(\d+) failures? "
    r"\((\d+) unexpected\) in "
)
_XCTEST_OUTER: Final = r"^Test Suite '(?:All|Selected) tests' (?:passed|failed) at "
_XCTEST_NAMES: Final = r"^Test Case '(?:-\[)?(.+?)\]?' failed \("

_TESTTHAT: Final = (
    r"^\[ FAIL (?P<failed>\d+) \| WARN \d+ \| SKIP (?P<skipped>\d+) \| PASS (?P<passed>\d+) \]"
)
_TESTTHAT_NAMES: Final = r"^── (?:Failure|Error) \(.*?\)(?:: (.+?))? ─"


def go_reports(text: str, hint: str) -> Iterator[Found]:
    """Yield what `go test` says of all packages of one output, plain, `-v` or `-json`.

    Without `-v` Go names packages only, so the number of tests is not known; with subtests
    it is not clear what counts as one, so it is not said either.
    """
    if '"Action":"' in text:
        found = _go_json(text)
        if found is not None:
            yield found
        return
    packages = list(matches(_GO_PACKAGE, text))
    events = list(many(_GO_TEST, text))
    if not packages:
        yield from _go_without_packages(text, hint, events)
        return
    broken = bad = empty = 0
    for match in packages:
        line: str = match.group(0)
        is_broken = _GO_BUILD in line or _GO_SETUP in line
        broken += is_broken
        bad += match.group(1) == "FAIL" and not is_broken
        empty += match.group(1) == "?" or "[no tests to run]" in line
    results = [(match.group(2), match.group(3)) for match in events]
    counts = _go_counts(results, is_verbose="--- PASS" in text or "=== RUN" in text)
    if bad and not counts.get("failed"):
        broken += bad  # a package that failed without naming a test: it panicked or timed out
    if broken:
        counts["errors"] = broken
    if empty == len(packages):
        counts = {"passed": 0, "total": 0}
    report = make_report("go test", counts, failures=_go_failures(results))
    telling = next((match for match in packages if match.group(1) == "FAIL"), packages[-1])
    yield Found(telling.start(), telling.end(), report)


def _go_counts(results: list[tuple[str, str]], *, is_verbose: bool) -> Counts:
    """Return the counts of top-level tests; passed is known only where all are printed."""
    top = [word for word, name in results if "/" not in name]
    counts: Counts = {"failed": top.count("FAIL"), "skipped": top.count("SKIP")}
    if is_verbose and len(top) == len(results) < MAX_EVENTS:
        counts["passed"] = top.count("PASS")
    else:
        counts["passed"] = -1
    return counts


def _go_failures(results: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for word, name in results if word == "FAIL"))[:MAX_NAMES]


def _go_without_packages(text: str, hint: str, events: list[Match]) -> Iterator[Found]:
    failed = [match for match in events if match.group(2) == "FAIL"]
    if failed:
        results = [(match.group(2), match.group(3)) for match in events]
        counts = _go_counts(results, is_verbose=False)
        report = make_report("go test", counts, is_ok=False, failures=_go_failures(results))
        yield Found(failed[0].start(), failed[-1].end(), report)
    elif "go test" in hint and text.strip() == "FAIL":
        start = text.index("FAIL")
        yield Found(start, start + 4, make_report("go test", {"passed": -1}, is_ok=False))


def _go_json(text: str) -> Found | None:
    events = list(many(_GO_JSON, text))
    if not events:
        return None
    words = {"pass": "PASS", "fail": "FAIL", "skip": "SKIP"}
    results = [(words[m.group(1)], m.group(3)) for m in events if m.group(3)]
    packages = [m.group(1) for m in events if not m.group(3)]
    counts = _go_counts(results, is_verbose=True)
    if "fail" in packages and not counts.get("failed"):
        counts["errors"] = packages.count("fail")
    if packages and set(packages) == {"skip"}:
        counts = {"passed": 0, "total": 0}
    report = make_report(
        "go test", counts, is_ok="fail" not in packages, failures=_go_failures(results)
    )
    telling = next((match for match in events if match.group(1) == "fail"), events[-1])
    return Found(telling.start(), telling.end(), report)


def cargo_reports(text: str) -> Iterator[Found]:
    """Yield one report for each `cargo test`: its binaries and doc tests added up."""
    groups: list[list[Match]] = [[]]
    for match in matches(_CARGO, text):
        if match.group(1) is None:
            groups.append([])
        else:
            groups[-1].append(match)
    last = 0
    for group in groups:
        if not group:
            continue
        counts: Counts = {}
        for match in group:
            for bucket, number in grouped(match).items():
                counts[bucket] = counts.get(bucket, 0) + number
        start, end = group[0].start(), group[-1].end()
        is_ok = all(match.group(1) == "ok" for match in group)
        failures = names(_CARGO_NAMES, text[last:end]) if not is_ok else ()
        report = make_report("cargo test", counts, is_ok=is_ok, failures=failures)
        # The quote is the line that decides: the first that failed, else the last.
        telling = next((match for match in group if match.group(1) != "ok"), group[-1])
        yield Found(telling.start(), telling.end(), report, since=start)
        last = end


def gtest_reports(text: str) -> Iterator[Found]:
    """Yield the totals of googletest."""
    for match in matches(_GTEST, text):
        counts = grouped(match)
        failures = names(_GTEST_NAMES, match.group(0)) if counts.get("failed") else ()
        yield Found(
            match.start(), match.end(), make_report("googletest", counts, failures=failures)
        )


def xctest_reports(text: str) -> Iterator[Found]:
    """Yield the totals of XCTest: those of the outermost suite, else the last printed."""
    found = list(matches(_XCTEST, text))
    outer = {match.end() for match in _after_outer(text, found)}
    chosen = [match for match in found if match.end() in outer] or found[-1:]
    spans = [(match.start(), match.end()) for match in chosen]
    for match, before in zip(chosen, gaps(spans, text), strict=True):
        total, skipped, failed, _ = (whole(part) for part in match.groups())
        failures = names(_XCTEST_NAMES, before) if failed else ()
        # One test may fail more than once; with names known, tests can be counted.
        counts = {"total": total, "skipped": skipped, "failed": len(failures) or failed}
        if failed and not failures:
            counts["passed"] = -1
        report = make_report("xctest", counts, is_ok=not failed, failures=failures)
        yield Found(match.start(), match.end(), report)


def _after_outer(text: str, found: list[Match]) -> Iterator[Match]:
    ends = [match.end() for match in matches(_XCTEST_OUTER, text)]
    position = 0
    for end in ends:
        while position < len(found) and found[position].start() < end:
            position += 1
        if position < len(found):
            yield found[position]


def testthat_reports(text: str) -> Iterator[Found]:
    """Yield the last count of each run of testthat, whose progress repeats the line."""
    run: list[Match] = []
    for match in matches(_TESTTHAT, text):
        if run and whole(match.group("passed")) < whole(run[-1].group("passed")):
            yield _testthat(run[-1], text[run[0].start() :])
            run = []
        run.append(match)
    if run:
        yield _testthat(run[-1], text)


def _testthat(match: Match, segment: str) -> Found:
    counts = grouped(match)
    failures = names(_TESTTHAT_NAMES, segment) if counts.get("failed") else ()
    report: TestReport = make_report("testthat", counts, failures=failures)
    return Found(match.start(), match.end(), report)
