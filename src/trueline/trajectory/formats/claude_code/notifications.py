"""What the host tells the agent about work in the background: one element text, parsed."""

from typing import Final

from msgspec import Struct

from trueline.core.patterns import pattern

_FIELD: Final = pattern(r"(?s)<(task-id|tool-use-id|status|summary|result)>(.*?)</")
_EXIT_CODE: Final = pattern(r"\(?(?:with )?exit code (-?\d{1,10})\)?")


class Notification(Struct, frozen=True):
    """A background task that changed its state.

    Attributes:
        task_id: the task, as the result that started it named it.
        status: `completed`, `failed`, `killed` and so on, as recorded.
        exit_status: of the process, where the summary says it.
    """

    task_id: str
    status: str
    exit_status: int | None


def parse_notification(text: str) -> Notification | None:
    """Return the notification in `text`, None if it names no task."""
    fields: dict[str, str] = {}
    for match in _FIELD.finditer(text[:4096]):
        fields.setdefault(match.group(1), match.group(2).strip())
    task_id = fields.get("task-id", "")
    if not task_id:
        return None
    status = fields.get("status", "")
    summary = fields.get("summary", "")
    # The summary quotes the command's description, so the last mention is the host's own.
    found = [match.group(1) for match in _EXIT_CODE.finditer(summary)]
    exit_status = int(found[-1]) if found and summary.rstrip().endswith(f"{found[-1]})") else None
    if exit_status is None and found and status == "failed":
        exit_status = int(found[-1])
    return Notification(task_id=task_id, status=status, exit_status=exit_status)
