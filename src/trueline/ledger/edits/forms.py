"""From the arguments of an editing tool to changes: one function for each form of tool."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from trueline.ledger.calls import number
from trueline.ledger.edits.change import NOTHING, Change
from trueline.ledger.edits.patch import FilePatch, Patch
from trueline.ledger.edits.patch_calls import patch_of
from trueline.ledger.manifest import EditForm

_PATHS: Final = (
    "file_path", "path", "filePath", "filename", "file", "target_file", "notebook_path",
    "absolute_path", "file_name", "filepath",
)  # fmt: skip
_OLD: Final = ("old_string", "old_str", "oldText", "old_text", "search", "oldString")
_NEW: Final = (
    "new_string",
    "new_str",
    "newText",
    "new_text",
    "replace",
    "newString",
    "insert_text",
)
_CONTENT: Final = (
    "content",
    "file_text",
    "contents",
    "text",
    "new_content",
    "code",
    "data",
    "body",
)

Arguments = Mapping[str, Any]


def changes_from(form: EditForm, arguments: Arguments, open_file: str) -> tuple[Change, ...]:
    """Return the changes that a call asks for, nothing where its arguments do not say.

    Args:
        form: how the tool's arguments say it.
        arguments: the call's arguments.
        open_file: the file that is open, for tools that edit the open file.
    """
    if form == "lines":
        return _lines(arguments, open_file)
    build = _FORMS.get(form)
    return build(arguments) if build else NOTHING


def _text(arguments: Arguments, names: tuple[str, ...]) -> str | None:
    for name in names:
        value = arguments.get(name)
        if isinstance(value, str):
            return value
    return None


def _path(arguments: Arguments) -> str:
    return _text(arguments, _PATHS) or ""


def _line(value: Any) -> int:
    found = number(value)
    return int(found) if found is not None and abs(found) < 1e9 else -1


def _replacement(path: str, old: str | None, new: str | None, *, every: bool) -> Change:
    if not old:
        # Claude Code writes a new file when asked to replace nothing.
        return Change(path=path, form="whole", kind="create", after=new or "")
    form = "replace_all" if every else "replace"
    return Change(path=path, form=form, before=old, after=new or "")


def _replace(arguments: Arguments) -> tuple[Change, ...]:
    path, old, new = _path(arguments), _text(arguments, _OLD), _text(arguments, _NEW)
    if not path or (old is None and new is None):
        return NOTHING
    return (_replacement(path, old, new, every=arguments.get("replace_all") is True),)


def _multi(arguments: Arguments) -> tuple[Change, ...]:
    path, edits = _path(arguments), arguments.get("edits")
    if not path or not isinstance(edits, list) or arguments.get("dryRun") is True:
        return NOTHING
    found: list[Change] = []
    for edit in edits:
        if isinstance(edit, Mapping):
            old, new = _text(edit, _OLD), _text(edit, _NEW)
            if old is not None or new is not None:
                every = edit.get("replace_all") is True
                found.append(_replacement(path, old, new, every=every))
    return tuple(found)


def _write(arguments: Arguments) -> tuple[Change, ...]:
    path, content = _path(arguments), _text(arguments, _CONTENT)
    if not path or content is None:
        return NOTHING
    start, end = _line(arguments.get("start", 0)), _line(arguments.get("end", -1))
    if start > 1 or end > 0:
        return (Change(path=path, form="unknown", after=content),)
    return (Change(path=path, form="whole", kind="overwrite", after=content),)


def _append(arguments: Arguments) -> tuple[Change, ...]:
    path, content = _path(arguments), _text(arguments, _CONTENT)
    if not path or content is None:
        return NOTHING
    return (Change(path=path, form="append", before="", after=content),)


def _notebook(arguments: Arguments) -> tuple[Change, ...]:
    path, source = _path(arguments), _text(arguments, ("new_source",))
    if not path:
        return NOTHING
    is_deleted = arguments.get("edit_mode") == "delete"
    return (Change(path=path, form="unknown", after=None if is_deleted else source),)


def _editor(arguments: Arguments) -> tuple[Change, ...]:
    path, command = _path(arguments), arguments.get("command") or ""
    new = _text(arguments, _NEW) or ""
    if not path:
        return _memory_move(arguments) if command == "rename" else NOTHING
    if command == "create":
        text = _text(arguments, _CONTENT) or ""
        return (Change(path=path, form="whole", kind="create", after=text),)
    if command == "str_replace":
        old = _text(arguments, _OLD)
        return (_replacement(path, old, new, every=False),) if old else NOTHING
    if command == "insert":
        line = _line(arguments.get("insert_line"))
        return (Change(path=path, form="insert", before="", after=new, start=line),)
    if command == "undo_edit":
        return (Change(path=path, form="undo"),)
    if command == "delete":
        return (Change(path=path, form="delete", kind="delete"),)
    if command in ("write", "edit", "") and _text(arguments, _CONTENT) is not None:
        # A draft that another model merges into the file: what comes out is not recorded.
        return (Change(path=path, form="unknown", after=_text(arguments, _CONTENT)),)
    return NOTHING


def _memory_move(arguments: Arguments) -> tuple[Change, ...]:
    return _move({"source": arguments.get("old_path"), "destination": arguments.get("new_path")})


def _insert(arguments: Arguments) -> tuple[Change, ...]:
    return _editor({**arguments, "command": "insert"})


def _move(arguments: Arguments) -> tuple[Change, ...]:
    source = _text(arguments, ("source", "old_path", "from", "src"))
    target = _text(arguments, ("destination", "new_path", "to", "dst", "dest"))
    if not source or not target:
        return NOTHING
    return (Change(path=source, form="move", kind="move", new_path=target),)


def _delete(arguments: Arguments) -> tuple[Change, ...]:
    path = _path(arguments)
    return (Change(path=path, form="delete", kind="delete"),) if path else NOTHING


def _lines(arguments: Arguments, open_file: str) -> tuple[Change, ...]:
    """SWE-agent's `create`, `edit n:m` and `insert n`, which work on the open file."""
    path = _text(arguments, ("filename", "path", "file_path"))
    if path and "replacement_text" not in arguments and "text" not in arguments:
        return (Change(path=path, form="whole", kind="create", after=""),)
    path = path or open_file
    old, new = _text(arguments, ("search",)), _text(arguments, ("replace",))
    if not path:
        return NOTHING
    if old is not None:
        every = arguments.get("replace-all") is True or arguments.get("replace_all") is True
        return (_replacement(path, old, new, every=every),)
    if "text" in arguments:
        line = _line(arguments.get("line_number", arguments.get("line")))
        text = _text(arguments, ("text",)) or ""
        return (Change(path=path, form="insert", before="", after=text, start=line),)
    first, _, last = str(arguments.get("line_range") or "").partition(":")
    start = _line(arguments.get("start_line", first))
    end = _line(arguments.get("end_line", last))
    text = _text(arguments, ("replacement_text",)) or ""
    return (Change(path=path, form="lines", after=text, start=start, end=end),)


def _patch(arguments: Arguments) -> tuple[Change, ...]:
    return patch_changes(patch_of(arguments))


def patch_changes(patch: Patch) -> tuple[Change, ...]:
    """Return what `patch` does, one change for each file."""
    return tuple(_file_change(file) for file in patch.files)


def _file_change(file: FilePatch) -> Change:
    if file.kind == "add":
        return Change(path=file.path, form="whole", kind="create", after=file.content)
    if file.kind == "delete":
        return Change(path=file.path, form="delete", kind="delete")
    return Change(path=file.path, form="patch", hunks=file.hunks, new_path=file.new_path)


_FORMS: Final[dict[EditForm, Callable[[Arguments], tuple[Change, ...]]]] = {
    "replace": _replace,
    "multi": _multi,
    "write": _write,
    "append": _append,
    "notebook": _notebook,
    "patch": _patch,
    "editor": _editor,
    "insert": _insert,
    "move": _move,
    "delete": _delete,
}
