"""The Test Anything Protocol and those who speak it: node:test, node-tap, tape, bats, prove."""

from collections.abc import Iterator
from typing import Final

from trueline.ledger.model import TestReport
from trueline.ledger.outcomes.runners.counting import (
    MAX_NAMES,
    Counts,
    Found,
    gaps,
    make_report,
    many,
    matches,
    whole,
)

_SUMMARY: Final = (
    r"(?:^[ \t]*(?:#|ℹ) (?:tests|suites|pass|fail|cancelled|skipped|skip|todo|duration_ms)"
    r"[ \t]+\d+(?:\.\d+)?[ \t]*(?:\n|$))+"
)
_SUMMARY_LINE: Final = r"(?:#|ℹ) ([a-z_]+)[ \t]+(\d+)"
_TELLING: Final = r"^[ \t]*(?:#|ℹ) pass[ \t].*\n[ \t]*(?:#|ℹ) fail[ \t]+\d+"
_NAMES: Final = r"^[ \t]*(?:not ok \d+(?: -)? (.+)|✖ (.+?) \(\d[\d.]*ms\).*)$"
_PLAN: Final = r"^1\.\.(\d+)(?:[ \t]+#.*)?[ \t]*$"
_POINT: Final = r"^(not )?ok \d+\b(?: -)?[ \t]*(.*)$"
_NESTED_POINT: Final = r"^[ \t]+(?:not )?ok \d+ "
_DIRECTIVE: Final = r"#[ \t]*(?i:skip|todo)"
_NODE_TAP: Final = r"^# \{ total: (\d+)(.*)\}$"
_PROVE: Final = r"^Files=(\d+), Tests=(\d+), .*\nResult: (PASS|FAIL|NOTESTS)$"
_PROVE_FAILED: Final = r"^(\S+) +\(Wstat: .*Tests: \d+ Failed: (\d+)\)$"
_PROVE_BROKEN: Final = r"^ +Parse errors: "


def tap_reports(text: str, hint: str) -> Iterator[Found]:
    """Yield closing `# pass`/`# fail` blocks; without one, count the test points."""
    found = list(matches(_SUMMARY, text))
    spans = [(match.start(), match.end()) for match in found]
    is_any = False
    for match, before in zip(found, gaps(spans, text), strict=True):
        report = _summary(match.group(0), before)
        if report is not None:
            is_any = True
            telling = next(matches(_TELLING, match.group(0)), None)
            start = match.start() + (telling.start() if telling else 0)
            end = match.start() + telling.end() if telling else match.end()
            yield Found(start, end, report)
    for match in matches(_NODE_TAP, text):
        is_any = True
        yield Found(match.start(), match.end(), _node_tap(match.group(1), match.group(2)))
    if not is_any:
        yield from _points(text, hint)


def _summary(block: str, before: str) -> TestReport | None:
    lines = {label: whole(digits) for label, digits in _pairs(block)}
    if "pass" not in lines and "fail" not in lines:
        return None
    is_node = "cancelled" in lines or "suites" in lines or "ℹ" in block
    counts: Counts = {
        "failed": lines.get("fail", 0),
        "errors": lines.get("cancelled", 0),
        "skipped": lines.get("skipped", 0) + lines.get("skip", 0) + lines.get("todo", 0),
    }
    if "pass" in lines:
        counts["passed"] = lines["pass"]
    if "tests" in lines:
        counts["total"] = lines["tests"]
    failures = _failures(before) if counts["failed"] or counts["errors"] else ()
    if counts["failed"] and not failures and not is_node and "# TODO" in before:
        # AVA counts what is yet to do as failed, and passes all the same.
        counts["skipped"] += counts["failed"]
        counts["failed"] = 0
    return make_report("node:test" if is_node else "tap", counts, failures=failures)


def _pairs(block: str) -> list[tuple[str, str]]:
    return [(match.group(1), match.group(2)) for match in matches(_SUMMARY_LINE, block)]


def _failures(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for match in many(_NAMES, text):
        name: str = match.group(1) or match.group(2)
        if not any(matches(_DIRECTIVE, name)):
            found[name.strip()[:300]] = None
        if len(found) >= MAX_NAMES:
            break
    return tuple(found)


def _node_tap(total: str, rest: str) -> TestReport:
    lines = {match.group(1): whole(match.group(2)) for match in matches(r"(\w+): (\d+)", rest)}
    counts = {
        "total": whole(total),
        "passed": lines.get("pass", 0),
        "failed": lines.get("fail", 0),
        "skipped": lines.get("skip", 0) + lines.get("todo", 0),
    }
    return make_report("tap", counts)


def _points(text: str, hint: str) -> Iterator[Found]:
    plans = list(matches(_PLAN, text))
    if len(plans) != 1:
        return
    plan = whole(plans[0].group(1))
    counts: Counts = {"passed": 0, "failed": 0, "skipped": 0, "total": plan}
    telling = plans[0]
    for match in many(_POINT, text):
        bad, words = match.group(1), match.group(2)
        kind = "failed" if bad else "passed"
        if "#" in words and any(matches(_DIRECTIVE, words)):
            kind = "skipped"
        counts[kind] += 1
        if kind == "failed" and telling is plans[0]:
            telling = match
    if counts["passed"] + counts["failed"] + counts["skipped"] < plan:
        if not counts["failed"]:
            return  # part of the output is missing, so it shows nothing
        counts["passed"] = -1
    if any(matches(_NESTED_POINT, text)):
        counts["passed"] = -1  # the outer points are files or suites, not tests
        del counts["total"]
    is_bats = "bats" in hint or "(in test file " in text
    report = make_report(
        "bats" if is_bats else "tap",
        counts,
        failures=_failures(text) if counts["failed"] else (),
    )
    yield Found(telling.start(), telling.end(), report)


def prove_reports(text: str) -> Iterator[Found]:
    """Yield the result of Perl's `prove`, which counts test points and failed files."""
    found = list(matches(_PROVE, text))
    spans = [(match.start(), match.end()) for match in found]
    last = 0
    for match, before in zip(found, gaps(spans, text), strict=True):
        failed = {part.group(1): whole(part.group(2)) for part in matches(_PROVE_FAILED, before)}
        counts = {
            "total": whole(match.group(2)),
            "failed": sum(failed.values()),
            "errors": sum(1 for _ in matches(_PROVE_BROKEN, before)),
        }
        counts["passed"] = counts["total"] - counts["failed"]
        report = make_report(
            "prove", counts, is_ok=match.group(3) == "PASS", failures=tuple(failed)[:MAX_NAMES]
        )
        yield Found(match.start(), match.end(), report, swallows=("tap", "bats"), since=last)
        last = match.end()
