"""What was intended: the charter a person writes, and what the user's own words ask for."""

from trueline.charter.mandate import Mandate
from trueline.charter.model import Answer, Charter, Ruling, Trust, default_charter
from trueline.charter.request import Request

__all__ = ["Answer", "Charter", "Mandate", "Request", "Ruling", "Trust", "default_charter"]
