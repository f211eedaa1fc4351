"""One agent's line of entries in a session, becoming one trajectory."""

from typing import Any, Final

from trueline.trajectory.assembly import Assembly
from trueline.trajectory.decoding import as_dict, as_json, as_list, as_text
from trueline.trajectory.formats.claude_code.entries import Entry
from trueline.trajectory.formats.claude_code.hosted import HostVoice
from trueline.trajectory.formats.claude_code.results import (
    decider,
    read_result,
    user_answers,
    user_reason,
)
from trueline.trajectory.formats.claude_code.speech import utterances
from trueline.trajectory.model import Tag, Trajectory

FORMAT: Final = "claude-code"
SYNTHETIC_MODEL: Final = "<synthetic>"
_CALL_BLOCKS: Final = frozenset({"tool_use", "server_tool_use", "mcp_tool_use"})


class Thread:
    """Collects what one agent (the main one, or a subagent) said, did and was told.

    Entries are taken in file order, which is the order in which things happened.  After the
    user goes back to an earlier message, both branches stand in the file and both happened.
    """

    def __init__(self, session: str, agent_id: str) -> None:
        self.session = session
        self.agent_id = agent_id
        self.assembly = Assembly()
        self.model = ""
        self.version = ""
        self.branch = ""
        self.cwd = ""
        self._host = HostVoice(self.assembly)
        self._plain_tag: Tag = "prompt" if agent_id else ""
        self._is_compaction = agent_id.startswith("acompact")
        self._calls: set[str] = set()
        self._said: tuple[str, str] = ("", "")
        self._prompts: dict[str, str] = {}
        self._line = 0
        self._time: str | None = None

    def take(self, entry: Entry, line: int) -> None:
        """Turn one entry into steps."""
        self._line = line
        self._time = entry.timestamp if isinstance(entry.timestamp, str) else None
        self._note_facts(entry)
        kind = entry.type
        if kind == "assistant":
            self._take_agent(entry)
        elif kind == "user":
            self._take_user(entry)
        else:
            self._host.take(entry, line, self._time)

    def _note_facts(self, entry: Entry) -> None:
        session = entry.session_id or entry.stream_session
        if isinstance(session, str) and session:
            self.session = session
        if not self.version:
            self.version = as_text(entry.version) or as_text(entry.stream_version)
        if not self.branch:
            self.branch = as_text(entry.git_branch)
        if not self.cwd:
            self.cwd = as_text(entry.cwd)

    def _take_agent(self, entry: Entry) -> None:
        message = as_dict(entry.message)
        model = as_text(message.get("model"))
        if entry.is_api_error is True or model == SYNTHETIC_MODEL:
            # Written by the host in the agent's place: an API error, "No response requested."
            self._host.note(_plain_text(message.get("content")), self._line, self._time)
            return
        self.model = self.model or model
        content = message.get("content")
        blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
        message_id = as_text(message.get("id"))
        for block in as_list(blocks):
            if isinstance(block, dict):
                self._take_agent_block(block, message_id, model)
            elif isinstance(block, str):
                self._say(block, "", model)

    def _take_agent_block(self, block: dict[str, Any], message_id: str, model: str) -> None:
        kind = as_text(block.get("type"))
        if kind == "text":
            self._say(as_text(block.get("text")), message_id, model)
        elif kind in _CALL_BLOCKS:
            self._call(block)
        elif kind == "thinking":
            self._reason(as_text(block.get("thinking")), "[thinking not recorded]")
        elif kind == "redacted_thinking":
            self._reason("", "[thinking redacted]")
        elif kind.endswith("_tool_result"):
            self._result(block, None)

    def _say(self, text: str, message_id: str, model: str) -> None:
        # A stream may be written down more than once under one message id.
        if not text.strip() or (message_id and self._said == (message_id, text)):
            return
        self._said = (message_id, text)
        self.assembly.add(
            "message",
            "agent",
            text,
            line=self._line,
            time=self._time,
            tag="compaction" if self._is_compaction else "",
            extra={"model": model} if model and model != self.model else None,
        )

    def _reason(self, text: str, placeholder: str) -> None:
        # Without its text a thought is still a step, marked as not all there was.
        shown = text if text.strip() else placeholder
        is_complete = bool(text.strip())
        self.assembly.add(
            "reasoning",
            "agent",
            shown,
            line=self._line,
            time=self._time,
            is_truncated=not is_complete,
        )

    def _call(self, block: dict[str, Any]) -> None:
        call_id = as_text(block.get("id"))
        if call_id and call_id in self._calls:
            return
        self._calls.add(call_id)
        arguments = block.get("input")
        if arguments is not None and not isinstance(arguments, dict):
            arguments = {"input": arguments}
        call = self.assembly.add_call(
            as_text(block.get("name")), arguments, call_id, line=self._line, time=self._time
        )
        prompt = as_text(arguments.get("prompt")) if arguments else ""
        if prompt:
            self._prompts[prompt] = call.call_id

    def call_with_prompt(self, prompt: str) -> str:
        """Return the id of the call whose prompt this is, empty if there is none."""
        return self._prompts.get(prompt, "")

    def _take_user(self, entry: Entry) -> None:
        content = as_dict(entry.message).get("content")
        if entry.is_compact_summary is True:
            self._host.compacted(_plain_text(content), self._line, self._time)
            return
        blocks = [content] if isinstance(content, str) else as_list(content)
        recorded = entry.tool_use_result
        if recorded is None:
            recorded = entry.stream_result
        if len(blocks) > 1 and sum(_is_result(block) for block in blocks) > 1:
            recorded = None  # one value for several results: nobody knows whose it is
        for block in blocks:
            if isinstance(block, str):
                self._hear(block, entry)
            elif _is_result(block):
                self._result(block, recorded)
            elif isinstance(block, dict):
                self._take_user_block(block, entry)

    def _take_user_block(self, block: dict[str, Any], entry: Entry) -> None:
        if block.get("type") == "text":
            self._hear(as_text(block.get("text")), entry)
            return
        is_meta = entry.is_meta is True
        self.assembly.add(
            "message",
            "host" if is_meta else "user",
            _unrendered(block),
            line=self._line,
            time=self._time,
            tag="meta" if is_meta else self._plain_tag,
            is_truncated=True,
        )

    def _hear(self, text: str, entry: Entry) -> None:
        origin = as_dict(entry.origin).get("kind")
        is_meta = entry.is_meta is True or (isinstance(origin, str) and origin != "human")
        for found in utterances(text, is_meta=is_meta, plain_tag=self._plain_tag):
            self._host.heard(found, self._line, self._time)

    def _result(self, block: dict[str, Any], recorded: Any) -> None:
        call_id = as_text(block.get("tool_use_id"))
        text, is_cut = _result_text(block.get("content"))
        is_error = block.get("is_error") is True
        call = self.assembly.call_of(call_id)
        read = read_result(call, text, is_error, recorded)
        line, time = self._line, self._time
        who = decider(text, is_error)
        if who is not None:
            self.assembly.add_decision(call_id, who, text, line=line, time=time)
        child = f"{self.session}/agent-{read.agent_id}" if read.agent_id else ""
        step = self.assembly.add_result(
            call_id,
            text,
            line=line,
            time=time,
            exit_status=read.exit_status,
            is_error=is_error,
            is_interrupted=read.is_interrupted,
            is_truncated=read.is_truncated or is_cut,
            background_id=read.background_id,
            child_id=child,
            tag="subagent_report" if read.is_report else "",
            extra=read.extra,
        )
        if child:
            self.assembly.set_child(call_id, child)
        self._host.started(read.background_id, step)
        said = user_reason(text) if is_error else user_answers(recorded)
        if said:
            self.assembly.add("message", "user", said, line=line, time=time, tag=self._plain_tag)

    def trajectory(self, shown: str, agents: dict[str, str]) -> Trajectory | None:
        """Return what was collected, None if there is no step.

        Args:
            shown: the file's name, as the caller gave it.
            agents: ids of subagents by the call that started them, from progress entries.
        """
        self._host.finish()
        assembly = self.assembly
        for call_id, agent in agents.items():
            call = assembly.call_of(call_id)
            if call is not None and not call.child_id:
                assembly.set_child(call_id, f"{self.session}/agent-{agent}")
        if not assembly.steps:
            return None
        metadata: dict[str, Any] = {}
        if self.branch:
            metadata["branch"] = self.branch
        if self._is_compaction:
            metadata["purpose"] = "compaction"
        return Trajectory(
            id=f"{self.session}/agent-{self.agent_id}" if self.agent_id else self.session,
            format=FORMAT,
            source=shown,
            agent=f"Claude Code {self.version}".strip(),
            model=self.model,
            steps=tuple(assembly.steps),
            parent_id=self.session if self.agent_id else "",
            cwd=self.cwd,
            metadata=metadata,
        )


def _is_result(block: Any) -> bool:
    if not isinstance(block, dict):
        return False
    kind = block.get("type")
    return isinstance(kind, str) and kind.endswith("tool_result")


def _plain_text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(as_text(as_dict(block).get("text")) for block in as_list(content))


def _result_text(content: Any) -> tuple[str, bool]:
    if isinstance(content, str):
        return content, False
    if not isinstance(content, list):
        return ("" if content is None else as_json(content)), False
    parts: list[str] = []
    is_cut = False
    for block in content:
        text = block if isinstance(block, str) else as_dict(block).get("text")
        if isinstance(text, str):
            parts.append(text)
        else:
            is_cut = True
            parts.append(_unrendered(as_dict(block)))
    return "\n".join(parts), is_cut


def _unrendered(block: dict[str, Any]) -> str:
    kind = as_text(block.get("type")) or "something"
    media = as_text(as_dict(block.get("source")).get("media_type"))
    name = as_text(block.get("title")) or as_text(block.get("tool_name")) or media
    return f"[{kind}: {name}]" if name else f"[{kind}]"
