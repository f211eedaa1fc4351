"""The facts of one run that every rule asks for: what took place, what failed, what was claimed.

Rules work on a `Scene` instead of the ledger, so that "did a check fail before this?" and
"what was claimed after it?" are answered once and alike.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

from trueline.ledger import Assertion, Edit, Effect, Ledger, Outcome
from trueline.ledger.edits.history import FileHistory
from trueline.monitors.goal_gaming.places import Place, place_of
from trueline.monitors.goal_gaming.unshown.derive import completed
from trueline.monitors.protocol import Evidence

MAX_QUOTE: Final = 400
"""Characters of a quote; longer ones are cut at a line end or here."""

_DONE: Final = frozenset({"tests_pass", "fixed", "done"})


class Placed(Struct, frozen=True):
    """An edit that the record does not show to have failed, with what its file is for."""

    edit: Edit
    place: Place


class Check(Struct, frozen=True):
    """One run of tests with what came of it."""

    effect: Effect
    outcome: Outcome

    @property
    def is_failing(self) -> bool:
        """Whether the record shows failures."""
        return self.outcome.status == "failed" or any(not t.is_ok for t in self.outcome.tests)

    @property
    def is_passing(self) -> bool:
        """Whether the record shows success."""
        return self.outcome.status == "succeeded"


def strings_of(value: Any, depth: int = 6) -> Iterator[str]:
    """Yield the strings inside a decoded JSON value, to a limited depth."""
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, dict):
        for item in value.values():
            yield from strings_of(item, depth - 1)
    elif depth and isinstance(value, list):
        for item in value:
            yield from strings_of(item, depth - 1)


def cut(quote: str) -> str:
    """Return the start of `quote`, at most `MAX_QUOTE` characters, whole lines if it can be."""
    quote = quote.strip()
    if len(quote) <= MAX_QUOTE:
        return quote
    end = quote.rfind("\n", 80, MAX_QUOTE)
    return quote[: end if end > 0 else MAX_QUOTE].rstrip()


class Scene:
    """One ledger, seen as the rules of goal gaming need it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    @cached_property
    def edits(self) -> tuple[Placed, ...]:
        """Edits that may have taken place and were not undone by git afterwards, in order."""
        restored = self._restored
        kept: list[Placed] = []
        for edit in completed(self.ledger, lambda: self._history):
            if edit.status == "failed":
                continue
            if restored and any(
                step > edit.step and (not path or is_same_file(edit.path, path))
                for step, path in restored
            ):
                continue
            kept.append(Placed(edit, place_of(edit.path)))
        return tuple(kept)

    @cached_property
    def _restored(self) -> tuple[tuple[int, str], ...]:
        """Steps that put files back to what git holds, with the path, empty for all files."""
        found: list[tuple[int, str]] = []
        for effect, outcome in zip(self.ledger.effects, self.ledger.outcomes, strict=False):
            if effect.program != "git" or outcome.status == "failed":
                continue
            words = effect.command.split()
            if "checkout" in words and ("--" in words or "." in words):
                if words[words.index("checkout") + 1] not in ("--", ".", "HEAD"):
                    continue  # an older version, or another branch's
                after = words.index("--") + 1 if "--" in words else words.index(".")
                found += [(effect.step, "" if w == "." else w) for w in words[after:]]
            elif "restore" in words and "--staged" not in words:
                names = [w for w in words[words.index("restore") + 1 :] if not w.startswith("-")]
                found += [(effect.step, "" if w == "." else w) for w in names]
            elif "reset" in words and "--hard" in words:
                found.append((effect.step, ""))
        return tuple(found)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Test runs, in order."""
        return tuple(
            Check(effect, outcome)
            for effect, outcome in zip(self.ledger.effects, self.ledger.outcomes, strict=False)
            if effect.verb == "test"
            or (effect.verb == "execute" and place_of(effect.resource).role == "grader")
        )

    def failing_before(self, step: int) -> Check | None:
        """Return the last test run before `step` that the record shows to have failed."""
        found = None
        for check in self.checks:
            if check.effect.step >= step:
                break
            if check.is_failing:
                found = check
        return found

    def passing_after(self, step: int) -> Check | None:
        """Return the first test run after `step` that the record shows to have succeeded."""
        return next(
            (check for check in self.checks if check.effect.step > step and check.is_passing), None
        )

    def pressure(self, step: int, names: Iterable[str]) -> int:
        """Return how much a failing test stood behind a change at `step`.

        Returns:
            0 when nothing is known to have failed before, 1 when some test did, 2 when the
            failure names one of `names`.
        """
        level = 0
        wanted = [name for name in names if len(name) > 3]
        for check in self.checks:
            if check.effect.step >= step:
                break
            if not check.is_failing:
                continue
            level = max(level, 1)
            text = self.text_of_result(check)
            if any(name in text for name in wanted):
                return 2
        if level < 2 and wanted:
            for request in self.requests_before(step):
                text = request.lower()
                if "fail" in text and any(name.lower() in text for name in wanted):
                    return 2
        return level

    def is_relied_on(self, step: int) -> bool:
        """Return whether, after `step`, success was claimed or a check went through."""
        return self.claim_after(step) is not None or self.passing_after(step) is not None

    def text_of_result(self, check: Check) -> str:
        """Return what the check printed, empty if nothing is recorded."""
        return self.text_of(check.outcome.step)

    def text_of(self, index: int | None) -> str:
        """Return the text of a step, empty if there is no such step."""
        steps = self.ledger.steps
        return steps[index].text if index is not None and 0 <= index < len(steps) else ""

    def claim_after(self, step: int) -> Assertion | None:
        """Return the first statement after `step` that tests pass or the work is done."""
        fallback = None
        for assertion in self.ledger.assertions:
            if assertion.step > step and assertion.kind in _DONE:
                if assertion.kind == "tests_pass":
                    return assertion
                fallback = fallback or assertion
        return fallback

    def requests_before(self, step: int) -> tuple[str, ...]:
        """Return what the user typed before `step`."""
        return tuple(r.text for r in self.ledger.requests if r.index < step)

    @cached_property
    def report_texts(self) -> tuple[tuple[int, str], ...]:
        """The agent's reports: step and text."""
        return tuple((index, self.ledger.steps[index].text) for index in self.ledger.reports)

    @cached_property
    def _history(self) -> FileHistory:
        """What files held along the run; built only when a rule asks."""
        return FileHistory(self.ledger.trajectory, self.ledger.edits)

    def content_after(self, edit: Edit) -> str | None:
        """Return the whole file after `edit`, as far as the record shows it."""
        return edit.after if edit.is_whole else self._history.content_after(edit)

    def content_before(self, edit: Edit) -> str | None:
        """Return the whole file before `edit`, as far as the record shows it."""
        return edit.before if edit.is_whole and edit.before else self._history.content_before(edit)

    def both_sides(self, edit: Edit) -> tuple[str | None, str | None]:
        """Return what an edit took out and put in, from the file's history where need be.

        Both sides are fragments or both are whole files, so that they can be compared.
        """
        before, after = edit.before, edit.after
        if edit.kind in ("create", "move") or (before is not None and after is not None):
            return before, after
        if edit.kind == "delete":
            return before if before is not None else self.content_before(edit), None
        whole = self.content_before(edit), self.content_after(edit)
        return whole if None not in whole else (before, after)

    def survives(self, edit: Edit, line: str) -> bool:
        """Return whether `line`, put into a file by `edit`, still stands there at the end."""
        for later in reversed(self._edits_of.get(edit.path, [])):
            if later.step <= edit.step:
                break
            if later.after is not None and line in later.after:
                return True
            if _replaces_all(later) or (later.before is not None and line in later.before):
                return False
        return True

    @cached_property
    def _edits_of(self) -> dict[str, list[Edit]]:
        """The edits of each path, in order."""
        found: dict[str, list[Edit]] = {}
        for placed in self.edits:
            found.setdefault(placed.edit.path, []).append(placed.edit)
        return found

    def was_created_here(self, path: str) -> bool:
        """Return whether the run itself made the file at `path`."""
        first = next(
            (e for e in self.ledger.edits if e.status != "failed" and is_same_file(e.path, path)),
            None,
        )
        return first is not None and first.kind == "create"

    def quote_at(
        self, step: int, *candidates: str, role: Any = "record", note: str = ""
    ) -> Evidence | None:
        """Return evidence with the first candidate that stands verbatim at `step`.

        A candidate that does not stand there as a whole is tried line by line, so that text
        taken from a patch, whose lines carry a mark in front, still finds its place.
        """
        steps = self.ledger.steps
        if not 0 <= step < len(steps):
            return None
        entry = steps[step]
        texts = [entry.text, *strings_of(entry.arguments)]
        for candidate in candidates:
            whole = cut(candidate)
            for quote in (whole, *(line.strip() for line in whole.splitlines())):
                if len(quote) > 1 and any(quote in text for text in texts):
                    return Evidence(step=step, quote=quote, role=role, note=note)
        return None

    def quote_before(self, step: int, *candidates: str, note: str = "") -> Evidence | None:
        """Return evidence at `step`, its result, or the nearest earlier result that holds it."""
        found = self.quote_at(step, *candidates, note=note)
        steps = self.ledger.steps
        if found is not None or not 0 <= step < len(steps):
            return found
        result = steps[step].call_index
        if result is not None and (found := self.quote_at(result, *candidates, note=note)):
            return found
        for index in (*range(step - 1, -1, -1), *range(step + 1, len(steps))):
            if steps[index].kind in ("result", "call"):
                found = self.quote_at(index, *candidates, note=note)
                if found is not None:
                    return found
        return None

    def failure_evidence(self, check: Check | None) -> Evidence | None:
        """Return the words in which a failing check says so."""
        if check is None or check.outcome.step is None:
            return None
        reports = [t.quote for t in check.outcome.tests if not t.is_ok]
        return self.quote_at(
            check.outcome.step, *reports, check.outcome.quote, note="a test run failed before"
        )

    def claim_evidence(self, claim: Assertion | None) -> Evidence | None:
        """Return the words of a claim."""
        if claim is None:
            return None
        return self.quote_at(claim.step, claim.quote, role="said", note="claimed afterwards")


def _replaces_all(edit: Edit) -> bool:
    """Return whether nothing of the file before an edit is left after it."""
    return edit.kind in ("delete", "overwrite", "create") or edit.is_whole


def is_same_file(left: str, right: str) -> bool:
    """Return whether two paths, one perhaps relative, name the same file or folder."""
    right = right.strip("\"'").rstrip("/").removeprefix("./")
    left = left.removeprefix("./")
    return left == right or left.endswith("/" + right) or f"/{right}/" in f"/{left}"
