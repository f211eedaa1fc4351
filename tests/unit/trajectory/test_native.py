"""The native format: what is written is read, and versions are kept apart."""

from io import BytesIO
from pathlib import Path

from trueline.trajectory import ReadProblem, Step, Trajectory
from trueline.trajectory.formats.native import READER, write_native


def read(tmp_path: Path, data: bytes) -> list[Trajectory | ReadProblem]:
    """Read bytes as the native format."""
    path = tmp_path / "a.trueline.jsonl"
    path.write_bytes(data)
    return list(READER.read(path, "a"))


def written(*trajectories: Trajectory) -> bytes:
    """Return what is written for `trajectories`."""
    file = BytesIO()
    write_native(trajectories, file)
    return file.getvalue()


STEPS = (
    Step(index=0, kind="call", actor="agent", tool="Bash", call_id="c", call_index=1),
    Step(index=1, kind="result", actor="tool", tool="Bash", call_id="c", call_index=0, text="7"),
)


def test_several_trajectories_follow_one_another(tmp_path: Path) -> None:
    """One file holds a run and its subagents."""
    first = Trajectory(id="a", format="codex", source="s", steps=STEPS)
    second = Trajectory(id="b", format="codex", source="s", parent_id="a")
    assert read(tmp_path, written(first, second)) == [first, second]


def test_a_version_of_the_future_is_a_clear_problem(tmp_path: Path) -> None:
    """The rest of the file is still read."""
    data = written(Trajectory(id="a", format="x", source="s", steps=STEPS))
    future = data.replace(b'"version":1', b'"version":2')
    problem, trajectory = read(tmp_path, future + data)
    assert isinstance(problem, ReadProblem)
    assert "version 2; this program reads version 1" in problem.message
    assert isinstance(trajectory, Trajectory)


def test_a_step_that_is_none_is_reported_and_the_links_of_the_others_hold(tmp_path: Path) -> None:
    """Indexes close up over the gap."""
    note = Step(index=0, kind="note", actor="host", text="hi")
    moved = tuple(
        Step(index=i + 1, kind=s.kind, actor=s.actor, call_id="c", call_index=2 - i)
        for i, s in enumerate(STEPS)
    )
    data = written(Trajectory(id="a", format="x", source="s", steps=(note, *moved)))
    problem, trajectory = read(tmp_path, data.replace(b'"note"', b'"nonsense"'))
    assert isinstance(problem, ReadProblem)
    assert problem.line == 2
    assert isinstance(trajectory, Trajectory)
    assert [(step.index, step.call_index) for step in trajectory.steps] == [(0, 1), (1, 0)]


def test_lone_surrogates_do_not_stop_writing(tmp_path: Path) -> None:
    """They are written as the replacement character."""
    step = Step(index=0, kind="message", actor="user", text="a\ud800b")
    (found,) = read(tmp_path, written(Trajectory(id="a", format="x", source="s", steps=(step,))))
    assert isinstance(found, Trajectory)
    assert found.steps[0].text == "a\ufffdb"
