"""The table of programs: what each simple command does to the world, as data."""

from trueline.ledger.shell.programs.table import (
    Found,
    Rule,
    entry_names,
    is_known,
    lookup,
    operands,
    parse_rule,
    raw_table,
)

__all__ = [
    "Found",
    "Rule",
    "entry_names",
    "is_known",
    "lookup",
    "operands",
    "parse_rule",
    "raw_table",
]
