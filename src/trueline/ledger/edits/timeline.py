"""What happened to every file of a run, in order, gathered in one pass.

An event is a sight of a whole file or a change to it.  What shell text changes without
saying how (a formatter, a checkout, the removal of a folder) makes everything under a path
uncertain from then on, until a file is seen again.
"""

from bisect import bisect_right

from msgspec import Struct

from trueline.ledger.edits.change import Change
from trueline.ledger.edits.paths import PathBook, ancestors
from trueline.ledger.edits.scan import Changed

ANYWHERE = ""
"""The area that every file lies in."""


class Event(Struct, frozen=True):
    """One thing that sets or changes a file's content.

    Attributes:
        step: index of the step.
        change: a change to apply; None where `content` is the whole file.
        content: the whole file, for sights of it.
        source: for moved and undone content: whose content, after which of its events.
    """

    step: int
    change: Change | None
    content: str | None = None
    source: tuple[str, int] | None = None


class File:
    """The events of one file, in order.

    Attributes:
        events: the events.
        steps: the step of each.
        bases: for each, the last event at or before it that knows the whole file, or -1.
        undoable: events that the editor's undo takes back, the last one first.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.steps: list[int] = []
        self.bases: list[int] = []
        self.undoable: list[int] = []

    def add(self, event: Event) -> None:
        """Put `event` at the end."""
        stands_alone = event.change is None or event.change.form in ("whole", "delete", "unknown")
        base = len(self.events) if stands_alone else (self.bases[-1] if self.bases else -1)
        self.events.append(event)
        self.steps.append(event.step)
        self.bases.append(base)


class Timeline:
    """The files of a run and what happened to them.

    Attributes:
        files: by the name that `paths` gives them.
        paths: one name for one file.
    """

    def __init__(self, paths: PathBook) -> None:
        self.files: dict[str, File] = {}
        self.paths = paths
        self._areas: dict[str, list[int]] = {}

    def sight(self, path: str, content: str, step: int) -> None:
        """Note that `path` was shown to hold `content`."""
        self._file(path)[1].add(Event(step, None, content))

    def blur(self, path: str, step: int) -> None:
        """Note that `path`, and all under it, may hold something else from `step` on."""
        key = self.paths.key(path) if path else ANYWHERE
        if key in self.files:
            self.files[key].add(Event(step, Change(path=path, form="unknown")))
        else:
            self._areas.setdefault(ANYWHERE if key == "." else key, []).append(step)

    def is_blurred(self, key: str, since: int, until: int) -> bool:
        """Return whether anything made the file `key` uncertain after `since` up to `until`."""
        if not self._areas:
            return False
        for area in (ANYWHERE, key, *ancestors(key)):
            steps = self._areas.get(area)
            if steps and bisect_right(steps, until) > bisect_right(steps, since):
                return True
        return False

    def change(self, changed: Changed) -> None:
        """Note a change, unless the record shows that it did not take place."""
        form = changed.change.form
        if changed.original is not None:
            self._file(changed.path)[1].add(Event(changed.step, None, changed.original))
        if changed.status == "failed":
            return
        if form in ("delete", "move", "unknown") and self.paths.key(changed.path) not in self.files:
            # It may be a folder.
            self.blur(changed.path, changed.step)
            return
        key, file = self._file(changed.path)
        if form == "move" or changed.new_path:
            self._move(changed, key, file)
        elif form == "undo":
            index = file.undoable.pop() if file.undoable else -1
            file.add(Event(changed.step, None, source=(key, index - 1)))
        else:
            file.undoable.append(len(file.events))
            file.add(Event(changed.step, changed.change))

    def _file(self, path: str) -> tuple[str, File]:
        key = self.paths.key(path)
        return key, self.files.setdefault(key, File())

    def _move(self, changed: Changed, key: str, file: File) -> None:
        if changed.change.form == "patch":
            file.add(Event(changed.step, changed.change))
        index = len(file.events) - 1
        gone = Change(path=changed.path, form="delete", kind="delete")
        file.add(Event(changed.step, gone))
        target = self._file(changed.new_path)[1]
        target.add(Event(changed.step, None, source=(key, index)))
