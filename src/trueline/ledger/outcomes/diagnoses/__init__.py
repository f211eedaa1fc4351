"""Linters, type checkers, formatters and builds, and how they close."""

from trueline.ledger.outcomes.diagnoses.reading import parse_diagnoses

__all__ = ["parse_diagnoses"]
