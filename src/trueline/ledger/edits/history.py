"""What a file held at every point of a run, as far as the record shows.

Evidence is what tools wrote and what tools showed: whole files written, whole files read,
the original that a host records beside an edit, and fragments applied in between.  An edit
that failed changes nothing; one whose outcome is unknown is taken to have worked, until
something shows the file again.  Where nothing shows it, the answer is None.

Nothing is computed until asked.  Contents are worked out from the last point at which the
whole file is known, and those worked out last are kept, within a fixed amount of memory;
asking in the order of the run applies every edit once.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from msgspec import Struct

from trueline.ledger.edits.change import Change, apply_change
from trueline.ledger.edits.paths import PathBook
from trueline.ledger.edits.reading import whole_file
from trueline.ledger.edits.scan import Changed, Scan, understand
from trueline.ledger.manifest import Manifests, builtin_manifests
from trueline.ledger.model import Edit
from trueline.trajectory import Step, Trajectory

_KEPT_CHARS: Final = 16 * 1024 * 1024
"""Contents worked out are kept up to this many characters in all."""

_MAX_CHAIN: Final = 32
"""Moves and undone edits followed from one file to the next."""

_KEPT_EVERY: Final = 64
"""Of contents passed through on the way to the one asked for, each so manieth is kept."""


class _Event(Struct, frozen=True):
    """One thing that sets or changes a file's content.

    Attributes:
        step: index of the step.
        change: a change to apply; None where `content` is the whole file.
        content: the whole file, for sights of it.
        source: for moved and undone content: whose content, before which of its events.
    """

    step: int
    change: Change | None
    content: str | None = None
    source: tuple[str, int] | None = None


class _File:
    """The events of one file, in order."""

    def __init__(self) -> None:
        self.events: list[_Event] = []
        self.steps: list[int] = []
        self.bases: list[int] = []
        self.undoable: list[int] = []

    def add(self, event: _Event) -> None:
        """Put `event` at the end, noting the last event that knows the whole file."""
        stands_alone = event.change is None or event.change.form in ("whole", "delete", "unknown")
        base = len(self.events) if stands_alone else (self.bases[-1] if self.bases else -1)
        self.events.append(event)
        self.steps.append(event.step)
        self.bases.append(base)


class FileHistory:
    """The content of the files of a run, at every step of it.

    Args:
        trajectory: the record.
        edits: its edits, as `edits_of` returns them.
        manifests: those that `edits_of` was given.
    """

    def __init__(
        self, trajectory: Trajectory, edits: Sequence[Edit], manifests: Manifests | None = None
    ) -> None:
        self._trajectory = trajectory
        self._editing = frozenset(edit.step for edit in edits)
        self._scope = (manifests or builtin_manifests()).for_format(trajectory.format)
        self._paths = PathBook(trajectory.cwd)
        self._kept: OrderedDict[tuple[str, int], str | None] = OrderedDict()
        self._kept_chars = 0
        self._sweeps: list[int] = []

    def content_before(self, edit: Edit) -> str | None:
        """Return the whole file as it was before the call that makes `edit`; None if unknown."""
        if edit.is_whole and edit.before is not None:
            return edit.before
        key, file = self._file(edit.path)
        if file is None:
            return None
        # The original that the host recorded with this call counts; the call's change does not.
        at = bisect_right(file.steps, edit.step - 1)
        while at < len(file.events) and file.events[at].step == edit.step:
            if file.events[at].change is not None:
                break
            at += 1
        return self._content_unless_swept(key, at - 1, edit.step - 1)

    def content_after(self, edit: Edit) -> str | None:
        """Return the whole file as the call that makes `edit` leaves it; None if unknown.

        After a move that is the file at its new place.
        """
        if edit.status == "failed":
            return self.content_before(edit)
        if edit.is_whole and edit.after is not None:
            return edit.after
        path = edit.new_path if edit.kind == "move" else edit.path
        return self.content_at(path, edit.step)

    def content_at(self, path: str, step: int) -> str | None:
        """Return what the file at `path` holds after step `step`; None if unknown or absent."""
        key, file = self._file(path)
        if file is None:
            return None
        return self._content_unless_swept(key, bisect_right(file.steps, step) - 1, step)

    def _content_unless_swept(self, key: str, index: int, step: int) -> str | None:
        """Return the content after an event, None if anything may have changed it since."""
        content = self._content(key, index)
        if content is None or not self._sweeps:
            return content
        file = self._files[key]
        known_since = file.steps[file.bases[index]]
        return (
            content
            if bisect_right(self._sweeps, step) == bisect_right(self._sweeps, known_since)
            else None
        )

    def _file(self, path: str) -> tuple[str, _File | None]:
        files = self._files  # before the key: only the whole record tells which file is meant
        key = self._paths.key(path)
        return key, files.get(key)

    @cached_property
    def _files(self) -> dict[str, _File]:
        builder = _Builder(self._paths)
        scan = Scan(self._trajectory, self._scope)
        steps = self._trajectory.steps
        for step in steps:
            if step.kind == "call":
                self._note_call(step, scan, builder)
            elif step.kind == "result":
                if self._scope.commands:
                    scan.note_window(step)
                index = step.call_index
                if index is not None and 0 <= index < step.index and steps[index].kind == "call":
                    seen = whole_file(understand(steps[index], self._scope), step)
                    if seen is not None:
                        builder.sight(seen[0], seen[1], step.index)
        return builder.files

    def _note_call(self, step: Step, scan: Scan, builder: "_Builder") -> None:
        spelled: set[str] = set()
        if step.index in self._editing:
            for changed in scan.of_call(step):
                builder.change(changed)
                spelled.update((changed.path, changed.new_path))
        call = understand(step, self._scope)
        if call.shell:
            paths, is_sweeping = scan.blind_changes(call)
            for path in paths:
                if path not in spelled:
                    builder.blind(path, step.index)
            if is_sweeping:
                self._sweeps.append(step.index)

    def _content(self, key: str, index: int, depth: int = 0) -> str | None:
        """Return the content of the file `key` after its event `index`."""
        file = self._files[key]
        if index < 0 or file.bases[index] < 0 or depth > _MAX_CHAIN:
            return None
        first = index
        base = file.bases[index]
        while first > base and (key, first) not in self._kept:
            first -= 1
        if (key, first) in self._kept:
            content = self._kept[(key, first)]
            self._kept.move_to_end((key, first))
        else:
            content = self._event_content(file.events[first], None, depth)
        for at in range(first + 1, index + 1):
            content = self._event_content(file.events[at], content, depth)
            if at % _KEPT_EVERY == 0:
                self._keep((key, at), content)
        if index > base:
            self._keep((key, index), content)
        return content

    def _event_content(self, event: _Event, before: str | None, depth: int) -> str | None:
        if event.source is not None:
            return self._content(*event.source, depth + 1)
        return event.content if event.change is None else apply_change(event.change, before)

    def _keep(self, key: tuple[str, int], content: str | None) -> None:
        if key in self._kept:
            return
        self._kept[key] = content
        self._kept_chars += len(content or "") + 100
        while self._kept_chars > _KEPT_CHARS and len(self._kept) > 1:
            self._kept_chars -= len(self._kept.popitem(last=False)[1] or "") + 100


class _Builder:
    """Gathers the events of every file in one pass."""

    def __init__(self, paths: PathBook) -> None:
        self.files: dict[str, _File] = {}
        self._paths = paths

    def _file(self, path: str) -> tuple[str, _File]:
        key = self._paths.key(path)
        return key, self.files.setdefault(key, _File())

    def sight(self, path: str, content: str, step: int) -> None:
        """Note that `path` was shown to hold `content`."""
        self._file(path)[1].add(_Event(step, None, content))

    def blind(self, path: str, step: int) -> None:
        """Note that `path` was changed in a way that the record does not spell out."""
        key = self._paths.key(path)
        if key in self.files:
            self.files[key].add(_Event(step, Change(path=path, form="unknown")))

    def change(self, changed: Changed) -> None:
        """Note a change, unless the record shows that it did not take place."""
        key, file = self._file(changed.path)
        if changed.original is not None:
            file.add(_Event(changed.step, None, changed.original))
        if changed.status == "failed":
            return
        form = changed.change.form
        if form == "move" or changed.new_path:
            self._move(changed, key, file)
        elif form == "undo":
            index = file.undoable.pop() if file.undoable else -1
            file.add(_Event(changed.step, None, source=(key, index - 1)))
        else:
            file.undoable.append(len(file.events))
            file.add(_Event(changed.step, changed.change))

    def _move(self, changed: Changed, key: str, file: _File) -> None:
        if changed.change.form == "patch":
            file.add(_Event(changed.step, changed.change))
        index = len(file.events) - 1
        gone = Change(path=changed.path, form="delete", kind="delete")
        file.add(_Event(changed.step, gone))
        target = self._file(changed.new_path)[1]
        target.add(_Event(changed.step, None, source=(key, index)))
