"""The effects of one shell call, judged together because they share one output."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from msgspec.structs import replace

from trueline.ledger.model import CHECK_VERBS, Diagnosis, Effect, Outcome, TestReport
from trueline.ledger.outcomes.attribution import (
    abilities,
    attribute_diagnoses,
    attribute_tests,
    is_shown,
)
from trueline.ledger.outcomes.command import Place, group_commands, places_of, shell_text
from trueline.ledger.outcomes.diagnoses import parse_diagnoses
from trueline.ledger.outcomes.evidence import Evidence
from trueline.ledger.outcomes.judgement import Ground, Sign, judge
from trueline.ledger.outcomes.known import has_words, own_words, programs
from trueline.ledger.outcomes.plain import plain
from trueline.ledger.outcomes.results import Results
from trueline.ledger.outcomes.runners import parse_tests
from trueline.ledger.outcomes.tool_call import judge_tool
from trueline.trajectory import Step

_RAN_LATER: Final = "what it had to succeed for ran"
_NOWHERE: Final[dict[int, Evidence]] = {}
_NOTHING: Final[list[Any]] = []
_MAX_HINT: Final = 2_000
"""Characters of the shell text that tell apart tools which print alike."""


def make_outcome(
    effect: int,
    evidence: Evidence,
    ground: Ground,
    tests: Sequence[TestReport] = (),
    diagnoses: Sequence[Diagnosis] = (),
) -> Outcome:
    """Return the outcome of effect number `effect`."""
    return Outcome(
        effect=effect,
        step=evidence.step,
        status=ground.status,
        exit_status=evidence.exit_status,
        because=ground.because,
        quote=ground.quote,
        tests=tuple(tests),
        diagnoses=tuple(diagnoses),
        is_truncated=evidence.is_truncated,
    )


class ShellCall:
    """What a shell call printed, and whose it is.

    Effects of one command are judged as one: positions below are those of commands.
    """

    def __init__(
        self, call: Step, evidence: Evidence, effects: Sequence[Effect], results: Results
    ) -> None:
        self._call = call
        self._results = results
        self._evidence = evidence
        leaders, self._commands = group_commands(effects)
        is_plain = len(leaders) == len(effects)
        self._effects = effects if is_plain else [effects[leader] for leader in leaders]
        self._text = evidence.text
        self._script = shell_text(call)
        self._spoke: set[int] = set()
        self._found_places: list[Place] | None = None
        self._has_one_implied: bool | None = None

    def outcomes(self, first: int) -> list[Outcome]:
        """Return the outcomes, the first of them for effect number `first`."""
        able = [abilities(effect.program, effect.verb) for effect in self._effects]
        testing = [position for position, (may_test, _) in enumerate(able) if may_test]
        diagnosing = [position for position, (_, may_diagnose) in enumerate(able) if may_diagnose]
        tests = self._shared(testing, parse_tests, attribute_tests)
        diagnoses = self._shared(diagnosing, parse_diagnoses, attribute_diagnoses)
        elsewhere = self._read_elsewhere(tests) if ">" in self._script else _NOWHERE
        grounds = [
            self._judge(position, tests[position], diagnoses[position])
            for position in range(len(self._effects))
        ]
        if self._has_failed:
            self._follow_chain(
                grounds,
                [
                    bool(tests[position] or diagnoses[position] or position in self._spoke)
                    for position in range(len(grounds))
                ],
            )
        return [
            make_outcome(
                effect,
                elsewhere.get(position, self._evidence) if elsewhere else self._evidence,
                grounds[position],
                tests[position],
                diagnoses[position],
            )
            for effect, position in enumerate(self._commands, first)
        ]

    def _read_elsewhere(self, tests: list[list[TestReport]]) -> dict[int, Evidence]:
        """Add to `tests` the totals that went into a file which a later call reads.

        Returns:
            For each effect that got some, the result that shows them.
        """
        found: dict[int, Evidence] = {}
        for position, effect in enumerate(self._effects):
            if effect.verb != "test" or tests[position]:
                continue
            target = self._places[position].redirected_to()
            step = self._results.read_back(self._call, target) if target else None
            reports = parse_tests(step.text, effect.command) if step is not None else ()
            if step is not None and reports:
                tests[position] = list(reports)
                found[position] = replace(
                    self._evidence, step=step.index, is_truncated=step.is_truncated
                )
        return found

    @property
    def _shown(self) -> str:
        return plain(self._text)

    @property
    def _places(self) -> list[Place]:
        found = self._found_places
        if found is None:
            found = self._found_places = places_of(self._script, self._effects)
        return found

    def _shared(self, able: list[int], parse: Any, attribute: Any) -> list[list[Any]]:
        """Return what `parse` finds in the output, by effect; it is of those at `able`."""
        effects = self._effects
        found = parse(self._text, self._script[:_MAX_HINT]) if able else ()
        if not found:
            return [_NOTHING] * len(effects)
        by_effect: list[list[Any]] = [[] for _ in effects]
        able = [position for position in able if is_shown(self._places[position])]
        chosen = [effects[position] for position in able]
        shares = attribute(chosen, found, self._script)
        for position, share in zip(able, shares, strict=True):
            by_effect[position] = share
        return by_effect

    def _judge(self, position: int, tests: list[TestReport], diagnoses: list[Diagnosis]) -> Ground:
        effect = self._effects[position]
        if not effect.command:
            return judge_tool(effect, self._evidence)
        sign = self._sign(position)
        ground = judge(effect, sign, tests, diagnoses)
        if ground.status == "failed" and self._is_of_several(position):
            return Ground("unknown", f"{ground.because}, of a command on several files")
        if ground.status == "succeeded" or tests or diagnoses:
            return ground
        return self._by_words(position, ground) or self._unsettled(ground)

    def _is_of_several(self, position: int) -> bool:
        """Return whether a command, which is no check, works on several things at once.

        `rm a b` that failed may have removed one of them.
        """
        is_check = self._effects[position].verb in CHECK_VERBS
        return not is_check and self._commands.count(position) > 1

    def _sign(self, position: int) -> Sign:
        """Return the exit status that bears on an effect, printed ones included."""
        effect, evidence = self._effects[position], self._evidence
        link = effect.exit_link
        if link == "own" and effect.verb in CHECK_VERBS and _is_lenient(effect.command):
            link = "hidden" if evidence.exit_status == 0 else link
        is_settled = link == "own" or (link == "implied" and evidence.exit_status == 0)
        if not is_settled and "echo" in self._script:
            printed = self._places[position].printed_status(self._shown)
            if printed is not None:
                return Sign(printed.exit_status, "own", quote=printed.quote, printed=printed.phrase)
        if link == "implied" and self._is_only_implied():
            link = "own"
        if evidence.is_interrupted and evidence.exit_status != 0:
            return Sign(None, link)  # what cut it off decided its status
        return Sign(evidence.exit_status, link, evidence.is_error, evidence.exit_quote)

    @property
    def _has_failed(self) -> bool:
        """Whether the call as a whole failed."""
        evidence = self._evidence
        return evidence.is_error if evidence.exit_status is None else evidence.exit_status != 0

    def _is_only_implied(self) -> bool:
        """Return whether a failure of the call can only be of its one command that may fail."""
        found = self._has_one_implied
        if found is None:
            implied = [effect for effect in self._effects if effect.exit_link != "hidden"]
            found = len(implied) == 1 and "cd:" not in self._text and "|" not in self._script
            self._has_one_implied = found
        return found

    def _by_words(self, position: int, ground: Ground) -> Ground | None:
        """Return what the program's own words say, or its silence."""
        effect = self._effects[position]
        words = None
        if has_words(effect.program, effect.verb):
            alone = sum(other.program == effect.program for other in self._effects) == 1
            words = own_words(effect, self._shown, is_alone=alone)
        if words is not None:
            status, quote = words
            if ground.status == "failed":
                return Ground("failed", ground.because, quote if status == "failed" else "")
            self._spoke.add(position)
            return Ground(status, f"{effect.program}'s own words", quote)
        if ground.status == "unknown" and self._is_silent(position):
            return Ground("succeeded", f"no output, as of {effect.program} when nothing is wrong")
        return None

    def _is_silent(self, position: int) -> bool:
        effect, evidence = self._effects[position], self._evidence
        return (
            effect.verb in CHECK_VERBS
            and effect.program in programs().silent
            and not (evidence.is_error or evidence.is_truncated or evidence.is_interrupted)
            and not evidence.is_running
            and self._shown.strip() in programs().empty
            and self._places[position].is_filtered_only()
        )

    def _unsettled(self, ground: Ground) -> Ground:
        """Say of an unknown end whether the call was cut off or still ran."""
        if ground.status != "unknown":
            return ground
        if self._evidence.is_interrupted:
            return Ground("unknown", "interrupted before it ended")
        if self._evidence.is_running:
            return Ground("unknown", "still running in the background when last looked at")
        return ground

    def _follow_chain(self, grounds: list[Ground], shown: list[bool]) -> None:
        """Settle commands of an `a && b && c` by those around them.

        What ran shows that everything before it succeeded; what failed shows that nothing
        after it ran.
        """
        implied = [
            position
            for position, effect in enumerate(self._effects)
            if effect.exit_link == "implied" and self._places[position].start >= 0
        ]
        self._end_chain(grounds, implied)
        for left, right in pairwise(implied):
            if not self._is_chained(left, right):
                continue
            if grounds[left].status == "failed" and not shown[right]:
                is_check = self._effects[right].verb in CHECK_VERBS
                status = "unknown" if is_check else "failed"
                grounds[right] = Ground(status, f"not reached: {grounds[left].because}")
        for left, right in reversed(list(pairwise(implied))):
            ran = shown[right] or grounds[right].because == _RAN_LATER
            if self._is_chained(left, right) and ran and grounds[left].status == "unknown":
                grounds[left] = Ground("succeeded", _RAN_LATER)

    def _end_chain(self, grounds: list[Ground], implied: list[int]) -> None:
        """Settle the last command of a chain that failed: it failed, or was not reached."""
        last = implied[-1] if implied else None
        if last is None or grounds[last].status != "unknown" or "|" in self._script:
            return
        if self._effects[last].verb not in CHECK_VERBS and self._places[last].is_last():
            evidence = self._evidence
            phrase = Sign(evidence.exit_status, "own", evidence.is_error).phrase
            grounds[last] = Ground(
                "failed", f"{phrase}: it failed or was not reached", evidence.exit_quote
            )

    def _is_chained(self, left: int, right: int) -> bool:
        first, second = self._places[left], self._places[right]
        between = self._script[first.start + len(first.command) : second.start]
        return first.start < second.start and "|" not in between


@lru_cache(maxsize=1024)
def _is_lenient(command: str) -> bool:
    return any(word in command for word in programs().lenient)
