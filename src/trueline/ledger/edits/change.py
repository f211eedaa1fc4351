"""One change to one file as its tool makes it, and how it turns the old text into the new.

An `Edit` says what was changed; a `Change` also says how, so that it can be applied to the
file's text where that is known.
"""

from typing import Final, Literal

from msgspec import Struct

from trueline.ledger.edits.patch import Hunk, apply_hunks
from trueline.ledger.model import Edit, EditKind, Status

ChangeForm = Literal[
    "whole", "replace", "replace_all", "substitute", "lines", "insert", "append", "patch",
    "delete", "move", "undo", "unknown",
]  # fmt: skip


class Change(Struct, frozen=True, kw_only=True):
    """One change to one file.

    Attributes:
        path: the file, as written.
        form: how the text is changed.
        kind: what the change is, for the `Edit`.
        before: the text replaced, None if the call does not say.
        after: the text put in its place.
        start: first line concerned, from 1; for `insert`, the line before the new text.
        end: last line concerned.
        hunks: for `patch`.
        new_path: for `move`.
    """

    path: str
    form: ChangeForm
    kind: EditKind = "modify"
    before: str | None = None
    after: str | None = None
    start: int = 0
    end: int = 0
    hunks: tuple[Hunk, ...] = ()
    new_path: str = ""


def apply_change(change: Change, content: str | None) -> str | None:
    """Return the file's text after `change`, None if it cannot be known.

    Args:
        change: anything but a `move` or an `undo`, which need more than this file's text.
        content: the text before, None if unknown or if there is no such file.
    """
    if change.form == "whole":
        return change.after
    if content is None or change.form in ("delete", "unknown", "move", "undo"):
        return None
    if change.form == "patch":
        return apply_hunks(content, change.hunks)
    after = change.after or ""
    if change.form == "append":
        return content + after
    if change.form in ("lines", "insert"):
        return _put_lines(content, change, after)
    before = change.before or ""
    if change.form == "substitute":
        return _substitute(content, before, after)
    if not before or before not in content:
        return None
    return content.replace(before, after, -1 if change.form == "replace_all" else 1)


def _substitute(content: str, before: str, after: str) -> str | None:
    """Do what `sed` does, unless a line has it twice: then it depends on the `g` flag.

    Text that does not stand in the file is no failure of `sed`, and changes nothing.
    """
    if not before:
        return None
    lines = sum(before in line for line in content.split("\n"))
    return content.replace(before, after) if lines == content.count(before) else None


def _put_lines(content: str, change: Change, text: str) -> str | None:
    lines = content.split("\n")
    ends_open = lines[-1] != ""
    if not ends_open:
        lines.pop()
    first, last = (
        (change.start, change.start)
        if change.form == "insert"
        else (max(change.start - 1, 0), change.end)
    )
    if not 0 <= first <= len(lines) or last < first:
        return None
    new = text.split("\n") if text else []
    if new and new[-1] == "":
        new.pop()
    lines[first:last] = new
    return "\n".join(lines) + ("" if ends_open or not lines else "\n")


def edits_from(
    change: Change, step: int, path: str, new_path: str, status: Status, original: str | None
) -> list[Edit]:
    """Return `change` as edits: one for each hunk of a patch, else one.

    Args:
        change: the change.
        step: index of the call.
        path: the file, resolved.
        new_path: where a move goes to, resolved.
        status: whether the record shows that it took place.
        original: the whole file before, where the record has it.
    """
    if change.form == "patch" and original is None:
        edits = [
            Edit(
                step=step,
                path=path,
                kind="modify",
                before="".join(f"{line}\n" for line in hunk.old),
                after="".join(f"{line}\n" for line in hunk.new),
                status=status,
            )
            for hunk in change.hunks
        ]
        return [*edits, *_move(change, step, path, new_path, status)]
    whole = apply_change(change, original) if original is not None else None
    is_whole = change.form == "whole" or (change.form == "delete" and change.before is not None)
    before, after = change.before, change.after
    kind = change.kind
    if whole is not None and original is not None:
        before, after, is_whole = original, whole, True
        kind = "overwrite" if kind == "create" else kind
    elif original is not None and change.form == "delete":
        before, is_whole = original, True
    edit = Edit(
        step=step,
        path=path,
        kind=kind,
        before=before,
        after=after,
        is_whole=is_whole,
        status=status,
        new_path=new_path if change.form == "move" else "",
    )
    return [edit]


def _move(change: Change, step: int, path: str, new_path: str, status: Status) -> list[Edit]:
    if not change.new_path:
        return []
    return [Edit(step=step, path=path, kind="move", status=status, new_path=new_path)]


NOTHING: Final[tuple[Change, ...]] = ()
