"""One outcome for every effect: what the recorded result says happened.

**Covers** own, implied and hidden exit statuses, printed ones, test totals, diagnoses, words
of the tools themselves, background tasks, refused and interrupted calls.
**Does not cover** what the world looks like afterwards: a record shows what was reported.
"""

from collections.abc import Sequence
from typing import Final

from trueline.ledger.model import CHECK_VERBS, Effect, Outcome
from trueline.ledger.outcomes.evidence import Evidence, evidence_of
from trueline.ledger.outcomes.judgement import Ground
from trueline.ledger.outcomes.results import Results
from trueline.ledger.outcomes.shell_call import ShellCall, make_outcome
from trueline.ledger.outcomes.tool_call import first_line, judge_tool
from trueline.trajectory import Step, Trajectory

_READING: Final = frozenset({"read", "search"})
_ZERO: Final = Ground("succeeded", "exit status 0")
_HIDDEN: Final = Ground("unknown", "its exit status does not show")


def outcomes_of(trajectory: Trajectory, effects: Sequence[Effect]) -> list[Outcome]:
    """Return what the record says came of each effect, in the order of `effects`.

    Args:
        trajectory: the record.
        effects: what its calls do; effects of one call stand together.
    """
    results = Results(trajectory)
    steps = trajectory.steps
    outcomes: list[Outcome] = []
    start, end, count = 0, 0, len(effects)
    while start < count:
        index = effects[start].step
        while end < count and effects[end].step == index:
            end += 1
        call = steps[index] if 0 <= index < len(steps) else None
        evidence = evidence_of(call, results) if call is not None else None
        if call is None or evidence is None:
            outcomes += [
                Outcome(effect=position, because="no result is recorded")
                for position in range(start, end)
            ]
        else:
            outcomes += _of_call(call, evidence, effects[start:end], start, results)
        start = end
    return outcomes


def _of_call(
    call: Step, evidence: Evidence, effects: Sequence[Effect], first: int, results: Results
) -> list[Outcome]:
    if evidence.exit_status == 0 and all(_is_settled(effect) for effect in effects):
        grounds = [_ZERO if effect.exit_link != "hidden" else _HIDDEN for effect in effects]
    elif evidence.is_refused or (evidence.is_running and not evidence.text):
        grounds = [_not_carried_out(effect, evidence) for effect in effects]
    elif effects[0].command or (len(effects) > 1 and any(effect.command for effect in effects)):
        return ShellCall(call, evidence, effects, results).outcomes(first)
    else:
        grounds = [judge_tool(effect, evidence) for effect in effects]
    return [
        make_outcome(first + position, evidence, ground) for position, ground in enumerate(grounds)
    ]


def _is_settled(effect: Effect) -> bool:
    """Return whether an exit status of 0 says all there is to say of a shell command.

    That of a command which only reads is not looked for any further.
    """
    verb = effect.verb
    if not effect.command or verb in CHECK_VERBS or verb == "execute":
        return False
    return effect.exit_link != "hidden" or verb in _READING


def _not_carried_out(effect: Effect, evidence: Evidence) -> Ground:
    if not evidence.is_refused:
        return Ground("unknown", "still running in the background when last looked at")
    quote = first_line(evidence.text)
    # A check that was turned down says nothing of the code; any other effect did not happen.
    status = "unknown" if effect.verb in CHECK_VERBS else "failed"
    return Ground(status, "the call was turned down", quote)
