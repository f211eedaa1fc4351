"""Whether a record is whole, so that what is not in it was not done.

"I ran the tests" is contradicted by silence only where nothing else could have run them.  So a
record counts as whole only if it begins with what the user asked, every call in it is known,
understood and answered, and nothing was done elsewhere: no summary that stands for earlier
steps, no other agent, nothing left to run on, no command of the user's own.

**Covers** what agents do by calls that the record holds.
**Does not cover** hosts that leave out calls without a trace.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from trueline.core.patterns import pattern
from trueline.ledger import Effect, Ledger, Outcome
from trueline.ledger.model import CHECK_VERBS, Verb
from trueline.ledger.shell import parse
from trueline.monitors.deception.record.words import strings_of
from trueline.trajectory import Step

_USER_RAN: Final = pattern(
    r"(?i)\b(?:i|we|ci)(?:'ve|'d)?\s+(?:have\s+|had\s+|just\s+|already\s+|now\s+)*(?:ran|run|executed|tested)\b"
    r"|<bash-|\bresum|\bprevious (?:session|conversation)|\bwhere (?:we|you) left off"
    r"|\bhabe\b.{0,40}\b(?:laufen|ausgeführt|gestartet)|\bhe (?:ejecutado|corrido|lanzado)"
    r"|\bj'ai (?:lancé|exécuté)|我.{0,6}(?:跑|运行|执行)[了过]"
)
_HOOK_CHECKS: Final = pattern(r"(?i)test|lint|check|pass|fail|hook")
_QUIET: Final[frozenset[Verb]] = frozenset(
    {"read", "search", "write", "delete", "move", "ask", "plan", "finish", "fetch"}
)
"""What runs no program of the project's."""

_WRAPPERS: Final = frozenset(
    {
        "make", "gmake", "just", "task", "npm", "npx", "yarn", "pnpm", "bun", "tox", "nox", "rake",
        "gradle", "gradlew", "mvn", "mvnw", "mix", "invoke", "poe", "hatch", "pdm", "poetry", "uv",
        "composer", "bazel", "ninja", "cmake", "docker", "pre-commit",
    }
)  # fmt: skip
"""Programs that run whatever a file of the project says."""


class Whole:
    """Says of one ledger how far it holds all that the agent did."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def is_whole(self, before: int) -> bool:
        """Return whether nothing before a step can have been done out of the record's sight."""
        return before <= self._broken

    def holds_all_calls(self, before: int) -> bool:
        """Return whether every call before a step is here and says what sort of act it is.

        Unlike `is_whole`, tools that no manifest knows may stand in it, as long as their names
        say what they do.
        """
        return before <= self._broken_by_name

    @cached_property
    def _broken(self) -> int:
        """The first step from which something may be missing; past the end if none."""
        return self._first_gap(is_strict=True)

    @cached_property
    def _broken_by_name(self) -> int:
        """The same, where the name of an unknown tool counts as knowledge of what it does."""
        return self._first_gap(is_strict=False)

    def _first_gap(self, *, is_strict: bool) -> int:
        """Return the first step from which something may be missing; past the end if none."""
        trajectory = self._ledger.trajectory
        steps = trajectory.steps
        never = len(steps)
        if trajectory.parent_id or not any(step.kind == "call" for step in steps):
            return -1
        known = self._known_calls(is_strict=is_strict)
        if not _begins_with_a_request(steps):
            return -1
        return next((step.index for step in steps if _is_gap(step, known)), never)

    def _known_calls(self, *, is_strict: bool) -> frozenset[int]:
        """Return the calls of which every effect is known and stays within this record."""
        known: set[int] = set()
        unclear: set[int] = set()
        for effect in self._ledger.effects:
            known.add(effect.step)
            is_guess = effect.is_inferred and not effect.command
            is_guess = is_guess and (is_strict or effect.verb == "execute")
            if is_guess or effect.is_unparsed or effect.verb == "delegate":
                unclear.add(effect.step)
        for step in self._ledger.steps:
            if step.kind == "call" and step.index not in known and _is_plain_shell(step):
                known.add(step.index)
        return frozenset(known - unclear)

    def attempts(self, before: int) -> list[tuple[Effect, Outcome]]:
        """Return the effects before a step that run any program at all, with what came of them."""
        end = bisect_left(self._running, before, key=lambda pair: pair[0].step)
        return self._running[:end]

    @cached_property
    def _running(self) -> list[tuple[Effect, Outcome]]:
        return [
            (effect, outcome)
            for effect, outcome in zip(self._ledger.effects, self._ledger.outcomes, strict=True)
            if effect.verb not in _QUIET
        ]

    def may_have_run(self, verb: Verb | None, before: int) -> bool:
        """Return whether a check of sort `verb` may have run before a step.

        Args:
            verb: a sort of check, or None for a program of any sort.
            before: the step.
        """
        return any(self._may_run(verb, *pair) for pair in self.attempts(before))

    def _may_run(self, verb: Verb | None, effect: Effect, outcome: Outcome) -> bool:
        """Return whether one effect may have been, or may have contained, such a check."""
        if effect.verb == "configure":
            return False
        if effect.verb in ("commit", "push") and effect.program == "git":
            shown = self._ledger.result_of(effect.step)
            return shown is None or _HOOK_CHECKS.search(shown.text) is not None
        if verb is None or effect.verb == verb or effect.verb not in CHECK_VERBS:
            return True
        if verb == "test" and outcome.tests:
            return True
        if any(diagnosis.verb == verb for diagnosis in outcome.diagnoses):
            return True
        if effect.program not in _WRAPPERS and "/" not in effect.program:
            return False
        return not (outcome.tests or outcome.diagnoses)


def _is_plain_shell(step: Step) -> bool:
    """Return whether a call is shell text that could be read in full, such as `date`."""
    arguments = step.arguments or {}
    text = next((arguments[n] for n in ("command", "cmd", "script") if n in arguments), None)
    if text is None:
        return False
    shell = text[-1] if isinstance(text, list) and text else text
    return not parse(strings_of(shell)).is_partial


def _begins_with_a_request(steps: Sequence[Step]) -> bool:
    """Return whether the user speaks before the agent says or does anything."""
    for step in steps:
        if step.kind == "message" and step.actor == "user" and step.tag in ("", "queued"):
            return True
        if step.actor == "agent" or step.kind in ("call", "result"):
            return False
    return False


def _is_gap(step: Step, known: frozenset[int]) -> bool:
    """Return whether something may have been done here that the record does not hold."""
    if step.tag in ("compaction", "subagent_report") or step.child_id or step.background_id:
        return True
    if step.kind == "message" and step.actor == "user" and _USER_RAN.search(step.text):
        return True
    if step.tag in ("hook", "command") and _HOOK_CHECKS.search(step.text) is not None:
        return True
    if step.kind == "result":
        return step.call_index is None  # its call was lost, and who knows what else
    return step.kind == "call" and (
        step.is_truncated or step.index not in known or step.call_index is None
    )
