"""Test runners of the JVM: Maven Surefire, Gradle, the JUnit console."""

from collections.abc import Iterator
from typing import Final

from trueline.core.patterns import Match
from trueline.ledger.outcomes.runners.counting import (
    Counts,
    Found,
    grouped,
    make_report,
    matches,
    names,
)

_MAVEN: Final = (
    r"^(?:\[(?:INFO|WARNING|ERROR)\] )?Tests run: (?P<total>\d+), Failures: (?P<failed>\d+), "
    r"Errors: (?P<errors>\d+), Skipped: (?P<skipped>\d+)(, Time elapsed: .*"
    r"|, Flakes: \d+)?[ \t]*(?:<<<.*)?$"
    r"|^\[(?:INFO|ERROR)\] BUILD (?:SUCCESS|FAILURE)[ \t]*$"
)
_MAVEN_NAMES: Final = r"^\[ERROR\] +([A-Za-z_][\w.$]*\.\w+)(?::\d+| +--| +Time elapsed|\()"

_GRADLE: Final = (
    r"^(?P<total>\d+) tests? completed, (?P<failed>\d+) failed(?:, (?P<skipped>\d+) skipped)?$"
    r"|^> (?:Process .* finished|There were failing tests\.).*$"
)
_GRADLE_NAMES: Final = r"^(\S.* > .+\S) FAILED$"

_JUNIT_CONSOLE: Final = (
    r"^\[ *(?P<total>\d+) tests found +\]\n\[ *(?P<skipped>\d+) tests skipped +\]\n"
    r"\[ *\d+ tests started +\]\n\[ *(?P<errors>\d+) tests aborted +\]\n"
    r"\[ *(?P<passed>\d+) tests successful +\]\n\[ *(?P<failed>\d+) tests failed +\]$"
)
_JUNIT_NAMES: Final = r"^ +JUnit (?:Jupiter|Vintage|Platform Suite):(.+)$"


def maven_reports(text: str) -> Iterator[Found]:
    """Yield one report for each run of Maven: the totals of its modules added up.

    Lines with a time are those of single classes; they count only where the line with
    the total is not to be seen.
    """
    run: list[Match] = []
    last = 0
    for match in matches(_MAVEN, text):
        if match.group("total") is not None:
            run.append(match)
            continue
        if run:
            yield _maven(run, text[last : match.end()])
        run, last = [], match.end()
    if run:
        yield _maven(run, text[last:])


def _maven(run: list[Match], segment: str) -> Found:
    totals = [match for match in run if not (match.group(5) or "").lstrip(", -").startswith("Time")]
    chosen = totals or run
    counts: Counts = {}
    for match in chosen:
        for bucket, number in grouped(match).items():
            counts[bucket] = counts.get(bucket, 0) + number
    failures = ()
    if counts.get("failed") or counts.get("errors"):
        failures = names(_MAVEN_NAMES, segment)
    telling = next(
        (match for match in chosen if match.group("failed") + match.group("errors") != "00"),
        chosen[-1],
    )
    report = make_report("maven", counts, failures=failures)
    return Found(telling.start(), telling.end(), report)


def gradle_reports(text: str) -> Iterator[Found]:
    """Yield what Gradle says of failing tests; of passing ones it says nothing by itself."""
    is_counted = False
    for match in matches(_GRADLE, text):
        if match.group("total") is not None:
            is_counted = True
            failures = names(_GRADLE_NAMES, text[: match.start()])
            report = make_report("gradle", grouped(match), failures=failures)
        elif is_counted or "failing tests" not in match.group(0):
            continue
        else:
            failures = names(_GRADLE_NAMES, text[: match.start()])
            report = make_report("gradle", {"passed": -1}, is_ok=False, failures=failures)
        yield Found(match.start(), match.end(), report)


def junit_console_reports(text: str) -> Iterator[Found]:
    """Yield the totals of the JUnit Platform console launcher."""
    for match in matches(_JUNIT_CONSOLE, text):
        counts = grouped(match)
        failures = names(_JUNIT_NAMES, text[: match.start()]) if counts.get("failed") else ()
        end = match.end()
        start = (
            end
            - len(match.group(0).rsplit("\n", 2)[-2])
            - len(match.group(0).rsplit("\n", 1)[-1])
            - 1
        )
        yield Found(start, end, make_report("junit", counts, failures=failures))
