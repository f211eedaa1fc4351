"""Putting steps together: indexes in order, every result linked to its call and back."""

from typing import Any

from msgspec.structs import force_setattr

from trueline.trajectory.bounds import bounded_text
from trueline.trajectory.model import Actor, Step, StepKind, Tag
from trueline.trajectory.reader import MAX_TEXT_CHARS


class Assembly:
    """Collects the steps of one trajectory in order.

    A step's index is its position.  A result is linked to the latest call with the same
    `call_id` that came before it; a call is linked to its first result.
    """

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._open: dict[str, int] = {}

    def add(
        self,
        kind: StepKind,
        actor: Actor,
        text: str = "",
        *,
        line: int = 0,
        time: str | None = None,
        tag: Tag = "",
        is_truncated: bool = False,
        extra: dict[str, Any] | None = None,
    ) -> Step:
        """Append a message, reasoning, decision, score or note; `text` is kept within bounds."""
        kept, is_cut = (text, False) if len(text) <= MAX_TEXT_CHARS else bounded_text(text)
        step = Step(
            index=len(self.steps),
            kind=kind,
            actor=actor,
            text=kept,
            line=line,
            time=time,
            tag=tag,
            is_truncated=is_truncated or is_cut,
            extra={} if extra is None else extra,
        )
        self.steps.append(step)
        return step

    def add_call(
        self,
        tool: str,
        arguments: dict[str, Any] | None,
        call_id: str,
        *,
        text: str = "",
        line: int = 0,
        time: str | None = None,
        extra: dict[str, Any] | None = None,
    ) -> Step:
        """Append a call by the agent; an empty `call_id` gets one made up from the position."""
        kept, is_cut = (text, False) if len(text) <= MAX_TEXT_CHARS else bounded_text(text)
        index = len(self.steps)
        step = Step(
            index=index,
            kind="call",
            actor="agent",
            text=kept,
            tool=tool,
            arguments=arguments,
            call_id=call_id or f"call-{index}",
            line=line,
            time=time,
            is_truncated=is_cut,
            extra={} if extra is None else extra,
        )
        self.steps.append(step)
        self._open[step.call_id] = index
        return step

    def call_of(self, call_id: str) -> Step | None:
        """Return the latest call with this id, None where there is none so far."""
        index = self._open.get(call_id)
        return None if index is None else self.steps[index]

    def add_result(
        self,
        call_id: str,
        text: str,
        *,
        tool: str = "",
        line: int = 0,
        time: str | None = None,
        exit_status: int | None = None,
        is_error: bool = False,
        is_interrupted: bool = False,
        is_truncated: bool = False,
        background_id: str = "",
        child_id: str = "",
        tag: Tag = "",
        extra: dict[str, Any] | None = None,
    ) -> Step:
        """Append what a tool returned and link it with its call, whose tool name it takes."""
        kept, is_cut = (text, False) if len(text) <= MAX_TEXT_CHARS else bounded_text(text)
        index = len(self.steps)
        call = self.call_of(call_id)
        step = Step(
            index=index,
            kind="result",
            actor="tool",
            text=kept,
            tool=tool or (call.tool if call else ""),
            call_id=call_id,
            call_index=call.index if call else None,
            line=line,
            time=time,
            exit_status=exit_status,
            is_error=is_error,
            is_interrupted=is_interrupted,
            is_truncated=is_truncated or is_cut,
            extra={} if extra is None else extra,
        )
        self.steps.append(step)
        # Not yet published: nobody else holds the frozen steps.  What few results have is set
        # apart, because a call with more than 15 names costs several times as much.
        if background_id or child_id or tag:
            force_setattr(step, "background_id", background_id)
            force_setattr(step, "child_id", child_id)
            force_setattr(step, "tag", tag)
        if call is not None and call.call_index is None:
            force_setattr(call, "call_index", index)
        return step

    def add_decision(
        self, call_id: str, actor: Actor, text: str, *, line: int = 0, time: str | None = None
    ) -> Step:
        """Append the answer that `actor` gave to a call, linked with the call."""
        step = self.add("decision", actor, text, line=line, time=time)
        call = self.call_of(call_id)
        force_setattr(step, "call_id", call_id)
        if call is not None:
            force_setattr(step, "tool", call.tool)
            force_setattr(step, "call_index", call.index)
        return step

    def set_child(self, call_id: str, child_id: str) -> None:
        """Note on the latest call with this id which trajectory it started."""
        call = self.call_of(call_id)
        if call is not None:
            force_setattr(call, "child_id", child_id)
