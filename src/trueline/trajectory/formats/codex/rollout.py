"""One Codex rollout becoming one trajectory.

A rollout says most things twice: as items of the conversation (`response_item`) and as events
(`event_msg`).  Whichever comes first becomes the step; its twin is passed over.
"""

from collections import Counter
from typing import Any, Final

from trueline.trajectory.assembly import Assembly
from trueline.trajectory.decoding import as_dict, as_list, as_text, decode
from trueline.trajectory.formats.codex.events import CallEnds, call_end
from trueline.trajectory.formats.codex.outputs import read_output
from trueline.trajectory.formats.codex.speech import utterances
from trueline.trajectory.model import Tag, Trajectory

FORMAT: Final = "codex"
_EVENT_NOTES: Final = frozenset({"error", "stream_error", "warning", "guardian_assessment"})
_REPORTING_TOOLS: Final = frozenset({"wait", "wait_agent", "close_agent"})


class Rollout:
    """Collects the lines of one rollout file."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._assembly = Assembly()
        self._ends = CallEnds(self._assembly)
        self._facts: dict[str, str] = {}
        self._parent = ""
        self._metadata: dict[str, Any] = {}
        self._twins: dict[str, Counter[str]] = {"item": Counter(), "event": Counter()}
        self._line = 0
        self._time: str | None = None

    def take(self, value: dict[str, Any], line: int) -> None:
        """Turn one line into steps."""
        self._line = line
        time = value.get("timestamp")
        self._time = time if isinstance(time, str) else None
        kind = value.get("type")
        payload = value.get("payload")
        if not isinstance(payload, dict):
            self._take_bare(value)
        elif kind == "response_item":
            self._item(payload)
        elif kind == "event_msg":
            self._event(payload)
        elif kind == "session_meta":
            self._meta(payload)
        elif kind == "turn_context":
            self._context(payload)
        elif kind == "compacted":
            self._note(as_text(payload.get("message")) or "[compacted]", "compaction")

    def _take_bare(self, value: dict[str, Any]) -> None:
        """Take a line of a rollout from before the envelope: an item, or the first line."""
        if isinstance(value.get("type"), str):
            self._item(value)
        elif "id" in value:
            self._meta(value)

    def _meta(self, payload: dict[str, Any]) -> None:
        if "id" in self._facts:
            return  # a copy from the session that this one was forked from
        self._facts["id"] = as_text(payload.get("id"))
        self._facts["cwd"] = as_text(payload.get("cwd"))
        self._facts["version"] = as_text(payload.get("cli_version"))
        git = as_dict(payload.get("git"))
        for name, found in (
            ("branch", git.get("branch")),
            ("commit", git.get("commit_hash")),
            ("originator", payload.get("originator")),
            ("forked_from", payload.get("forked_from_id")),
        ):
            if isinstance(found, str) and found:
                self._metadata[name] = found
        subagent = as_dict(as_dict(payload.get("source")).get("subagent"))
        spawn = as_dict(subagent.get("thread_spawn"))
        self._parent = as_text(payload.get("parent_thread_id")) or as_text(
            spawn.get("parent_thread_id")
        )

    def _context(self, payload: dict[str, Any]) -> None:
        if not self._facts.get("model"):
            self._facts["model"] = as_text(payload.get("model"))
        if not self._facts.get("cwd"):
            self._facts["cwd"] = as_text(payload.get("cwd"))
        policy = payload.get("approval_policy")
        if isinstance(policy, str):
            self._metadata.setdefault("approval_policy", policy)

    def _is_twin(self, source: str, role: str, text: str) -> bool:
        """Return whether the other source has said this already; remember it if not."""
        key = f"{role}:{' '.join(text.split())}"
        other = self._twins["event" if source == "item" else "item"]
        if other[key] > 0:
            other[key] -= 1
            return True
        self._twins[source][key] += 1
        return False

    def _item(self, item: dict[str, Any]) -> None:
        kind = as_text(item.get("type"))
        if kind == "message":
            self._message(item)
        elif kind == "reasoning":
            self._reasoning(item)
        elif kind in ("function_call", "custom_tool_call", "local_shell_call", "tool_search_call"):
            self._call(item)
        elif kind in ("function_call_output", "custom_tool_call_output"):
            self._output(item)
        elif kind == "web_search_call":
            call_id = as_text(item.get("id"))
            arguments = as_dict(item.get("action"))
            self._assembly.add_call(
                "web_search", arguments, call_id, line=self._line, time=self._time
            )
        elif kind in ("compaction", "compaction_summary", "context_compaction"):
            self._note("[compacted]", "compaction")

    def _message(self, item: dict[str, Any]) -> None:
        role = item.get("role")
        for text, is_cut in _texts(item.get("content")):
            if role == "assistant":
                self._say(text, "item")
            elif role == "user":
                self._hear(text, "item", is_cut=is_cut)
            elif role in ("developer", "system") and text.strip():
                self._assembly.add(
                    "message", "system", text, line=self._line, time=self._time, tag="meta"
                )

    def _say(self, text: str, source: str) -> None:
        if text.strip() and not self._is_twin(source, "agent", text):
            self._assembly.add("message", "agent", text, line=self._line, time=self._time)

    def _hear(self, text: str, source: str, *, is_cut: bool = False) -> None:
        if not text.strip() or self._is_twin(source, "user", text):
            return
        tag: Tag = "prompt" if self._parent else ""
        for found in utterances(text, tag):
            self._assembly.add(
                found.kind,
                found.actor,
                found.text,
                line=self._line,
                time=self._time,
                tag=found.tag,
                is_truncated=is_cut,
            )

    def _reasoning(self, item: dict[str, Any]) -> None:
        parts = [as_text(as_dict(part).get("text")) for part in as_list(item.get("summary"))]
        raw = [as_text(as_dict(part).get("text")) for part in as_list(item.get("content"))]
        for text in [part for part in parts or raw if part.strip()]:
            self._reason(text, "item")

    def _reason(self, text: str, source: str) -> None:
        if text.strip() and not self._is_twin(source, "reasoning", text):
            self._assembly.add("reasoning", "agent", text, line=self._line, time=self._time)

    def _call(self, item: dict[str, Any]) -> None:
        kind = as_text(item.get("type"))
        call_id = as_text(item.get("call_id")) or as_text(item.get("id"))
        namespace = as_text(item.get("namespace"))
        name = as_text(item.get("name"))
        if kind == "local_shell_call":
            action = as_dict(item.get("action"))
            arguments = {key: found for key, found in action.items() if key != "type"}
            name = "local_shell"
        elif kind == "custom_tool_call":
            arguments = {"input": item.get("input")}
        else:
            arguments = _arguments(item.get("arguments"))
            name = name or "tool_search"
        tool = f"{namespace}{name}" if namespace else name
        self._assembly.add_call(tool, arguments, call_id, line=self._line, time=self._time)

    def _output(self, item: dict[str, Any]) -> None:
        call_id = as_text(item.get("call_id"))
        call = self._assembly.call_of(call_id)
        tool = call.tool if call else ""
        read = read_output(tool, item.get("output"))
        if read.is_rejected:
            self._assembly.add_decision(
                call_id, "user", read.text, line=self._line, time=self._time
            )
        background = read.background_id
        if tool == "write_stdin" and call is not None and not background:
            session = (call.arguments or {}).get("session_id")
            background = str(session) if isinstance(session, int | str) else ""
        result = self._assembly.add_result(
            call_id,
            read.text,
            line=self._line,
            time=self._time,
            exit_status=read.exit_status,
            is_error=read.is_error,
            is_interrupted=read.is_interrupted,
            is_truncated=read.is_truncated,
            background_id=background,
            child_id=_spawned(tool, read.text),
            tag="subagent_report" if tool in _REPORTING_TOOLS else "",
        )
        if result.child_id:
            self._assembly.set_child(call_id, result.child_id)
        self._ends.complete(result)

    def _event(self, payload: dict[str, Any]) -> None:
        kind = as_text(payload.get("type"))
        text = as_text(payload.get("message")) or as_text(payload.get("text"))
        if kind == "user_message":
            self._hear(text, "event")
        elif kind == "agent_message":
            self._say(text, "event")
        elif kind in ("agent_reasoning", "agent_reasoning_raw_content"):
            self._reason(text, "event")
        elif kind == "turn_aborted":
            reason = as_text(payload.get("reason")) or "interrupted"
            self._assembly.add(
                "note",
                "user",
                f"[turn aborted: {reason}]",
                line=self._line,
                time=self._time,
                tag="interrupt",
            )
        elif kind == "thread_rolled_back":
            self._note(f"[the user went back {payload.get('num_turns')} turns]"[:80], "")
        elif kind == "collab_agent_spawn_end":
            child = as_text(payload.get("new_thread_id"))
            if child:
                self._assembly.set_child(as_text(payload.get("call_id")), child)
        elif kind in _EVENT_NOTES:
            self._note(text, "")
        else:
            self._end(payload)

    def _end(self, payload: dict[str, Any]) -> None:
        end = call_end(payload, self._line, self._time)
        if end is not None:
            self._ends.take(as_text(payload.get("call_id")), end)

    def _note(self, text: str, tag: Tag) -> None:
        if text.strip():
            self._assembly.add("note", "host", text, line=self._line, time=self._time, tag=tag)

    def trajectory(self) -> Trajectory | None:
        """Return what was collected, None if there is no step."""
        self._ends.finish()
        if not self._assembly.steps:
            return None
        facts = self._facts
        return Trajectory(
            id=facts.get("id") or "session",
            format=FORMAT,
            source=self._shown,
            agent=f"Codex {facts.get('version', '')}".strip(),
            model=facts.get("model", ""),
            steps=tuple(self._assembly.steps),
            parent_id=self._parent,
            cwd=facts.get("cwd", ""),
            metadata=self._metadata,
        )


def _texts(content: Any) -> list[tuple[str, bool]]:
    """Return the texts of a message, each with whether it stands for something not rendered."""
    if isinstance(content, str):
        return [(content, False)]
    found: list[tuple[str, bool]] = []
    for item in as_list(content):
        text = as_dict(item).get("text")
        if isinstance(text, str):
            found.append((text, False))
        elif isinstance(item, dict):
            found.append((f"[{as_text(item.get('type')) or 'something'}]", True))
    return found


def _arguments(recorded: Any) -> dict[str, Any] | None:
    if recorded is None:
        return None
    value = (
        decode(recorded.encode(errors="replace")).value if isinstance(recorded, str) else recorded
    )
    if isinstance(value, dict):
        return value
    return {"input": recorded}


def _spawned(tool: str, text: str) -> str:
    if not tool.endswith("spawn_agent") or not text.startswith("{"):
        return ""
    value = as_dict(decode(text.encode(errors="replace")).value)
    return as_text(value.get("agent_id")) or as_text(value.get("thread_id"))
