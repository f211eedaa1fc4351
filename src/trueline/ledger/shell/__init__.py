"""Shell text understood by a real parser: which programs run, and whose exit status counts.

`parse` gives the commands, `shell_effects` what they do to the world, `shell_edits` what they
change in files, `commit_messages` what they say in commits and pull requests, `heredocs` the
texts fed to programs.  All are pure, cached on the text, linear in it, and never raise.
"""

from trueline.ledger.shell.edits import heredocs, shell_edits
from trueline.ledger.shell.effects import shell_effects
from trueline.ledger.shell.messages import commit_messages
from trueline.ledger.shell.model import Redirect, Script, SimpleCommand, Word
from trueline.ledger.shell.reading import parse

__all__ = [
    "Redirect",
    "Script",
    "SimpleCommand",
    "Word",
    "commit_messages",
    "heredocs",
    "parse",
    "shell_edits",
    "shell_effects",
]
