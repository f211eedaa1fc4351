"""The calibration's file: what it holds, what is refused, and what the audit makes of it."""

import importlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from trueline.audit.run import audit_trajectory
from trueline.calibration.build import calibrate
from trueline.calibration.document import Calibration, read_calibration, to_json
from trueline.calibration.identity import charter_digest, check_identity, identity_of, version_of
from trueline.calibration.sample import BenignRun
from trueline.calibration.thresholds import SHIPPED, Thresholds
from trueline.charter import Charter, Mandate
from trueline.core.kinds import Severity
from trueline.errors import CalibrationError, UnreadableError
from trueline.ledger import Ledger
from trueline.monitors import Evidence, Observation
from trueline.monitors.loading import load_monitors
from trueline.trajectory import Step, Trajectory

RUN = Trajectory(
    id="r1",
    format="native",
    source="r1.jsonl",
    steps=(Step(index=0, kind="message", actor="agent", text="Fixed it.", line=1),),
)


class Watcher:
    """A monitor that returns what it was given."""

    name = "watcher"

    def __init__(self, *seen: tuple[float, Severity]) -> None:
        self.seen = seen

    def observe(self, _ledger: Ledger, _mandate: Mandate, /) -> Sequence[Observation]:
        """Return one observation for each."""
        return [
            Observation(
                monitor="watcher",
                kind="drift",
                rule=f"rule-{n}",
                suspicion=suspicion,
                severity=severity,
                explanation="Seen.",
                evidence=(Evidence(step=0, quote="Fixed it.", role="said"),),
            )
            for n, (suspicion, severity) in enumerate(self.seen)
        ]


def made() -> Calibration:
    """Return a calibration on 20 runs in two groups."""
    runs = [
        BenignRun(f"r{n}", f"g{n % 2}", {"watcher": n / 40, "any": n / 40} if n else {})
        for n in range(20)
    ]
    identity = identity_of([Watcher()])
    return calibrate(runs, 0.1, identity, group_by="project", created="2026-01-02T03:04:05Z")


def test_a_calibration_comes_back_from_its_file(tmp_path: Path) -> None:
    """Every field, to the last bit."""
    path = tmp_path / "c.json"
    path.write_bytes(to_json(made()))
    assert read_calibration(path) == made()


def test_it_says_what_it_was_made_from() -> None:
    """Rate, size, groups, digest, date, and the threshold with how many are above."""
    document = json.loads(to_json(made()))
    assert document["schema"] == "trueline.calibration"
    assert (document["rate"], document["runs"], document["rank"]) == (0.1, 20, 19)
    assert document["groups"] == {"g0": 10, "g1": 10}
    assert document["sample_digest"].startswith("sha256:")
    assert document["scores"]["watcher"]["threshold"] == 18 / 40
    assert document["scores"]["watcher"]["above"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "trueline.audit"},
        {"schema_version": 99},
        {"rate": 2.0},
        {"rank": 21},
        {"runs": 10**12},
        {"groups": None},
        {"scores": {}},
        {"scores": {"watcher": 1, "any": 2}},
    ],
    ids=str,
)
def test_a_file_that_does_not_hold_together_is_refused(
    change: dict[str, Any], tmp_path: Path
) -> None:
    """With the file's name."""
    path = tmp_path / "c.json"
    path.write_text(json.dumps(json.loads(to_json(made())) | change))
    with pytest.raises(CalibrationError, match=r"c\.json"):
        read_calibration(path)


@pytest.mark.parametrize(
    "change",
    [{"threshold": 0.9}, {"levels": [[0.0, 19]]}, {"levels": [[0.5, 10], [0.1, 10]]}],
    ids=str,
)
def test_a_threshold_must_follow_from_its_levels(change: dict[str, Any], tmp_path: Path) -> None:
    """A number that somebody raised by hand is no calibration."""
    document = json.loads(to_json(made()))
    document["scores"]["watcher"] |= change
    path = tmp_path / "c.json"
    path.write_text(json.dumps(document))
    with pytest.raises(CalibrationError, match="watcher"):
        read_calibration(path)


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"[1]", b"[" * 100_000, b"null"])
def test_what_is_no_calibration_is_refused(content: bytes, tmp_path: Path) -> None:
    """Whatever stands in it."""
    path = tmp_path / "c.json"
    path.write_bytes(content)
    with pytest.raises(CalibrationError, match="no calibration"):
        read_calibration(path)


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    """No traceback."""
    with pytest.raises(UnreadableError):
        read_calibration(tmp_path / "nothing.json")


def test_another_version_another_monitor_or_another_charter_is_refused() -> None:
    """Their suspicions would be other ones; the message says what differs."""
    before = made().identity
    check_identity(before, identity_of([Watcher()]))
    changed = replace(before, monitors={"watcher": "trueline 0.0.1"})
    with pytest.raises(CalibrationError, match=r"trueline 0\.0\.1"):
        check_identity(changed, identity_of([Watcher()]))
    with pytest.raises(CalibrationError, match="no threshold for the monitor"):
        check_identity(replace(before, monitors={"other": "1"}), identity_of([Watcher()]))
    with pytest.raises(CalibrationError, match="charter"):
        check_identity(before, identity_of([Watcher()], Charter(name="mine", objective="Ship.")))


def test_fewer_monitors_may_use_it() -> None:
    """Their thresholds are there."""
    wide = replace(made().identity, monitors={**made().identity.monitors, "other": "1"})
    check_identity(wide, identity_of([Watcher()]))


def test_a_charters_file_is_no_part_of_what_it_says() -> None:
    """Its name and rules are."""
    assert charter_digest(Charter(source="a.yaml")) == charter_digest(Charter(source="b.yaml"))
    assert charter_digest(Charter(objective="a")) != charter_digest(Charter(objective="b"))


def test_a_built_in_monitor_has_the_version_of_its_package() -> None:
    """And one that says its own has both."""
    assert version_of(load_monitors(["deception"])[0]).startswith("trueline ")
    watcher = Watcher()
    watcher.version = "7"  # pyright: ignore[reportAttributeAccessIssue]
    assert "(7)" in version_of(watcher)


def test_changed_code_under_one_version_is_another_monitor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A threshold for the old code means nothing for the new, nor where only a table changed."""
    package = tmp_path / "vigil"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "words.json").write_text("[]")
    (package / "monitor.py").write_text("class Vigil:\n    name = 'vigil'\n")
    monkeypatch.syspath_prepend(tmp_path)
    monitor = importlib.import_module("vigil.monitor").Vigil()
    before = version_of(monitor)
    assert version_of(monitor) == before
    (package / "words.json").write_text('["sudo"]')
    assert version_of(monitor) != before


def test_a_monitor_outside_a_package_is_its_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What else lies in its folder is not its code."""
    (tmp_path / "lone_vigil.py").write_text("class Vigil:\n    name = 'vigil'\n")
    monkeypatch.syspath_prepend(tmp_path)
    monitor = importlib.import_module("lone_vigil").Vigil()
    before = version_of(monitor)
    (tmp_path / "other.py").write_text("")
    assert version_of(monitor) == before


def test_a_raised_threshold_turns_findings_into_notes() -> None:
    """What benign runs reach accuses nobody."""
    thresholds = Thresholds({"watcher": 0.8, "any": 0.8})
    report = audit_trajectory(RUN, [Watcher((0.8, "high"))], thresholds=thresholds)
    assert (report.findings, report.above) == ((), ())
    assert [note.suspicion for note in report.notes] == [0.8]
    report = audit_trajectory(RUN, [Watcher((0.81, "high"))], thresholds=thresholds)
    assert [finding.suspicion for finding in report.findings] == [0.81]
    assert report.above == ("watcher", "any")


def test_a_lowered_threshold_never_makes_a_note_a_finding() -> None:
    """The run is above, the note is shown, and nobody is accused."""
    thresholds = Thresholds({"watcher": 0.1, "any": 0.4})
    report = audit_trajectory(RUN, [Watcher((0.2, "note"))], thresholds=thresholds)
    assert (report.findings, report.above) == ((), ("watcher",))
    assert len(report.notes) == 1
    report = audit_trajectory(RUN, [Watcher((0.2, "medium"))], thresholds=thresholds)
    assert len(report.findings) == 1


def test_the_shipped_threshold_is_in_force_without_a_calibration() -> None:
    """And no run is above one."""
    report = audit_trajectory(RUN, [Watcher((0.5, "medium"), (0.2, "note"))])
    assert len(report.findings) == 1
    assert (report.above, report.suspicion, report.suspicions) == ((), 0.5, {"watcher": 0.5})
    assert SHIPPED.by_score == {}
