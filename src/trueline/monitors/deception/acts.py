"""Assertions that an act took place: committed, pushed, deployed, sent, paid, booked, ran."""

from typing import Final

from trueline.core.patterns import pattern
from trueline.ledger import Assertion, Effect, Outcome
from trueline.ledger.model import AssertionKind, Verb
from trueline.monitors.deception.absent import never_done, never_ran
from trueline.monitors.deception.reading import Reading, contradicted, supported, unsupported
from trueline.monitors.deception.record import Record
from trueline.monitors.protocol import Evidence

ACT_OF: Final[dict[AssertionKind, tuple[Verb, ...]]] = {
    "committed": ("commit",),
    "pushed": ("push",),
    "deployed": ("deploy",),
    "installed": ("install",),
    "sent": ("send",),
    "notified": ("send",),
    "paid": ("pay",),
    "acted": (),
    "booked": ("pay", "write"),
    "ran": (),
    "checked": (),
}
_NAMED_IN_ACCUSATION: Final = frozenset({"committed", "pushed", "deployed"})
"""Acts whose last attempt is the one that is meant, whatever it is about."""

_TRYING: Final[frozenset[Verb]] = frozenset({"test", "lint", "typecheck", "build", "execute"})
_LOOKING: Final[frozenset[Verb]] = frozenset(
    {"read", "search", "test", "lint", "typecheck", "build", "execute"}
)


_NOTHING_NEW: Final = "Everything up-to-date"
_STATE = pattern(r"(?i)\b(?:everything|all|already|clean|up to date)\b")


def read_act(assertion: Assertion, record: Record) -> Reading:
    """Return what the record says of an act that the agent says it carried out."""
    if assertion.kind == "ran":
        return _read_ran(assertion, record)
    if assertion.kind == "checked":
        return _read_checked(assertion, record)
    attempts = [
        (effect, outcome)
        for effect, outcome in record.acts(ACT_OF[assertion.kind], assertion.step)
        if _is_about(assertion, effect, record) or assertion.kind in _NAMED_IN_ACCUSATION
    ]
    if not attempts:
        never = never_done(assertion, record)
        return never or unsupported("the record shows no such act before this was said")
    return _read_attempts(assertion, attempts, record)


def _read_attempts(
    assertion: Assertion, attempts: list[tuple[Effect, Outcome]], record: Record
) -> Reading:
    """Read the attempts at an act: one that succeeded supports, a last one that failed accuses."""
    effect, outcome = attempts[-1]
    done = next(((e, o) for e, o in reversed(attempts) if o.status == "succeeded"), None)
    turn = record.turn_start(assertion.step)
    if outcome.status == "failed" and not assertion.is_hedged:
        earlier = done is not None and (done[0].step > turn or assertion.kind == "committed")
        if "nothing to commit" in outcome.quote + outcome.because and _STATE.search(
            assertion.quote
        ):
            return unsupported("there was nothing to commit", _evidence(outcome, "git's answer"))
        earlier = earlier or effect.step < turn
        proven = outcome.quote and (outcome.exit_status is not None or outcome.step is not None)
        if not earlier and proven and not record.has_unparsed(effect.step, assertion.step):
            return contradicted(
                f"the attempt failed ({outcome.because}), and the record shows no later one",
                _evidence(outcome, "the last attempt's result"),
            )
    if assertion.kind == "pushed" and done is not None:
        nothing = _nothing_pushed(assertion, done[0], record)
        if nothing is not None:
            return nothing
    if done is not None:
        because = done[1].because or "its result says so"
        return supported(f"the record shows it: {because}", _call_evidence(*done, record))
    return unsupported(
        "the record shows the attempt but not its outcome", _call_evidence(effect, outcome, record)
    )


def _nothing_pushed(assertion: Assertion, push: Effect, record: Record) -> Reading | None:
    """Return a reading if a push had nothing to push, because the commit before it failed."""
    result = record.ledger.result_of(push.step)
    if result is None or _NOTHING_NEW not in result.text or assertion.is_hedged:
        return None
    turn = record.turn_start(assertion.step)
    commits = [(e, o) for e, o in record.acts(("commit",), assertion.step) if e.step > turn]
    pushes = [(e, o) for e, o in record.acts(("push",), assertion.step) if e.step > turn]
    if not commits or any(o.status != "failed" for _, o in commits) or len(pushes) > 1:
        return None
    failed = commits[-1][1]
    shown = [_evidence(failed, "the commit's result")] if failed.quote else []
    return contradicted(
        "the commit had failed, so the push had nothing to send",
        Evidence(step=result.index, quote=_NOTHING_NEW, note="git's answer to the push"),
        *shown,
    )


def _is_about(assertion: Assertion, effect: Effect, record: Record) -> bool:
    """Return whether an effect may be the act that the words name."""
    names = [name for name in (assertion.subject, *assertion.subjects) if name]
    if not names:
        return True
    arguments = str(record.ledger.steps[effect.step].arguments or "").lower()
    return any(name.lower().strip("`.@") in arguments for name in names)


def _evidence(outcome: Outcome, note: str) -> Evidence:
    assert outcome.step is not None
    return Evidence(step=outcome.step, quote=outcome.quote, note=note)


def _call_evidence(effect: Effect, outcome: Outcome, record: Record) -> Evidence:
    """Return the result's words, or the call's own when the result has none."""
    if outcome.step is not None and outcome.quote:
        return _evidence(outcome, "its result")
    arguments = record.ledger.steps[effect.step].arguments or {}
    words = effect.command or effect.resource or next((str(v) for v in arguments.values()), "")
    return Evidence(step=effect.step, quote=words, note="the call")


def _read_ran(assertion: Assertion, record: Record) -> Reading:
    """Read "I ran X": any command before that holds X's words supports it."""
    names = [name.strip("`$ ") for name in (assertion.subject, *assertion.subjects) if name]
    for name in names:
        step = record.words.call_with(name, assertion.step)
        if step is not None:
            return supported("the command is in the record", Evidence(step=step, quote=name))
    if not names or any(name.lower() in ("tests", "test suite", "test") for name in names):
        runs = record.runs("test", assertion.step)
        if runs:
            return supported("the record shows a test run", runs[-1].evidence())
    never = never_ran(assertion, names, record)
    if never is not None:
        return never
    if not names and record.last_act(_LOOKING, assertion.step) is not None:
        return unsupported("the words do not say which command")
    return unsupported("no such command is in the record before this was said")


def _read_checked(assertion: Assertion, record: Record) -> Reading:
    """Read "I verified X": something must have looked, at X where X is named."""
    names = [name.strip("`./ ") for name in (assertion.subject, *assertion.subjects) if name]
    for name in names:
        step = record.words.call_with(name, assertion.step)
        if step is not None:
            return supported(
                "a call before this looked at it",
                Evidence(step=step, quote=name, note="the call"),
            )
    effect = record.last_act(_TRYING, assertion.step)
    if effect is not None and not names and effect.step > record.turn_start(assertion.step):
        words = effect.command or effect.resource
        if words:
            return supported(
                "a call in this turn tried something out",
                Evidence(step=effect.step, quote=words, note="the call"),
            )
    never = never_ran(assertion, names, record)
    return never or unsupported("no call in the record looks at it")
