"""The table of long texts that Inspect keeps apart from messages and events."""

from typing import Any, Final, final

import msgspec

from trueline.trajectory.decoding import as_dict
from trueline.trajectory.formats.inspect_log.raw import whole

_PREFIX: Final = "attachment://"


@final
class Attachments:
    """Looks references up; decodes the table when the first one is met.

    Args:
        table: an object of texts by hash, or a list of texts by position, as JSON.
    """

    def __init__(self, table: msgspec.Raw) -> None:
        self._table = table
        self._texts: dict[str, Any] | None = None

    def resolved(self, value: Any) -> Any:
        """Return the text that `value` refers to, or `value` where it is no reference."""
        if isinstance(value, str) and value.startswith(_PREFIX):
            if self._texts is None:
                self._texts = _by_reference(whole(self._table))
            found = self._texts.get(value[len(_PREFIX) :])
            return found if isinstance(found, str) else value
        return value

    def resolved_deep(self, value: Any) -> Any:
        """Return `value` with every reference inside it resolved; recurses within `MAX_DEPTH`."""
        if isinstance(value, dict):
            return {key: self.resolved_deep(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.resolved_deep(item) for item in value]
        return self.resolved(value)


def _by_reference(table: Any) -> dict[str, Any]:
    if isinstance(table, list):
        return {str(position): text for position, text in enumerate(table)}
    return as_dict(table)
