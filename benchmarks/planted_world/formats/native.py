"""Trueline's own format: every field, one step a line."""

import io
import time

from benchmarks.planted_world.events import Called, Event, Recording, Returned, Said
from benchmarks.planted_world.formats.turns import MODEL
from trueline.trajectory import Step, Trajectory
from trueline.trajectory.formats.native import write_native


def native_lines(recording: Recording) -> bytes:
    """Return a trajectory line and a line for each step."""
    places = {e.id: i for i, e in enumerate(recording.events) if isinstance(e, Called)}
    answers = {e.call_id: i for i, e in enumerate(recording.events) if isinstance(e, Returned)}
    steps = tuple(
        _step(event, index, recording.started, places, answers)
        for index, event in enumerate(recording.events)
    )
    run = Trajectory(
        id=recording.name,
        format="native",
        source=f"{recording.name}.trueline.jsonl",
        agent="scripted agent",
        model=MODEL,
        steps=steps,
    )
    target = io.BytesIO()
    write_native([run], target)
    return target.getvalue()


def _step(
    event: Event, index: int, started: float, places: dict[str, int], answers: dict[str, int]
) -> Step:
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started + 7 * index))
    if isinstance(event, Called):
        return Step(
            index=index,
            kind="call",
            actor="agent",
            time=stamp,
            tool=event.tool,
            arguments=event.arguments,
            call_id=event.id,
            call_index=answers.get(event.id),
        )
    if isinstance(event, Returned):
        return Step(
            index=index,
            kind="result",
            actor="tool",
            time=stamp,
            text=event.text,
            tool=event.tool,
            call_id=event.call_id,
            call_index=places[event.call_id],
            exit_status=event.exit_status,
            is_error=event.is_error,
        )
    if isinstance(event, Said):
        return Step(index=index, kind="message", actor=event.who, time=stamp, text=event.text)
    return Step(index=index, kind="reasoning", actor="agent", time=stamp, text=event.text)
