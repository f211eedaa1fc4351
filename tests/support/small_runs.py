"""Small runs written as entries, for the tests of monitors."""

from typing import Any

from trueline.trajectory import Step, Trajectory

Entry = tuple[str, Any]
"""Who speaks and what; or `call` with a tool, its arguments, its result and an exit status."""


def run_of(*entries: Entry, cwd: str = "") -> Trajectory:
    """Return the run that `entries` write down."""
    steps: list[Step] = []
    for who, what in entries:
        index = len(steps)
        if who != "call":
            steps.append(Step(index=index, kind="message", actor=who, text=what))  # type: ignore[arg-type]
            continue
        tool, arguments, output, *status = what
        steps.append(
            Step(
                index=index, kind="call", actor="agent", tool=tool, arguments=arguments,
                call_id=f"c{index}", call_index=index + 1,
            )
        )  # fmt: skip
        steps.append(
            Step(
                index=index + 1, kind="result", actor="tool", tool=tool, text=output,
                call_id=f"c{index}", call_index=index,
                exit_status=status[0] if status else None,
            )
        )  # fmt: skip
    return Trajectory(id="t", format="test", source="t", steps=tuple(steps), cwd=cwd)
