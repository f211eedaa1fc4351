"""The table of programs: what each simple command does to the world, as data."""

from trueline.ledger.shell.programs.table import Program, entry_names, is_known, lookup

__all__ = ["Program", "entry_names", "is_known", "lookup"]
