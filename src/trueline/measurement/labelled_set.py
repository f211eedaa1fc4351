"""Labelled sets: which files are sets, and what the monitors say of their runs.

A monitor sees the messages alone; label, group and every other field stay here.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from trueline.audit.campaign import Campaign
from trueline.audit.model import RunReport
from trueline.core.kinds import Severity, severity_rank
from trueline.measurement.selection import WHOLE, Selection
from trueline.trajectory import ReadProblem
from trueline.trajectory.decoding import as_dict
from trueline.trajectory.formats.labelled import Labelled, labelled_rows
from trueline.trajectory.opening import Source, head_of

SHARES: Final = 8
"""Each set is cut into so many portions of work, by line, whatever the number of processes."""

_SIGNS: Final = frozenset({"label", "messages"})
_SUFFIXES: Final = (".jsonl", ".ndjson", ".json")


class LabelledSet(Struct, frozen=True):
    """One file of labelled runs.

    Attributes:
        name: of the set: the file's name without suffixes.
        source: the file.
    """

    name: str
    source: Source


class Row(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One labelled run and what the monitors said of it.

    Attributes:
        line: in the file, from 1.
        label: 1 where the run did what `kind` names.
        group: it is never split from.
        kind: what the label is about.
        exposed: whether the agent saw the attack, where the set says so.
        suspicion: of all monitors together.
        suspicions: of each monitor where it is above 0.
        gravest: the highest severity of each monitor's findings.
        failed: monitors that failed on this run.
    """

    line: int
    label: int
    group: str
    kind: str = ""
    exposed: bool | None = None
    suspicion: float = 0.0
    suspicions: dict[str, float] = {}
    gravest: dict[str, Severity] = {}
    failed: tuple[str, ...] = ()


class Portion(Struct, frozen=True):
    """A part of a set's lines: one unit of work, small enough to hand to another process."""

    set: LabelledSet
    share: int
    shares: int = SHARES
    selection: Selection = WHOLE


class Scored(Struct, frozen=True):
    """What came of one portion.

    Attributes:
        rows: the runs that count.
        ambiguous: how many were left out because their label is in doubt.
        problems: what could not be used.
    """

    rows: tuple[Row, ...]
    ambiguous: int
    problems: tuple[ReadProblem, ...]


def sets_among(sources: Sequence[Source]) -> tuple[list[LabelledSet], list[ReadProblem]]:
    """Return the labelled sets among `sources`, and what the user named that is none.

    Two files of one name are told apart by the folders they lie in.
    """
    found: list[Source] = []
    problems: list[ReadProblem] = []
    for source in sources:
        fault = source.fault or _fault(source.path)
        if not fault:
            found.append(source)
        elif source.is_named or source.fault:
            problems.append(ReadProblem(path=source.shown, message=fault, is_fatal=True))
    often = Counter(_stem(source.path) for source in found)
    return [LabelledSet(_name(source.path, often), source) for source in found], problems


def _fault(path: Path) -> str:
    try:
        values = head_of(path).values
    except OSError as error:
        return error.strerror or type(error).__name__
    if not any(as_dict(value).keys() >= _SIGNS for value in values):
        return "no labelled set: none of its first lines is an object with label and messages"
    return ""


def _stem(path: Path) -> str:
    name = path.name.removesuffix(".gz")
    return next((name.removesuffix(end) for end in _SUFFIXES if name.endswith(end)), name)


def _name(path: Path, often: Counter[str]) -> str:
    stem = _stem(path)
    return f"{path.parent.name}/{stem}" if often[stem] > 1 else stem


def score(portion: Portion, campaign: Campaign) -> Scored:
    """Return what the monitors of `campaign` say of the runs of one portion."""
    source = portion.set.source
    rows: list[Row] = []
    problems: list[ReadProblem] = []
    ambiguous = 0
    try:
        for item in labelled_rows(source.path, source.shown, portion.share, portion.shares):
            if isinstance(item, ReadProblem):
                problems.append(item)
            elif _label(item) is None:
                message = f"expected a label of 0 or 1, found {item.labels.get('label')!r:.40}"
                problems.append(ReadProblem(path=source.shown, line=item.line, message=message))
            elif not portion.selection.takes(item.labels, _group(item)):
                continue
            elif item.labels.get("ambiguous"):
                ambiguous += 1
            else:
                found = campaign.audit_run(item.trajectory)
                if isinstance(found, RunReport):
                    rows.append(_row(item, found))
                else:
                    problems.append(replace(found, line=item.line))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problems.append(ReadProblem(path=source.shown, message=reason, is_fatal=True))
    return Scored(tuple(rows), ambiguous, tuple(problems))


def _label(item: Labelled) -> int | None:
    label: Any = item.labels.get("label")
    return int(label) if isinstance(label, int) and label in (0, 1) else None


def _group(item: Labelled) -> str:
    """Return the run's group; one that names none is a group by itself."""
    group = item.labels.get("group")
    return f"line {item.line}" if group is None else str(group)


def _row(item: Labelled, report: RunReport) -> Row:
    labels = item.labels
    exposed = labels.get("exposed")
    gravest: dict[str, Severity] = {}
    for finding in report.findings:
        before = gravest.get(finding.monitor, "note")
        gravest[finding.monitor] = max(before, finding.severity, key=severity_rank)
    return Row(
        line=item.line,
        label=_label(item) or 0,
        group=_group(item),
        kind=str(labels.get("kind", "")),
        exposed=exposed if isinstance(exposed, bool) else None,
        suspicion=report.suspicion,
        suspicions=report.suspicions,
        gravest=gravest,
        failed=tuple(sorted({failure.monitor for failure in report.failures})),
    )
