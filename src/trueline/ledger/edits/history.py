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

from trueline.ledger.edits.change import apply_change
from trueline.ledger.edits.paths import PathBook
from trueline.ledger.edits.reading import whole_file
from trueline.ledger.edits.scan import Call, Scan, understand
from trueline.ledger.edits.timeline import Event, File, Timeline
from trueline.ledger.manifest import Manifests, builtin_manifests
from trueline.ledger.model import Edit
from trueline.trajectory import Trajectory

_KEPT_CHARS: Final = 16 * 1024 * 1024
"""Contents worked out are kept up to this many characters in all."""

_MAX_CHAIN: Final = 32
"""Moves and undone edits followed from one file to the next."""

_KEPT_EVERY: Final = 64
"""Of contents passed through on the way to the one asked for, each so manieth is kept."""


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
        self._kept: OrderedDict[tuple[str, int], str | None] = OrderedDict()
        self._kept_chars = 0

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
        return self._sure_content(key, at - 1, edit.step - 1)

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
        return self._sure_content(key, bisect_right(file.steps, step) - 1, step)

    def _sure_content(self, key: str, index: int, step: int) -> str | None:
        """Return the content after an event, None if anything may have changed it since."""
        content = self._content(key, index)
        if content is None:
            return None
        file = self._timeline.files[key]
        since = file.steps[file.bases[index]]
        return None if self._timeline.is_blurred(key, since, step) else content

    def _file(self, path: str) -> tuple[str, File | None]:
        timeline = self._timeline  # before the key: only the whole record tells what is meant
        key = timeline.paths.key(path)
        return key, timeline.files.get(key)

    @cached_property
    def _timeline(self) -> Timeline:
        timeline = Timeline(PathBook(self._trajectory.cwd))
        scan = Scan(self._trajectory, self._scope)
        steps = self._trajectory.steps
        calls: dict[int, Call] = {}
        for step in steps:
            if step.kind == "call":
                calls[step.index] = understand(step, self._scope)
                self._note_call(calls[step.index], scan, timeline)
            elif step.kind == "result":
                if self._scope.commands:
                    scan.note_window(step)
                call = None if step.call_index is None else calls.get(step.call_index)
                if call is not None:
                    seen = whole_file(call, step)
                    if seen is not None:
                        timeline.sight(seen[0], seen[1], step.index)
        return timeline

    def _note_call(self, call: Call, scan: Scan, timeline: Timeline) -> None:
        spelled: set[str] = set()
        step = call.step
        if step.index in self._editing:
            for changed in scan.of_call(step):
                timeline.change(changed)
                spelled.update((changed.path, changed.new_path))
        if call.shell:
            for path in scan.blind_changes(call):
                if path not in spelled:
                    timeline.blur(path, step.index)

    def _content(self, key: str, index: int, depth: int = 0) -> str | None:
        """Return the content of the file `key` after its event `index`."""
        file = self._timeline.files[key]
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

    def _event_content(self, event: Event, before: str | None, depth: int) -> str | None:
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
