"""The record: what one agent did in one run, step by step, exactly as its host wrote it down.

A reader of some format yields `Trajectory` values and, for everything it could
not use, `ReadProblem` values; it never raises for what stands inside a file.
Nothing here judges or interprets.
"""

from typing import Any, Final, Literal, get_args

from msgspec import Struct

StepKind = Literal["message", "reasoning", "call", "result", "decision", "score", "note"]
Actor = Literal["user", "agent", "system", "tool", "host"]
Tag = Literal[
    "",
    "meta",  # put into the conversation by the host, not typed by the user
    "compaction",  # a summary that stands for earlier steps
    "hook",  # output or context of a hook
    "command",  # a slash command or its local output
    "interrupt",  # the user stopped the agent here
    "queued",  # typed by the user while the agent worked
    "subagent_report",  # what a subagent told its parent
    "prompt",  # a parent agent's instructions to this subagent
]

STEP_KINDS: Final[tuple[StepKind, ...]] = get_args(StepKind)
ACTORS: Final[tuple[Actor, ...]] = get_args(Actor)
TAGS: Final[tuple[Tag, ...]] = get_args(Tag)


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One entry of a trajectory.

    Attributes:
        index: position in `Trajectory.steps`, from 0.
        kind: `message` and `reasoning` are text; `call` asks for a tool; `result` is what the
            tool returned; `decision` is a person's or guard's answer to a call; `score` is a
            grader's; `note` is the host's own entry (hook context, compaction, interruption).
        actor: who produced it. `host` is the program around the agent.
        text: what it says. For a call: empty, or free text when the call is not structured.
            For a result: everything the tool returned, as text.
        time: RFC 3339 time stamp in UTC or as recorded; None where the log has none.
        tool: tool name, for calls and results.
        arguments: the call's arguments, decoded. A call whose arguments are not an object keeps
            them under the key `"input"`.
        call_id: links a result to its call, as recorded (made up where the format has none).
        call_index: on a result, the index of its call; on a call, the index of its first
            result; None where there is none.
        exit_status: on a result, the exit status of the process where the log records it.
        is_error: on a result, the host marked it as failed.
        is_interrupted: on a result, the call was cut off (by the user or a time limit).
        is_truncated: `text` is not all there was (elided by the host or by a reader's limit).
        background_id: on a result, the call goes on in the background under this id.
        child_id: on a call or result, the id of the trajectory that it started.
        tag: what sets a message or note apart from plain speech.
        line: line in the source file, from 1; for single-document formats the position of the
            entry in its list, from 1.
        extra: what the format records beyond this, under the keys that `EXTRA_KEYS` documents.
    """

    index: int
    kind: StepKind
    actor: Actor
    text: str = ""
    time: str | None = None
    tool: str = ""
    arguments: dict[str, Any] | None = None
    call_id: str = ""
    call_index: int | None = None
    exit_status: int | None = None
    is_error: bool = False
    is_interrupted: bool = False
    is_truncated: bool = False
    background_id: str = ""
    child_id: str = ""
    tag: Tag = ""
    line: int = 0
    extra: dict[str, Any] = {}


EXTRA_KEYS: Final[dict[str, str]] = {
    "stdout": "result: standard output alone, where the log keeps it apart from standard error",
    "stderr": "result: standard error alone",
    "original_file": "result of an edit: the whole file before it",
    "patch": "result of an edit: structured hunks, as recorded",
    "file_path": "result: the file that was read or changed, as the host resolved it",
    "model": "message: the model that wrote it",
    "score": "score: the value; `text` explains it",
    "recorded": "result: a figure the host recorded apart from the text, by name",
}


class ReadProblem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something in a source that could not be used; the rest of the source was.

    Attributes:
        path: the source, as the caller named it.
        line: line in it, from 1; 0 when the whole file is meant.
        message: what was found and what was expected.
        is_fatal: nothing of this file could be read.
    """

    path: str
    line: int = 0
    message: str
    is_fatal: bool = False


class Trajectory(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that one agent did in one run, in order.

    Attributes:
        id: stable within its source: the host's own id where it has one.
        format: name of the reader, such as `claude-code`.
        source: path of the file it was read from, as the caller named it.
        agent: the agent product or task solver, such as `Claude Code 2.1.39`.
        model: the model named in the log, empty where there is none.
        steps: in order; `steps[i].index == i`.
        parent_id: id of the trajectory that started this one.
        cwd: the working directory at the start, where the log has one.
        metadata: facts of the whole run, as recorded (branch, task, versions). Never labels.
    """

    id: str
    format: str
    source: str
    agent: str = ""
    model: str = ""
    steps: tuple[Step, ...] = ()
    parent_id: str = ""
    cwd: str = ""
    metadata: dict[str, Any] = {}
