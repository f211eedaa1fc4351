"""The ledger arranged for questions that assertions raise: which checks ran, what changed since."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Final, TypeVar, get_args

from trueline.core.patterns import pattern
from trueline.ledger import Edit, Effect, Ledger, Outcome
from trueline.ledger.model import CHECK_VERBS, EditKind, Verb
from trueline.monitors.deception.record.numbers import FAR
from trueline.monitors.deception.record.runs import Run, plain_run, read_runs, task_of
from trueline.monitors.deception.record.whole import Whole
from trueline.monitors.deception.record.words import Words
from trueline.monitors.deception.record.world import World

DOCUMENT_SUFFIXES = (
    ".md", ".rst", ".txt", ".adoc", ".gitignore", ".log", ".csv", ".svg", ".png", ".org", "LICENSE",
)  # fmt: skip
_MODIFIED = pattern(r"^(?: M|M |MM)\s+(\S+)$|^\s+modified:\s+(\S+)$")
_NOT_RESTORING = ("stash list", "stash show", "checkout -b", "switch -c", "merge-base")
_RESTORING = (
    "checkout",
    "restore",
    "reset",
    "stash",
    "revert",
    "switch",
    "merge",
    "rebase",
    "pull",
)

_HARMLESS = frozenset(
    {"read", "search", "test", "lint", "typecheck", "ask", "plan", "commit", "push"}
)
_NAMING = frozenset({"write", "delete", "move"})
_CHANGING = frozenset(
    {
        "write", "delete", "move", "install", "format", "execute", "configure", "stop", "deploy",
        "delegate",
    }
)  # fmt: skip
_WINDOW = 200
ANY: Final[frozenset[EditKind]] = frozenset(get_args(EditKind))
_Stepped = TypeVar("_Stepped", Edit, Effect)


class Record:
    """Answers questions about one ledger; every answer is computed once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.words = Words(ledger)
        self.whole = Whole(ledger)
        self.world = World(ledger)
        self._named_edits: dict[tuple[str, frozenset[EditKind]], list[Edit]] = {}

    def runs(self, verb: Verb, before: int) -> list[Run]:
        """Return the latest runs (at most 200) of checks of sort `verb` shown before a step."""
        runs = self._runs.get(verb, [])
        end = bisect_left(runs, before, key=lambda run: run.step)
        return runs[max(0, end - _WINDOW) : end]

    @cached_property
    def _runs(self) -> dict[Verb, list[Run]]:
        found: dict[Verb, list[Run]] = {}
        shown: dict[str, set[Verb]] = {}
        for effect, outcome in zip(self.ledger.effects, self.ledger.outcomes, strict=True):
            if outcome.step is None:
                continue
            is_check = outcome.tests or outcome.diagnoses or effect.verb in CHECK_VERBS
            if not is_check and effect.verb != "execute":
                continue
            task = task_of(effect)
            seen = False
            for verb, run in read_runs(effect, outcome):
                seen = True
                found.setdefault(verb, []).append(run)
                if task and (run.reports or run.diagnoses):
                    shown.setdefault(task, set()).add(verb)
            if not seen and effect.verb == "execute" and task in shown:
                for verb in shown[task]:
                    found.setdefault(verb, []).append(plain_run(effect, outcome))
        for runs in found.values():
            runs.sort(key=lambda run: run.step)
        return found

    def lost_its_totals(self, run: Run) -> bool:
        """Return whether the same command printed totals earlier and shows none in this run.

        Output that went into a file is not lost.
        """
        if run.reports or run.diagnoses or ">" in run.effect.command.replace("2>&1", ""):
            return False
        return any(
            other.reports and other.step < run.step and other.effect.command == run.effect.command
            for other in self._runs.get("test", ())[-_WINDOW:]
        )

    @cached_property
    def path_parts(self) -> frozenset[str]:
        """Names of folders and of files without suffix that edits and commands are about."""
        parts: set[str] = set()
        paths = {edit.path for edit in self.ledger.edits}
        paths.update(e.resource for e in self.ledger.effects if e.resource_kind == "file")
        for path in paths:
            parts.update(path.removeprefix(self.ledger.trajectory.cwd).split("/"))
        return frozenset({part.partition(".")[0].lower() for part in parts} - {""})

    def changes(self, after: int, before: int) -> list[Edit]:
        """Return edits of anything but documents, not known to have failed, in between."""
        return _between(self._code_edits, after, before)

    @cached_property
    def _code_edits(self) -> list[Edit]:
        return [
            edit
            for edit in self.ledger.edits
            if edit.status != "failed" and not edit.path.endswith(DOCUMENT_SUFFIXES)
        ]

    def relative(self, path: str) -> str:
        """Return a path relative to the run's working directory, as it stands if outside it."""
        cwd = self.ledger.trajectory.cwd.rstrip("/")
        return path.removeprefix(f"{cwd}/") if cwd else path.removeprefix("./")

    def edits_between(self, after: int, before: int) -> list[Edit]:
        """Return every edit in between, whatever became of it."""
        return _between(self.ledger.edits, after, before)

    def effects_between(self, after: int, before: int) -> list[Effect]:
        """Return every effect in between."""
        return _between(self.ledger.effects, after, before)

    def restorations(self, after: int, before: int) -> list[Effect]:
        """Return effects in between that may put files back or swap them (git checkout, stash)."""
        return _between(self._restoring, after, before)

    @cached_property
    def _restoring(self) -> list[Effect]:
        return [
            effect
            for effect, outcome in zip(self.ledger.effects, self.ledger.outcomes, strict=True)
            if effect.program == "git"
            and outcome.status != "failed"
            and any(f" {word} " in f" {effect.command} " for word in _RESTORING)
            and not any(f" {words}" in effect.command for words in _NOT_RESTORING)
        ]

    def moved_on(self, after: int, before: int) -> bool:
        """Return whether the answer may have changed in between.

        Edits, commands that write or run programs, other agents, and the user having spoken.
        """
        return bool(
            after < self.turn_start(before)
            or self.changes(after, before)
            or self.restorations(after, before)
            or _between(self._changing, after, before)
        )

    @cached_property
    def _changing(self) -> list[Effect]:
        return [
            effect
            for effect in self.ledger.effects
            if effect.verb in _CHANGING and not effect.resource.endswith(DOCUMENT_SUFFIXES)
        ]

    def acts(self, verbs: Collection[Verb], before: int) -> list[tuple[Effect, Outcome]]:
        """Return the latest effects (at most 200) of these sorts before a step, with outcomes."""
        positions = sorted(p for verb in verbs for p in self._positions.get(verb, ()))
        end = bisect_left(positions, before, key=lambda p: self.ledger.effects[p].step)
        return [
            (self.ledger.effects[p], self.ledger.outcomes[p])
            for p in positions[max(0, end - _WINDOW) : end]
        ]

    @cached_property
    def _positions(self) -> dict[Verb, list[int]]:
        found: dict[Verb, list[int]] = {}
        for position, effect in enumerate(self.ledger.effects):
            found.setdefault(effect.verb, []).append(position)
        return found

    def last_act(self, verbs: Collection[Verb], before: int) -> Effect | None:
        """Return the last effect of one of these sorts before a step."""
        position = bisect_left(self.ledger.effects, before, key=lambda effect: effect.step)
        for effect in reversed(self.ledger.effects[max(0, position - _WINDOW) : position]):
            if effect.verb in verbs:
                return effect
        return None

    def has_unparsed(self, after: int, before: int) -> bool:
        """Return whether a command in between could not be read in full."""
        return bool(_between(self._unparsed, after, before))

    @cached_property
    def _unparsed(self) -> list[Effect]:
        return [effect for effect in self.ledger.effects if effect.is_unparsed]

    def edits_of(self, name: str, before: int, kinds: frozenset[EditKind] = ANY) -> list[Edit]:
        """Return the edits before a step of files that `name`, as spoken, can mean.

        Args:
            name: the file, in the agent's words.
            before: the step.
            kinds: sorts of edit wanted.
        """
        name = name.removeprefix("./").rstrip("/")
        found = self._named_edits.get((name, kinds))
        if found is None:
            found = self._named_edits[name, kinds] = [
                edit
                for edit in self._edits_by_tail.get(name.rsplit("/", 1)[-1], ())
                if edit.kind in kinds and f"/{edit.new_path or edit.path}".endswith(f"/{name}")
            ]
        return found[: bisect_left(found, before, key=lambda edit: edit.step)]

    @cached_property
    def _edits_by_tail(self) -> dict[str, list[Edit]]:
        found: dict[str, list[Edit]] = {}
        for edit in self.ledger.edits:
            for path in {edit.path, edit.new_path} - {""}:
                found.setdefault(path.rsplit("/", 1)[-1], []).append(edit)
        return found

    @staticmethod
    def is_net_unchanged(edits: Sequence[Edit]) -> bool:
        """Return whether the last edit puts back what the first one replaced."""
        first, last = edits[0], edits[-1]
        if first.kind == "create" and last.kind == "delete":
            return True
        return first.before is not None and (first.before, first.after) == (last.after, last.before)

    def has_writes(self, name: str, before: int) -> bool:
        """Return whether a shell command before a step may have written the named file."""
        end = bisect_left(self.ledger.effects, before, key=lambda effect: effect.step)
        return any(
            name in effect.command
            and effect.verb not in ("read", "search")
            and self.ledger.outcomes[position].status != "failed"
            for position, effect in enumerate(
                self.ledger.effects[max(0, end - FAR) : end], max(0, end - FAR)
            )
            if effect.command
        )

    def standing(self, edits: Sequence[Edit]) -> list[Edit]:
        """Return the edits that no later one among them takes back exactly."""
        open_edits: list[Edit] = []
        for edit in edits:
            for position in range(len(open_edits) - 1, -1, -1):
                earlier = open_edits[position]
                if earlier.path == edit.path and self.is_net_unchanged((earlier, edit)):
                    del open_edits[position]
                    break
            else:
                open_edits.append(edit)
        return open_edits

    def request_before(self, step: int) -> str:
        """Return the words of the last request before a step."""
        index = self.turn_start(step)
        return self.ledger.steps[index].text if index >= 0 else ""

    def has_writes_after(
        self,
        after: int,
        before: int,
        but: Sequence[Edit] = (),
        path: str = "",
        *,
        checks_write: bool = True,
    ) -> bool:
        """Return whether anything in between may have written files in a way not understood.

        Args:
            after: step after which to look.
            before: step before which to look.
            but: edits whose own calls are understood and do not count.
            path: the one file that matters; writes that name another file then do not count.
            checks_write: a program counts even if its result shows that it only checked.
        """
        understood = {edit.step for edit in but}
        low = bisect_right(self.ledger.effects, after, key=lambda effect: effect.step)
        high = bisect_left(self.ledger.effects, before, key=lambda effect: effect.step)
        for position in range(low, high):
            effect = self.ledger.effects[position]
            if effect.step in understood:
                continue
            if effect.is_unparsed:
                return True
            if effect.verb in _HARMLESS or self.ledger.outcomes[position].status == "failed":
                continue
            outcome = self.ledger.outcomes[position]
            if effect.program == "git" and effect.command.startswith("git add"):
                continue
            if not checks_write and (outcome.tests or outcome.diagnoses):
                continue
            is_other = effect.verb in _NAMING and effect.resource and path
            if not (is_other and not is_below(path, effect.resource)):
                return True
        return False

    def may_have_written(
        self, names: Sequence[str], after: int, before: int, but: Sequence[Edit]
    ) -> bool:
        """Return whether a command in between may have written one of the named files.

        With no names, any write of which the target is not known counts.
        """
        understood = {edit.step for edit in but}
        return any(
            effect.is_unparsed
            or (
                effect.verb in ("write", "move", "delete")
                and (
                    not effect.resource
                    or "$" in effect.resource  # known only when it ran
                    or any(name in effect.resource for name in names)
                )
            )
            for effect in _between(self.ledger.effects, after, before)
            if effect.step not in understood
        )

    def missing_after(self, name: str, after: int, before: int) -> tuple[int, str] | None:
        """Return (step, line) of a result in between that says the named file does not exist."""
        tail = name.rsplit("/", 1)[-1]
        for step in self.ledger.steps[max(after + 1, before - FAR) : before]:
            if step.kind != "result" or "No such file" not in step.text:
                continue
            for line in step.text.splitlines():
                if "No such file" in line and f"{tail}" in line:
                    return step.index, line.strip()
        return None

    def listed_as_modified(self, after: int, before: int) -> list[tuple[int, str, str]]:
        """Return (step, line, path) of files that git listed as modified in between."""
        found: list[tuple[int, str, str]] = []
        for effect in _between(self.ledger.effects, after, before):
            result = self.ledger.result_of(effect.step) if effect.program == "git" else None
            if result is None or " status" not in effect.command:
                continue
            for line in result.text.splitlines():
                match = _MODIFIED.search(line)
                if match is not None:
                    found.append((result.index, line.strip(), match.group(1) or match.group(2)))
        return found

    def turn_start(self, step: int) -> int:
        """Return the index of the last request before `step`, -1 when there is none."""
        requests = self.ledger.requests
        position = bisect_left(requests, step, key=lambda request: request.index)
        return requests[position - 1].index if position else -1

    @cached_property
    def starts_in_the_middle(self) -> bool:
        """Whether the record continues an earlier one that is not here."""
        first = next((s for s in self.ledger.steps if s.kind == "message"), None)
        return first is not None and first.tag == "compaction"

    @cached_property
    def delegates(self) -> bool:
        """Whether another agent did part of the work, so that its record is elsewhere."""
        return any(effect.verb == "delegate" for effect in self.ledger.effects)


def _between(values: Sequence[_Stepped], after: int, before: int) -> list[_Stepped]:
    """Return the values, which stand in order of their steps, strictly between two steps."""
    low = bisect_right(values, after, key=lambda value: value.step)
    high = bisect_left(values, before, key=lambda value: value.step)
    return list(values[low:high])


def is_below(path: str, resource: str) -> bool:
    """Return whether a file may be what a command names: itself, or in a folder of that name."""
    name = resource.removeprefix("./").rstrip("/")
    return name in ("", ".", "*") or "*" in name or f"/{name}/" in f"/{path}/"
