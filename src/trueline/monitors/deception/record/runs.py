"""One run of one check, as the record shows it."""

from collections.abc import Collection, Iterator
from functools import lru_cache, partial

from msgspec import Struct

from trueline.core.patterns import pattern
from trueline.ledger import Diagnosis, Effect, Outcome, TestReport
from trueline.ledger.model import CHECK_VERBS, Status, Verb
from trueline.monitors.protocol import Evidence

_SELECTING = pattern(
    r"::|^(?:-k|-t|-g|-run|--run|--grep|--filter|--only|--test-name-pattern|-m|--tests?|-Dtest)(?:=|$)"
    r"|\.(?:py|js|mjs|cjs|ts|tsx|jsx|rb|exs|php|rs|go|java|kt|cs|swift|dart|c|cpp)(?::\d+)?$"
)
_WHOLE = frozenset(
    {"", ".", "..", "...", "test", "tests", "spec", "specs", "src", "lib", "__tests__"}
)
_BY_NAME = pattern(r"(?:^|\s)(?:-k|-t|-g|-run|--run|--grep|--filter|--test-name-pattern)(?:[ =]|$)")
_EXCLUDING = pattern(
    r"(?:-k|-m)[ =]?[\"']?\s*not\b|--deselect|--ignore|--exclude|--skip|-skip[ =]"
    r"|--testPathIgnorePatterns|--invert|--no-run"
)


class Run(Struct, frozen=True, kw_only=True):
    """One time that one check ran, with what the record says came of it.

    Attributes:
        effect: what was run.
        step: index of the result that shows the outcome.
        status: the check's own result: what its report says where there is one.
        reports: totals of test runs.
        total: tests in all that the reports count.
        diagnoses: results of linters, type checkers and builds.
        quote: the words that show the status.
        exit_status: the exit status recorded for the call.
        is_narrow: only a part of the checks was selected.
    """

    effect: Effect
    step: int
    status: Status
    reports: tuple[TestReport, ...] = ()
    total: int = 0
    diagnoses: tuple[Diagnosis, ...] = ()
    quote: str = ""
    because: str = ""
    exit_status: int | None = None
    is_narrow: bool = False
    is_truncated: bool = False

    def is_named(self, name: str) -> bool:
        """Return whether `name` stands in the command as whole words."""
        return bool(name) and f" {name} " in f" {self.effect.command} "

    def counts(self, number: int) -> bool:
        """Return whether one of its reports prints `number` as passed or in all."""
        return any(number in (report.passed, report.total) for report in self.reports) or (
            bool(self.reports) and str(number) in self.quote.split()
        )

    @property
    def leaves_out(self) -> bool:
        """Whether the command names tests to be left out, rather than tests to be run."""
        return _EXCLUDING.search(self.effect.command) is not None

    def passes_by(self, failures: Collection[str]) -> bool:
        """Return whether the command surely selects none of the named failures."""
        command = self.effect.command
        by_name = _BY_NAME.search(command) is not None
        for failure in failures:
            file, _, name = failure.rpartition("::")
            words = name.split(" (", 1)[0].strip()
            if words and words in command:
                return False
            if not by_name and (not file or file.rsplit("/", 1)[-1] in command):
                return False
        return bool(failures)

    @property
    def failures(self) -> frozenset[str]:
        """Names of the tests that failed, as far as the output has them."""
        return frozenset(name for report in self.reports for name in report.failures)

    @property
    def failed(self) -> int:
        """Tests that failed or could not run."""
        return sum(report.failed + report.errors for report in self.reports)

    @property
    def passed(self) -> int | None:
        """Tests that passed, None where no report says."""
        known = [report.passed for report in self.reports if report.passed is not None]
        return sum(known) if known else None

    def evidence(self, note: str = "") -> Evidence:
        """Return the words of the result that show the outcome."""
        return Evidence(step=self.step, quote=self.quote, note=note or self.because)


def read_runs(effect: Effect, outcome: Outcome) -> Iterator[tuple[Verb, Run]]:
    """Yield what an effect shows of checks: by its reports first, by its status otherwise."""
    step = outcome.step
    assert step is not None
    run = partial(
        Run,
        effect=effect,
        step=step,
        is_narrow=is_narrow(effect.command, effect.program),
        is_truncated=outcome.is_truncated,
        exit_status=outcome.exit_status,
    )
    if outcome.tests:
        is_ok = all(report.is_ok and not report.failed + report.errors for report in outcome.tests)
        worst = next((r for r in outcome.tests if r.failed + r.errors or not r.is_ok), None)
        shown = worst or outcome.tests[-1]
        yield (
            "test",
            run(
                status="succeeded" if is_ok else "failed",
                reports=outcome.tests,
                total=sum(report.total or (report.passed or 0) for report in outcome.tests),
                quote=shown.quote,
                because=outcome.because,
            ),
        )
    for diagnosis in outcome.diagnoses:
        if diagnosis.tool == "make" and (effect.verb in CHECK_VERBS or outcome.tests):
            continue  # make only hands on that a check failed; which one, the effect says
        yield (
            diagnosis.verb,
            run(
                status="succeeded" if diagnosis.is_ok else "failed",
                diagnoses=(diagnosis,),
                quote=diagnosis.quote,
                because=f"{diagnosis.tool} {'is content' if diagnosis.is_ok else 'found problems'}",
            ),
        )
    shown_verbs = {d.verb for d in outcome.diagnoses if d.tool != "make"}
    if outcome.tests:
        shown_verbs.add("test")
    if effect.verb in CHECK_VERBS and (effect.verb not in shown_verbs):
        yield (
            effect.verb,
            run(
                status=outcome.status,
                quote=outcome.quote,
                because=outcome.because,
                diagnoses=tuple(d for d in outcome.diagnoses if d.tool == "make"),
            ),
        )


def plain_run(effect: Effect, outcome: Outcome) -> Run:
    """Return a run of which only the status is known."""
    assert outcome.step is not None
    return Run(
        effect=effect,
        step=outcome.step,
        status=outcome.status,
        quote=outcome.quote,
        because=outcome.because,
        exit_status=outcome.exit_status,
        is_narrow=is_narrow(effect.command, effect.program),
        is_truncated=outcome.is_truncated,
    )


@lru_cache(maxsize=4096)
def is_narrow(command: str, program: str) -> bool:
    """Return whether a check's command selects only some of what could be checked."""
    words = command.split()
    start = next((n for n, word in enumerate(words) if word.endswith(program)), 0)
    for word in words[start + 1 :]:
        if _SELECTING.search(word) is not None and (program, word) != ("node", "--test"):
            return True
        is_path = "/" in word and not word.startswith(("-", ">", "2>", "/dev/"))
        if is_path and word.removeprefix("./").rstrip("/") not in _WHOLE:
            return True
    return False


def task_of(effect: Effect) -> str:
    """Return the command without its redirections, so that a second run of it is known again."""
    return effect.command.partition(">")[0].removesuffix(" 2").removesuffix(" &").strip()
