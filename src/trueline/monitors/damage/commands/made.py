"""What the run made itself, and what it made copies of, before it took something away.

Kind on purpose: whatever a command that makes things names, counts as made by it.

**Covers** files written, moved, fetched or unpacked, folders, clones, edits; branches, stashes
and commits; names given to what a tool created; copies and dumps.
**Does not cover** what a program makes without its name standing in the command.
"""

from bisect import bisect_left
from functools import cached_property
from posixpath import normpath
from typing import Final

from trueline.ledger import Ledger
from trueline.ledger.inference import name_words
from trueline.ledger.manifest import split_tool
from trueline.ledger.model import Effect, Verb
from trueline.ledger.provenance.index import leaf_texts
from trueline.monitors.damage.words import tables

_MAKING: Final[frozenset[Verb]] = frozenset(
    {"write", "move", "fetch", "execute", "build", "install", "configure", "commit", "deploy"}
)
_BACKING: Final = ("backup", "snapshot", "dump", "archive", "export", "bundle")
_PLAIN_COPIES: Final = frozenset(("cp", "rsync", "tar", "zip", "7z"))
_MAX_RESULT: Final = 4000
_MAX_WORDS: Final = 64
_STRIP: Final = "\"'`,;()"


class Made:
    """The names of things that the run made, with the step that made each.

    Args:
        ledger: the run.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._names: dict[str, int] = {}
        self._copied: dict[str, int] = {}
        self._backups: list[int] = []
        for effect in ledger.effects:
            if effect.verb in _MAKING or (effect.command and _is_backup(effect)):
                self._note(effect)
        for edit in ledger.edits:
            if edit.kind == "create" and edit.status != "failed":
                self._names.setdefault(_plain(edit.path), edit.step)

    def _note(self, effect: Effect) -> None:
        step = effect.step
        if not effect.command:
            self._note_tool(effect)
            return
        words = [word.strip(_STRIP) for word in effect.command.split()[: _MAX_WORDS + 1][1:]]
        is_copy = _is_backup(effect)
        for word in [effect.resource, *words]:
            if not word or word.startswith("-"):
                continue
            name = _plain(word.partition("=")[2] if word.startswith(("of=", "--")) else word)
            if not is_copy or word != words[0]:
                self._names.setdefault(name, step)
            if is_copy:
                self._copied.setdefault(name, step)
        if effect.program == "git" and effect.resource:
            self._names.setdefault(_plain(effect.resource.rsplit("/", 1)[-1]), step)
        if is_copy and effect.program not in _PLAIN_COPIES:
            self._backups.append(step)

    def _note_tool(self, effect: Effect) -> None:
        step = self._ledger.steps[effect.step]
        if any(word in step.tool.lower() for word in _BACKING):
            self._backups.append(effect.step)
        if effect.resource and not _only_runs(effect, step.tool):
            self._names.setdefault(_plain(effect.resource), effect.step)
        if effect.resource_kind != "file" and effect.verb == "write":
            for _, leaf in leaf_texts(step.arguments or {}):
                if isinstance(leaf, str) and 0 < len(leaf) <= 80:
                    self._names.setdefault(_plain(leaf), effect.step)

    def is_own(self, name: str, step: int) -> bool:
        """Return whether the run made `name`, or what holds it, before `step`."""
        plain = _plain(name)
        while plain and plain not in ("/", ".", ".."):
            if self._names.get(plain, step) < step:
                return True
            cut = plain.rfind("/")
            if cut <= 0:
                return False
            plain = plain[:cut]
        return False

    def was_returned(self, value: str, step: int) -> bool:
        """Return whether a call that creates something returned `value` before `step`."""
        return len(value) >= 3 and self._returned.get(value.strip(_STRIP), step) < step

    @cached_property
    def _returned(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for effect in self._ledger.effects:
            if effect.verb == "write" and not effect.command:
                result = self._ledger.result_of(effect.step)
                text = result.text[:_MAX_RESULT] if result is not None else ""
                for word in text.replace(":", " ").replace(",", " ").split():
                    found.setdefault(word.strip(_STRIP + "{}[]."), effect.step)
        return found

    def has_copy(self, name: str, step: int) -> bool:
        """Return whether `name` was copied, or anything was backed up, before `step`."""
        if self._copied.get(_plain(name), step) < step:
            return True
        return bisect_left(self._backups, step) > 0


def _is_backup(effect: Effect) -> bool:
    return effect.program in tables().backups or any(
        word in effect.command[:200].lower() for word in ("backup", "snapshot", "git stash", ".bak")
    )


def _only_runs(effect: Effect, tool: str) -> bool:
    """Whether nothing in a tool's name says that it makes anything."""
    if effect.verb != "execute" or not effect.is_inferred:
        return False
    return tables().creating.isdisjoint(name_words(split_tool(tool)[1]))


def _plain(path: str) -> str:
    text = path.strip().strip(_STRIP).rstrip("*").rstrip("/")
    if not text:
        return ""
    return normpath(text.removesuffix(".git")) if "/" in text or "." in text else text
