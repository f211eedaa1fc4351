"""Test runners of Python: pytest, unittest (and Django's), doctest, Robot Framework."""

from collections.abc import Iterator
from typing import Final

from trueline.ledger.outcomes.runners.counting import (
    Counts,
    Found,
    bucket_of,
    count_labels,
    gaps,
    grouped,
    label_counts,
    make_report,
    many,
    matches,
    names,
    whole,
)

_ITEM: Final = r"\d+ [a-z]+(?: [a-z]+)?"
_TOTALS: Final = (
    rf"(?:{_ITEM}(?:, {_ITEM})*|no tests ran) in \d+\.\d+ ?s(?:econds)?(?: \(\d+:\d\d:\d\d\))?"
)
_PYTEST: Final = rf"^[ \t]*(?:=+ ({_TOTALS}) =+|({_TOTALS}))[ \t]*$"
_PYTEST_SUGAR: Final = r"^Results \(\d+\.\d+s\):\n((?:[ \t]+(?:\d+ [a-z]+|- .*)[ \t]*\n?)+)"
_PYTEST_NAMES: Final = r"^[ \t]*(?:FAILED|ERROR) (\S+\.py(?:::.*?)?)(?: - .*)?$"
_PYTEST_FAILED: Final = (
    r"^FAILED (\S+\.py::.+?)(?: - .*)?$",
    r"^(\S+\.py::.+?) FAILED +\[ *\d+%\]$",
)
"""How single failed tests are named, in the short summary and with `-v`."""

_PYTEST_CUT_OFF: Final = r"^!+ (?:KeyboardInterrupt|Interrupted|_pytest\.outcomes\.Exit)\b.*!+$"
_PYTEST_ASIDE: Final = frozenset({"warning", "warnings", "deselected", "rerun", "reruns"})

_UNITTEST: Final = (
    r"^[ \t]*Ran (?P<total>\d+) tests? in \d+\.\d+s$"
    r"\n+(?:.*\n){0,3}?[ \t]*(?P<word>OK|FAILED|NO TESTS RAN)(?: \((?P<list>[^)\n]*)\))?[ \t]*$"
)
_UNITTEST_LAST_LINE: Final = (
    r"^(?P<word>FAILED|OK) \((?P<list>(?:(?:failures|errors|skipped|expected failures|"
    r"unexpected successes)=\d+(?:, )?)+)\)[ \t]*$"
)
_UNITTEST_NAMES: Final = r"^(?:FAIL|ERROR|UNEXPECTED SUCCESS): (.+)$"
_NOT_A_TEST: Final = ("setUp", "tearDown", "unittest.loader")

_DOCTEST: Final = (
    r"^(?:(?P<passed>\d+) (?:tests )?passed(?: and (?P<failed>\d+) (?:tests )?failed)?\.\n)?"
    r"(?:\*\*\*Test Failed\*\*\* (?P<bad>\d+) failures?.*|Test passed\.)$"
)
_ROBOT: Final = (
    r"^(?P<total>\d+) tests?, (?P<passed>\d+) passed, (?P<failed>\d+) failed"
    r"(?:, (?P<skipped>\d+) skipped)?\n=+\nOutput: "
)
_ROBOT_NAMES: Final = r"^(.*\S) +\| FAIL \|$"


def pytest_reports(text: str) -> Iterator[Found]:
    """Yield the totals of pytest: framed, quiet (`-q`), or drawn by pytest-sugar."""
    found = list(matches(_PYTEST, text))
    spans = [(match.start(), match.end()) for match in found]
    for match, before in zip(found, gaps(spans, text), strict=True):
        line: str = match.group(1) or match.group(2)
        counts = _pytest_counts(line)
        if counts is None:
            continue
        is_cut_off = "!!!" in before and any(matches(_PYTEST_CUT_OFF, before))
        is_any = any(counts.values())
        is_bad = "failed" in counts or "errors" in counts or "outside" in counts
        failures = names(_PYTEST_NAMES, before) if is_bad else ()
        report = make_report("pytest", counts, is_ok=is_any and not is_cut_off, failures=failures)
        group = 1 if match.group(1) else 2
        yield Found(match.start(group), match.end(group), report)
    if not found and "FAILED" in text:
        yield from _without_totals(text)
    if "Results (" in text:
        for match in matches(_PYTEST_SUGAR, text):
            lines = [
                line for line in match.group(1).split("\n") if not line.lstrip().startswith("-")
            ]
            counts = {"passed": 0} | count_labels("\n".join(lines))
            yield Found(match.start(), match.end(), make_report("pytest", counts))


def _without_totals(text: str) -> Iterator[Found]:
    """Yield the failed tests that are named where the totals are cut off."""
    for source in _PYTEST_FAILED:
        failed = list(many(source, text))
        if failed:
            counts: Counts = {"passed": -1, "failed": len(failed)}
            report = make_report("pytest", counts, failures=names(source, text))
            yield Found(failed[0].start(), failed[0].end(), report)
            return


def _pytest_counts(line: str) -> Counts | None:
    """Return the counts of a totals line, None if it has words that pytest does not print."""
    counts: Counts = {"passed": 0}
    if line.startswith("no tests ran"):
        return counts
    for item in line.partition(" in ")[0].split(", "):
        digits, _, label = item.partition(" ")
        bucket = bucket_of(label)
        if bucket is not None:
            counts[bucket] = counts.get(bucket, 0) + whole(digits)
        elif label not in _PYTEST_ASIDE and not label.startswith("subtests "):
            return None
    return None if "collected" in line else counts


def unittest_reports(text: str, hint: str) -> Iterator[Found]:
    """Yield the totals of unittest, also as run by Django, nose2 and Twisted."""
    found = list(matches(_UNITTEST, text)) or list(matches(_UNITTEST_LAST_LINE, text))
    spans = [(match.start(), match.end()) for match in found]
    for match, before in zip(found, gaps(spans, text), strict=True):
        counts = label_counts(match.group("list") or "")
        total = match.groupdict().get("total")
        if total is not None:
            counts["total"] = whole(total)
        failures = names(_UNITTEST_NAMES, before)
        if any(name.endswith(")") and ") (" in name for name in failures) or any(
            mark in name for name in failures for mark in _NOT_A_TEST
        ):
            counts["passed"] = -1  # subtests and fixtures count apart from tests
        report = make_report(
            "unittest", counts, is_ok=match.group("word") == "OK", failures=failures
        )
        yield Found(match.start(), match.end(), report)
    if not found and ("unittest" in hint or "manage.py test" in hint):
        lines = text.rstrip().rsplit("\n", 1)
        if lines[-1] == "OK":
            end = len(text.rstrip())
            yield Found(end - 2, end, make_report("unittest", {}))


def doctest_reports(text: str) -> Iterator[Found]:
    """Yield the totals of `python -m doctest`."""
    for match in matches(_DOCTEST, text):
        counts = grouped(match)
        if match.group("bad") and "failed" not in counts:
            counts["failed"] = whole(match.group("bad"))
        yield Found(match.start(), match.end(), make_report("doctest", counts))


def robot_reports(text: str) -> Iterator[Found]:
    """Yield the totals of Robot Framework: the last line before the list of output files."""
    for match in matches(_ROBOT, text):
        failures = names(_ROBOT_NAMES, text[: match.start()])
        end = match.start() + match.group(0).index("\n")
        yield Found(match.start(), end, make_report("robot", grouped(match), failures=failures))
