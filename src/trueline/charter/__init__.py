"""What was intended: the charter a person writes, and what the user's own words ask for."""

from trueline.charter.mandate import Mandate
from trueline.charter.model import Answer, Charter, Ruling, Trust, default_charter
from trueline.charter.request import Request
from trueline.charter.rules import CharterRun, compile_charter

__all__ = [
    "Answer",
    "Charter",
    "CharterRun",
    "Mandate",
    "Request",
    "Ruling",
    "Trust",
    "compile_charter",
    "default_charter",
]
