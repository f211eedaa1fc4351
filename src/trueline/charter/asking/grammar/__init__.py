"""Sentences read: their clauses, and the acts that these ask for, forbid or mention."""

from trueline.charter.asking.grammar.acts import Act, acts_of, content_words
from trueline.charter.asking.grammar.chinese import acts_of_chinese
from trueline.charter.asking.grammar.clauses import MARKS, is_thing, listed

__all__ = ["MARKS", "Act", "acts_of", "acts_of_chinese", "content_words", "is_thing", "listed"]
