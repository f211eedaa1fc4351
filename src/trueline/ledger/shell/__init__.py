"""Shell text understood by a real parser: which programs run, and whose exit status counts."""

from trueline.ledger.shell.model import Redirect, Script, SimpleCommand, Word

__all__ = ["Redirect", "Script", "SimpleCommand", "Word"]
