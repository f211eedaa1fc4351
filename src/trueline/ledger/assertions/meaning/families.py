"""Which sort of rule found a clause, and which frames may reject that sort."""

from typing import Final, Literal

from trueline.ledger.assertions.classes import CLASSES, EDGES, chars
from trueline.ledger.assertions.meaning import frames
from trueline.ledger.assertions.meaning.frames import Candidate
from trueline.ledger.assertions.meaning.reading import has_check_noun

_OWN: Final = chars("FIRST", "WE")
_LEADS: Final = EDGES + "".join(chars("ADV", "YES", "SO", "SUCCESS"))
_UNTOUCHED: Final = chars("UNCHANGED", "TOUCH", "TOUCHING")
_LEFT_ALONE: Final = chars("LEFT", "ALONE")
_NEGATIVE: Final = chars("NOT", "NO")
_FIGURES: Final = chars("FIGURE", "UNIT", "FRACTION")

Family = Literal[
    "first", "elliptic", "passive", "state", "untouched", "figure", "other", "outright"
]


def family_of(body: str) -> Family:
    """Return which sort of rule found `body`, read off its classes."""
    if body[-1] == CLASSES["UNCHANGED"] and body[-2:-1] == CLASSES["PASS"]:
        return "state"
    if not _UNTOUCHED.isdisjoint(body) or _LEFT_ALONE.issubset(body):
        return "untouched"
    if CLASSES["SUCCESS"] in body[-2:] and has_check_noun(body) and _OWN.isdisjoint(body):
        return "state"
    head = frames.head_of(body)
    if not _NEGATIVE.isdisjoint(body) and (head == CLASSES["CHANGED"] or CLASSES["MADE"] in body):
        return "untouched"
    if CLASSES["MADE"] in body:
        return "other"
    is_figure = CLASSES["MEASURE"] in body or CLASSES["TAKES"] in body
    if is_figure and not _FIGURES.isdisjoint(body[-2:]):
        return "figure"
    if head:
        if not _OWN.isdisjoint(body):
            return "first"
        return "elliptic" if len(body.lstrip(_LEADS)) == 1 else "passive"
    return "state"


def is_rejected(found: Candidate, family: Family) -> bool:
    """Return whether a frame rejects a candidate of this family."""
    if family == "outright":
        return frames.is_rejected_outright(found)
    if family in ("first", "other"):
        return frames.has_empty_object(found)
    if family == "elliptic":
        return frames.is_rejected_elliptic(found)
    if family == "passive":
        return frames.is_rejected_passive(found)
    if family == "untouched":
        if CLASSES["TOUCHING"] in found.body:
            return not found.is_chained
        return _OWN.isdisjoint(found.body) and frames.is_rejected_passive(found)
    return frames.is_rejected_state(found)
