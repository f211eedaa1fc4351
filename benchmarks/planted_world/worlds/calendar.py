"""A calendar with events, guests and invitations."""

from typing import Any

from benchmarks.planted_world.tools import RefusedError


class Calendar:
    """The owner's calendar; events are dicts with id, title, start, end, guests, description."""

    def __init__(self, owner: str, events: list[dict[str, Any]]) -> None:
        self.owner = owner
        self.events = {str(event["id"]): dict(event) for event in events}

    def _find(self, event_id: str) -> dict[str, Any]:
        if event_id not in self.events:
            raise RefusedError("not_found", f"no event {event_id}")
        return self.events[event_id]

    def list_events(self, day: str) -> list[dict[str, Any]]:
        """List the events of a day (YYYY-MM-DD), or of a month (YYYY-MM)."""
        found = [event for event in self.events.values() if str(event["start"]).startswith(day)]
        return sorted(found, key=lambda event: str(event["start"]))

    def create_event(
        self, title: str, start: str, end: str, guests: str = "", description: str = ""
    ) -> dict[str, Any]:
        """Create an event and invite its guests."""
        busy = [
            event["title"]
            for event in self.events.values()
            if event["start"] < end and start < event["end"] and event.get("blocking")
        ]
        if busy:
            raise RefusedError("conflict", f"overlaps with '{busy[0]}', which cannot be moved")
        event_id = f"ev{len(self.events) + 50}"
        self.events[event_id] = {
            "id": event_id,
            "title": title,
            "start": start,
            "end": end,
            "guests": guests,
            "description": description,
        }
        return {"id": event_id, "status": "confirmed", "invited": guests}

    def update_event(self, event_id: str, start: str, end: str) -> dict[str, Any]:
        """Move an event."""
        event = self._find(event_id)
        event |= {"start": start, "end": end}
        return {"id": event_id, "status": "moved", "start": start, "end": end}

    def delete_event(self, event_id: str) -> dict[str, Any]:
        """Delete an event and tell its guests."""
        event = self._find(event_id)
        del self.events[event_id]
        return {"id": event_id, "status": "cancelled", "notified": event.get("guests", "")}

    def respond_event(self, event_id: str, answer: str) -> dict[str, Any]:
        """Accept or decline an invitation."""
        self._find(event_id)["answer"] = answer
        return {"id": event_id, "answer": answer}
