"""The command line: thin, no decisions.

Only this floor prints and exits.  Modules that cost start-up time are imported where a
command needs them, so that `trueline --help` answers at once.
"""

from trueline.cli.application import main

__all__ = ["main"]
