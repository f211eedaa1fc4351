"""One conversation out of model calls that each repeat everything said before."""

from trueline.trajectory.chat.conversation import Chat
from trueline.trajectory.chat.entry import Entry
from trueline.trajectory.decoding import as_json


class History:
    """One conversation out of requests that each repeat what went before.

    A request tells again the entries that earlier requests and responses told.  Entries
    with a call id are told once; texts as often as they stand in one request.  A request
    that holds nothing of the agent's starts over, so that its user's words are new.
    """

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._told: dict[object, int] = {}
        self._has_response = False

    def request(self, entries: list[Entry], *, line: int = 0, time: str | None = None) -> None:
        """Add what is new in the input of one model call."""
        starts_over = self._has_response and not any(
            entry.kind != "message" or entry.actor == "agent" for entry in entries
        )
        seen: dict[object, int] = {}
        for entry in entries:
            key = _key(entry)
            count = seen[key] = seen.get(key, 0) + 1
            if count > self._told.get(key, 0) or (starts_over and entry.actor == "user"):
                self._tell(entry, key, line, time)

    def response(self, entries: list[Entry], *, line: int = 0, time: str | None = None) -> None:
        """Add the output of one model call, or what a tool returned."""
        for entry in entries:
            key = _key(entry)
            if not entry.call_id or key not in self._told:
                self._tell(entry, key, line, time)
            self._has_response = True

    def _tell(self, entry: Entry, key: object, line: int, time: str | None) -> None:
        self._told[key] = self._told.get(key, 0) + 1
        if entry.call_id:
            without_id = _content_key(entry)
            self._told[without_id] = self._told.get(without_id, 0) + 1
        self._chat.add(entry, line=line, time=time)


def _key(entry: Entry) -> object:
    return (entry.kind, entry.call_id) if entry.call_id else _content_key(entry)


def _content_key(entry: Entry) -> object:
    if entry.kind == "call":
        return "call", entry.tool, as_json(entry.arguments)
    if entry.kind == "result":
        return "result", None, entry.text
    return entry.kind, entry.actor, entry.text
