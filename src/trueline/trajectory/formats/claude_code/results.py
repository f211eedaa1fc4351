"""What a tool result of Claude Code records: exit status, interruption, truncation, figures.

Claude Code writes a result twice: as the text that the model saw (`tool_result`) and as the
tool's own value (`toolUseResult`), which subagent files leave out.

Source:
    `Bash` throws when a command fails, and the text of the error begins with `Exit code N`; a
    result without error therefore had status 0, unless the command was cut off, went to the
    background, or is one of the few programs whose status 1 is no failure (`grep`, `rg`, `find`,
    `diff`, `test`): then `returnCodeInterpretation` says in words what status 1 meant.
"""

from typing import Any, Final

from msgspec import Struct

from trueline.core.patterns import pattern
from trueline.trajectory.decoding import as_dict, as_int, as_list, as_text
from trueline.trajectory.model import Actor, Step

SHELL_TOOLS: Final = frozenset({"Bash", "PowerShell"})
TASK_READERS: Final = frozenset({"TaskOutput", "BashOutput", "AgentOutputTool", "BashOutputTool"})
AGENT_TOOLS: Final = frozenset({"Task", "Agent"})

REJECTED: Final = "The user doesn't want to "
USER_SAID: Final = "the user said:\n"

_LENIENT_PROGRAMS: Final = pattern(
    r"(?:^|[^\w.-])(?:grep|egrep|fgrep|rg|find|diff|test|\[)(?:\s|$)"
)
_TURNED_DOWN: Final = (REJECTED, "The agent proposed a plan that was rejected by the user")
_DENIED: Final = (
    "Permission to use ",
    "Permission for this ",
    "Claude requested permissions to ",
    "This command requires approval",
    "PreToolUse:",
    "Hook PreToolUse:",
)
_APPROVED: Final = ("User has approved ", "User approved ")

_ABORTED: Final = (
    "[Request interrupted by user",
    "<error>Command was aborted before completion</error>",
    "Command was aborted before completion",
    "[Tool result missing due to internal error]",
)
_CUT_OFF: Final = (REJECTED, *_ABORTED)
_TIMED_OUT: Final = "Command timed out after "
_ELIDED: Final = pattern(
    r"(?m)^\.\.\. \[\d+ (?:lines|characters|chars) (?:truncated|omitted)\] \.\.\."
    r"|^\[Truncated\. Full output: "
    r"|^\.{0,3} ?\[output truncated"
    r"|^\(Results are truncated\."
)
_EXIT_CODE_ELEMENT: Final = pattern(r"<exit_code>(-?\d{1,10})</exit_code>")
_FIGURES: Final = (
    "returnCodeInterpretation", "userModified", "numFiles", "numLines", "startLine", "totalLines",
    "code", "status", "totalToolUseCount", "durationMs", "persistedOutputPath", "retrieval_status",
    "timedOutAfterMs", "type",
)  # fmt: skip
_FIGURE_NAMES: Final = frozenset(_FIGURES)


class Reading(Struct, frozen=True):
    """What the record says of one result, beside its text."""

    exit_status: int | None = None
    is_interrupted: bool = False
    is_truncated: bool = False
    background_id: str = ""
    agent_id: str = ""
    is_report: bool = False
    extra: dict[str, Any] | None = None


def read_result(call: Step | None, text: str, is_error: bool, recorded: Any) -> Reading:
    """Return what `text` and the tool's own value say of the result of `call`.

    Args:
        call: the call, None where the file does not hold it.
        text: what the model saw.
        is_error: the result is marked as an error.
        recorded: `toolUseResult`, whatever it is.
    """
    value = as_dict(recorded)
    tool = call.tool if call else ""
    is_interrupted = _is_interrupted(text, value)
    background = as_text(value.get("backgroundTaskId"))
    exit_status: int | None = None
    if tool in SHELL_TOOLS:
        background = background or _background_id(text)
        if not background:
            exit_status = _shell_status(call, text, is_error, is_interrupted, value)
    elif tool in TASK_READERS:
        task = as_dict(value.get("task"))
        background = _task_id(call, value, task)
        exit_status = _task_status(text, value, task)
    agent = as_text(value.get("agentId")) if tool in AGENT_TOOLS or not tool else ""
    is_launched = value.get("status") == "async_launched" or value.get("isAsync") is True
    return Reading(
        exit_status=exit_status,
        is_interrupted=is_interrupted,
        is_truncated=_is_truncated(tool, text, value),
        background_id=agent if agent and is_launched else background,
        agent_id=agent,
        is_report=tool in AGENT_TOOLS and not is_error and not is_launched,
        extra=_extra(value, text, is_shell=tool in SHELL_TOOLS),
    )


def _is_interrupted(text: str, value: dict[str, Any]) -> bool:
    if value.get("interrupted") is True:
        return True
    if "timedOutAfterMs" in value and as_int(value["timedOutAfterMs"]) is not None:
        return True
    if text.startswith(_CUT_OFF) or text.endswith(_ABORTED[1]):
        return True
    return _TIMED_OUT in text[:200]


def _shell_status(
    call: Step | None, text: str, is_error: bool, is_interrupted: bool, value: dict[str, Any]
) -> int | None:
    if is_error:
        return _leading_exit_code(text)
    if is_interrupted:
        return None
    if value:
        return 1 if as_text(value.get("returnCodeInterpretation")) else 0
    # No value of the tool's own: status 1 of a lenient program would not show either.
    command = as_text((call.arguments or {}).get("command")) if call else ""
    return None if not command or _LENIENT_PROGRAMS.search(command) else 0


def _leading_exit_code(text: str) -> int | None:
    head = text[:40].removeprefix("Error: ")
    if not head.startswith("Exit code "):
        return None
    digits = head[len("Exit code ") :].split("\n", 1)[0].strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 11 else None


def _background_id(text: str) -> str:
    if not text.startswith("Command ") or " background" not in text[:200]:
        return ""
    _, mark, rest = text[:400].partition("with ID: ")
    return rest.split()[0].rstrip(".") if mark and rest.split() else ""


def _task_id(call: Step | None, value: dict[str, Any], task: dict[str, Any]) -> str:
    arguments = (call.arguments or {}) if call else {}
    candidates = (
        task.get("task_id"),
        value.get("shellId"),
        arguments.get("task_id"),
        arguments.get("bash_id"),
        arguments.get("shell_id"),
    )
    return next((found for found in candidates if isinstance(found, str) and found), "")


def _task_status(text: str, value: dict[str, Any], task: dict[str, Any]) -> int | None:
    source = task or value
    if source.get("status") == "running":
        return None
    status = as_int(source.get("exitCode"))
    if status is not None or source.get("status") is not None:
        return status
    # Only before the output, which may hold anything.
    found = _EXIT_CODE_ELEMENT.search(text[: text.find("<output>")][:600])
    return int(found.group(1)) if found and "<status>running" not in text[:300] else None


def _is_truncated(tool: str, text: str, value: dict[str, Any]) -> bool:
    if value.get("truncated") is True or isinstance(value.get("persistedOutputPath"), str):
        return True
    if text.startswith(
        ("<persisted-output>", "[Old tool result content cleared]", "Output too large")
    ):
        return True
    if tool == "Read" or ("runcated" not in text and " omitted]" not in text):
        return False
    return _ELIDED.search(text) is not None


def _extra(value: dict[str, Any], text: str, *, is_shell: bool) -> dict[str, Any] | None:
    if not value:
        return None
    extra: dict[str, Any] = {}
    stdout, stderr = as_text(value.get("stdout")), as_text(value.get("stderr"))
    if stderr or (is_shell and len(stdout) > len(text) + 64):
        extra["stdout"], extra["stderr"] = stdout, stderr
    original = value.get("originalFile")
    if isinstance(original, str):
        extra["original_file"] = original
    patch = as_list(value.get("structuredPatch"))
    if patch:
        extra["patch"] = patch
    file = as_dict(value.get("file"))
    path = as_text(value.get("filePath")) or as_text(file.get("filePath"))
    if path:
        extra["file_path"] = path
    recorded = {
        name: found[name]
        for found in (value, file)
        if not _FIGURE_NAMES.isdisjoint(found)
        for name in _FIGURES
        if isinstance(found.get(name), str | int | float) and found[name] is not False
    }
    if recorded:
        extra["recorded"] = recorded
    return extra or None


def decider(text: str, is_error: bool) -> Actor | None:
    """Return who answered the call with this result, None if nobody had to.

    A person turns a call down or approves a plan; the host denies what its rules forbid.
    """
    if text.startswith(_APPROVED):
        return "user"
    if not is_error:
        return None
    if text.startswith(_TURNED_DOWN):
        return "user"
    return "host" if text.startswith(_DENIED) else None


def user_reason(text: str) -> str:
    """Return what the user typed when turning down a call, empty if nothing."""
    if not text.startswith(REJECTED):
        return ""
    return text.partition(USER_SAID)[2].strip()


def user_answers(recorded: Any) -> str:
    """Return what the user answered to the agent's questions, a line each; empty if nothing."""
    answers = recorded.get("answers") if isinstance(recorded, dict) else None
    if not isinstance(answers, dict):
        return ""
    return "\n".join(answer for answer in answers.values() if isinstance(answer, str) and answer)
