"""A draft tried on the runs it came from, and rid of what contradicts them or never decides."""

from collections import Counter
from collections.abc import Collection
from typing import Final

from msgspec.structs import replace

from trueline.charter.check.proof import check_charter
from trueline.charter.draft.evidence import Evidence
from trueline.charter.model import Charter, Protection, Rule, default_charter
from trueline.charter.rules import CharterRun, compile_charter

_PRUNINGS: Final = 3


def guarded(groups: Collection[str]) -> tuple[Protection, ...]:
    """Return the default groups of protected resources, those named to be asked for."""
    return tuple(
        replace(one, answer="must_ask" if one.group in groups else None)
        for one in default_charter().protected
    )


def stopped_by(charter: Charter, evidence: Evidence) -> Counter[str]:
    """Return how many effects of the runs each rule would have stopped, to ask or for good."""
    program = compile_charter(charter)
    stopped: Counter[str] = Counter()
    for cwd, effects in evidence.records:
        run = CharterRun(program, cwd)
        for effect in effects:
            ruling = run.step(effect)
            if ruling is not None and ruling.answer != "may":
                stopped[ruling.rule] += 1
    return stopped


def without_contradictions(charter: Charter, evidence: Evidence) -> Charter:
    """Return the charter without the precautions of ours that the runs contradict.

    What a task's words said stays, whatever the runs did.
    """
    stopped = stopped_by(charter, evidence)
    return replace(
        charter,
        sequences=tuple(one for one in charter.sequences if one.id not in stopped),
        protected=tuple(
            replace(one, answer=None) if f"protected.{one.group}" in stopped else one
            for one in charter.protected
        ),
    )


def pruned(charter: Charter) -> Charter:
    """Return the charter without rules and globs that another rule always answers first."""
    for _ in range(_PRUNINGS):
        idle = [remark for remark in check_charter(charter).remarks if remark.is_idle]
        if not idle:
            break
        whole = {remark.rule for remark in idle if not remark.glob}
        parts = {(remark.rule, remark.glob) for remark in idle if remark.glob}
        charter = replace(
            charter,
            rules=tuple(_narrowed(rule, parts) for rule in charter.rules if rule.id not in whole),
            sequences=tuple(one for one in charter.sequences if one.id not in whole),
        )
    return charter


def _narrowed(rule: Rule, parts: Collection[tuple[str, str]]) -> Rule:
    kept = tuple(glob for glob in rule.selector.resources if (rule.id, glob) not in parts)
    if len(kept) == len(rule.selector.resources) or not kept:
        return rule
    return replace(rule, selector=replace(rule.selector, resources=kept))
