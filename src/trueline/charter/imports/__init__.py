"""Charters taken over from the permissions of other tools; what has no equal is told."""

from trueline.charter.imports.reading import FORMATS, Imported, import_charter

__all__ = ["FORMATS", "Imported", "import_charter"]
