"""Which commands a script runs, and whose status it returns."""

from trueline.ledger.shell.flow.shells import Context, Shell
from trueline.ledger.shell.flow.walk import Flow

__all__ = ["Context", "Flow", "Shell"]
