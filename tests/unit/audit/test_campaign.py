"""Many sources audited: order, workers, and faults of our own."""

from pathlib import Path

import pytest

from trueline.audit import campaign as module
from trueline.audit.campaign import Campaign, Settings
from trueline.audit.model import RunReport
from trueline.audit.parallel import audit_parallel
from trueline.trajectory import ReadProblem, Step, Trajectory
from trueline.trajectory.formats.native import write_native


def write(folder: Path, name: str) -> Path:
    """Write a small run in the native format."""
    steps = (Step(index=0, kind="message", actor="agent", text="All tests pass."),)
    path = folder / f"{name}.trueline.jsonl"
    with path.open("wb") as file:
        write_native([Trajectory(id=name, format="native", source="", steps=steps)], file)
    return path


def test_sources_are_audited_in_order_by_any_number_of_processes(tmp_path: Path) -> None:
    """The same items in the same order."""
    for name in "cab":
        write(tmp_path, name)
    campaign = Campaign()
    sources = campaign.sources([tmp_path])
    found = [
        [items for _, items in audited]
        for audited in (campaign.audit(sources), audit_parallel(Settings(), sources, jobs=2))
    ]
    assert found[0] == found[1]
    assert [item.id for items in found[0] for item in items] == ["a", "b", "c"]  # pyright: ignore


def test_a_fault_of_our_own_is_recorded_and_the_other_sources_are_audited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never a traceback, never silence."""
    for name in "ab":
        write(tmp_path, name)
    honest = module.audit_trajectory

    def faulty(trajectory: Trajectory, *rest: object, **more: object) -> RunReport:
        if trajectory.id == "a":
            raise ZeroDivisionError("made up")
        return honest(trajectory, *rest, **more)  # pyright: ignore

    monkeypatch.setattr(module, "audit_trajectory", faulty)
    campaign = Campaign()
    items = [item for _, items in campaign.audit(campaign.sources([tmp_path])) for item in items]
    assert isinstance(items[0], ReadProblem)
    assert "ZeroDivisionError: made up" in items[0].message
    assert items[0].is_fatal
    assert isinstance(items[1], RunReport)


def test_a_file_that_is_reached_twice_is_audited_once(tmp_path: Path) -> None:
    """Named twice, below a named folder, or through a link."""
    session = tmp_path / "a.jsonl"
    session.write_text("{}")
    (tmp_path / "b.jsonl").symlink_to(session)
    sources = Campaign().sources([session, tmp_path, session])
    assert [source.path for source in sources] == [session]
