"""One pass over a trajectory that finds every change to a file and whether it took place."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from trueline.core.patterns import pattern
from trueline.ledger.calls import call_arguments, host_command, shell_text
from trueline.ledger.edits.change import Change, ChangeForm, apply_change
from trueline.ledger.edits.forms import changes_from, patch_changes
from trueline.ledger.edits.patch import PATCH_START, parse_patch
from trueline.ledger.edits.patch_calls import structured_hunks
from trueline.ledger.edits.paths import resolve
from trueline.ledger.edits.status import shell_status, tool_status
from trueline.ledger.manifest import Scope, ToolEntry
from trueline.ledger.model import Edit, ExitLink, Status
from trueline.ledger.plans import plan_of
from trueline.ledger.shell import shell_edits, shell_effects
from trueline.trajectory import Step, Trajectory

_WINDOW: Final = "[File: "
_WINDOW_LINE: Final = r"\[File: (.+?) \(\d+ lines total\)\]"
_MAX_SHOWN: Final = 10_000
_CHANGING_VERBS: Final = frozenset({"write", "delete", "move"})
_TREE_CHANGES: Final = frozenset(
    {"am", "apply", "checkout", "cherry-pick", "clean", "merge", "pull", "rebase", "reset"}
    | {"restore", "revert", "stash", "switch"}
)
_PATCH_DIRECTORY: Final = r"^\s*cd\s+(?:\"([^\"\n]+)\"|'([^'\n]+)'|([^\s;&|\"']+))\s*(?:&&|;|\n)"


class Changed(Struct, frozen=True):
    """One change, where it stands in the run, and what the record says of it."""

    step: int
    change: Change
    path: str
    new_path: str
    status: Status
    original: str | None


class Call(Struct, frozen=True):
    """A call with its manifest entry, its own shell commands understood."""

    step: Step
    entry: ToolEntry
    arguments: Mapping[str, Any]
    shell: str


def understand(step: Step, scope: Scope) -> Call:
    """Return what a call is, by manifest."""
    arguments = call_arguments(step)
    entry = plan_of(scope, step.tool, arguments).entry
    if not entry.shell:
        return Call(step, entry, arguments, "")
    text = shell_text(arguments, entry.shell)
    command = host_command(text, scope.commands) if scope.commands else None
    if command is not None:
        return Call(step, command[0], command[1], "")
    return Call(step, entry, arguments, text)


class Scan:
    """Finds the changes of a trajectory, in order.

    Attributes:
        trajectory: the record.
        directory: where relative paths start, empty if the record does not say.
    """

    def __init__(self, trajectory: Trajectory, scope: Scope) -> None:
        self.trajectory = trajectory
        self.directory = resolve(trajectory.cwd) if trajectory.cwd else ""
        self._scope = scope
        self._open_file = ""
        self._window = ""

    def changes(self) -> Iterator[Changed]:
        """Yield every change that a call asks for."""
        has_commands = bool(self._scope.commands)
        for step in self.trajectory.steps:
            if step.kind == "call":
                yield from self.of_call(step)
            elif has_commands and step.kind == "result":
                self.note_window(step)

    def note_window(self, step: Step) -> None:
        """Remember which file a SWE-agent window shows: the last one, if there are several."""
        at = step.text.rfind(_WINDOW)
        if at >= 0:
            found = pattern(_WINDOW_LINE).search(step.text[at : at + 1000])
            if found is not None:
                self._open_file = found.group(1)
                self._window = step.text[at + found.end() :]

    def of_call(self, step: Step) -> Iterator[Changed]:
        """Yield the changes of one call."""
        entry = plan_of(self._scope, step.tool, call_arguments(step)).entry
        if not entry.edit and not (entry.shell and self._may_change(step, entry)):
            return
        call = understand(step, self._scope)
        result = self._result(step)
        if call.shell:
            yield from self._shell(call, result)
        elif call.entry.edit:
            changes = changes_from(call.entry.edit, call.arguments, self._open(result))
            if call.entry.edit == "lines":
                changes = tuple(map(self._with_shown_lines, changes))
            yield from self._of_tool(call, changes, result)

    def _may_change(self, step: Step, entry: ToolEntry) -> bool:
        """Return whether the shell text of a call may change a file; most only look."""
        if self._scope.commands:
            return True
        text = shell_text(call_arguments(step), entry.shell)
        return PATCH_START in text or bool(shell_edits(text))

    def _open(self, result: Step | None) -> str:
        """Return the file that is open, by the last window or by the result's own word."""
        if self._open_file or result is None:
            return self._open_file
        path = result.extra.get("file_path")
        return path if isinstance(path, str) else ""

    def _with_shown_lines(self, change: Change) -> Change:
        """Fill in the lines that are replaced, where the last window showed them all."""
        if change.form != "lines" or not 0 < change.end - change.start + 1 < _MAX_SHOWN:
            return change
        shown: dict[str, str] = {}
        for line in self._window.split("\n"):
            number, colon, text = line.partition(":")
            if colon and number.isdigit():
                shown[number] = text.removesuffix("\r")
        wanted = [shown.get(str(line)) for line in range(change.start, change.end + 1)]
        lines = [line for line in wanted if line is not None]
        return replace(change, before="\n".join(lines)) if len(lines) == len(wanted) else change

    def blind_changes(self, call: Call) -> list[str]:
        """Return what shell text changes without spelling out how; `""` is any file at all."""
        directory = self._directory(call)
        paths: list[str] = []
        for effect in shell_effects(call.shell):
            if effect.verb not in _CHANGING_VERBS:
                continue
            if effect.resource_kind == "file":
                paths.append(resolve(effect.resource, directory))
            elif effect.program == "git" and _changes_tree(effect.command):
                paths.append("")
        return paths

    def _result(self, step: Step) -> Step | None:
        index = step.call_index
        steps = self.trajectory.steps
        return steps[index] if index is not None and 0 <= index < len(steps) else None

    def _of_tool(
        self, call: Call, changes: tuple[Change, ...], result: Step | None
    ) -> Iterator[Changed]:
        if not changes:
            return
        status = tool_status(result, self.trajectory.format)
        original = _original(result) if len(changes) == 1 else None
        if original is not None and result is not None:
            changes = (_as_recorded(changes[0], original, result),)
        elif _is_created(result):
            changes = tuple(
                replace(change, kind="create") if change.form == "whole" else change
                for change in changes
            )
        for change in changes:
            yield self._changed(call.step, change, status, original, self._directory(call))

    def _shell(self, call: Call, result: Step | None) -> Iterator[Changed]:
        text = call.shell
        directory = self._directory(call)
        if PATCH_START in text:
            moved = pattern(_PATCH_DIRECTORY).match(text[:400])
            into = next((part for part in moved.groups() if part), "") if moved else ""
            inner = resolve(into, directory) if into else directory
            status = shell_status(result, "own")
            for change in patch_changes(parse_patch(text)):
                yield self._changed(call.step, change, status, None, inner)
        edits = shell_edits(text)
        if not edits:
            return
        links: dict[str, ExitLink] = {
            effect.resource: effect.exit_link
            for effect in shell_effects(text)
            if effect.verb in _CHANGING_VERBS
        }
        for edit in edits:
            change = _shell_change(edit)
            status = shell_status(result, links.get(edit.path, "hidden"))
            yield self._changed(call.step, change, status, None, directory)

    def _directory(self, call: Call) -> str:
        for name in ("workdir", "cwd", "working_directory"):
            value = call.arguments.get(name)
            if isinstance(value, str) and value:
                return resolve(value, self.directory)
        return self.directory

    def _changed(
        self, step: Step, change: Change, status: Status, original: str | None, directory: str
    ) -> Changed:
        path = resolve(change.path, directory)
        new_path = resolve(change.new_path, directory) if change.new_path else ""
        return Changed(step.index, change, path, new_path, status, original)


def _changes_tree(command: str) -> bool:
    """Whether a git command rewrites files of the working tree."""
    return any(word in _TREE_CHANGES for word in command.split()[1:4])


def _is_created(result: Step | None) -> bool:
    if result is None:
        return False
    recorded = result.extra.get("recorded")
    kind = recorded.get("type") if isinstance(recorded, dict) else None
    return kind == "create" or result.text.startswith("File created successfully")


def _original(result: Step | None) -> str | None:
    found = result.extra.get("original_file") if result is not None else None
    return found if isinstance(found, str) else None


def _as_recorded(change: Change, original: str, result: Step) -> Change:
    """Return the change that the host recorded, where the call's own is not what was done.

    The user may have altered it before accepting, or the tool may have matched the text
    leniently (typographic quotes, trailing white space).
    """
    recorded = result.extra.get("recorded")
    is_altered = isinstance(recorded, dict) and recorded.get("userModified") is True
    if not is_altered and apply_change(change, original) is not None:
        return change
    hunks = structured_hunks(result.extra.get("patch"))
    return Change(path=change.path, form="patch", hunks=hunks) if hunks else change


def _shell_change(edit: Edit) -> Change:
    """Return an edit made by shell text as a change that can be applied."""
    form: ChangeForm = "unknown"
    if edit.kind == "delete":
        form = "delete"
    elif edit.kind == "move":
        form = "move"
    elif edit.is_whole and edit.after is not None:
        form = "whole"
    elif edit.before and edit.after is not None:
        # A hunk of a patch has line breaks; what `sed` replaces is within a line.
        form = "replace" if "\n" in edit.before else "substitute"
    elif edit.before == "" and edit.after:
        form = "append"
    return Change(
        path=edit.path,
        form=form,
        kind=edit.kind,
        before=edit.before,
        after=edit.after,
        new_path=edit.new_path,
    )
