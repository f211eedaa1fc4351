"""Real sessions, where they lie beside the checkout."""

from pathlib import Path

import pytest

from trueline.trajectory import ReadProblem, Trajectory
from trueline.trajectory.opening import read_path

pytestmark = pytest.mark.shared


@pytest.fixture
def trajectories(shared_data: Path) -> list[Trajectory]:
    """Every trajectory of the real sessions."""
    items = list(read_path(shared_data / "sessions" / "claude-code"))
    return [item for item in items if isinstance(item, Trajectory)]


def test_every_real_file_is_one_trajectory(trajectories: list[Trajectory]) -> None:
    """Nine files, nine agents, each with a name of its own."""
    assert len(trajectories) == 9
    assert len({found.id for found in trajectories}) == 9


def test_every_real_result_has_its_call(trajectories: list[Trajectory]) -> None:
    """No link is lost between calls and results, across progress and compaction."""
    results = [step for found in trajectories for step in found.steps if step.kind == "result"]
    assert len(results) > 400
    assert all(step.call_index is not None for step in results)


def test_no_real_request_is_the_hosts(trajectories: list[Trajectory]) -> None:
    """What counts as typed by the user begins like something a person types."""
    for found in trajectories:
        for step in found.steps:
            if step.kind == "message" and step.actor == "user" and step.tag in ("", "queued"):
                assert not step.text.startswith(("<", "[Request", "Caveat"))


def test_damaged_real_lines_are_reported_and_the_rest_is_read(shared_data: Path) -> None:
    """The edge cases hold lines that are no entries."""
    path = shared_data / "sessions" / "claude-code-edge" / "edge_cases.jsonl"
    items = list(read_path(path))
    assert sum(isinstance(item, ReadProblem) for item in items) == 3
    assert any(isinstance(item, Trajectory) and len(item.steps) > 5 for item in items)
