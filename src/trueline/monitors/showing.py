"""How an effect is shown as evidence: words that stand in its call and in its result, verbatim."""

from typing import Final

from trueline.ledger import Ledger
from trueline.ledger.model import Effect, Outcome
from trueline.ledger.provenance.index import leaf_texts
from trueline.monitors.protocol import Evidence

QUOTE: Final = 200
"""Characters that a quote keeps."""


def call_shown(ledger: Ledger, effect: Effect, note: str = "") -> Evidence:
    """Return words of the call that show `effect`."""
    step = ledger.steps[effect.step]
    leaves = [
        leaf for _, leaf in leaf_texts(step.arguments or {}) if isinstance(leaf, str) and leaf
    ]
    for candidate in (effect.command, effect.resource):
        if candidate and (candidate in step.text or any(candidate in leaf for leaf in leaves)):
            return Evidence(step=effect.step, quote=candidate[:QUOTE], note=note)
    text = leaves[0] if leaves else step.text or step.tool
    return Evidence(step=effect.step, quote=text[:QUOTE], note=note)


def result_shown(outcome: Outcome, note: str = "") -> tuple[Evidence, ...]:
    """Return the words of the result that show how it ended, if there are any.

    Args:
        outcome: what the result says.
        note: what the words show; the outcome's own ground when empty.
    """
    if outcome.step is None or not outcome.quote:
        return ()
    return (Evidence(step=outcome.step, quote=outcome.quote[:QUOTE], note=note or outcome.because),)


def words_shown(ledger: Ledger, step: int, text: str, note: str) -> tuple[Evidence, ...]:
    """Return `text` as evidence where it stands in the step, nothing where it does not."""
    if not 0 <= step < len(ledger.steps) or not text or text not in ledger.steps[step].text:
        return ()
    role = "request" if ledger.steps[step].actor in ("user", "system") else "record"
    return (Evidence(step=step, quote=text[:QUOTE], role=role, note=note),)
