"""What an effect did, as a phrase, and the user's words beside it."""

from typing import Final

from trueline.ledger.model import Effect, Verb
from trueline.monitors.protocol import Evidence

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


def requested(step: int, quote: str, note: str) -> tuple[Evidence, ...]:
    """Return the user's words, where they stand in the record."""
    return (Evidence(step=step, quote=quote, role="request", note=note),) if step >= 0 else ()


def name_of(effect: Effect) -> str:
    """Return the shortest name of an effect: verb and resource."""
    return f"{effect.verb} {effect.resource or effect.program}".strip()[:80]
