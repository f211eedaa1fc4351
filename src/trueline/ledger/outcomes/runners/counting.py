"""From printed words to a `TestReport`: the arithmetic that all test runners share.

Runners print totals as `3 failed, 2 passed` or as `Failures: 3, Passed: 2`; which word means
what stands in `labels.json`.  What a runner does not print is computed only where nothing
else could be true.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from trueline.core.patterns import Match, pattern
from trueline.ledger.model import TestReport

Bucket = Literal["passed", "failed", "errors", "outside", "skipped", "total", "other"]
"""`outside` are errors that belong to no test; `other` are tests in none of these states."""
Counts = dict[str, int]

MAX_REPORTS: Final = 200
"""Runs of one runner read from one output; the rest of a flood adds nothing."""

MAX_EVENTS: Final = 20_000
"""Lines of single tests read from one output; beyond that they can't be counted."""

MAX_NAMES: Final = 50
_MAX_DIGITS: Final = 9
_GROUPS: Final = frozenset({"passed", "failed", "errors", "outside", "skipped", "total"})
_MAX_NAME_CHARS: Final = 300

_COUNT_LABEL: Final = r"(\d+) +([A-Za-z]+(?:[ -][a-z]+){0,3})"
_LABEL_COUNT: Final = r"([A-Za-z][A-Za-z ]*?) *[:=]? *(\d+)"


class Found(Struct, frozen=True, gc=False):
    """A report and where it stands.

    Attributes:
        start: where its lines start in the text that was searched.
        end: where they end.
        report: the totals, without a quote.
        swallows: runners whose own reports between `since` and `end` are part of this one.
        since: from where on it swallows.
    """

    start: int
    end: int
    report: TestReport
    swallows: tuple[str, ...] = ()
    since: int = 0


@cache
def _labels() -> dict[str, Bucket]:
    data = Path(__file__).with_name("labels.json").read_bytes()
    table = msgspec.json.decode(data, type=dict[Bucket, tuple[str, ...]])
    return {label: bucket for bucket, labels in table.items() for label in labels}


@lru_cache(maxsize=512)
def bucket_of(label: str) -> Bucket | None:
    """Return what a runner means by `label`, trying it whole and then its first words."""
    labels = _labels()
    words = label.lower().replace("-", " ").split()
    if words and words[0] == "subtests":
        return "outside" if "failed" in words else None  # parts of tests that are counted
    if words and words[0] in ("test", "tests", "hook", "hooks") and len(words) > 1:
        words = words[1:]
    for size in range(len(words), 0, -1):
        found = labels.get(" ".join(words[:size]))
        if found is not None:
            return found
    return None


def count_labels(text: str) -> Counts:
    """Return the sums by bucket of a list such as `3 failed, 2 passed`."""
    return _sum((label, digits) for digits, label in pattern(_COUNT_LABEL).findall(text))


def label_counts(text: str) -> Counts:
    """Return the sums by bucket of a list such as `Failed: 3, Passed: 2`."""
    return _sum(pattern(_LABEL_COUNT).findall(text))


def _sum(pairs: Iterable[tuple[str, str]]) -> Counts:
    counts: Counts = {}
    for label, digits in pairs:
        bucket = bucket_of(label)
        if bucket is not None:
            counts[bucket] = counts.get(bucket, 0) + whole(digits)
    return counts


def whole(digits: str | None) -> int:
    """Return a number that a runner printed, 0 for none; absurdly long ones are cut."""
    return int(digits[:_MAX_DIGITS]) if digits else 0


def grouped(match: Match) -> Counts:
    """Return the sums by bucket of a match whose groups are named after buckets.

    A digit after the bucket's name (`skipped2`) adds to the same bucket.
    """
    counts: Counts = {}
    for name, digits in match.groupdict().items():
        bucket = name.rstrip("0123456789")
        if digits is not None and bucket in _GROUPS:
            counts[bucket] = counts.get(bucket, 0) + whole(digits)
    return counts


def make_report(
    runner: str, counts: Mapping[str, int], *, is_ok: bool = True, failures: tuple[str, ...] = ()
) -> TestReport:
    """Return the report for `counts`, computing what follows from them.

    Args:
        runner: its name.
        counts: by bucket; a bucket that is not there was not printed. `passed` as -1 means
            that it can't be known.
        is_ok: False if the runner's words say that the run failed, whatever the counts.
        failures: names of failing tests.
    """
    failed, errors = counts.get("failed", 0), counts.get("errors", 0)
    skipped = counts.get("skipped", 0)
    passed, total = counts.get("passed"), counts.get("total")
    if passed is None and total is not None:
        passed = total - failed - errors - skipped
    if passed is not None and passed < 0:
        passed = None
    if total is None and passed is not None:
        total = passed + failed + errors + skipped + counts.get("other", 0)
    errors += counts.get("outside", 0)
    return TestReport(
        runner=runner,
        passed=passed,
        failed=failed,
        errors=errors,
        skipped=skipped,
        total=total,
        is_ok=is_ok and not failed and not errors,
        failures=failures,
    )


def matches(source: str, text: str) -> Iterator[Match]:
    """Yield the first matches of `source` in `text`, line by line."""
    return islice(pattern(source, multiline=True).finditer(text), MAX_REPORTS)


def many(source: str, text: str) -> Iterator[Match]:
    """Yield up to `MAX_EVENTS` matches of `source`, for lines that stand for one test each."""
    return islice(pattern(source, multiline=True).finditer(text), MAX_EVENTS)


def names(source: str, text: str) -> tuple[str, ...]:
    """Return what group 1 of `source` matches in `text`: each once, at most `MAX_NAMES`."""
    found: dict[str, None] = {}
    for match in islice(pattern(source, multiline=True).finditer(text), MAX_NAMES * 4):
        name: str = match.group(1)
        found[name.strip()[:_MAX_NAME_CHARS]] = None
        if len(found) >= MAX_NAMES:
            break
    return tuple(name for name in found if name)


def gaps(found: Iterable[tuple[int, int]], text: str) -> Iterator[str]:
    """Yield for each span the text between the one before it and itself."""
    last = 0
    for start, end in found:
        yield text[last:start]
        last = end
