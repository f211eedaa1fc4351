"""Test runners and their totals: one reader, or one row of a table, for each."""

from trueline.ledger.outcomes.runners.reading import parse_tests

__all__ = ["parse_tests"]
