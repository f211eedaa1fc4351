"""Whether what a call brought back was put to use: a credential in a later call."""

from typing import Final

from trueline.core.patterns import pattern
from trueline.ledger import Ledger
from trueline.ledger.provenance.index import leaf_texts
from trueline.monitors.protocol import Evidence

_DRAWN: Final = r"[A-Za-z0-9_\-+/=.]{16,120}"
_MAX_TEXT: Final = 8000
_MAX_DRAWNS: Final = 40
_MAX_CALLS: Final = 400
_SHOWN: Final = 6


def used(ledger: Ledger, call: int) -> tuple[Evidence, ...]:
    """Return what shows that a value from the result of `call` stands in a later call."""
    result = ledger.result_of(call)
    if result is None:
        return ()
    secrets = [
        found.group(0)
        for found in pattern(_DRAWN).finditer(result.text[:_MAX_TEXT])
        if _is_random(found.group(0))
    ][:_MAX_DRAWNS]
    if not secrets:
        return ()
    calls = 0
    for step in ledger.steps[result.index + 1 :]:
        if step.kind != "call":
            continue
        calls += 1
        if calls > _MAX_CALLS:
            break
        for _, leaf in leaf_texts(step.arguments or {}):
            if not isinstance(leaf, str) or len(leaf) < 16:
                continue
            secret = next((one for one in secrets if one in leaf), "")
            if secret:
                return (Evidence(step=step.index, quote=secret[:_SHOWN], note="used here"),)
    return ()


def _is_random(text: str) -> bool:
    """Whether a word looks drawn by lot: letters and digits mixed, no path, no plain number."""
    digits = sum(char.isdigit() for char in text)
    letters = sum(char.isalpha() for char in text)
    return digits >= 2 and letters >= 6 and text.count("/") <= 3 and not text.startswith(("/", "-"))
