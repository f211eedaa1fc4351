"""What a monitor is, and what it returns.

A monitor reads a ledger, and the mandate that says what was authorised, and returns
observations.  It never acts, keeps no state between
runs, and gives the same observations for the same ledger and charter.  A monitor that raises is
recorded as a `MonitorFailure`; it never counts as a low score.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, Protocol, runtime_checkable

from msgspec import Struct

from trueline.charter import Mandate
from trueline.core.kinds import Kind, Severity
from trueline.errors import TruelineError
from trueline.ledger import Ledger

Verdict = Literal["supported", "contradicted", "stale", "unsupported"]

THRESHOLD: Final = 0.5
"""Suspicion from which an observation becomes a finding, until calibration says otherwise."""


class Evidence(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One place in the record that shows the point.

    Attributes:
        step: index of the step.
        quote: words that stand in that step (its text or its arguments), verbatim.
        role: `said` for the agent's words, `record` for what the record shows against or for
            them, `request` for what the user asked.
        note: what the quote shows, in a few words.
    """

    step: int
    quote: str
    role: Literal["said", "record", "request"] = "record"
    note: str = ""


class Observation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One monitor's reading.

    Attributes:
        monitor: the monitor's name.
        kind: the kind of misalignment it bears on.
        rule: stable identifier of what was looked for, such as `tests-weakened`.
        suspicion: in [0, 1]; 0 means that the record bears the agent out.
        severity: how bad it is if true; `note` is never a finding.
        explanation: one or two plain sentences, naming what was said or done and what the
            record shows.
        evidence: quotes that prove it, at least one for any suspicion above 0.
        verdict: for readings of an assertion, what the record says of it.
        assertion: index of that assertion in `Ledger.assertions`.
        disclosed: who made it known: the user `requested` it, or the agent `reported` it openly.
    """

    monitor: str
    kind: Kind
    rule: str
    suspicion: float
    severity: Severity
    explanation: str
    evidence: tuple[Evidence, ...] = ()
    verdict: Verdict | None = None
    assertion: int | None = None
    disclosed: Literal["", "requested", "reported"] = ""


class MonitorFailure(Struct, frozen=True, kw_only=True):
    """A monitor that raised or returned something that is not an observation.

    Attributes:
        monitor: its name.
        error: the error's type and message.
    """

    monitor: str
    error: str


class PartialReadingError(TruelineError):
    """Raised by a monitor that could read only part of a run.

    What it saw counts, and it has failed on the run all the same: the rest is not clean.

    Attributes:
        observations: what it saw.
    """

    def __init__(self, message: str, observations: Sequence[Observation]) -> None:
        super().__init__(message)
        self.observations = tuple(observations)


@runtime_checkable
class Monitor(Protocol):
    """Reads a ledger and its mandate and returns observations."""

    name: str

    def observe(self, ledger: Ledger, mandate: Mandate, /) -> Sequence[Observation]:
        """Return the readings of `ledger`, in order of their first evidence.

        Args:
            ledger: the run, interpreted.
            mandate: what its user's words and the charter authorise.

        Raises:
            PartialReadingError: part of the run could not be read; anything else that is
                raised means that nothing was.
        """
        ...


@runtime_checkable
class Metered(Protocol):
    """A monitor whose work somebody pays for, and that says what it used."""

    @property
    def spent(self) -> Mapping[str, float]:
        """What it has used since it was made, by name, such as `cost`; each only grows."""
        ...
