"""Events as turns: what an agent says and calls before it waits is one message."""

import json
from collections.abc import Iterable
from typing import Any

from benchmarks.planted_world.events import Called, Event, Returned, Said, Thought

MODEL = "scripted-agent"


def turns(events: Iterable[Event]) -> list[list[Event]]:
    """Return `events` in groups: the agent's turns, the answers to one, the user's messages."""
    groups: list[list[Event]] = []
    before = ""
    for event in events:
        kind = _speaker(event)
        if (
            groups and kind == before and kind in ("agent", "world") and not _closed(groups[-1])
        ) or (groups and kind == before == "agent" and not isinstance(event, Said)):
            groups[-1].append(event)
        else:
            groups.append([event])
        before = kind
    return groups


def _closed(group: list[Event]) -> bool:
    """An agent's words after its own words are a new message, calls are not."""
    return isinstance(group[-1], Said)


def _speaker(event: Event) -> str:
    if isinstance(event, Returned):
        return "world"
    return event.who if isinstance(event, Said) else "agent"


def spoken(group: list[Event]) -> str:
    """Return the words of a turn."""
    return "\n\n".join(event.text for event in group if isinstance(event, Said))


def thoughts(group: list[Event]) -> str:
    """Return the reasoning of a turn."""
    return "\n\n".join(event.text for event in group if isinstance(event, Thought))


def calls(group: list[Event]) -> list[Called]:
    """Return the calls of a turn."""
    return [event for event in group if isinstance(event, Called)]


def document(value: dict[str, Any]) -> bytes:
    """Return `value` as a JSON document with one entry of its lists to a line."""
    parts = [f" {_json(key)}: {_spread(item)}" for key, item in value.items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _spread(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _json(value)
    return "[\n  " + ",\n  ".join(_json(item) for item in value) + "\n ]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
