"""OpenHands event logs: a list of events, events a line, or runs with a `history` of events."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, final

from trueline.trajectory.chat import Chat, json_values, limited
from trueline.trajectory.decoding import as_dict, as_text
from trueline.trajectory.formats.openhands import classic, sdk
from trueline.trajectory.glance import first_values
from trueline.trajectory.model import ReadProblem, Trajectory
from trueline.trajectory.reader import Head

_LISTS: Final = ("history", "events", "trajectory", "results", "items")
_LOOKED_AT: Final = 8


@final
class OpenHandsReader:
    """Reads event logs of OpenHands, of its SDK and of its evaluations (`output.jsonl`)."""

    name = "openhands"

    def recognises(self, head: Head) -> bool:
        """Return whether the first values are events or hold a list of them."""
        values = first_values(head)[:_LOOKED_AT]
        return any(_is_event(value) or _has_events(_events(value)) for value in values)

    def read(self, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
        """Yield one trajectory per run."""
        yield from limited(_read(path, shown), shown)


def _is_event(value: Any) -> bool:
    return classic.is_event(value) or sdk.is_event(value)


def _has_events(events: list[Any]) -> bool:
    return any(_is_event(event) for event in events[:_LOOKED_AT])


def _events(value: Any) -> list[Any]:
    """Return the events that a document or a run holds."""
    if isinstance(value, list):
        return list(classic.flattened(value))
    fields = as_dict(value)
    for key in _LISTS:
        events = list(classic.flattened(fields.get(key)))
        if _has_events(events):
            return events
    return []


class _Run:
    """The trajectory under construction from a stream of events."""

    def __init__(self) -> None:
        self.chat = Chat()
        self._ids = classic.CallIds()

    def add(self, event: Any, line: int) -> bool:
        """Add one event and return whether it was one."""
        if not isinstance(event, dict):
            return False
        is_sdk = isinstance(event.get("kind"), str)
        entries = sdk.event_entries(event) if is_sdk else classic.event_entries(event, self._ids)
        self.chat.add_all(entries, line=line, time=as_text(event.get("timestamp")) or None)
        return is_sdk or "action" in event or "observation" in event


def _read(path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
    stream = _Run()
    for found in json_values(path, shown):
        if isinstance(found, ReadProblem):
            yield found
            continue
        line, value = found
        if _is_event(value):
            stream.add(value, line)
            continue
        events = _events(value)
        if _has_events(events):
            yield from _run(as_dict(value), events, line, shown)
        elif not line or not isinstance(value, dict):
            message = f"expected an event or a run, found {type(value).__name__}"
            yield ReadProblem(path=shown, line=line, message=message)
        else:
            stream.add(value, line)
    if stream.chat.assembly.steps:
        name = Path(shown).name
        yield Trajectory(
            id=name, format="openhands", source=shown, agent="OpenHands", steps=stream.chat.steps
        )


def _run(
    fields: dict[str, Any], events: list[Any], line: int, shown: str
) -> Iterator[Trajectory | ReadProblem]:
    run = _Run()
    for position, event in enumerate(events, 1):
        if not run.add(event, line or position):
            message = f"entry {position} of the events is no event"
            yield ReadProblem(path=shown, line=line or position, message=message)
    about = as_dict(fields.get("metadata"))
    settings = as_dict(about.get("llm_config"))
    name = Path(shown).name
    yield Trajectory(
        id=as_text(fields.get("instance_id")) or (f"{name}:{line}" if line else name),
        format="openhands",
        source=shown,
        agent=as_text(about.get("agent_class")) or "OpenHands",
        model=as_text(settings.get("model")),
        steps=run.chat.steps,
    )
