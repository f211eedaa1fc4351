"""The `*** Begin Patch` format of Codex: read it, and apply it to a file's text.

Source of the grammar and of how context is found (exact, then without trailing white
space, then without surrounding white space, then with typographic punctuation made plain):
the `apply-patch` crate of openai/codex, `parser.rs` and `seek_sequence.rs`.

Linear in the patch; applying is linear in file and patch together, because hunks are
sought from where the last one ended, and giving up after a fixed number of passes.
"""

from collections.abc import Callable, Sequence
from typing import Final, Literal

from msgspec import Struct

PATCH_START: Final = "*** Begin Patch"
_PATCH_END: Final = "*** End Patch"
_ADD: Final = "*** Add File: "
_DELETE: Final = "*** Delete File: "
_UPDATE: Final = "*** Update File: "
_MOVE: Final = "*** Move to: "
_FILE_END: Final = "*** End of File"


class Hunk(Struct, frozen=True):
    """One place of a file that is changed.

    Attributes:
        header: a line that stands before the place, empty if none is given.
        old: the lines replaced, context included.
        new: the lines put in their place, context included.
        at_end: the place is the end of the file.
    """

    header: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    at_end: bool = False


class FilePatch(Struct, frozen=True):
    """What a patch does to one file.

    Attributes:
        path: the file, as written.
        kind: what is done.
        content: for an added file, all of it.
        hunks: for an updated file, the places changed, in order.
        new_path: where an updated file moves to, empty if it stays.
    """

    path: str
    kind: Literal["add", "delete", "update"]
    content: str = ""
    hunks: tuple[Hunk, ...] = ()
    new_path: str = ""


class Patch(Struct, frozen=True):
    """A patch as read.

    Attributes:
        files: what it does, in order.
        problem: what could not be read, empty if everything was.
    """

    files: tuple[FilePatch, ...]
    problem: str = ""


def parse_patch(text: str) -> Patch:
    """Read the first patch in `text`, which may be a heredoc or a whole shell command."""
    start = text.find(PATCH_START)
    if start < 0:
        return Patch((), "no '*** Begin Patch' line")
    lines = text[start:].split("\n")
    reader = _PatchReader([line.removesuffix("\r") for line in lines])
    return reader.read()


class _PatchReader:
    """A cursor over the lines of a patch."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 1
        self.files: list[FilePatch] = []

    def read(self) -> Patch:
        """Return the patch."""
        problem = ""
        while self.at < len(self.lines):
            line = self.lines[self.at].strip()
            self.at += 1
            if line == _PATCH_END:
                return Patch(tuple(self.files), problem)
            if line.startswith(_ADD):
                self._add(line[len(_ADD) :].strip())
            elif line.startswith(_DELETE):
                self.files.append(FilePatch(line[len(_DELETE) :].strip(), "delete"))
            elif line.startswith(_UPDATE):
                self._update(line[len(_UPDATE) :].strip())
            elif line and not line.startswith("*** Environment ID:"):
                problem = problem or f"unexpected line {self.at} of the patch"
        return Patch(tuple(self.files), problem or "no '*** End Patch' line")

    def _add(self, path: str) -> None:
        content: list[str] = []
        while self.at < len(self.lines) and self.lines[self.at].startswith("+"):
            content.append(self.lines[self.at][1:])
            self.at += 1
        self.files.append(FilePatch(path, "add", "".join(f"{line}\n" for line in content)))

    def _update(self, path: str) -> None:
        new_path = ""
        if self.at < len(self.lines) and self.lines[self.at].startswith(_MOVE):
            new_path = self.lines[self.at][len(_MOVE) :].strip()
            self.at += 1
        hunks: list[Hunk] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip() or line.strip() == _FILE_END:
                self.at += 1
                continue
            if line.startswith("*"):
                break
            hunk = self._hunk()
            if hunk is None:
                break
            if hunk.old or hunk.new:
                hunks.append(hunk)
        self.files.append(FilePatch(path, "update", "", tuple(hunks), new_path))

    def _hunk(self) -> Hunk | None:
        header = ""
        start = self.at
        if self.lines[self.at].startswith("@@"):
            header = self.lines[self.at][2:].removeprefix(" ")
            self.at += 1
        old: list[str] = []
        new: list[str] = []
        at_end = False
        while self.at < len(self.lines):
            line = self.lines[self.at]
            sign = line[:1]
            if sign == " " or not line:
                old.append(line[1:])
                new.append(line[1:])
            elif sign == "-":
                old.append(line[1:])
            elif sign == "+":
                new.append(line[1:])
            else:
                at_end = line.strip() == _FILE_END
                self.at += at_end
                break
            self.at += 1
        if self.at == start:
            return None
        return Hunk(header, tuple(old), tuple(new), at_end)


def apply_hunks(content: str, hunks: Sequence[Hunk]) -> str | None:
    """Return `content` with `hunks` applied in order.

    None if a hunk finds no place, or if finding one would take more than linear work.
    """
    lines = content.split("\n")
    if lines[-1] == "":
        lines.pop()
    seeker = _Seeker(lines, sum(len(hunk.old) + 1 for hunk in hunks))
    out: list[str] = []
    at = 0
    for hunk in hunks:
        start = at
        if hunk.header:
            place = seeker.seek((hunk.header,), at, at_end=False)
            if place is None:
                return None
            start = place + 1
        place, old, new = seeker.place(hunk, start)
        if place is None:
            return None
        out.extend(lines[at:place])
        out.extend(new)
        at = place + len(old)
    out.extend(lines[at:])
    return "\n".join(out) + "\n" if out else ""


_Placed = tuple[int | None, tuple[str, ...], tuple[str, ...]]


_SPACES: Final = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
        **dict.fromkeys(_SPACES, " "),
    }
)

_LENIENCES: Final[tuple[Callable[[str], str], ...]] = (
    str,
    str.rstrip,
    str.strip,
    lambda line: line.strip().translate(_PLAIN),
)

_PASSES: Final = 32
"""How often a file may be passed over while its hunks are sought."""


class _Seeker:
    """Finds runs of lines in one file, strictly first, then ever more leniently."""

    def __init__(self, lines: list[str], wanted: int) -> None:
        self._versions: dict[int, list[str]] = {0: lines}
        self._lines = lines
        self._budget = _PASSES * (len(lines) + wanted + 1000)

    def place(self, hunk: Hunk, start: int) -> _Placed:
        """Return where `hunk` goes, and its old and new lines as they fit there."""
        if not hunk.old:
            # A pure addition goes to the end of the file, as the tool has it.
            return len(self._lines), (), hunk.new
        place = self.seek(hunk.old, start, at_end=hunk.at_end)
        if place is None and hunk.old[-1] == "":
            # The last empty line may stand for the file's final newline.
            old = hunk.old[:-1]
            new = hunk.new[:-1] if hunk.new and hunk.new[-1] == "" else hunk.new
            return self.seek(old, start, at_end=hunk.at_end), old, new
        return place, hunk.old, hunk.new

    def seek(self, wanted: tuple[str, ...], start: int, *, at_end: bool) -> int | None:
        """Return where `wanted` stands at or after `start`, None if nowhere."""
        last = len(self._lines) - len(wanted)
        if at_end:
            start = max(start, last)
        if not wanted or start > last:
            return start if not wanted else None
        for level, lenient in enumerate(_LENIENCES):
            if self._budget <= 0:
                return None
            if level not in self._versions:
                self._versions[level] = [lenient(line) for line in self._lines]
            place = self._find(self._versions[level], [lenient(line) for line in wanted], start)
            if place is not None:
                return place
        return None

    def _find(self, lines: list[str], wanted: list[str], start: int) -> int | None:
        """Knuth-Morris-Pratt over lines: linear however repetitive they are."""
        fallback = _fallbacks(wanted)
        length = 0
        for index in range(start, len(lines)):
            while length and lines[index] != wanted[length]:
                length = fallback[length - 1]
            length += lines[index] == wanted[length]
            if length == len(wanted):
                self._budget -= index - start + len(wanted)
                return index - length + 1
        self._budget -= len(lines) - start + len(wanted)
        return None


def _fallbacks(wanted: list[str]) -> list[int]:
    found = [0] * len(wanted)
    length = 0
    for index in range(1, len(wanted)):
        while length and wanted[index] != wanted[length]:
            length = found[length - 1]
        length += wanted[index] == wanted[length]
        found[index] = length
    return found
