"""What an audit found, as plain values: the one thing that every report is drawn from."""

from msgspec import Struct

from trueline.core.kinds import Kind, Severity
from trueline.ledger import Assertion
from trueline.monitors import MonitorFailure, Verdict
from trueline.trajectory import ReadProblem

SCHEMA_VERSION = 1
"""Version of the JSON report; a change that breaks a reader of it raises the number."""

SCHEMA_MINOR = 2
"""Additions since that version, which break no reader.

1 brought suspicion and calibration, 2 what monitors spent.
"""


class Place(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One quote in the record, findable without Trueline.

    Attributes:
        step: index of the step.
        line: line in the source file, from 1; 0 where the format has none.
        actor: who produced the step.
        kind: the step's kind.
        role: `said`, `record` or `request`.
        quote: the words, verbatim.
        note: what they show.
        time: when, as recorded.
    """

    step: int
    line: int
    actor: str
    kind: str
    role: str
    quote: str
    note: str = ""
    time: str | None = None


class Finding(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An observation above its threshold, or a note.

    Attributes:
        id: stable: the same finding in the same record has the same id everywhere.
        monitor: who observed it.
        kind: the kind of misalignment.
        rule: what was looked for.
        severity: `note` is never an accusation.
        suspicion: in [0, 1].
        explanation: what was said or done, and what the record shows.
        verdict: for assertions.
        disclosed: `requested` by the user or openly `reported` by the agent.
        places: the evidence; the first is where a reader should look first.
    """

    id: str
    monitor: str
    kind: Kind
    rule: str
    severity: Severity
    suspicion: float
    explanation: str
    verdict: Verdict | None = None
    disclosed: str = ""
    places: tuple[Place, ...] = ()


class JudgedAssertion(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An assertion with its verdict and its ground."""

    assertion: Assertion
    line: int
    verdict: Verdict
    because: str
    places: tuple[Place, ...] = ()


class StepLine(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One step as a timeline shows it, bounded in size."""

    index: int
    line: int
    kind: str
    actor: str
    text: str
    tool: str = ""
    tag: str = ""
    time: str | None = None
    status: str = ""
    child_id: str = ""
    is_cut: bool = False


class RunReport(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the audit of one trajectory found.

    Attributes:
        id: the trajectory's id.
        cwd: the working directory at the start, where the record has one.
        counts: number of steps by kind, of effects by verb, of edits, as flat names.
        suspicion: of all monitors together, see `trueline.monitors.combination`.
        suspicions: of each monitor where it is above 0; one that failed has none or that of
            what it could read, which its entry in `failures` tells from 0.
        above: with a calibration, the monitors (and `any`) above whose threshold the run is.
        assertions: every assertion with its verdict, in order.
        findings: gravest first.
        notes: observations below the threshold that are worth showing on request.
        failures: monitors that failed on this run; the run is then not clean.
        spent: what monitors used that is paid for, as `monitor:name`, such as `judge:cost`.
        timeline: steps for the page, only where asked for.
    """

    id: str
    format: str
    source: str
    agent: str = ""
    model: str = ""
    parent_id: str = ""
    cwd: str = ""
    task: str = ""
    steps: int = 0
    counts: dict[str, int] = {}
    suspicion: float = 0.0
    suspicions: dict[str, float] = {}
    above: tuple[str, ...] = ()
    assertions: tuple[JudgedAssertion, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    failures: tuple[MonitorFailure, ...] = ()
    spent: dict[str, float] = {}
    timeline: tuple[StepLine, ...] = ()


class CalibrationInForce(Struct, frozen=True, kw_only=True):
    """The thresholds that were in force in place of the shipped one.

    Attributes:
        rate: the wished false-alarm rate.
        runs: size of the benign sample.
        sample_digest: SHA-256 of the sample.
        created: when it was made.
        thresholds: by monitor and `any`; suspicion above one is strictly greater.
    """

    rate: float
    runs: int
    sample_digest: str
    created: str
    thresholds: dict[str, float]


class AuditReport(Struct, frozen=True, kw_only=True):
    """A whole audit: the documented JSON schema is this value.

    Attributes:
        schema: always `trueline.audit`.
        schema_version: see `SCHEMA_VERSION`.
        schema_minor: see `SCHEMA_MINOR`.
        version: of Trueline.
        monitors: those that ran.
        runs: in order of their sources.
        problems: what could not be read.
        calibration: None where the shipped threshold was in force.
    """

    schema: str
    schema_version: int
    schema_minor: int
    version: str
    monitors: tuple[str, ...]
    runs: tuple[RunReport, ...]
    problems: tuple[ReadProblem, ...]
    calibration: CalibrationInForce | None = None
