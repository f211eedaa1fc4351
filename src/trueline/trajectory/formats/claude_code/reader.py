"""Claude Code sessions: the main agent's line of entries and those of its subagents.

A session file holds the main agent; subagents stand beside it (`agent-<id>.jsonl`), below it
(`<session>/subagents/agent-<id>.jsonl`), or, in older versions, inside it as sidechains.  The
names of files decide nothing: every entry names its session and its agent.

**Covers** both layouts of subagent files, sidechains, progress entries, entries written again
when a session is resumed, and the output of `claude --output-format stream-json`.
**Does not cover** which of two branches the user kept after going back: both are read.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from trueline.trajectory.decoding import as_dict, as_list, as_text
from trueline.trajectory.formats.claude_code.entries import (
    DECODER,
    Entry,
    LineFilter,
    entry_from,
    is_session,
)
from trueline.trajectory.formats.claude_code.thread import FORMAT, Thread
from trueline.trajectory.lines import json_lines
from trueline.trajectory.model import ReadProblem, Trajectory
from trueline.trajectory.reader import Head, Reader

_SPEAKING: Final = frozenset({"user", "assistant", "system", "attachment", "queue-operation"})


class Session:
    """Sends every entry of one file to the agent it belongs to."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._threads: dict[str, Thread] = {}
        self._seen: set[str] = set()
        self._chain_of: dict[str, str] = {}
        self._latest_chain = ""

    def take(self, entry: Entry, line: int) -> None:
        """Add one entry, unless it was written before."""
        if as_text(entry.type) not in _SPEAKING:
            return
        uuid = entry.uuid
        if isinstance(uuid, str) and uuid:
            if uuid in self._seen:
                return
            self._seen.add(uuid)
        agent = self._agent_of(entry)
        thread = self._threads.get(agent)
        if thread is None:
            thread = self._threads[agent] = Thread(self._session_id(entry), agent)
            if agent:
                self._link(agent, entry)
        thread.take(entry, line)

    def _session_id(self, entry: Entry) -> str:
        found = as_text(entry.session_id) or as_text(entry.stream_session)
        return found or Path(self._shown).name.partition(".")[0] or "session"

    def _agent_of(self, entry: Entry) -> str:
        if isinstance(entry.stream_parent, str) and entry.stream_parent:
            return entry.stream_parent
        if entry.is_sidechain is not True:
            return ""
        if isinstance(entry.agent_id, str) and entry.agent_id:
            return entry.agent_id
        return self._sidechain_of(entry)

    def _sidechain_of(self, entry: Entry) -> str:
        """Follow the parent link one step back; a chain starts where there is no parent."""
        parent = entry.parent_uuid
        if isinstance(parent, str) and parent:
            chain = self._chain_of.get(parent) or self._latest_chain
        else:
            chain = ""
        if not chain:
            chain = f"sidechain-{1 + len(self._threads)}"
        self._latest_chain = chain
        if isinstance(entry.uuid, str):
            self._chain_of[entry.uuid] = chain
        return chain

    def _link(self, agent: str, entry: Entry) -> None:
        main = self._threads.get("")
        if main is None:
            return
        call_id = agent if main.assembly.call_of(agent) else ""
        call_id = call_id or main.call_with_prompt(_first_text(entry))
        if call_id:
            main.assembly.set_child(call_id, f"{main.session}/agent-{agent}")

    def trajectories(self, agents: dict[str, str]) -> Iterator[Trajectory]:
        """Yield the main agent's trajectory and its subagents', in order of appearance."""
        for thread in self._threads.values():
            found = thread.trajectory(self._shown, agents)
            if found is not None:
                yield found


def _first_text(entry: Entry) -> str:
    content = as_dict(entry.message).get("content")
    if isinstance(content, str):
        return content
    return next((as_text(as_dict(block).get("text")) for block in as_list(content)), "")


class _ClaudeCodeReader:
    name = FORMAT

    def recognises(self, head: Head) -> bool:
        return is_session(head)

    def read(self, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
        session = Session(shown)
        lines = LineFilter()
        for item in json_lines(path, shown, decoder=DECODER, skip=lines.skips):
            if isinstance(item, ReadProblem):
                yield item
                continue
            number, value = item
            entry = entry_from(value)
            if entry is None:
                yield _not_an_entry(shown, number, value)
            else:
                session.take(entry, number)
        yield from session.trajectories(lines.agents)


def _not_an_entry(shown: str, line: int, value: Any) -> ReadProblem:
    found = type(value).__name__
    return ReadProblem(path=shown, line=line, message=f"expected an object, found {found}")


READER: Final[Reader] = _ClaudeCodeReader()
"""Reads Claude Code sessions."""
