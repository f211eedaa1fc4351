"""A charter written as the YAML that a person goes on with."""

from trueline.charter.writing.text import Notes, charter_yaml

__all__ = ["Notes", "charter_yaml"]
