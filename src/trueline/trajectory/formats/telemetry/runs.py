"""Spans as trajectories: which agent's run a span belongs to, and what it adds to it.

A run is everything below one agent span, or, without agent spans, one conversation or
trace.  Root agents of one name in one conversation are one run, so that a conversation of
many traces stays together.  An agent span below another agent's is a child run.

Model calls repeat the conversation so far; only what is new becomes steps.  A trace's
spans may stand anywhere in a file, so the file's relevant spans are held in memory.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from trueline.trajectory.chat import Chat, Entry, History
from trueline.trajectory.formats.telemetry.otlp import Event, Span, read_spans, time_text
from trueline.trajectory.model import ReadProblem, Trajectory

Key = tuple[str, str]
"""Trace id and span id."""

Role = Literal["agent", "model", "tool", ""]


class ToolUse(Struct, frozen=True):
    """What a tool span tells; `has_result` is false where the result was not recorded."""

    call: Entry
    result: Entry
    has_result: bool


class Convention(Protocol):
    """How one set of semantic conventions names things."""

    format: str
    prefixes: tuple[str, ...]

    def role(self, span: Span) -> Role:
        """Return what kind of operation `span` is; empty for one that says nothing."""
        ...

    def conversation(self, span: Span) -> str:
        """Return the id of the conversation, empty where not recorded."""
        ...

    def agent(self, span: Span) -> str:
        """Return the agent's name, empty where not recorded."""
        ...

    def model(self, span: Span) -> str:
        """Return the model's name, empty where not recorded."""
        ...

    def told(self, span: Span, events: list[Event]) -> tuple[list[Entry], list[Entry]]:
        """Return what went into a model or agent and what came out."""
        ...

    def tool_use(self, span: Span) -> ToolUse:
        """Return what a tool was asked and what it returned."""
        ...


class _Run(Struct):
    """The spans of one run, before they are put in order."""

    id: str
    parent_id: str = ""
    agent: str = ""
    conversation: str = ""
    trace: str = ""
    spans: list[Span] = field(default_factory=list[Span])
    children: dict[Key, str] = field(default_factory=dict[Key, str])


class _Trace:
    """Everything read from one file, findable by trace and span id."""

    def __init__(self) -> None:
        self.spans: list[tuple[Span, Role]] = []
        self.parents: dict[Key, Key] = {}
        self.agents: dict[Key, Span] = {}
        self.tools: dict[Key, Span] = {}
        self.conversations: dict[str, str] = {}
        self.events: dict[Key, list[Event]] = {}
        self._agent_above: dict[Key, Key | None] = {}
        self._caller_above: dict[Key, Key | None] = {}

    def events_of(self, span: Span) -> list[Event]:
        """Return the log events that belong to `span`."""
        return self.events.get((span.trace, span.id), [])

    def agent_above(self, key: Key) -> Key | None:
        """Return the nearest agent span above the span `key`."""
        return _nearest(key, self.parents, self._agent_above, self.agents.__contains__)

    def caller_above(self, key: Key) -> Key | None:
        """Return the tool span below whose agent the span `key` stands, if a tool started it."""

        def is_either(above: Key) -> bool:
            return above in self.agents or above in self.tools

        found = _nearest(key, self.parents, self._caller_above, is_either)
        return found if found in self.tools else None


def _nearest(
    key: Key,
    parents: dict[Key, Key],
    known: dict[Key, Key | None],
    is_wanted: Callable[[Key], bool],
) -> Key | None:
    """Return the first wanted span above `key`; a cycle ends the way. Linear over all calls."""
    way: list[Key] = []
    on_way: set[Key] = set()
    at: Key | None = key
    found: Key | None = None
    while at is not None and at not in on_way:
        if at in known:
            found = known[at]
            break
        way.append(at)
        on_way.add(at)
        at = parents.get(at)
        if at is not None and is_wanted(at):
            found = at
            break
    for passed in way:
        known[passed] = found
    return found


def read_runs(path: Path, shown: str, convention: Convention) -> Iterator[Trajectory | ReadProblem]:
    """Yield one trajectory per run in a telemetry file, parents before their children."""
    trace = _Trace()
    for item in read_spans(path, shown, convention.prefixes):
        if isinstance(item, ReadProblem):
            yield item
        else:
            _keep(trace, item, convention)
    forest = _Forest(trace, convention)
    told: dict[str, Trajectory] = {}
    for run in reversed(forest.runs.values()):
        children = {key: child for key, child in run.children.items() if child in told}
        trajectory = _trajectory(run, trace, children, convention, shown)
        if trajectory.steps:
            told[run.id] = trajectory
    above: dict[str, str] = {}
    for run in forest.runs.values():
        # A run that tells nothing is left out; its children are its parent's.
        parent = above.get(run.parent_id, run.parent_id)
        trajectory = told.pop(run.id, None)
        if trajectory is None:
            above[run.id] = parent
        else:
            yield trajectory if parent == run.parent_id else replace(trajectory, parent_id=parent)


def _keep(trace: _Trace, item: Span | Event, convention: Convention) -> None:
    if isinstance(item, Event):
        if item.span:
            trace.events.setdefault((item.trace, item.span), []).append(item)
        return
    key = (item.trace, item.id)
    if item.parent:
        trace.parents[key] = (item.trace, item.parent)
    role = convention.role(item)
    if not role:
        return
    trace.spans.append((item, role))
    if role == "agent":
        trace.agents[key] = item
    elif role == "tool":
        trace.tools[key] = item
    conversation = convention.conversation(item)
    if conversation:
        trace.conversations.setdefault(item.trace, conversation)


class _Forest:
    """The runs of one file by what they are of, in order of their first span."""

    def __init__(self, trace: _Trace, convention: Convention) -> None:
        self._trace = trace
        self._convention = convention
        self._ids: set[str] = set()
        self.runs: dict[object, _Run] = {}
        for span, role in sorted(trace.spans, key=lambda item: (item[0].start, -item[0].end)):
            key = (span.trace, span.id)
            agent_key = key if role == "agent" else trace.agent_above(key)
            self._run_of(span, agent_key).spans.append(span)

    def _run_of(self, span: Span, agent_key: Key | None) -> _Run:
        agent = self._trace.agents[agent_key] if agent_key is not None else span
        parent_key = self._trace.agent_above(agent_key) if agent_key is not None else None
        name = self._convention.agent(agent)
        conversation = self._trace.conversations.get(span.trace, "")
        whole = conversation or span.trace
        which: object = ("root", whole, name) if parent_key is None else ("child", agent_key)
        run = self.runs.get(which)
        if run is not None:
            return run
        run = _Run(id="", agent=name, conversation=conversation, trace=span.trace)
        self.runs[which] = run
        if parent_key is None:
            run.id = self._free_id(whole, name or span.id)
            return run
        run.id = self._free_id(f"{whole}/{agent.id}", name)
        parent = self._begun(parent_key)
        caller = self._trace.caller_above((agent.trace, agent.id))
        if parent is not None:
            run.parent_id = parent.id
            if caller is not None:
                parent.children[caller] = run.id
        return run

    def _begun(self, agent_key: Key) -> _Run | None:
        """Return an agent's run if it began before now, so that parents form no circle."""
        agent = self._trace.agents[agent_key]
        whole = self._trace.conversations.get(agent.trace, "") or agent.trace
        root = self.runs.get(("root", whole, self._convention.agent(agent)))
        return self.runs.get(("child", agent_key)) or root

    def _free_id(self, wanted: str, suffix: str) -> str:
        base = wanted or suffix or "run"
        found = base if base not in self._ids else f"{base}/{suffix}"
        if found in self._ids:
            found = f"{found}#{len(self._ids)}"
        self._ids.add(found)
        return found


def _trajectory(
    run: _Run,
    trace: _Trace,
    children: dict[Key, str],
    convention: Convention,
    shown: str,
) -> Trajectory:
    chat = Chat()
    history = History(chat)
    model = next(filter(None, map(convention.model, run.spans)), "")
    for span in _telling(run, trace, convention):
        if convention.role(span) == "tool":
            _add_tool_use(chat, history, span, convention.tool_use(span), children)
            continue
        given, answered = convention.told(span, trace.events_of(span))
        history.request(given, line=span.line, time=time_text(span.start))
        history.response(answered, line=span.line, time=time_text(span.end))
    facts = {"conversation": run.conversation} if run.conversation else {}
    return Trajectory(
        id=run.id,
        format=convention.format,
        source=shown,
        agent=run.agent,
        model=model,
        steps=chat.steps,
        parent_id=run.parent_id,
        metadata=facts | {"trace": run.trace},
    )


def _telling(run: _Run, trace: _Trace, convention: Convention) -> Iterator[Span]:
    """Yield the spans that tell the run: tools and models, or agents where models are silent."""
    speaker: Role = "agent"
    for span in run.spans:
        if convention.role(span) == "model" and any(convention.told(span, trace.events_of(span))):
            speaker = "model"
            break
    yield from (span for span in run.spans if convention.role(span) in ("tool", speaker))


def _add_tool_use(
    chat: Chat,
    history: History,
    span: Span,
    use: ToolUse,
    children: dict[Key, str],
) -> None:
    start, end = time_text(span.start), time_text(span.end)
    call_id = use.call.call_id
    if not call_id or chat.assembly.call_of(call_id) is None:
        tool, arguments = use.call.tool, use.call.arguments
        call_id = chat.unanswered(tool, arguments, exactly=bool(call_id))
    if not call_id:
        history.response([use.call], line=span.line, time=start)
        call_id = chat.assembly.steps[-1].call_id
    if use.has_result:
        result = Entry(
            kind="result",
            actor="tool",
            text=use.result.text,
            tool=use.result.tool,
            call_id=call_id,
            is_error=use.result.is_error,
        )
        history.response([result], line=span.line, time=end)
    child = children.get((span.trace, span.id))
    if child:
        chat.assembly.set_child(call_id, child)
