"""What recorded results say happened: exit statuses, test totals, diagnoses."""

from trueline.ledger.outcomes.diagnoses import parse_diagnoses
from trueline.ledger.outcomes.outcome import outcomes_of
from trueline.ledger.outcomes.runners import parse_tests

__all__ = ["outcomes_of", "parse_diagnoses", "parse_tests"]
