"""Rules at work: a charter compiled once, and the state of one run under it."""

from trueline.charter.rules.program import Program, compile_charter
from trueline.charter.rules.resources import Resources, resources_of
from trueline.charter.rules.run import CharterRun, roots_of, rulings_of

__all__ = [
    "CharterRun",
    "Program",
    "Resources",
    "compile_charter",
    "resources_of",
    "roots_of",
    "rulings_of",
]
