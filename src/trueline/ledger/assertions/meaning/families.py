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
_CHECKED_THINGS: Final = chars(
    "TEST", "BUILD", "LINT", "TYPES", "FORMAT", "EVERY", "COMPILES", "RUN", "PRON", "THEY", "BOTH",
    "THAT",
)  # fmt: skip
_UNNAMED: Final = chars("BASE", "OTHER")
_COUNTABLE: Final = frozenset(("checks", "cases", "examples", "scenarios", "asserts", "doctests"))
_WRITTEN: Final = chars("TEST", "CODE", "FILES", "SNIPPET", "LINT", "TYPES")
_WRITINGS: Final = frozenset(
    ("comment", "comments", "suppressions", "dependencies", "fixtures", "functions", "stubs")
)
_NO_WORDS: Final[frozenset[str]] = frozenset()
_COUNTED_ACTS: Final = chars("CREATED", "DELETED")
_MAKING: Final = chars("MADE", "PROCESSED")
_SAYING_LITTLE: Final = chars("READ", "CHANGED")
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
    if CLASSES["NO"] in body and head in _COUNTED_ACTS and head:
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


def is_listed(body: str, kind: str) -> bool:
    """Return whether an item of a list names what was created ("new test `x`")."""
    return kind == "created" and CLASSES["PART"] in body and frames.is_nominal(body)


def is_nameless(body: str) -> bool:
    """Return whether a verb of an act says too little ("made the transfer", "went through")."""
    return not _SAYING_LITTLE.isdisjoint(body[-3:]) or not _MAKING.isdisjoint(body)


def needed_words(body: str, family: Family, kind: str) -> frozenset[str]:
    """Return words one of which a clause must hold, since its classes hold too many others.

    Args:
        body: the classes of the clause.
        family: which sort of rule found it.
        kind: the kind that the rule names, empty for none.
    """
    if kind == "committed" and body[0] == CLASSES["BASE"]:
        return frozenset(("commit",))
    if kind == "sent" and CLASSES["BE"] in body:
        return frozenset(("way",))
    if is_listed(body, kind):
        return frozenset(("new",))
    if frames.is_count(body) and _WRITTEN.isdisjoint(body):
        return _WRITINGS
    is_unnamed = family == "state" and _CHECKED_THINGS.isdisjoint(body)
    if is_unnamed and CLASSES["PASS"] in body and not _UNNAMED.isdisjoint(body):
        return _COUNTABLE
    return _NO_WORDS
