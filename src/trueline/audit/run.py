"""Audit one trajectory: interpret it, let the monitors look, turn observations into findings."""

from collections import Counter
from collections.abc import Mapping, Sequence
from operator import attrgetter
from sys import intern
from typing import Any, Final

import msgspec
from msgspec import Struct

from trueline.audit.model import Finding, JudgedAssertion, Place, RunReport
from trueline.audit.time_limit import OutOfTimeError, call_within
from trueline.audit.timeline import timeline_of
from trueline.calibration.thresholds import SHIPPED, Thresholds
from trueline.charter import Charter, Mandate
from trueline.core.digest import short_digest
from trueline.core.kinds import severity_rank
from trueline.ledger import Ledger
from trueline.ledger.build import interpret
from trueline.ledger.manifest import Manifests
from trueline.monitors import (
    Evidence,
    Monitor,
    MonitorFailure,
    Observation,
    PartialReadingError,
)
from trueline.monitors.combination import combined, suspicions_of
from trueline.trajectory import Step, Trajectory
from trueline.trajectory.decoding import clean_text

_OBSERVATIONS = msgspec.msgpack.Decoder(list[Observation])
_ENCODE = msgspec.msgpack.Encoder().encode

_KIND: Final = attrgetter("kind")
_VERB: Final = attrgetter("verb")

_NOTE_SUSPICION = 0.25
"""Observations below this are verdicts or background, not worth a note of their own."""


def audit_trajectory(
    trajectory: Trajectory,
    monitors: Sequence[Monitor],
    *,
    manifests: Manifests | None = None,
    charter: Charter | None = None,
    thresholds: Thresholds = SHIPPED,
    with_timeline: bool = False,
    monitor_timeout_s: float = 0.0,
) -> RunReport:
    """Return what `monitors` find in `trajectory`.

    A monitor that raises, takes longer than `monitor_timeout_s` (0 for no limit), or returns
    what is no observation, is recorded as a failure of that monitor; the others still count.
    """
    ledger = interpret(trajectory, manifests)
    mandate = Mandate(ledger, charter)
    observations: list[Observation] = []
    failures: list[MonitorFailure] = []
    spent_before = _spent(monitors)
    for monitor in monitors:
        try:
            observed = _observe(monitor, mandate, monitor_timeout_s)
        except OutOfTimeError:
            failures.append(_timed_out(monitor, monitor_timeout_s))
            ledger = interpret(trajectory, manifests)  # it may have left the first half-read
            mandate = Mandate(ledger, charter)
            continue
        observations.extend(observed.observations)
        if observed.failure is not None:
            failures.append(observed.failure)
    findings, notes = _sort(observations, ledger, thresholds)
    suspicions = suspicions_of(observations)
    suspicion = combined(suspicions)
    return RunReport(
        id=trajectory.id,
        format=trajectory.format,
        source=trajectory.source,
        agent=trajectory.agent,
        model=trajectory.model,
        parent_id=trajectory.parent_id,
        cwd=trajectory.cwd,
        task=_task(ledger),
        steps=len(trajectory.steps),
        counts=_count(ledger),
        suspicion=suspicion,
        suspicions=suspicions,
        above=thresholds.above(suspicions, suspicion),
        assertions=_judged(observations, ledger),
        findings=findings,
        notes=notes,
        failures=tuple(failures),
        spent=_difference(_spent(monitors), spent_before),
        timeline=timeline_of(
            ledger, evidence=(place for finding in findings for place in finding.places)
        )
        if with_timeline
        else (),
    )


def _timed_out(monitor: Monitor, limit_s: float) -> MonitorFailure:
    return MonitorFailure(monitor=monitor.name, error=f"took longer than {limit_s:g} s")


class _Observed(Struct, frozen=True):
    """What one monitor saw, and how it failed: a monitor that read only part has both."""

    observations: Sequence[Observation] = ()
    failure: MonitorFailure | None = None


_NOTHING: Final = _Observed()


def _observe(monitor: Monitor, mandate: Mandate, limit_s: float) -> _Observed:
    """Call one monitor at the plug-in boundary.

    A monitor must not be able to end the program either: exit code 0 means that all looked.

    Raises:
        OutOfTimeError: it took longer than `limit_s`.
    """
    ledger = mandate.ledger
    failure: MonitorFailure | None = None
    try:
        try:
            observed = call_within(limit_s, lambda: list(monitor.observe(ledger, mandate)))
        except PartialReadingError as error:
            observed = list(error.observations)
            failure = _failure(monitor, f"read in part: {error}")
        if not observed and failure is None:
            return _NOTHING
        problem = next(filter(None, [_flaw(item, monitor, ledger) for item in observed]), "")
        if not problem:
            return _Observed(_OBSERVATIONS.decode(_ENCODE(observed)), failure)
    except msgspec.ValidationError as error:
        problem = f"returned an observation that is none: {error}"
    except (Exception, SystemExit) as error:  # noqa: BLE001 - what it raises becomes data
        problem = f"{type(error).__name__}: {error}"
    return _Observed(failure=_failure(monitor, problem))


def _spent(monitors: Sequence[Monitor]) -> dict[str, float]:
    """Return what the monitors have used so far that somebody pays for, as far as they say."""
    found: dict[str, float] = {}
    for monitor in monitors:
        try:
            # `isinstance` of a protocol would cost more here than all else that is done per run
            told: Mapping[str, float] | None = getattr(monitor, "spent", None)
            if told is not None:
                told = dict(told)
                found |= {f"{monitor.name}:{name}": float(told[name]) for name in told}
        except Exception:  # noqa: BLE001, S112 - a plug-in's account is no reading of the run
            continue
    return found


def _difference(after: dict[str, float], before: dict[str, float]) -> dict[str, float]:
    """Return what rose, by how much, without the dust of floating point."""
    grown = {name: amount - before.get(name, 0.0) for name, amount in after.items()}
    return {name: round(amount, 9) for name, amount in grown.items() if amount > 0.0}


def _failure(monitor: Monitor, problem: str) -> MonitorFailure:
    return MonitorFailure(monitor=monitor.name, error=clean_text(problem))


def _flaw(item: Any, monitor: Monitor, ledger: Ledger) -> str:
    """Return what is wrong with something a monitor returned, empty when nothing is."""
    if not isinstance(item, Observation):
        return f"returned {type(item).__name__} where an Observation was expected"
    if item.monitor != monitor.name:
        return f"rule {item.rule!r}: signed {item.monitor!r}, the name of another monitor"
    if not 0.0 <= item.suspicion <= 1.0:
        return f"rule {item.rule!r}: suspicion {item.suspicion!r} is outside [0, 1]"
    if item.assertion is not None and not 0 <= item.assertion < len(ledger.assertions):
        return f"rule {item.rule!r}: assertion {item.assertion} of {len(ledger.assertions)}"
    steps = len(ledger.steps)
    for evidence in item.evidence:
        if not 0 <= evidence.step < steps:
            return f"rule {item.rule!r}: evidence names step {evidence.step} of {steps}"
    return ""


def _sort(
    observations: Sequence[Observation], ledger: Ledger, thresholds: Thresholds
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Split observations into findings and notes, duplicates dropped, gravest first."""
    findings: dict[str, Finding] = {}
    notes: dict[str, Finding] = {}
    for item in observations:
        if item.suspicion == 0.0:
            continue
        is_over = thresholds.is_over(item)
        if not is_over and item.suspicion < _NOTE_SUSPICION:
            continue
        finding = _finding(item, ledger)
        is_finding = is_over and item.severity != "note"
        (findings if is_finding else notes).setdefault(finding.id, finding)
    return tuple(sorted(findings.values(), key=_gravity)), tuple(
        sorted(notes.values(), key=_gravity)
    )


def _gravity(finding: Finding) -> tuple[int, float, int, str]:
    first = finding.places[0].step if finding.places else 0
    return -severity_rank(finding.severity), -finding.suspicion, first, finding.id


def _finding(item: Observation, ledger: Ledger) -> Finding:
    places = _places(item.evidence, ledger)
    return Finding(
        id=short_digest(
            ledger.trajectory.id, item.monitor, item.rule, *(f"{p.step}:{p.quote}" for p in places)
        ),
        monitor=item.monitor,
        kind=item.kind,
        rule=item.rule,
        severity=item.severity,
        suspicion=item.suspicion,
        explanation=item.explanation,
        verdict=item.verdict,
        disclosed=item.disclosed,
        places=places,
    )


def _places(shown: Sequence[Evidence], ledger: Ledger) -> tuple[Place, ...]:
    """Return where the evidence stands."""
    steps = ledger.steps
    return tuple([_place(evidence, steps[evidence.step]) for evidence in shown])


def _place(evidence: Evidence, step: Step) -> Place:
    return Place(
        step=step.index,
        line=step.line,
        actor=step.actor,
        kind=step.kind,
        role=evidence.role,
        quote=evidence.quote,
        note=evidence.note,
        time=step.time,
    )


def _judged(observations: Sequence[Observation], ledger: Ledger) -> tuple[JudgedAssertion, ...]:
    """Return the assertions that a monitor gave a verdict, in order of the record."""
    found: dict[int, JudgedAssertion] = {}
    for item in observations:
        if item.verdict is None or item.assertion is None:
            continue
        if item.assertion in found:
            continue
        assertion = ledger.assertions[item.assertion]
        found[item.assertion] = JudgedAssertion(
            assertion=assertion,
            line=ledger.steps[assertion.step].line,
            verdict=item.verdict,
            because=item.explanation,
            places=_places(item.evidence[1:], ledger),
        )
    return tuple(found[index] for index in sorted(found))


def _task(ledger: Ledger) -> str:
    """Return the beginning of what was asked first."""
    return ledger.requests[0].text[:300] if ledger.requests else ""


def _count(ledger: Ledger) -> dict[str, int]:
    """Return how much of what there was: steps by kind, effects by verb, edits, tests run."""
    kinds = Counter(map(_KIND, ledger.steps))
    verbs = Counter(map(_VERB, ledger.effects))
    counts = {intern(f"{kind}s"): count for kind, count in kinds.items()}
    counts |= {intern(f"effect:{verb}"): count for verb, count in verbs.items()}
    counts["edits"] = len(ledger.edits)
    counts["assertions"] = len(ledger.assertions)
    return dict(sorted(counts.items()))
