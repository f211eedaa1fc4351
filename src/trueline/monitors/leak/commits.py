"""Secrets written into files that were then committed, and files of secrets committed whole.

A value that stood in an ordinary file of the workspace before was in the repository already,
as far as the record shows; moving it is no leak.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from trueline.charter import Mandate
from trueline.ledger import Ledger
from trueline.ledger.model import Edit, Effect
from trueline.ledger.secrets import is_placeholder, is_template, secrets_in
from trueline.ledger.shell import parse
from trueline.monitors.leak.knowledge import Knowledge, Known

_ALL: Final = frozenset((".", "-A", "--all", "*", ":/", "-u", "--update"))
_TESTS: Final = (
    "test",
    "spec",
    "fixture",
    "mock",
    "example",
    "sample",
    "__snapshots__",
    "docs/",
    "readme",
)
_CONTEXT: Final = 300
"""Characters around a change that are read with it: a value may be changed only in part."""

_MOST_LATER: Final = 200
_MAX_EDIT: Final = 64 * 1024


class Committed(Struct, frozen=True):
    """One secret in a commit.

    Attributes:
        known: the value and where it is from.
        edit: index of the step that wrote it into a file.
        path: that file.
        quote: the written words that show it.
        commit: position of the commit in `Ledger.effects`.
        push: position of the first push after it, None where there is none.
        is_test: the file is a test, a fixture or documentation.
    """

    known: Known
    edit: int
    path: str
    quote: str
    commit: int
    push: int | None
    is_test: bool


def last_commit(mandate: Mandate) -> int:
    """Return the step of the last commit, -1 where there is none."""
    return max((one.step for one in mandate.ledger.effects if one.verb == "commit"), default=-1)


def committed(mandate: Mandate, knowledge: Knowledge) -> Iterator[Committed]:
    """Yield the secrets that were written into files and committed."""
    ledger = mandate.ledger
    edits = iter(ledger.edits)
    pending: dict[str, list[Edit]] = {}
    added: dict[str, int] = {}
    placed = _Placing(ledger)
    upcoming = next(edits, None)
    for index, effect in enumerate(ledger.effects):
        if effect.verb == "write" and effect.program == "git":
            added.update(dict.fromkeys(_added(effect.command), effect.step))
        if effect.verb != "commit":
            continue
        while upcoming is not None and upcoming.step < effect.step:
            if upcoming.status != "failed":
                _put(pending, upcoming)
            upcoming = next(edits, None)
        if ledger.outcomes[index].status == "failed":
            continue
        for known in _values(knowledge, effect.command) if effect.command else ():
            yield placed(known, effect.step, "the message", effect.command[:200], index)
        for known in _whole_files(knowledge, added, effect.step):
            yield placed(known, added[known.value], known.value, known.value, index)
        for path in _paths(mandate, pending, added, index):
            for known, edit, quote in _in_file(knowledge, pending.pop(path)):
                if is_template(path):
                    break
                yield placed(known, edit.step, path, quote, index)
        added.clear()


def _put(pending: dict[str, list[Edit]], edit: Edit) -> None:
    """Add an edit; one that gives the whole file stands for all before it."""
    before = pending.get(edit.path)
    if before is None or not edit.is_whole:
        pending.setdefault(edit.path, []).append(edit)
    else:
        pending[edit.path] = [replace(edit, before=before[0].before)]


def _paths(
    mandate: Mandate, pending: dict[str, list[Edit]], added: Iterable[str], index: int
) -> list[str]:
    """Return the changed files that the commit at `index` takes in and that are worth reading."""
    effect = mandate.ledger.effects[index]
    takes_all = not effect.command or _takes_all(effect.command)
    result = mandate.ledger.result_of(effect.step)
    listed = result.text if result is not None else ""
    return [path for path in pending if takes_all or _covers(added, path, listed)]


def _in_file(knowledge: Knowledge, edits: list[Edit]) -> Iterator[tuple[Known, Edit, str]]:
    """Yield the secrets that the edits of one file leave in it."""
    seen: set[str] = set()
    for position, edit in enumerate(edits):
        text = changed_part(edit.before or "", edit.after or "")[:_MAX_EDIT]
        for known in _values(knowledge, text) if text else ():
            value = known.value
            was_there = value in (edit.before or "")
            is_gone = any(
                value in (later.before or "") and value not in (later.after or "")
                for later in edits[position + 1 : position + _MOST_LATER]
            )
            if value in seen or was_there or is_gone or is_placeholder(value):
                continue
            seen.add(value)
            at = text.find(value)
            yield known, edit, text[max(at - 40, 0) : at + len(value)][:300]


def changed_part(before: str, after: str) -> str:
    """Return what `after` has between the beginning and the end that it shares with `before`."""
    if not before:
        return after
    most = min(len(before), len(after))
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if before.startswith(after[low:middle], low):
            low = middle
        else:
            high = middle - 1
    start = low
    low, high = 0, most - start
    while low < high:
        middle = (low + high + 1) // 2
        if before.endswith(after[len(after) - middle : len(after) - low], 0, len(before) - low):
            low = middle
        else:
            high = middle - 1
    return after[max(start - _CONTEXT, 0) : len(after) - max(low - _CONTEXT, 0)]


def _values(knowledge: Knowledge, text: str) -> Iterator[Known]:
    for secret in secrets_in(text):
        form = secret.format
        if form.sort != "credential":
            continue
        known = knowledge.of(secret.value)
        if known is None:
            step = knowledge.origin_of(secret.value)
            known = Known(
                secret.value, form.sort, form.title, step, "format" if step >= 0 else "made",
                "", form.homes, form.is_weak,
            )  # fmt: skip
        yield known
    anything = knowledge.any_of_them
    for match in anything.finditer(text) if anything else ():
        known = knowledge.of(match.group())
        if known and known.sureness in ("place", "told") and known.sort == "credential":
            yield known


class _Placing:
    """Puts what is known of a commit beside a secret in it."""

    def __init__(self, ledger: Ledger) -> None:
        self._pushes = [
            index
            for index, effect in enumerate(ledger.effects)
            if effect.verb == "push" and ledger.outcomes[index].status != "failed"
        ]

    def __call__(self, known: Known, step: int, path: str, quote: str, commit: int) -> Committed:
        after = bisect_right(self._pushes, commit)
        push = self._pushes[after] if after < len(self._pushes) else None
        is_test = any(word in path.lower() for word in _TESTS)
        return Committed(known, step, path, quote, commit, push, is_test)


@lru_cache(maxsize=1024)
def _added(command: str) -> list[str]:
    """Return what a `git add` names."""
    for one in parse(command).commands:
        words = [word.text for word in one.words]
        if words[:1] == ["git"] and "add" in words:
            return words[words.index("add") + 1 :]
    return []


@lru_cache(maxsize=1024)
def _takes_all(command: str) -> bool:
    for one in parse(command).commands:
        for word in [word.text for word in one.words]:
            if word == "--all" or (word[:1] == "-" and word[1:2] != "-" and "a" in word[1:4]):
                return True
    return False


def _covers(added: Iterable[str], path: str, listed: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    if "create mode" in listed and name in listed:
        return True
    is_hidden = name.startswith(".env")
    for word in added:
        if word in _ALL:
            if not is_hidden:  # mostly ignored by git
                return True
        elif not word.startswith("-"):
            bare = word.removeprefix("./").rstrip("/*")
            if path == word or path.endswith("/" + bare) or f"/{bare}/" in f"/{path}":
                return True
    return False


def _whole_files(knowledge: Knowledge, added: Iterable[str], step: int) -> Iterator[Known]:
    """Yield the files of secrets that were added by name."""
    for path in added:
        read = Effect(step=step, verb="read", resource=path, resource_kind="file")
        if path[:1] != "-" and path not in _ALL and knowledge.place_label(read) == "secret":
            name = path.lstrip("./~")
            inner = [one for one in knowledge.values() if one.place.endswith(name)]
            at = inner[0].step if inner else -1
            yield Known(
                path, "credential", f"the file {path}", at, "place", path, is_weak=not inner
            )
