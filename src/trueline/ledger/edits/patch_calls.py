"""The patch that a call carries, in whichever of the ways hosts write it down.

Codex has it as text (`input`, or in shell text); its event log as changes by path, with
unified diffs; OpenAI's hosted tool as one operation on one file.
"""

from collections.abc import Mapping
from typing import Any, Final

from trueline.ledger.calls import shell_text
from trueline.ledger.edits.patch import PATCH_START, FilePatch, Hunk, Patch, parse_patch

PATCH_ARGUMENTS: Final = ("input", "patch", "patchText", "command", "diff")


def patch_of(arguments: Mapping[str, Any]) -> Patch:
    """Return the patch in the arguments of a patching tool."""
    path, changes = arguments.get("path"), arguments.get("changes")
    if isinstance(path, str) and isinstance(arguments.get("type"), str):
        return _operation(path, arguments["type"], arguments.get("diff"))
    if isinstance(changes, Mapping):
        files = (_recorded(str(name), change) for name, change in changes.items())
        return Patch(tuple(file for file in files if file is not None))
    return parse_patch(shell_text(arguments, PATCH_ARGUMENTS))


def _operation(path: str, kind: str, diff: Any) -> Patch:
    if kind == "delete_file":
        return Patch((FilePatch(path, "delete"),))
    if not isinstance(diff, str):
        return Patch((), "no diff")
    word = "Add" if kind == "create_file" else "Update"
    return parse_patch(f"{PATCH_START}\n*** {word} File: {path}\n{diff}\n*** End Patch")


def _recorded(path: str, change: Any) -> FilePatch | None:
    if not isinstance(change, Mapping):
        return None
    kind = change.get("type")
    body: Any = change
    if not isinstance(kind, str):
        kind = next((word for word in ("add", "delete", "update") if word in change), "")
        body = change.get(kind)
    fields = body if isinstance(body, Mapping) else {}
    content, diff, target = (fields.get(key) for key in ("content", "unified_diff", "move_path"))
    if kind == "add":
        return FilePatch(path, "add", content if isinstance(content, str) else "")
    if kind == "delete":
        return FilePatch(path, "delete")
    hunks = unified_hunks(diff) if isinstance(diff, str) else ()
    return FilePatch(path, "update", "", hunks, target if isinstance(target, str) else "")


def unified_hunks(diff: str) -> tuple[Hunk, ...]:
    """Return the hunks of a unified diff of one file; line numbers are left out."""
    found: list[Hunk] = []
    old: list[str] = []
    new: list[str] = []
    is_inside = False
    for line in [*diff.split("\n"), "@@"]:
        sign, text = line[:1], line[1:]
        if line.startswith("@@"):
            if old or new:
                found.append(Hunk("", tuple(old), tuple(new)))
            old, new, is_inside = [], [], True
        elif is_inside and sign in (" ", "-"):
            old.append(text)
        if is_inside and sign in (" ", "+"):
            new.append(text)
    return tuple(found)


def structured_hunks(patch: Any) -> tuple[Hunk, ...]:
    """Return the hunks of Claude Code's `structuredPatch`: objects with signed lines."""
    if not isinstance(patch, list):
        return ()
    found: list[Hunk] = []
    for item in patch:
        lines = item.get("lines") if isinstance(item, Mapping) else None
        if not isinstance(lines, list):
            return ()
        texts = [line for line in lines if isinstance(line, str)]
        found += unified_hunks("\n".join(["@@", *texts]))
    return tuple(found)
