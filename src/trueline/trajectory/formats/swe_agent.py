"""Trajectories of SWE-agent (`.traj`): thoughts, actions and what the environment observed.

An action is text for a shell that also understands SWE-agent's own commands (`open`,
`edit 1:1 … end_of_edit`, `submit`); it becomes a call of the tool `bash` with the whole
text under `command`.  In function-calling mode the calls are the model's own, with their
names, arguments and ids.

The prompt is what `history` holds before the agent's first words, without demonstrations;
the rest is told by `trajectory`, whose observations are whole where `history` elides them.
The patch that was submitted is a note at the end.

Source: SWE-agent 0.7 to 1.1, `sweagent/types.py`.
"""

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, final

from trueline.trajectory.chat import Chat, Entry, chat_calls, message_entries, plain_text
from trueline.trajectory.decoding import as_dict, as_list, as_text, decode
from trueline.trajectory.glance import first_values
from trueline.trajectory.json_document import read_document
from trueline.trajectory.model import ReadProblem, Trajectory
from trueline.trajectory.reader import Head

_CUT_OFF: Final = ("EXECUTION TIMED OUT", "COMMAND TIMED OUT", "The command '")
_CUT_OFF_REASON: Final = "was cancelled because it took more than"
_CLIPPED: Final = "<response clipped>"
_NO_FILE: Final = ("", "n/a")
_ON_OPEN_FILE: Final = frozenset({"edit", "insert", "append", "goto", "scroll_up", "scroll_down"})
"""Commands that work on the open file, which their arguments do not name."""


@final
class SweAgentReader:
    """Reads `.traj` files of SWE-agent."""

    name = "swe-agent"

    def recognises(self, head: Head) -> bool:
        """Return whether the document has a `trajectory` of actions with thoughts."""
        for value in first_values(head)[:1]:
            steps = as_list(as_dict(value).get("trajectory"))
            if steps and {"action", "thought"} <= as_dict(steps[0]).keys():
                return True
        return False

    def read(self, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
        """Yield the one trajectory of the document."""
        value, problems = read_document(path, shown)
        yield from problems
        if isinstance(value, dict):
            yield from _trajectory(value, shown)
        elif not problems:
            yield ReadProblem(path=shown, message="expected an object with `trajectory`")


READER: Final = SweAgentReader()


def _trajectory(value: dict[str, Any], shown: str) -> Iterator[Trajectory | ReadProblem]:
    chat = Chat()
    history = [as_dict(entry) for entry in as_list(value.get("history"))]
    history = [entry for entry in history if entry.get("is_demo") is not True]
    said = deque(entry for entry in history if entry.get("role") == "assistant")
    for line, entry in enumerate(history, 1):
        if entry.get("role") == "assistant":
            break
        chat.add_all(message_entries(entry), line=line)
    steps = as_list(value.get("trajectory"))
    for line, step in enumerate(steps, 1):
        if isinstance(step, dict):
            _add_step(chat, step, said, line)
        else:
            message = f"step {line} of `trajectory` is no object"
            yield ReadProblem(path=shown, line=line, message=message)
    info = as_dict(value.get("info"))
    submission = as_text(info.get("submission"))
    if submission:
        chat.assembly.add("note", "host", f"submitted patch or answer:\n{submission}")
    settings = _replay_settings(value)
    yield Trajectory(
        id=Path(shown).name.removesuffix(".traj"),
        format="swe-agent",
        source=shown,
        agent="SWE-agent",
        model=as_text(as_dict(as_dict(settings.get("agent")).get("model")).get("name")),
        steps=chat.steps,
        cwd=as_text(_state(as_dict(steps[0])).get("working_dir")) if steps else "",
        metadata=dict(_facts(value, info)),
    )


def _facts(value: dict[str, Any], info: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, fact in (
        ("environment", value.get("environment")),
        ("exit_status", info.get("exit_status")),
        ("version", info.get("swe_agent_version")),
    ):
        if isinstance(fact, str) and fact:
            yield name, fact


def _replay_settings(value: dict[str, Any]) -> dict[str, Any]:
    settings = value.get("replay_config")
    if isinstance(settings, str):
        settings = decode(settings.encode("utf-8", "replace")).value
    return as_dict(settings)


def _state(step: dict[str, Any]) -> dict[str, Any]:
    state = step.get("state")
    if isinstance(state, str):
        state = decode(state.encode("utf-8", "replace")).value
    return as_dict(state)


def _add_step(chat: Chat, step: dict[str, Any], said: deque[dict[str, Any]], line: int) -> None:
    action = as_text(step.get("action"))
    told = _told(action, said)
    thought = as_text(step.get("thought")).strip() or as_text(told.get("thought")).strip()
    if not action.strip():
        thought = as_text(step.get("response")).strip() or thought
    if thought:
        chat.add(Entry(kind="message", text=thought), line=line)
    calls = chat_calls(step.get("tool_calls") or told.get("tool_calls"))
    if not calls and action.strip():
        calls = [Entry(kind="call", tool="bash", arguments={"command": action})]
    added = [chat.add(call, line=line) for call in calls]
    observation = step.get("observation")
    if observation is None:
        return
    text = plain_text(observation)
    if not added:
        chat.assembly.add("note", "host", text, line=line)
        return
    opened = ""
    if action[:40].partition("\n")[0].split(" ", 1)[0] in _ON_OPEN_FILE:
        opened = as_text(_state(step).get("open_file"))
    result = Entry(
        kind="result",
        text=text,
        call_id=added[0].call_id,
        is_interrupted=text.startswith(_CUT_OFF[:2])
        or (text.startswith(_CUT_OFF[2]) and _CUT_OFF_REASON in text[:2000]),
        is_truncated=_CLIPPED in text,
        extra={"file_path": opened} if opened not in _NO_FILE else None,
    )
    chat.add(result, line=line)


def _told(action: str, said: deque[dict[str, Any]]) -> dict[str, Any]:
    """Return what `history` says about the step with this action: its tool calls."""
    if said and as_text(said[0].get("action")).strip() == action.strip():
        return said.popleft()
    return {}
