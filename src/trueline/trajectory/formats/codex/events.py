"""Events of a rollout that say more of a call than its output does, matched by call id."""

from typing import Any

from msgspec import Struct
from msgspec.structs import force_setattr

from trueline.trajectory.assembly import Assembly
from trueline.trajectory.bounds import bounded_text
from trueline.trajectory.decoding import as_dict, as_int, as_json, as_list, as_text
from trueline.trajectory.model import Step


class CallEnd(Struct, frozen=True):
    """What an event says of the end of a call."""

    tool: str
    arguments: dict[str, Any]
    text: str
    line: int
    time: str | None
    exit_status: int | None = None
    is_error: bool = False
    is_declined: bool = False
    extra: dict[str, Any] | None = None


def call_end(payload: dict[str, Any], line: int, time: str | None) -> CallEnd | None:
    """Return what an event of any kind says of the end of a call, None if nothing."""
    kind = payload.get("type")
    if kind == "exec_command_end":
        return _exec_end(payload, line, time)
    if kind == "patch_apply_end":
        return _patch_end(payload, line, time)
    if kind == "mcp_tool_call_end":
        return _mcp_end(payload, line, time)
    return None


def _exec_end(payload: dict[str, Any], line: int, time: str | None) -> CallEnd:
    stdout, stderr = as_text(payload.get("stdout")), as_text(payload.get("stderr"))
    whole = as_text(payload.get("aggregated_output")) or as_text(payload.get("formatted_output"))
    is_declined = payload.get("status") == "declined"
    arguments = {
        name: payload[given]
        for name, given in (("command", "command"), ("workdir", "cwd"))
        if given in payload
    }
    return CallEnd(
        tool="shell",
        arguments=arguments,
        text=whole or "\n".join(part for part in (stdout, stderr) if part),
        line=line,
        time=time,
        exit_status=None if is_declined else as_int(payload.get("exit_code")),
        is_declined=is_declined,
        extra={"stdout": stdout, "stderr": stderr} if stderr else None,
    )


def _patch_end(payload: dict[str, Any], line: int, time: str | None) -> CallEnd:
    changes = as_dict(payload.get("changes"))
    text = as_text(payload.get("stdout")) + as_text(payload.get("stderr"))
    return CallEnd(
        tool="apply_patch",
        arguments={"changes": changes},
        text=text,
        line=line,
        time=time,
        is_error=payload.get("success") is False,
        is_declined=payload.get("status") == "declined",
        extra={"patch": changes} if changes else None,
    )


def _mcp_end(payload: dict[str, Any], line: int, time: str | None) -> CallEnd:
    invocation = as_dict(payload.get("invocation"))
    result = as_dict(payload.get("result"))
    value = as_dict(result.get("Ok"))
    is_error = "Err" in result or value.get("isError") is True or value.get("is_error") is True
    parts = [as_text(as_dict(item).get("text")) for item in as_list(value.get("content"))]
    failure = result.get("Err")
    return CallEnd(
        tool=f"{as_text(invocation.get('server'))}__{as_text(invocation.get('tool'))}",
        arguments=as_dict(invocation.get("arguments")),
        text="\n".join(parts) or (as_text(failure) or as_json(failure) if failure else ""),
        line=line,
        time=time,
        is_error=is_error,
    )


class CallEnds:
    """Keeps the ends of calls until their results are known, then puts the two together."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly
        self._ends: dict[str, CallEnd] = {}

    def take(self, call_id: str, end: CallEnd) -> None:
        """Note the end of a call; a result that stands in the steps already is completed."""
        call = self._assembly.call_of(call_id)
        if call is None:
            self._stand_alone(call_id, end)
        elif call.call_index is None:
            self._ends[call_id] = end
        else:
            self._complete(self._assembly.steps[call.call_index], end)

    def complete(self, result: Step) -> None:
        """Add to a new result what an earlier event said of the same call."""
        end = self._ends.pop(result.call_id, None)
        if end is not None:
            self._complete(result, end)

    def finish(self) -> None:
        """Append results for calls that ended but whose output was not written."""
        for call_id, end in self._ends.items():
            self._result(call_id, end)
        self._ends = {}

    def _stand_alone(self, call_id: str, end: CallEnd) -> None:
        # A command that was run from code, or by the user: the event is all there is.
        self._assembly.add_call(end.tool, end.arguments, call_id, line=end.line, time=end.time)
        self._result(call_id, end)

    def _result(self, call_id: str, end: CallEnd) -> None:
        self._assembly.add_result(
            call_id,
            end.text,
            line=end.line,
            time=end.time,
            exit_status=end.exit_status,
            is_error=end.is_error or end.is_declined,
            is_interrupted=end.is_declined,
            extra=end.extra,
        )

    def _complete(self, result: Step, end: CallEnd) -> None:
        # Not yet published: nobody else holds the frozen step.
        if result.exit_status is None and end.exit_status is not None and not result.background_id:
            force_setattr(result, "exit_status", end.exit_status)
        if end.is_error or end.is_declined:
            force_setattr(result, "is_error", True)
        if end.is_declined:
            force_setattr(result, "is_interrupted", True)
        if not result.text and end.text:
            text, is_cut = bounded_text(end.text)
            force_setattr(result, "text", text)
            force_setattr(result, "is_truncated", result.is_truncated or is_cut)
        if end.extra:
            force_setattr(result, "extra", {**end.extra, **result.extra})
