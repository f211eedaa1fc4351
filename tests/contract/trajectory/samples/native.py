"""A small file of the native format."""

from io import BytesIO

from trueline.trajectory import Step, Trajectory
from trueline.trajectory.formats.native import write_native

FORMAT = "native"
SUFFIX = ".trueline.jsonl"


def sample() -> bytes:
    """Return one whole file of the format."""
    steps = (
        Step(index=0, kind="message", actor="user", text="Count the pears."),
        Step(
            index=1,
            kind="call",
            actor="agent",
            tool="Bash",
            arguments={"command": "wc -l pears.txt"},
            call_id="c1",
            call_index=2,
        ),
        Step(
            index=2,
            kind="result",
            actor="tool",
            tool="Bash",
            text="7 pears.txt",
            call_id="c1",
            call_index=1,
            exit_status=0,
            extra={"stdout": "7 pears.txt", "stderr": ""},
        ),
        Step(index=3, kind="message", actor="agent", text="Seven pears.", time="2026-01-02T03:04Z"),
    )
    child = Trajectory(id="a/b", format="native", source="orchard", parent_id="a", steps=steps[:1])
    whole = Trajectory(
        id="a", format="native", source="orchard", agent="picker 1", model="m", steps=steps
    )
    file = BytesIO()
    write_native([whole, child], file)
    return file.getvalue()
