"""Which effect of a call the totals and diagnoses in its output belong to.

Several commands share one output.  A report goes to the command that names its runner, else
to one that runs tests, else to a wrapper that may run anything.  Output of commands that only
show text (`cat`, `grep`, `git log`) belongs to none, and neither does what the agent's own
command already spelled out.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, TypeVar

from trueline.ledger.model import CHECK_VERBS, Diagnosis, Effect, TestReport, Verb
from trueline.ledger.outcomes.command import Place
from trueline.ledger.outcomes.known import is_wrapper, programs

T = TypeVar("T")

_MAY_RUN_TESTS: Final = frozenset({"test", "execute", "build"})
_MAY_DIAGNOSE: Final = CHECK_VERBS | {"execute"}
_MIN_QUOTED: Final = 8
"""A shorter quote stands in too many texts to show that it was copied from one."""

_NAMED, _KIND, _WRAPPED, _ANY, _NONE = 4, 3, 2, 1, 0


@lru_cache(maxsize=1024)
def abilities(program: str, verb: Verb) -> tuple[bool, bool]:
    """Return whether `program`, doing `verb`, may print totals of tests it ran, and diagnoses."""
    if program in programs().forgers:
        return False, False
    runs_tests = verb in _MAY_RUN_TESTS or (verb in CHECK_VERBS and is_wrapper(program))
    return runs_tests, verb in _MAY_DIAGNOSE


def attribute_tests(
    effects: Sequence[Effect], reports: Sequence[TestReport], script: str
) -> list[list[TestReport]]:
    """Return the reports of each effect; the lists stand in the order of `effects`."""
    genuine = [report for report in reports if not is_spelled_out(report.quote, script)]
    shares = _share(effects, genuine, _test_score)
    return [
        [report for report in share if report.runner != "script" or effect.verb == "test"]
        for effect, share in zip(effects, shares, strict=True)
    ]


def attribute_diagnoses(
    effects: Sequence[Effect], diagnoses: Sequence[Diagnosis], script: str
) -> list[list[Diagnosis]]:
    """Return the diagnoses of each effect; the lists stand in the order of `effects`."""
    genuine = [found for found in diagnoses if not is_spelled_out(found.quote, script)]
    return _share(effects, genuine, _diagnosis_score)


def is_spelled_out(quote: str, script: str) -> bool:
    """Return whether the call's own text holds the words that are to show its outcome."""
    line = quote.partition("\n")[0].strip()
    return len(line) >= _MIN_QUOTED and line in script


def is_shown(place: Place) -> bool:
    """Return whether the output of a command reaches the record: printed, or read back."""
    target = place.redirected_to()
    return not target or target.startswith("&") or place.is_read_back(target)


def _share(
    effects: Sequence[Effect],
    items: Sequence[T],
    score: Callable[[Effect, T], int],
) -> list[list[T]]:
    shares: list[list[T]] = [[] for _ in effects]
    if len(effects) == 1:
        shares[0] = [item for item in items if score(effects[0], item) > _NONE]
        return shares
    groups: dict[tuple[int, ...], list[T]] = {}
    for item in items:
        scores = [score(effect, item) for effect in effects]
        best = max(scores, default=_NONE)
        if best > _NONE:
            chosen = tuple(index for index, value in enumerate(scores) if value == best)
            groups.setdefault(chosen, []).append(item)
    for chosen, found in groups.items():
        for position, item in enumerate(found):
            shares[chosen[min(position, len(chosen) - 1)]].append(item)
    return shares


def _test_score(effect: Effect, report: TestReport) -> int:
    words = programs().runner_words.get(report.runner, (report.runner,))
    if any(word in effect.command for word in words):
        return _NAMED
    if effect.verb == "test":
        return _KIND
    return _WRAPPED if is_wrapper(effect.program) else _ANY


def _diagnosis_score(effect: Effect, diagnosis: Diagnosis) -> int:
    words = diagnosis.tool.split(" ")
    if all(word in effect.command for word in words) or diagnosis.tool == effect.program:
        return _NAMED
    if effect.verb == diagnosis.verb:
        return _KIND
    if words[0] in effect.command or is_wrapper(effect.program):
        return _WRAPPED
    return _ANY if effect.verb == "execute" else _NONE
