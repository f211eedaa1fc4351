"""One run under a charter: asked one effect at a time, with nothing known of what comes after.

A finished run and a live one use the same object, so that they give the same rulings.  What was
asked about is taken to have happened; `withdraw` says that the last effect did not (it was
refused, or failed), so that it fills no window and begins no sequence.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from trueline.charter.model import Answer, Charter, Rule, Ruling, Sequence
from trueline.charter.rules.clauses import Clause
from trueline.charter.rules.facts import Facts
from trueline.charter.rules.phrases import normal_unit
from trueline.charter.rules.program import Program
from trueline.charter.rules.windows import Window, is_foreign
from trueline.ledger import Ledger
from trueline.ledger.model import Effect
from trueline.trajectory import Step


class CharterRun:
    """The state of one run.

    Args:
        program: the charter, compiled.
        cwd: the run's working directory, empty where it is not known.
    """

    def __init__(self, program: Program, cwd: str = "") -> None:
        self._program = program
        self._roots = roots_of(program.charter, cwd)
        self._windows: dict[int, tuple[Window, ...]] = {}
        self._stages = [0] * len(program.charter.sequences)
        self._undo: list[Callable[[], None]] = []
        self._effects = 0
        self._steps = 0
        self._tokens = 0
        self._started: float | None = None
        self._now: float | None = None

    def step(self, item: Effect | Step) -> Ruling | None:
        """Return what the charter says of an effect, None where it says nothing.

        A step is told so that the run's length and time are known; it is never ruled on.
        """
        if isinstance(item, Step):
            self._tick(item)
            return None
        index = self._effects
        self._effects += 1
        self._undo.clear()
        ruling = self._rule_on(item, index)
        if self._program.has_limits and (ruling is None or ruling.answer != "must_not"):
            return self._limit(index) or ruling
        return ruling

    def withdraw(self) -> None:
        """Say that the effect asked about last did not happen."""
        while self._undo:
            self._undo.pop()()

    def use_tokens(self, count: int) -> None:
        """Say that the agent's model has used so many more tokens."""
        self._tokens += max(count, 0)

    def at(self, seconds: float) -> None:
        """Say what time it is, in seconds of any clock that does not go back."""
        self._now = seconds
        if self._started is None:
            self._started = seconds

    def _tick(self, step: Step) -> None:
        self._steps = step.index + 1
        seconds = None if step.time is None else seconds_of(step.time)
        if seconds is not None:
            self.at(seconds)

    def _rule_on(self, effect: Effect, index: int) -> Ruling | None:
        program = self._program
        table = program.tables.get(effect.verb)
        if table is None:
            return self._by_default(effect, index, is_unsure=False)
        facts = Facts(effect, self._roots, program.vocabulary)
        best: tuple[tuple[int, bool, int], Rule | Sequence] | None = None
        is_unsure = False
        advanced: list[Clause] = []
        for clause, known in table.found(facts).items():
            is_meant = clause.holds(facts, known)
            if not is_meant:
                is_unsure = is_unsure or is_meant is None
                continue
            if clause.role in ("after", "until"):
                advanced.append(clause)
                continue
            applies = self._applies(clause, effect)
            is_unsure = is_unsure or applies is None
            if applies:
                rule = self._owner(clause)
                rank = program.rank(rule, clause.owner)
                if best is None or rank < best[0]:
                    best = (rank, rule)
        for clause in sorted(advanced, key=lambda one: -one.stage):
            self._advance(clause)
        if best is None:
            return self._by_default(effect, index, is_unsure=is_unsure)
        rule = best[1]
        return Ruling(effect=index, answer=rule.answer, rule=rule.id, why=_why(rule, effect))

    def _owner(self, clause: Clause) -> Rule | Sequence:
        program = self._program
        if clause.role == "rule":
            return program.rules[clause.owner]
        return program.charter.sequences[clause.owner]

    def _applies(self, clause: Clause, effect: Effect) -> bool | None:
        """Return whether the rule of a clause speaks of an effect that it means."""
        if clause.role == "then":
            after = self._program.charter.sequences[clause.owner].after
            return self._stages[clause.owner] == len(after)
        rule = self._program.rules[clause.owner]
        if not rule.bounds:
            return True
        windows = self._windows.get(clause.owner)
        if windows is None:
            windows = self._windows[clause.owner] = tuple(map(Window, rule.bounds))
        unit = normal_unit(effect.unit)
        passed = [w.add(effect.amount, unit, self._now, self._undo) for w in windows]
        if rule.answer != "may":
            return True in passed
        if True in passed or any(is_foreign(bound, unit) for bound in rule.bounds):
            return False
        return None if None in passed else True

    def _advance(self, clause: Clause) -> None:
        """Note that an effect took place that a sequence waits for, or ends with."""
        sequence, stage = clause.owner, self._stages[clause.owner]
        if clause.role == "until":
            reached = 0
        elif stage == clause.stage:
            reached = stage + 1
        else:
            return
        self._stages[sequence] = reached

        def back() -> None:
            self._stages[sequence] = stage

        self._undo.append(back)

    def _by_default(self, effect: Effect, index: int, *, is_unsure: bool) -> Ruling | None:
        answer = self._program.otherwise.get(effect.verb)
        if answer is None or answer == "may":
            return None
        why = f"no `may` rule of the charter allows to {_words(effect)}"
        if is_unsure:
            answer, why = "must_ask", f"{why}: what would decide it is not named"
        return Ruling(effect=index, answer=answer, rule="otherwise", why=why)

    def _limit(self, index: int) -> Ruling | None:
        limits = self._program.charter.limits
        time = None if self._now is None or self._started is None else self._now - self._started
        for name, limit, value in (
            ("steps", limits.steps, self._steps),
            ("wall_time", limits.wall_time_s, time),
            ("tokens", limits.tokens, self._tokens),
        ):
            if limit is not None and value is not None and value > limit:
                why = f"the charter's limit on {name} is passed: {value:g} of {limit:g}"
                return Ruling(effect=index, answer="must_not", rule=f"limits.{name}", why=why)
        return None


def roots_of(charter: Charter, cwd: str) -> tuple[str, ...]:
    """Return the absolute folders that relative paths of a run may start from."""
    roots = [root.rstrip("/") for root in (cwd, *charter.workspace)]
    return tuple(root for root in roots if root.startswith("/"))


def rulings_of(ledger: Ledger, program: Program) -> Iterator[Ruling]:
    """Yield what a charter says of the effects of a finished run, as it would have live.

    A limit of the whole run is told of once: the effects after it are all beyond it.
    """
    run = CharterRun(program, ledger.trajectory.cwd)
    first = next((step for step in ledger.steps if step.time), None)
    if first is not None:
        run.step(first)
    passed: set[str] = set()
    at = -1
    for effect, outcome in zip(ledger.effects, ledger.outcomes, strict=True):
        if effect.step != at:
            at = effect.step
            run.step(ledger.steps[at])
        ruling = run.step(effect)
        if outcome.status == "failed":
            run.withdraw()
        if ruling is None or ruling.rule in passed:
            continue
        if ruling.rule in _LIMITS:
            passed.add(ruling.rule)
        yield ruling


_LIMITS = frozenset({"limits.steps", "limits.wall_time", "limits.tokens"})

_ANSWERS: dict[Answer, str] = {
    "may": "the agent may",
    "must_ask": "the agent must ask before it may",
    "must_not": "the agent must not",
}


def _why(rule: Rule | Sequence, effect: Effect) -> str:
    return rule.why or f"by the charter {_ANSWERS[rule.answer]} {_words(effect)}"


def _words(effect: Effect) -> str:
    amount = "" if effect.amount is None else f" {effect.amount:g} {effect.unit}".rstrip()
    return f"{effect.verb}{amount} {effect.resource[:200]}".rstrip()


def seconds_of(time: str) -> float | None:
    """Return an RFC 3339 time in seconds since 1970, None if it is none; UTC where not said."""
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.timestamp()
    except (OverflowError, ValueError):
        return None
