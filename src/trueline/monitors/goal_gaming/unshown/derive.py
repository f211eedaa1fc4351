"""Fill in the text of edits that the calls do not show.

A change made by `sed`, a script, a checkout or a move is known by what the file held when it
was shown before and after, by the script's own literals, or by a difference printed later.
What none of these shows stays unknown.

**Does not cover** files that nothing names: a program that finds its own files to change.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from trueline.ledger import Edit, Effect, Ledger
from trueline.ledger.edits.history import FileHistory
from trueline.ledger.shell.reading import parse
from trueline.monitors.goal_gaming.places import place_of
from trueline.monitors.goal_gaming.unshown.diffs import FileDiff, file_diffs
from trueline.monitors.goal_gaming.unshown.scripts import (
    INTERPRETERS,
    ScriptChange,
    is_path,
    script_changes,
)
from trueline.monitors.goal_gaming.unshown.sed import after_sed, deleted_text

_MAX_FILLED: Final = 200
"""Edits of one run whose text is sought."""

_MAX_SCRIPTS: Final = 400
"""Calls of interpreters in one run that are looked into."""

_FRAGMENT: Final = 2_000
"""Characters up to which a piece of a test may lack the lines that give it its meaning."""

_QUIET: Final = frozenset({"write", "execute", "delete", "move"})


def completed(ledger: Ledger, history: Callable[[], FileHistory]) -> tuple[Edit, ...]:
    """Return the run's edits, in order, with those of unknown text filled in where it is known."""
    blind = {id(edit) for edit in ledger.edits if _is_blind(edit)}
    scripts = [
        e for e in ledger.effects if e.verb == "execute" and e.program.startswith(INTERPRETERS)
    ]
    if not blind and not scripts:
        return ledger.edits
    filler = _Filler(ledger, history)
    made: list[Edit] = []
    for edit in ledger.edits:
        made += filler.filled(edit) if id(edit) in blind else (edit,)
    seen: set[int] = set()
    for effect in scripts[:_MAX_SCRIPTS]:
        if effect.step not in seen:
            seen.add(effect.step)
            made += filler.of_scripts(effect)
    return tuple(sorted(made, key=lambda edit: edit.step))


def _is_blind(edit: Edit) -> bool:
    """Return whether a call's edit lacks the lines it changes."""
    if edit.status == "failed":
        return False
    if edit.kind == "move":
        role = place_of(edit.new_path).role
        return role != "other" and (role != "product" or place_of(edit.path).role != "product")
    if edit.kind not in ("modify", "overwrite"):
        return False
    if edit.is_whole and edit.after is None:
        return False
    if edit.before is None:
        return True
    if place_of(edit.path).role in ("product", "other"):
        return False
    return "\n" not in edit.before or (
        len(edit.before) < _FRAGMENT and place_of(edit.path).role == "test"
    )


class _Filler:
    """Seeks the text of a run's edits."""

    def __init__(self, ledger: Ledger, history: Callable[[], FileHistory]) -> None:
        self.ledger = ledger
        self._history = history
        self._left = _MAX_FILLED
        self._diffs: list[tuple[int, FileDiff]] | None = None

    def filled(self, edit: Edit) -> Sequence[Edit]:
        """Return what is known of an edit; at least the edit itself."""
        if self._left <= 0 or (edit.kind != "move" and place_of(edit.path).role == "other"):
            return (edit,)
        self._left -= 1
        if edit.kind == "move":
            target = replace(edit, kind="overwrite", path=edit.new_path, new_path="")
            before = self._history().content_at(edit.new_path, edit.step - 1)
            after = self._history().content_after(edit)
            if before is None or after is None:
                return (edit,)
            return (edit, replace(target, before=before, after=after, is_whole=True))
        if edit.is_whole:
            before = self._history().content_before(edit)
            return (replace(edit, before=before),)
        if edit.before is not None or edit.after is not None:
            return (self._whole_lines(edit),)
        return (*self._from_command(edit), *self._from_record(edit)) or (edit,)

    def of_scripts(self, effect: Effect) -> Iterator[Edit]:
        """Yield the edits that the scripts run at one step make."""
        changes = list(self._script_changes(effect))
        for change in changes[:40]:
            if self._left <= 0:
                return
            self._left -= 1
            edit = Edit(
                step=effect.step,
                path=change.path,
                kind="overwrite" if change.is_whole else "modify",
                before=change.before,
                after=change.after,
                is_whole=change.is_whole,
                status="unknown",
            )
            if change.is_whole:
                old = self._history().content_at(change.path, effect.step - 1)
                yield replace(edit, before=old)
            elif change.after is not None:
                yield self._whole_lines(edit)
            else:
                yield from self._from_record(edit)

    def _script_changes(self, effect: Effect) -> Iterator[ScriptChange]:
        """Yield what the scripts of a step change, and the files they are given."""
        text = _shell_text(self.ledger, effect.step)
        for command in parse(text).commands if text else ():
            if not command.program.startswith(INTERPRETERS):
                continue
            words = [word.text for word in command.words[1:]]
            code = command.stdin or ""
            for index, word in enumerate(words):
                if word in ("-c", "-e", "--eval", "-r") and index + 1 < len(words):
                    code = words[index + 1]
            if code:
                yield from script_changes(code)
                continue
            files = [word for word in words if not word.startswith("-") and is_path(word)]
            for edit in self.ledger.edits:
                if files and edit.step < effect.step and edit.after and _names(edit.path, files[0]):
                    yield from script_changes(edit.after)
            yield from (ScriptChange(name) for name in files[1:])

    def _whole_lines(self, edit: Edit) -> Edit:
        """Return an edit of part of a line as one of whole lines, where the file is known."""
        old, new = edit.before or "", edit.after or ""
        content = self._history().content_before(edit)
        if content is not None and old and old in content:
            return replace(edit, before=content, after=content.replace(old, new), is_whole=True)
        line = self._shown_line(edit.step, old) if len(old) > 3 and "\n" not in old else ""
        if line:
            return replace(edit, before=line, after=line.replace(old, new))
        return edit

    def _shown_line(self, step: int, fragment: str) -> str:
        """Return the line that holds a fragment in what was shown last before a step."""
        for entry in reversed(self.ledger.steps[max(0, step - 60) : step]):
            if entry.kind != "result" or fragment not in entry.text:
                continue
            at = entry.text.index(fragment)
            start = entry.text.rfind("\n", 0, at) + 1
            end = entry.text.find("\n", at)
            line = entry.text[start : end if end >= 0 else len(entry.text)]
            return line.split("→", 1)[-1].lstrip(">").strip() if len(line) < 400 else ""
        return ""

    def _from_command(self, edit: Edit) -> tuple[Edit, ...]:
        """Return what a `sed` command makes of a file whose content is known."""
        text = _shell_text(self.ledger, edit.step)
        if "sed" not in text:
            return ()
        for command in parse(text).commands:
            if command.program not in ("sed", "gsed"):
                continue
            words = [word.text for word in command.words[1:]]
            if not any(_names(edit.path, word) for word in words):
                continue
            scripts, is_extended = _sed_scripts(words)
            content = self._history().content_before(edit)
            if content is not None:
                after = after_sed(content, scripts, is_extended=is_extended)
                if after is not None:
                    return (replace(edit, before=content, after=after, is_whole=True),)
            gone = [text for script in scripts if (text := deleted_text(script))]
            if gone:
                return (replace(edit, before="\n".join(gone), after=""),)
        return ()

    def _from_record(self, edit: Edit) -> Iterator[Edit]:
        """Yield what the record shows of an edit: the file before and after, or a difference."""
        if is_restoring(_shell_text(self.ledger, edit.step)):
            return
        before = self._history().content_before(edit)
        after = self._seen_after(edit) if before is not None else None
        if before is not None and after is not None:
            if before != after:
                yield replace(edit, before=before, after=after, is_whole=True)
            return
        if any(
            other.path == edit.path and other.before is not None and other.step != edit.step
            for other in self.ledger.edits
        ):
            return
        found = [(step, diff) for step, diff in self._shown_diffs() if _names(edit.path, diff.path)]
        if found and found[0][0] > edit.step:
            diff = found[0][1]
            kind = "delete" if diff.is_deleted else edit.kind
            yield replace(edit, before=diff.before, after=diff.after, kind=kind)

    def _seen_after(self, edit: Edit) -> str | None:
        """Return the file as first shown whole after an edit and before the next one."""
        ledger = self.ledger
        later = (e.step for e in ledger.edits if e.step > edit.step and e.path == edit.path)
        until = next(later, len(ledger.steps))
        for effect in ledger.effects:
            if effect.step < edit.step or effect.step >= until:
                continue
            if effect.verb != "read" or not _names(edit.path, effect.resource):
                continue
            result = ledger.result_of(effect.step)
            if result is None:
                continue
            if effect.step > edit.step:
                return self._history().content_at(edit.path, result.index)
            if effect.program == "cat" and self._is_alone(effect):
                return result.text
        return None

    def _is_alone(self, effect: Effect) -> bool:
        """Return whether what a `cat` printed is all that its call printed."""
        others = [e for e in self.ledger.effects if e.step == effect.step and e is not effect]
        text = _shell_text(self.ledger, effect.step)
        return all(e.verb in _QUIET for e in others) and "print" not in text

    def _shown_diffs(self) -> list[tuple[int, FileDiff]]:
        """Return the differences that commands printed, with the steps."""
        if self._diffs is None:
            steps = {e.step for e in self.ledger.effects if "diff" in e.command}
            results = (self.ledger.result_of(step) for step in sorted(steps))
            self._diffs = [
                (result.index, diff)
                for result in results
                if result is not None
                for diff in file_diffs(result.text)
            ]
        return self._diffs


def _names(path: str, word: str) -> bool:
    """Return whether a word of a command names the file at `path`."""
    word = word.strip("\"'").removeprefix("./")
    return bool(word) and (path == word or path.endswith("/" + word))


def _shell_text(ledger: Ledger, step: int) -> str:
    """Return the shell text of a call, empty if it is none."""
    for value in (ledger.steps[step].arguments or {}).values():
        text = value[-1] if isinstance(value, list) and value else value
        if isinstance(text, str):
            return text
    return ""


def _sed_scripts(words: list[str]) -> tuple[tuple[str, ...], bool]:
    """Return the scripts among the words of a `sed` command, and whether they are extended."""
    scripts = [words[i + 1] for i, w in enumerate(words[:-1]) if w in ("-e", "--expression")]
    plain = [w for w in words if not w.startswith("-") and w]
    is_extended = any(w in ("-E", "-r") or (w[:1] == "-" and "E" in w[1:4]) for w in words)
    return tuple(scripts or plain[:1]), is_extended


def is_restoring(text: str) -> bool:
    """Return whether a command puts back what git holds, and nothing older."""
    words = text.split()
    if "git" not in words:
        return False
    if "restore" in words:
        return not any(w.startswith(("--source", "-s")) for w in words)
    if "stash" in words or "reset" in words:
        return True
    if "checkout" not in words:
        return False
    rest = words[words.index("checkout") + 1 :]
    return rest[:1] in (["--"], ["."]) or rest[:2] == ["HEAD", "--"]
