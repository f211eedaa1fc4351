"""Unified diffs as edits: one for each hunk, with the text before and after."""

from typing import Final

from trueline.ledger.model import Edit, EditKind

MAX_HUNKS: Final = 500
"""Hunks of one patch that are kept."""


def patch_edits(text: str, strip: int) -> list[Edit]:
    """Return the edits that a unified diff makes.

    Args:
        text: the diff.
        strip: how many leading folders to take off its paths, as `-p` does.
    """
    found: list[Edit] = []
    old = new = ""
    before: list[str] = []
    after: list[str] = []
    is_open = False

    def finish() -> None:
        if is_open and (before or after) and len(found) < MAX_HUNKS:
            found.append(_hunk(old, new, "".join(before), "".join(after), strip))

    for line in text.splitlines(keepends=True):
        if line.startswith("--- ") and not (is_open and before and not line[4:5].strip()):
            finish()
            is_open, old = False, _path(line[4:])
        elif line.startswith("+++ ") and not is_open:
            new = _path(line[4:])
        elif line.startswith("@@"):
            finish()
            before, after, is_open = [], [], bool(new)
        elif is_open:
            if line.startswith(("diff ", "index ", "Index: ")):
                finish()
                is_open = False
            elif line.startswith("-"):
                before.append(line[1:])
            elif line.startswith("+"):
                after.append(line[1:])
            elif line.startswith("\\"):
                continue
            else:
                before.append(line[1:] if line.startswith(" ") else line)
                after.append(line[1:] if line.startswith(" ") else line)
    finish()
    return found


def _path(text: str) -> str:
    """Return the path of a `---` or `+++` line without its time stamp."""
    return text.split("\t", 1)[0].strip()


def _stripped(path: str, strip: int) -> str:
    """Return `path` without its first `strip` folders."""
    parts = path.split("/")
    return "/".join(parts[strip:]) if strip < len(parts) else parts[-1]


def _hunk(old: str, new: str, before: str, after: str, strip: int) -> Edit:
    """Return the edit of one hunk."""
    kind: EditKind = "modify"
    if old == "/dev/null":
        kind = "create"
    elif new == "/dev/null":
        kind = "delete"
    path = _stripped(old if kind == "delete" else new, strip)
    return Edit(
        step=0,
        path=path,
        kind=kind,
        before=None if kind == "create" else before,
        after=None if kind == "delete" else after,
        is_whole=kind != "modify",
    )
