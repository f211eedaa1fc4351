"""Run files of AgentDojo: one JSON document per task, with or without an injection.

`utility`, `security`, `injections`, the injection task and the attack are labels: they
stand neither in the steps nor in the metadata, and the id does not tell them.

Source: agentdojo 0.1.35, `agentdojo.benchmark.TaskResults` and `agentdojo.types`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, final

from trueline.core.digest import short_digest
from trueline.trajectory.chat import Chat, Entry, json_values, limited, message_entries, plain_text
from trueline.trajectory.decoding import as_dict, as_json, as_list, as_text
from trueline.trajectory.glance import first_values
from trueline.trajectory.model import ReadProblem, Trajectory
from trueline.trajectory.reader import Head

_SIGNS: Final = frozenset({"suite_name", "pipeline_name", "user_task_id"})
_FACTS: Final = (
    "suite_name",
    "user_task_id",
    "benchmark_version",
    "agentdojo_package_version",
    "evaluation_timestamp",
    "duration",
    "error",
)


@final
class AgentDojoReader:
    """Reads run files of AgentDojo."""

    name = "agentdojo"

    def recognises(self, head: Head) -> bool:
        """Return whether the document names a suite, a pipeline and a user task."""
        return any(as_dict(value).keys() >= _SIGNS for value in first_values(head)[:1])

    def read(self, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
        """Yield the trajectory of the run, or of each run of a JSON Lines file."""
        yield from limited(_read(path, shown), shown)


READER: Final = AgentDojoReader()


def _read(path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
    for found in json_values(path, shown):
        if isinstance(found, ReadProblem):
            yield found
            continue
        line, value = found
        if isinstance(value, dict) and isinstance(value.get("messages"), list):
            yield _trajectory(value, line, shown)
        else:
            message = "expected an object with a list of `messages`"
            yield ReadProblem(path=shown, line=line, message=message)


def _trajectory(value: dict[str, Any], line: int, shown: str) -> Trajectory:
    chat = Chat()
    for position, message in enumerate(as_list(value.get("messages")), 1):
        chat.add_all(_entries(message), line=line or position)
    suite, task = as_text(value.get("suite_name")), as_text(value.get("user_task_id"))
    which = short_digest(
        *(as_json(value.get(key)) for key in ("pipeline_name", "injection_task_id", "attack_type"))
    )
    facts = {name: value[name] for name in _FACTS if value.get(name) is not None}
    return Trajectory(
        id=f"{suite}/{task}/{which}",
        format="agentdojo",
        source=shown,
        agent="AgentDojo",
        model=as_text(value.get("pipeline_name")),
        steps=chat.steps,
        metadata=facts,
    )


def _entries(message: Any) -> list[Entry]:
    fields = as_dict(message)
    if fields.get("role") != "tool":
        return message_entries(fields)
    error = as_text(fields.get("error"))
    return [
        Entry(
            kind="result",
            actor="tool",
            text=plain_text(fields.get("content")) or error,
            tool=as_text(as_dict(fields.get("tool_call")).get("function")),
            call_id=as_text(fields.get("tool_call_id")),
            is_error=bool(error),
        )
    ]
