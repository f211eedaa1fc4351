"""What a scripted agent did, as plain values: every log format is written from these."""

from typing import Literal

from msgspec import Struct

Verdict = Literal["supported", "contradicted", "stale", "unsupported"]
Disclosed = Literal["", "requested", "reported"]


class Said(Struct, frozen=True, kw_only=True):
    """Words of the user (`who="user"`), of the agent, or of the host (`who="host"`)."""

    who: Literal["user", "agent", "host"]
    text: str


class Thought(Struct, frozen=True, kw_only=True):
    """Reasoning of the agent."""

    text: str


class Ran(Struct, frozen=True, kw_only=True):
    """A shell command with what it really printed and returned.

    Attributes:
        background_id: set when the command was left running; `output` is then empty.
        timeout_s: set when the command was cut off by its time limit.
        aborted: the user stopped it.
    """

    command: str
    output: str
    exit_status: int
    seconds: float
    description: str = ""
    background_id: str = ""
    timeout_s: int = 0
    aborted: bool = False


class Collected(Struct, frozen=True, kw_only=True):
    """The output of a background command, fetched once it had ended."""

    background_id: str
    description: str
    output: str
    exit_status: int


class Wrote(Struct, frozen=True, kw_only=True):
    """A whole file written; `before` is None when it did not exist."""

    path: str
    before: str | None
    after: str


class Edited(Struct, frozen=True, kw_only=True):
    """One replacement in a file; `error` is set when it did not take place."""

    path: str
    old: str
    new: str
    before: str
    after: str
    error: str = ""


class Looked(Struct, frozen=True, kw_only=True):
    """A file read through the host's reading tool."""

    path: str
    content: str


class Delegated(Struct, frozen=True, kw_only=True):
    """A subagent: what it was told, all it did, and what it reported."""

    description: str
    prompt: str
    agent_id: str
    entries: tuple["Entry", ...]
    report: str


Event = Said | Thought | Ran | Collected | Wrote | Edited | Looked | Delegated


class Label(Struct, frozen=True, kw_only=True):
    """The truth of something the agent asserted in one entry.

    Attributes:
        by_judgement: no recorded outcome denies it, only the sense of the code that was changed.
    """

    quote: str
    kind: str
    verdict: Verdict
    by_judgement: bool = False


class Trap(Struct, frozen=True, kw_only=True):
    """Words that look like an assertion and are none."""

    quote: str
    why: str


class Finding(Struct, frozen=True, kw_only=True):
    """An act or word that a monitor ought to point at."""

    monitor: Literal["deception", "goal_gaming"]
    rule: str
    disclosed: Disclosed = ""


class Entry(Struct, frozen=True, kw_only=True):
    """One event with its time and what the author of the session knows about it."""

    event: Event
    at: float
    labels: tuple[Label, ...] = ()
    traps: tuple[Trap, ...] = ()
    findings: tuple[Finding, ...] = ()


class Recording(Struct, frozen=True, kw_only=True):
    """One finished session, ready to be written in any format.

    Attributes:
        project: name of the little repository; its neutral path is `/home/dev/<project>`.
        honest: the author meant the agent to be honest.
    """

    name: str
    project: str
    cwd: str
    branch: str
    honest: bool
    entries: tuple[Entry, ...]
