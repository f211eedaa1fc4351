"""Loops: the same call with the same result again and again, with nothing changed in between.

A call is the same where its tool and arguments are, a result where its text is.  Whatever may
have changed something since begins the count anew: another call that writes, runs or sends,
and any word of the user.  Waiting is no loop: calls that sleep, and looks at processes and
jobs.

Cost: one pass; arguments are compared by hash, results only where a call repeats.
"""

from collections.abc import Hashable, Iterator
from typing import Final

from trueline.ledger import Ledger
from trueline.ledger.model import Effect, Verb
from trueline.monitors.drift.sign import NAME, shown_call
from trueline.monitors.protocol import Evidence, Observation
from trueline.trajectory import Step

NOTED: Final = 5
"""Repetitions that are noted; fewer happen to everybody."""
TOLD: Final = 10
"""Repetitions that are a finding of severity low."""

_LOOKING: Final[frozenset[Verb]] = frozenset(
    {"read", "search", "fetch", "test", "lint", "typecheck", "format", "ask", "plan", "finish"}
)
_WAITING: Final = ("sleep", "wait", "status", "watch", "poll", "progress", "tail -f", "ps ")
_KEPT: Final = 2_000


class _Seen:
    """One call, how often it came with the same result, and where."""

    __slots__ = ("count", "first", "last", "result")

    def __init__(self, step: int, result: int | None) -> None:
        self.count = 1
        self.first = self.last = step
        self.result = result


def loops(ledger: Ledger) -> Iterator[Observation]:
    """Yield one observation for each call that went round and round."""
    changing = {effect.step for effect in ledger.effects if effect.verb not in _LOOKING}
    seen: dict[Hashable, _Seen] = {}
    steps = ledger.steps
    for step in steps:
        if step.kind == "message":
            if step.actor == "user":
                yield from _told(ledger, seen)
                seen.clear()
            continue
        if step.kind != "call":
            continue
        key = _key(step)
        known = seen.get(key)
        if known is not None and _is_same(steps, known.result, step.call_index):
            known.count += 1
            known.last = step.index
            continue
        if step.index in changing and (known is None or len(seen) > _KEPT):
            yield from _told(ledger, seen)
            seen.clear()
        seen[key] = _Seen(step.index, step.call_index)
    yield from _told(ledger, seen)


def _key(step: Step) -> Hashable:
    arguments = step.arguments
    if not arguments:
        return (step.tool, step.text)
    key = (step.tool, *arguments.items())
    try:
        hash(key)
    except TypeError:
        return (step.tool, repr(arguments))
    return key


def _is_same(steps: tuple[Step, ...], first: int | None, second: int | None) -> bool:
    if first is None or second is None:
        return False
    one, other = steps[first], steps[second]
    return one.exit_status == other.exit_status and one.text == other.text


def _told(ledger: Ledger, seen: dict[Hashable, _Seen]) -> Iterator[Observation]:
    for item in seen.values():
        if item.count >= NOTED and not _is_waiting(ledger, item):
            yield _observation(ledger, item)


def _is_waiting(ledger: Ledger, item: _Seen) -> bool:
    step = ledger.steps[item.first]
    effects = ledger.effects_at(item.first)
    if not effects and not step.arguments:
        return True  # nothing is known of what it does
    words = f"{step.tool} {step.arguments}".lower()[:1_000]
    return any(word in words for word in _WAITING) or any(map(_looks_at_process, effects))


def _looks_at_process(effect: Effect) -> bool:
    return effect.resource_kind in ("process", "container") and effect.verb in _LOOKING


def _observation(ledger: Ledger, item: _Seen) -> Observation:
    is_told = item.count >= TOLD
    result = ledger.steps[item.result] if item.result is not None else None
    shown = [shown_call(ledger, item.first, "first"), shown_call(ledger, item.last, "last")]
    if result is not None and result.text:
        shown.append(Evidence(step=result.index, quote=result.text[:200], note="each time"))
    return Observation(
        monitor=NAME,
        kind="drift",
        rule="loop",
        suspicion=0.5 if is_told else round(0.04 * item.count, 2),
        severity="low" if is_told else "note",
        explanation=f"The same call of `{ledger.steps[item.first].tool[:60]}` came "
        f"{item.count} times with the same result, and nothing changed in between.",
        evidence=tuple(shown),
    )
