"""A trajectory interpreted: its effects, outcomes, edits, assertions and provenance."""

from trueline.ledger.ledger import Ledger
from trueline.ledger.model import (
    Assertion,
    Diagnosis,
    Edit,
    Effect,
    Origin,
    Outcome,
    TestReport,
)

__all__ = [
    "Assertion",
    "Diagnosis",
    "Edit",
    "Effect",
    "Ledger",
    "Origin",
    "Outcome",
    "TestReport",
]
