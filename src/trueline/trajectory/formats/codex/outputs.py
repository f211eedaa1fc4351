"""What the output of a Codex tool records: exit status, truncation, a process still running.

Source:
    `codex-rs/core/src/tools` of openai/codex: a shell result is written as
    `{"output": …, "metadata": {"exit_code": …}}`, as text that begins with `Exit code: N`, or,
    for `exec_command` and `write_stdin`, with `Process exited with code N` or `Process running
    with session ID N` before the line `Output:`.
"""

from typing import Any, Final

from msgspec import Struct

from trueline.core.patterns import pattern
from trueline.trajectory.decoding import as_dict, as_int, as_json, as_text, decode

SHELL_TOOLS: Final = frozenset(
    {
        "shell", "container.exec", "shell_command", "local_shell", "exec_command", "write_stdin",
        "unified_exec",
    }
)  # fmt: skip
PATCH_TOOLS: Final = frozenset({"apply_patch"})

_OUTPUT_LINE: Final = "Output:\n"
_EXITED: Final = ("Exit code: ", "Process exited with code ")
_RUNNING: Final = "Process running with session ID "
_REJECTED: Final = ("exec command rejected by user", "patch rejected by user")
_ABORTED: Final = ("aborted by user", "aborted", "[Request interrupted by user")
_TIMED_OUT: Final = ("command timed out after ", "sandbox error: command timed out")
_HOST_ERRORS: Final = (
    "failed in sandbox", "sandbox error", "failed for: ", "execution error: ", "unsupported call: ",
    "failed to parse function arguments", "exec_command failed", "write_stdin failed",
    "apply_patch verification failed", "patch failed", "err: ", "Unknown process id",
)  # fmt: skip
_ELIDED: Final = pattern(
    r"\[\.\.\. omitted \d+ of \d+ lines \.\.\.\]"
    r"|…\d+ (?:tokens|chars|characters) truncated…"
    r"|\[\.\.\. output truncated to fit \d+ bytes \.\.\.\]"
    r"|Warning: truncated output \(original token count: \d+\)"
)


class Output(Struct, frozen=True):
    """One tool output, read."""

    text: str
    exit_status: int | None = None
    is_error: bool = False
    is_interrupted: bool = False
    is_truncated: bool = False
    is_rejected: bool = False
    background_id: str = ""


def read_output(tool: str, recorded: Any) -> Output:
    """Return what `recorded`, the `output` of a result, says.

    Args:
        tool: name of the tool, empty where the call is not in the file.
        recorded: text, a list of content items, or `{"content": …, "success": …}`.
    """
    text, is_failure, is_cut = _body(recorded)
    if tool and tool not in SHELL_TOOLS and tool not in PATCH_TOOLS:
        is_error = is_failure or text.startswith(_HOST_ERRORS)
        return Output(text, is_error=is_error, is_truncated=is_cut or _is_elided(text))
    found = _structured(text) or _with_header(text) or Output(text)
    body = found.text
    is_rejected = body.startswith(_REJECTED)
    is_timed_out = body.startswith(_TIMED_OUT)
    is_aborted = found.exit_status is None and body.startswith(_ABORTED)
    return Output(
        text=body,
        exit_status=found.exit_status,
        is_error=is_failure
        or is_rejected
        or (found.exit_status is None and body.startswith(_HOST_ERRORS)),
        is_interrupted=is_rejected or is_timed_out or is_aborted,
        is_truncated=is_cut or found.is_truncated or _is_elided(body),
        is_rejected=is_rejected,
        background_id=found.background_id,
    )


def _body(recorded: Any) -> tuple[str, bool, bool]:
    """Return the text of an output, whether it is marked as failed, whether part is missing."""
    if isinstance(recorded, str):
        return recorded, False, False
    if isinstance(recorded, list):
        text, is_cut = _items_text(recorded)
        return text, False, is_cut
    value = as_dict(recorded)
    if "content" in value:
        content = value["content"]
        is_failure = value.get("success") is False
        if isinstance(content, list):
            text, is_cut = _items_text(content)
            return text, is_failure, is_cut
        return as_text(content), is_failure, False
    return ("" if recorded is None else as_json(recorded)), False, False


def _items_text(items: list[Any]) -> tuple[str, bool]:
    parts: list[str] = []
    is_cut = False
    for item in items:
        text = item if isinstance(item, str) else as_dict(item).get("text")
        if isinstance(text, str):
            parts.append(text)
        else:
            is_cut = True
            parts.append(f"[{as_text(as_dict(item).get('type')) or 'something'}]")
    return "\n".join(parts), is_cut


def _structured(text: str) -> Output | None:
    if not text.startswith("{") or '"output"' not in text:
        return None
    value = as_dict(decode(text.encode(errors="replace")).value)
    output = value.get("output")
    if not isinstance(output, str):
        return None
    return Output(output, exit_status=as_int(as_dict(value.get("metadata")).get("exit_code")))


def _with_header(text: str) -> Output | None:
    end = text.find(_OUTPUT_LINE, 0, 1000)
    if end < 0 and text.endswith("Output:"):
        end = len(text) - len("Output:")
    if end < 0 or not text.startswith(("Exit code: ", "Chunk ID: ", "Wall time: ", "Command: ")):
        return None
    exit_status: int | None = None
    running = ""
    is_truncated = False
    for line in text[:end].split("\n"):
        if line.startswith(_EXITED):
            exit_status = _number(line.rpartition(" ")[2])
        elif line.startswith(_RUNNING):
            running = line[len(_RUNNING) :].split(" ", 1)[0]
        elif line.startswith("Total output lines: "):
            is_truncated = True  # written only where the output was shortened
    body = text[end + len(_OUTPUT_LINE) :]
    return Output(body, exit_status, is_truncated=is_truncated, background_id=running)


def _number(digits: str) -> int | None:
    plain = digits.removeprefix("-")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 11):
        return None
    return int(digits)


def _is_elided(text: str) -> bool:
    if "truncated" not in text and "omitted" not in text:
        return False
    return _ELIDED.search(text) is not None
