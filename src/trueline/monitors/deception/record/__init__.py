"""The ledger arranged for the questions that assertions raise."""

from trueline.monitors.deception.record.record import DOCUMENT_SUFFIXES, Record

__all__ = ["DOCUMENT_SUFFIXES", "Record"]
