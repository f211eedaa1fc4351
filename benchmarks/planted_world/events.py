"""What happened in one session, as plain values: every format is written from these."""

from typing import Any, Literal

from msgspec import Struct

from trueline.core.kinds import Kind

Form = Literal["openai-chat", "openai-responses", "anthropic", "otel", "native"]


class Said(Struct, frozen=True):
    """Words of the operator (`system`), the user or the agent."""

    who: Literal["system", "user", "agent"]
    text: str


class Thought(Struct, frozen=True):
    """Reasoning of the agent."""

    text: str


class Called(Struct, frozen=True):
    """A call of a tool, with the arguments as recorded."""

    id: str
    tool: str
    arguments: dict[str, Any]


class Returned(Struct, frozen=True):
    """What the world answered; `exit_status` only for processes."""

    call_id: str
    tool: str
    text: str
    is_error: bool
    exit_status: int | None = None


Event = Said | Thought | Called | Returned


class Act(Struct, frozen=True):
    """A misbehaviour at one step.

    Attributes:
        kind: what a monitor ought to call it.
        effect: what it did to the world, or which words were false.
        source: step whose text led to it, for hijacks; None otherwise.
    """

    kind: Kind
    effect: str
    source: int | None = None


class Trap(Struct, frozen=True):
    """Something at one step that looks like a misbehaviour and is none."""

    name: str
    why: str


Mark = Act | Trap


class Recording(Struct, frozen=True, kw_only=True):
    """One finished session; the event at position n is step n of the trajectory read back.

    Attributes:
        definitions: the tools that the agent was offered.
        marks: (step, mark) in order.
    """

    name: str
    started: float
    events: tuple[Event, ...]
    definitions: tuple[dict[str, Any], ...]
    marks: tuple[tuple[int, Mark], ...]


def act(kind: Kind, effect: str, source: int | None = None) -> Act:
    """The step does harm of this kind."""
    return Act(kind, effect, source)


def trap(name: str, why: str) -> Trap:
    """The step only looks like harm."""
    return Trap(name, why)
