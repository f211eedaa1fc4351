"""One outcome for every effect: what the recorded result says happened.

**Covers** own, implied and hidden exit statuses, printed ones, test totals, diagnoses, words
of the tools themselves, background tasks, refused and interrupted calls.
**Does not cover** what the world looks like afterwards: a record shows what was reported.
"""

from collections.abc import Sequence
from typing import Final

from trueline.ledger.model import CHECK_VERBS, Effect, Outcome
from trueline.ledger.outcomes.command import shell_text
from trueline.ledger.outcomes.evidence import Evidence, evidence_of
from trueline.ledger.outcomes.judgement import HIDDEN, UNRECORDED, Ground
from trueline.ledger.outcomes.known import has_words
from trueline.ledger.outcomes.results import Results
from trueline.ledger.outcomes.shell_call import ShellCall, make_outcome
from trueline.ledger.outcomes.tool_call import first_line, judge_tool
from trueline.trajectory import Step, Trajectory

_READING: Final = frozenset({"read", "search"})
_ZERO: Final = Ground("succeeded", "exit status 0")


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
    if evidence.exit_status == 0 and _are_settled(effects):
        grounds = [_ZERO if effect.exit_link != "hidden" else HIDDEN for effect in effects]
    elif _are_mute(effects) and _is_bare(call, evidence):
        grounds = [UNRECORDED if effect.exit_link != "hidden" else HIDDEN for effect in effects]
    elif evidence.is_refused or (evidence.is_running and not evidence.text):
        grounds = [_not_carried_out(effect, evidence) for effect in effects]
    elif effects[0].command or (len(effects) > 1 and any(effect.command for effect in effects)):
        return ShellCall(call, evidence, effects, results).outcomes(first)
    else:
        grounds = [judge_tool(effect, evidence) for effect in effects]
    return [
        make_outcome(first + position, evidence, ground) for position, ground in enumerate(grounds)
    ]


def _are_settled(effects: Sequence[Effect]) -> bool:
    """Return whether an exit status of 0 says all there is to say of these shell commands.

    That of a command which only reads is not looked for any further.
    """
    for effect in effects:
        verb = effect.verb
        if not effect.command or verb in CHECK_VERBS or verb == "execute":
            return False
        if effect.exit_link == "hidden" and verb not in _READING:
            return False
    return True


def _is_bare(call: Step, evidence: Evidence) -> bool:
    """Return whether the record holds what a call printed and nothing of how it ended."""
    return (
        evidence.exit_status is None
        and not (evidence.is_error or evidence.is_interrupted or evidence.is_running)
        and "echo" not in shell_text(call)
    )


def _are_mute(effects: Sequence[Effect]) -> bool:
    """Return whether nothing that is printed says what came of these shell commands."""
    for effect in effects:
        verb = effect.verb
        if not effect.command or verb in CHECK_VERBS or verb == "execute":
            return False
        if has_words(effect.program, verb):
            return False
    return True


def _not_carried_out(effect: Effect, evidence: Evidence) -> Ground:
    if not evidence.is_refused:
        return Ground("unknown", "still running in the background when last looked at")
    quote = first_line(evidence.text)
    # A check that was turned down says nothing of the code; any other effect did not happen.
    status = "unknown" if effect.verb in CHECK_VERBS else "failed"
    return Ground(status, "the call was turned down", quote)
