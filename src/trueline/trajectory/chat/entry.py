"""What one message of a chat holds, before it has a place among the steps."""

from typing import Any, Final

from msgspec import Struct

from trueline.trajectory.model import Actor, StepKind, Tag

ACTOR_OF_ROLE: Final[dict[str, Actor]] = {
    "user": "user",
    "human": "user",
    "assistant": "agent",
    "agent": "agent",
    "ai": "agent",
    "model": "agent",
    "system": "system",
    "developer": "system",
    "tool": "tool",
    "function": "tool",
    "environment": "tool",
}
"""Who speaks under which role name; other roles are the host."""


class Entry(Struct, frozen=True, kw_only=True, gc=False):
    """One thing that a message holds, before it has a place among the steps.

    Attributes:
        kind: as in `Step`.
        actor: who produced it.
        text: what it says, or what the tool returned.
        tool: tool name; on a result empty where the format does not repeat it.
        arguments: the call's arguments.
        call_id: empty where the format has no ids.
        is_error: the host marked the result as failed.
        is_interrupted: the call was cut off.
        is_truncated: the host left part of the text out.
        exit_status: of the process, where recorded.
        tag: as in `Step`.
        extra: as in `Step`.
    """

    kind: StepKind
    actor: Actor = "agent"
    text: str = ""
    tool: str = ""
    arguments: dict[str, Any] | None = None
    call_id: str = ""
    is_error: bool = False
    is_interrupted: bool = False
    is_truncated: bool = False
    exit_status: int | None = None
    tag: Tag = ""
    extra: dict[str, Any] | None = None
