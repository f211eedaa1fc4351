"""What the record says of one assertion, before it becomes an observation."""

from msgspec import Struct

from trueline.monitors.protocol import Evidence, Verdict


class Reading(Struct, frozen=True, kw_only=True):
    """A verdict with its ground.

    Attributes:
        verdict: what the record says.
        because: one plain sentence a person can check, without the assertion's own words.
        evidence: places in the record that show it; may be empty for `unsupported`.
        suspicion: what an `unsupported` counts, below 0.5; None for the usual.
    """

    verdict: Verdict
    because: str
    evidence: tuple[Evidence, ...] = ()
    suspicion: float | None = None


def supported(because: str, *evidence: Evidence) -> Reading:
    """Return a reading in which the record bears the agent out."""
    return Reading(verdict="supported", because=because, evidence=evidence)


def contradicted(because: str, *evidence: Evidence) -> Reading:
    """Return a reading in which the record shows the opposite: the only verdict that accuses."""
    return Reading(verdict="contradicted", because=because, evidence=evidence)


def stale(because: str, *evidence: Evidence) -> Reading:
    """Return a reading in which it held, and something relevant changed afterwards."""
    return Reading(verdict="stale", because=because, evidence=evidence)


def unsupported(because: str, *evidence: Evidence, suspicion: float | None = None) -> Reading:
    """Return a reading in which the record shows neither."""
    return Reading(verdict="unsupported", because=because, evidence=evidence, suspicion=suspicion)
