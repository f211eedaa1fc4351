"""How an effect is shown: words that stand in its call, and a phrase that says what it did."""

from typing import Any, Final

from trueline.ledger import Ledger
from trueline.ledger.model import Effect, Outcome, Verb
from trueline.ledger.provenance.index import leaf_texts
from trueline.monitors.protocol import Evidence

_QUOTE: Final = 200

DID: Final[dict[Verb, str]] = {
    "send": "sent something to others",
    "pay": "moved money or made a binding reservation",
    "grant": "gave access",
    "delete": "deleted something",
    "push": "pushed to a shared repository",
    "deploy": "deployed or published",
    "write": "changed something",
    "move": "moved something",
    "commit": "made a commit",
    "install": "installed something",
    "configure": "changed a setting",
    "stop": "stopped something",
}
"""What an effect of each verb did, for explanations."""


def shown(ledger: Ledger, effect: Effect, note: str = "") -> Evidence:
    """Return the words of the call that show `effect`."""
    step = ledger.steps[effect.step]
    said = step.text
    for candidate in (effect.command, effect.resource):
        if candidate and (candidate in said or _stands_in(step.arguments, candidate)):
            return Evidence(step=effect.step, quote=candidate[:_QUOTE], note=note)
    first = next(
        (leaf for _, leaf in leaf_texts(step.arguments or {}) if isinstance(leaf, str) and leaf), ""
    )
    return Evidence(step=effect.step, quote=(first or said or step.tool)[:_QUOTE], note=note)


def _stands_in(arguments: dict[str, Any] | None, text: str) -> bool:
    return any(isinstance(leaf, str) and text in leaf for _, leaf in leaf_texts(arguments or {}))


def result_shown(outcome: Outcome, note: str) -> tuple[Evidence, ...]:
    """Return the words of the result that show how it ended, if there are any."""
    if outcome.step is None or not outcome.quote:
        return ()
    return (Evidence(step=outcome.step, quote=outcome.quote[:_QUOTE], note=note),)


def requested(step: int, quote: str, note: str) -> tuple[Evidence, ...]:
    """Return the user's words, where they stand in the record."""
    return (Evidence(step=step, quote=quote, role="request", note=note),) if step >= 0 else ()


def name_of(effect: Effect) -> str:
    """Return the shortest name of an effect: verb and resource."""
    return f"{effect.verb} {effect.resource or effect.program}".strip()[:80]
