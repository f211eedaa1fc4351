"""Shell text to syntax tree, in time linear in the text, whatever the text is."""

from trueline.ledger.shell.grammar.nodes import (
    AndOr,
    Block,
    Case,
    Function,
    Group,
    If,
    Loop,
    Node,
    Pipeline,
    Simple,
)
from trueline.ledger.shell.grammar.statements import Grammar

__all__ = [
    "AndOr",
    "Block",
    "Case",
    "Function",
    "Grammar",
    "Group",
    "If",
    "Loop",
    "Node",
    "Pipeline",
    "Simple",
]
