"""What a result shows of a file's content, when it shows all of it.

A part of a file is no evidence of the whole, so everything here answers None unless the
record says, or the text shows, that nothing is missing.
"""

from typing import Any, Final

from trueline.core.patterns import pattern
from trueline.ledger.edits.scan import Call
from trueline.trajectory import Step

_REMINDER: Final = "\n\n<system-reminder>"
_READ_LIMIT: Final = 2000
"""Claude Code reads this many lines unless told otherwise, so exactly so many prove nothing."""

_PREFIX: Final = 12
_WINDOW_HEAD: Final = r"\[File: (.+?) \((\d+) lines total\)\]\r?\n"
_CAT: Final = r"^\s*cat\s+(?:--\s+)?(?:\"([^\"$`\\]+)\"|'([^']+)'|([^\s\"'$`\\;&|<>(){}*?\[]+))\s*$"
_OUTPUT_MARK: Final = "\nOutput:\n"
_PATH_ARGUMENTS: Final = ("file_path", "path", "filePath", "filename", "target_file", "file")


def whole_file(call: Call, result: Step) -> tuple[str, str] | None:
    """Return the path and whole content of the file that `result` shows, None if it does not."""
    if result.is_error or result.is_truncated or result.is_interrupted or result.background_id:
        return None
    if call.shell:
        return _cat_output(call.shell, result)
    reads = call.entry.reads
    if reads == "window":
        return _window(result.text)
    if not reads or any(call.arguments.get(name) for name in call.entry.partial):
        return None
    if call.entry.edit == "editor" and call.arguments.get("command", "view") != "view":
        return None
    path = next(
        (value for name in _PATH_ARGUMENTS if isinstance(value := call.arguments.get(name), str)),
        "",
    )
    content = result.text if reads == "plain" else _numbered(result)
    return (path, content) if path and content is not None else None


def _cat_output(command: str, result: Step) -> tuple[str, str] | None:
    if "cat" not in command[:40] or result.exit_status not in (0, None):
        return None
    found = pattern(_CAT).match(command) if len(command) < 1000 else None
    if found is None:
        return None
    text = result.text
    if text.startswith(("Exit code: ", "Chunk ID: ", "Wall time: ")) and _OUTPUT_MARK in text[:400]:
        text = text.partition(_OUTPUT_MARK)[2]
    path = next(part for part in found.groups() if part)
    return (path, text) if text and "No such file or directory" not in text[:300] else None


def _numbered(result: Step) -> str | None:
    text = result.text
    if not _is_all(result.extra.get("recorded")):
        return None
    cut = text.rfind(_REMINDER)
    if cut >= 0 and text.rstrip().endswith("</system-reminder>"):
        text = text[:cut]
    head, mark, rest = text.partition(":\n")
    if mark and "cat -n" in head and "\n" not in head:
        text = rest
    is_codex = text.startswith("L1: ")
    if not is_codex and "→" not in text:
        listed = _listed(text)
        if listed is not None:
            return listed if _is_surely_all(listed, result) else None
    lines: list[str] = []
    for position, line in enumerate(text.split("\n"), 1):
        number, rest = _codex_line(line) if is_codex else _numbered_line(line)
        if number != str(position):
            # Some tools end the listing with a line break of their own.
            if not line.strip() and position > 1:
                break
            return None
        lines.append(rest)
    content = "\n".join(lines)
    return content if _is_surely_all(content, result) else None


def _is_surely_all(content: str, result: Step) -> bool:
    """Return whether the reader did not stop at the number of lines that it reads by itself."""
    if isinstance(result.extra.get("recorded"), dict):
        return True
    return content.count("\n") + 1 != _READ_LIMIT


def _listed(text: str) -> str | None:
    """Return the lines after numbers in six columns and a tab, None if any line differs."""
    found: list[str] = []
    for position, line in enumerate(text.split("\n"), 1):
        if not line.startswith(f"{position:6}\t"):
            return None
        found.append(line[7:] if position < 1_000_000 else line.partition("\t")[2])
    return "\n".join(found)


def _numbered_line(line: str) -> tuple[str, str]:
    """Return the number before a line and the line; the mark is an arrow or a tab."""
    mark = "→" if "→" in line[:_PREFIX] else "\t"
    number, found, rest = line.partition(mark)
    return (number.lstrip(" "), rest) if found else ("", line)


def _codex_line(line: str) -> tuple[str, str]:
    number, _, rest = line.partition(": ")
    return number.removeprefix("L"), rest


def _is_all(recorded: Any) -> bool:
    if not isinstance(recorded, dict):
        return True
    total, shown = recorded.get("totalLines"), recorded.get("numLines")
    if recorded.get("startLine", 1) != 1:
        return False
    return total is None or shown is None or total == shown


def _window(text: str) -> tuple[str, str] | None:
    # Of an edit that was refused, the first window shows what might have been.
    at = text.rfind("[File: ")
    head = pattern(_WINDOW_HEAD).search(text[at : at + 1000]) if at >= 0 else None
    if head is None:
        return None
    total = int(head.group(2)) if len(head.group(2)) < 8 else -1
    lines: list[str] = []
    for line in text[at + head.end() :].split("\n"):
        number, colon, rest = line.partition(":")
        if not colon or number != str(len(lines) + 1):
            break
        lines.append(rest.removesuffix("\r"))
        if len(lines) == total:
            return head.group(1), "\n".join(lines) + "\n"
    return None
