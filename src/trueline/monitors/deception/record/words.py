"""Which words stand where in a run: in calls, in results, in messages, in requests."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from msgspec.structs import replace

from trueline.core.patterns import Pattern, pattern
from trueline.ledger import Assertion, Ledger
from trueline.ledger.model import Verb
from trueline.monitors.deception.record.numbers import FAR, Numbers

_MAKING: Final[frozenset[Verb]] = frozenset(
    {"write", "delete", "move", "install", "configure", "format", "send", "pay", "grant", "deploy"}
)

_CD: Final = pattern(r"\bcd\s+([^\s;&|)]+)")
_ON_TESTS: Final = pattern(
    r"(?i)\b(?:tests?|specs?|cases?|checks?|examples?|suites?|pass(?:ed|ing)?|pruebas|Fälle)\b|测试|用例"
)


class Words:
    """Answers where words stand in one ledger; every index is made once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._said: dict[tuple[int, str], bool] = {}

    def call_with(self, words: str, before: int) -> int | None:
        """Return the last call before a step whose arguments hold `words`, spacing aside.

        Only the last thousand calls are searched, so that the cost stays linear in the run.
        """
        flat = " ".join(words.split())
        end = bisect_left(self._calls, before, key=lambda call: call[0])
        for index, text in reversed(self._calls[max(0, end - FAR) : end]):
            if flat and flat in text:
                return index
        return None

    def making_call_with(self, words: str, before: int, files: Sequence[str] = ()) -> int | None:
        """Return the last call before a step that makes or changes something and holds `words`.

        A call that only tells of the work (a commit, a ticket's note) is none. Product code comes
        before tests, which may name what was never made.

        Args:
            words: what the call must hold.
            before: the step.
            files: names of files that are spoken of beside the words; edits of them come first.
        """
        flat = " ".join(words.split())
        end = bisect_left(self._calls, before, key=lambda call: call[0])
        found = [
            index
            for index, text in self._calls[max(0, end - FAR) : end]
            if index in self._making and flat and flat in text
        ]
        meant = [index for index in found if self._edited.get(index, "") in files]
        if meant:
            return meant[-1]
        product = [index for index in found if index not in self._test_edits]
        return (product or found)[-1] if found else None

    @cached_property
    def _making(self) -> frozenset[int]:
        made = {edit.step for edit in self.ledger.edits if edit.status != "failed"}
        for effect in self.ledger.effects:
            is_named = effect.resource or not effect.command  # shell text must say what it makes
            if effect.verb in _MAKING and is_named:
                made.add(effect.step)
        return frozenset(made)

    @cached_property
    def _edited(self) -> dict[int, str]:
        return {edit.step: edit.path.rsplit("/", 1)[-1] for edit in self.ledger.edits}

    @cached_property
    def _test_edits(self) -> frozenset[int]:
        return frozenset(e.step for e in self.ledger.edits if "test" in e.path.lower())

    @cached_property
    def _calls(self) -> list[tuple[int, str]]:
        return [
            (step.index, " ".join(strings_of(step.arguments).split()))
            for step in self.ledger.steps
            if step.kind == "call"
        ]

    def is_named_by_a_tool(self, words: str, before: int) -> bool:
        """Return whether a call or result before a step, reading and searching aside, names it."""
        looking = {e.step for e in self.ledger.effects if e.verb in ("read", "search")}
        looking -= {e.step for e in self.ledger.effects if e.program == "git"}
        for step in self.ledger.steps[max(0, before - FAR) : before]:
            call = step.index if step.kind == "call" else step.call_index
            if step.kind in ("call", "result") and call not in looking:
                text = step.text if step.kind == "result" else strings_of(step.arguments)
                if _stands_whole(words, text):
                    return True
        return False

    def shell_text(self, step: int) -> str:
        """Return the shell text of the call at a step, all its text if it is no shell call."""
        arguments = self.ledger.steps[step].arguments or {}
        for name in ("command", "cmd", "script", "code"):
            if name in arguments:
                return strings_of(arguments[name])
        return strings_of(arguments)

    def call_text(self, step: int) -> str:
        """Return all text in the arguments of the call at a step."""
        return strings_of(self.ledger.steps[step].arguments)

    def output_with(self, words: str, before: int) -> int | None:
        """Return the last step before a step, not the agent's own, that shows `words`."""
        for step in reversed(self.ledger.steps[max(0, before - FAR) : before]):
            if step.actor != "agent" and words in step.text:
                return step.index
        return None

    def message_says(self, step: int, words: Pattern) -> bool:
        """Return whether the message at a step holds `words`, asked once for all it asserts."""
        known = self._said.get((step, words.pattern))
        if known is None:
            known = words.search(self.ledger.steps[step].text) is not None
            self._said[step, words.pattern] = known
        return known

    def tells_of_failure(self, step: int) -> bool:
        """Return whether the message at a step says itself that something failed."""
        return step in self._telling

    @cached_property
    def _telling(self) -> frozenset[int]:
        return frozenset(
            assertion.step
            for assertion in self.ledger.assertions
            if assertion.kind == "tests_fail" or assertion.failed
        )

    def number_seen(self, number: str, before: int) -> tuple[int, str] | None:
        """Return the last step before `before` that shows `number`, and the number as it stands.

        Results and messages of others count; only the last thousand steps are searched.
        """
        return self._numbers.seen(number, before)

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(self.ledger.steps)

    def count_seen(self, number: str, before: int) -> tuple[int, str] | None:
        """Return the last step before `before` that shows `number` where it may count tests.

        In what was read from files a number counts only on a line that speaks of tests: the
        number of a line, a year or a price explains nothing.
        """
        return self._counts.seen(number, before)

    @cached_property
    def _counts(self) -> Numbers:
        reading = {e.step for e in self.ledger.effects if e.verb in ("read", "search")}
        reading -= {e.step for e in self.ledger.effects if e.verb not in ("read", "search")}
        return Numbers(
            [
                replace(step, text=_lines_on_tests(step.text))
                if step.kind == "result" and step.call_index in reading
                else step
                for step in self.ledger.steps
            ]
        )

    def folder_at(self, step: int) -> str:
        """Return the folder that the last `cd` in a call up to a step names, empty without one."""
        place = bisect_right(self._moves, step, key=lambda move: move[0])
        return self._moves[place - 1][1] if place else ""

    @cached_property
    def _moves(self) -> list[tuple[int, str]]:
        return [
            (index, str(match.group(1)))
            for index, text in self._calls
            if "cd " in text
            for match in _CD.finditer(text)
        ]

    def line_of(self, assertion: Assertion) -> str:
        """Return the line of the message in which an assertion stands, up to its end."""
        text = self.ledger.steps[assertion.step].text
        if assertion.start < 0:
            return assertion.quote
        start = text.rfind("\n", 0, assertion.start) + 1
        return text[max(start, assertion.start - 200) : assertion.start + len(assertion.quote)]

    def line_around(self, assertion: Assertion) -> str:
        """Return the whole line of the message in which an assertion stands."""
        text = self.ledger.steps[assertion.step].text
        if assertion.start < 0:
            return assertion.quote
        end = assertion.start + len(assertion.quote)
        stop = text.find("\n", end)
        rest = text[end : stop if 0 <= stop < end + 200 else end + 200]
        return self.line_of(assertion) + rest

    @cached_property
    def _asked(self) -> str:
        return "\n".join(request.text for request in self.ledger.requests)

    def is_named_by_user(self, words: str) -> bool:
        """Return whether the user names `words` anywhere in the run."""
        return words in self._asked

    def around(self, assertion: Assertion) -> str:
        """Return the words of an assertion with those just before and after it."""
        text = self.ledger.steps[assertion.step].text
        if assertion.start < 0:
            return assertion.quote
        end = assertion.start + len(assertion.quote)
        return text[max(0, assertion.start - 40) : end + 80]


def _stands_whole(words: str, text: str) -> bool:
    """Return whether words stand in a text, not as the end of a longer word."""
    at = text.find(words) if words else -1
    while at >= 0:
        if not at or not (text[at - 1].isalnum() or text[at - 1] in "_-"):
            return True
        at = text.find(words, at + 1)
    return False


def _lines_on_tests(text: str) -> str:
    """Return the lines that speak of tests."""
    if _ON_TESTS.search(text) is None:
        return ""
    return "\n".join(line for line in text.split("\n") if _ON_TESTS.search(line) is not None)


def strings_of(value: Any, depth: int = 0) -> str:
    """Return all text inside a call's arguments, in order, a line each."""
    if isinstance(value, str):
        return value
    if depth > 6:
        return ""
    if isinstance(value, dict):
        return "\n".join(strings_of(item, depth + 1) for item in value.values())
    if isinstance(value, list):
        return "\n".join(strings_of(item, depth + 1) for item in value)
    return ""
