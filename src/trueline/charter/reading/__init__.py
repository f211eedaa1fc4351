"""A person's charter file: read, checked with lines and fixes, turned into values."""

from trueline.charter.reading.loading import load_charter, parse_charter

__all__ = ["load_charter", "parse_charter"]
