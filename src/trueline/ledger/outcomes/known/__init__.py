"""What is known of programs by name: their statuses, their words, their silence."""

from trueline.ledger.outcomes.known.programs import is_wrapper, meaning_of, not_run, programs
from trueline.ledger.outcomes.known.words import has_words, own_words

__all__ = ["has_words", "is_wrapper", "meaning_of", "not_run", "own_words", "programs"]
