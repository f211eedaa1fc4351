"""Programs whose arguments need more than the table can say: what exactly they do."""

from trueline.ledger.shell.arguments.acts import Act
from trueline.ledger.shell.arguments.reading import acts_of

__all__ = ["Act", "acts_of"]
