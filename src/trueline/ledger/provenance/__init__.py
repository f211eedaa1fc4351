"""Where the values in calls come from: the user, the system, the agent, or a tool's result."""

from trueline.ledger.provenance.index import words_of
from trueline.ledger.provenance.numbers import canonical, numbers_in
from trueline.ledger.provenance.origins import Provenance, source_of

__all__ = ["Provenance", "canonical", "numbers_in", "source_of", "words_of"]
