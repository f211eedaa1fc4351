"""What the rooms of this monitor share: its name, and how a call is shown."""

from typing import Final

from trueline.ledger import Ledger
from trueline.ledger.provenance.index import leaf_texts
from trueline.monitors.protocol import Evidence

NAME: Final = "drift"
_QUOTE: Final = 200


def shown_call(ledger: Ledger, index: int, note: str) -> Evidence:
    """Return words of the call at `index`, verbatim."""
    step = ledger.steps[index]
    leaves = (leaf for _, leaf in leaf_texts(step.arguments or {}))
    text = next((leaf for leaf in leaves if isinstance(leaf, str) and leaf), step.text or step.tool)
    return Evidence(step=index, quote=text[:_QUOTE], note=note)
