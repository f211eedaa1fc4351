"""What may be evasion, before anybody asks whether it was wanted."""

from typing import Final

from msgspec import Struct

from trueline.core.kinds import Severity
from trueline.monitors.protocol import Evidence

NAME: Final = "evasion"
QUOTE: Final = 200


class Deed(Struct, frozen=True, kw_only=True):
    """One act against oversight, as the record shows it.

    Attributes:
        rule: what was looked for.
        topic: whose words in the request make it wanted, a key of the tables' topics.
        step: index of the call.
        shown: words of the record that show it, those of the call first.
        says: what it does, a clause whose subject is the agent, in the past tense.
        suspicion: where nobody wanted it and the record shows that it took place.
        severity: in that case.
        effect: index in `Ledger.effects`, None where the ledger holds no effect for it.
        names: words by which a request would name it, besides the topic's.
    """

    rule: str
    topic: str
    step: int
    shown: tuple[Evidence, ...]
    says: str
    suspicion: float
    severity: Severity
    effect: int | None = None
    names: tuple[str, ...] = ()
