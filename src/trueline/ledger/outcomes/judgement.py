"""From what the record shows of one command to what came of it.

In order of weight: the recorded exit status where it is the command's own, totals and closing
words of the tools it ran, a status that the shell text prints.  Where none of them speaks the
answer is `unknown`.  Words such as `error` or `failed` in running text decide nothing.
"""

from typing import Final

from msgspec import Struct

from trueline.ledger.model import CHECK_VERBS, Diagnosis, Effect, ExitLink, Status, TestReport
from trueline.ledger.outcomes.known import is_wrapper, meaning_of, not_run, programs


class Ground(Struct, frozen=True, gc=False):
    """A status, the short phrase that names its ground, and the words that show it."""

    status: Status
    because: str
    quote: str = ""


class Sign(Struct, frozen=True, gc=False):
    """What the record says of one command's own end.

    Attributes:
        exit_status: the recorded or printed status, None where there is none.
        link: what it says of the command.
        is_error: the host marked the call as failed.
        quote: the words that show the status, if any do.
        printed: how the shell text printed it, in words; empty if it is a recorded one.
    """

    exit_status: int | None
    link: ExitLink
    is_error: bool = False
    quote: str = ""
    printed: str = ""

    @property
    def is_zero(self) -> bool:
        """Whether the status says that the command succeeded."""
        return self.exit_status == 0 and self.link != "hidden"

    @property
    def is_own_failure(self) -> bool:
        """Whether the status says that the command failed."""
        if self.link != "own":
            return False
        return self.is_error if self.exit_status is None else self.exit_status != 0

    @property
    def phrase(self) -> str:
        """The status in words."""
        if self.exit_status is None:
            return "marked as failed by the host"
        return self.printed or f"exit status {self.exit_status}"


HIDDEN: Final = Ground("unknown", "its exit status does not show")
UNRECORDED: Final = Ground("unknown", "no exit status recorded")
_REPORT_VERBS: Final = frozenset({"test", "execute"})
_CODE_VERBS: Final = frozenset({"build", "typecheck"})


def judge(
    effect: Effect, sign: Sign, tests: list[TestReport], diagnoses: list[Diagnosis]
) -> Ground:
    """Return what came of `effect`.

    Args:
        effect: a command.
        sign: its exit status.
        tests: totals of the tests that it ran.
        diagnoses: results of the tools that it ran.
    """
    ground = None
    if tests:
        ground = _by_tests(effect, sign, tests, diagnoses)
    if ground is None and diagnoses:
        ground = _by_diagnoses(effect, sign, diagnoses)
    return ground or by_exit_status(effect, sign)


def summary(report: TestReport) -> str:
    """Return totals in a few words, such as `pytest: 1 failed, 3 passed`."""
    parts = [
        f"{number} {word}"
        for number, word in (
            (report.failed, "failed"),
            (report.errors, "errors" if report.errors != 1 else "error"),
            (report.passed, "passed"),
            (report.skipped, "skipped"),
        )
        if number
    ]
    if not parts:
        nothing = "no tests ran" if report.total == 0 else "passed" if report.is_ok else "failed"
        return f"{report.runner}: {nothing}"
    return f"{report.runner}: {', '.join(parts)}"


def ran_any(report: TestReport) -> bool:
    """Return whether a run ran any test, or tried to."""
    return report.passed != 0 or bool(report.failed or report.errors)


def _by_tests(
    effect: Effect, sign: Sign, tests: list[TestReport], diagnoses: list[Diagnosis]
) -> Ground | None:
    ran = [report for report in tests if ran_any(report)]
    if not ran:
        if effect.verb != "test":
            return None
        return Ground("unknown", f"{tests[-1].runner}: no tests ran", tests[-1].quote)
    bad = [report for report in ran if not report.is_ok]
    if sign.is_zero:
        last = ran[-1]
        if last.is_ok:
            return Ground("succeeded", summary(last), last.quote)
        if effect.verb != "test":
            return None  # what it ran may fail by design; its own status is 0
        return Ground("failed", f"{summary(last)}, though {sign.phrase}", last.quote)
    if bad:
        return Ground("failed", summary(bad[0]), bad[0].quote)
    if sign.is_own_failure:
        if effect.verb != "test":
            return None
        return Ground("unknown", f"{sign.phrase}, though {summary(ran[-1])}", ran[-1].quote)
    broken = [found for found in diagnoses if not found.is_ok and _is_of_program(found, effect)]
    if broken:
        return _bad(broken[0])
    if effect.verb in _REPORT_VERBS:
        return Ground("succeeded", summary(ran[-1]), ran[-1].quote)
    return None


def _by_diagnoses(effect: Effect, sign: Sign, diagnoses: list[Diagnosis]) -> Ground | None:
    bad = [diagnosis for diagnosis in diagnoses if not diagnosis.is_ok]
    if effect.verb == "test":
        bad = [diagnosis for diagnosis in bad if diagnosis.verb in _CODE_VERBS]
        return _bad(bad[0]) if bad and not sign.is_zero else None
    if effect.verb not in CHECK_VERBS and not is_wrapper(effect.program):
        return None
    if sign.is_zero:
        counted = [diagnosis for diagnosis in bad if diagnosis.errors]
        if counted and effect.verb not in ("build", "execute"):
            because = f"{_words(counted[0])}, though {sign.phrase}"
            return Ground("failed", because, counted[0].quote)
        if bad or effect.verb == "execute":
            return None
        return Ground("succeeded", _words(diagnoses[-1]), diagnoses[-1].quote)
    if bad:
        return _bad(bad[0])
    if sign.is_own_failure:
        return None
    last = diagnoses[-1]
    return Ground("succeeded", _words(last), last.quote)


def _is_of_program(diagnosis: Diagnosis, effect: Effect) -> bool:
    """Return whether the program that ran the tests says itself that something went wrong."""
    return diagnosis.tool.split(" ")[0] == effect.program


def _bad(diagnosis: Diagnosis) -> Ground:
    return Ground("failed", _words(diagnosis), diagnosis.quote)


def _words(diagnosis: Diagnosis) -> str:
    if diagnosis.errors:
        plural = "" if diagnosis.errors == 1 else "s"
        return f"{diagnosis.tool}: {diagnosis.errors} error{plural}"
    return f"{diagnosis.tool}: {'nothing wrong' if diagnosis.is_ok else 'failed'}"


def by_exit_status(effect: Effect, sign: Sign) -> Ground:
    """Return what the exit status alone says of `effect`."""
    status = sign.exit_status
    if sign.is_zero:
        return Ground("succeeded", sign.phrase, sign.quote)
    if sign.link == "hidden":
        return HIDDEN
    if status is None and not sign.is_error:
        return UNRECORDED
    if sign.link == "implied":
        return Ground("unknown", f"{sign.phrase}, of one of several commands")
    return _own_failure(effect, sign, status)


def _own_failure(effect: Effect, sign: Sign, status: int | None) -> Ground:
    if status is None:
        return Ground("failed", sign.phrase, sign.quote)
    if effect.verb in CHECK_VERBS:
        reason = not_run(effect.command, status)
        if reason:
            return Ground("unknown", f"{sign.phrase}: {reason}", sign.quote)
        return Ground("failed", sign.phrase, sign.quote)
    meaning = meaning_of(effect.program, status)
    if meaning:
        return Ground("succeeded", f"{sign.phrase}: {meaning}", sign.quote)
    ended = programs().signals.get(str(status))
    if ended:
        return Ground("unknown", f"{sign.phrase}: {ended}", sign.quote)
    return Ground("failed", sign.phrase, sign.quote)
