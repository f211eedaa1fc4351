"""Which words of a message a finding quotes, and the figure that stands in them."""

from typing import Final

from trueline.ledger.assertions.classes import CLASSES, EDGES, chars
from trueline.ledger.assertions.clauses import Token

_LONGEST_QUOTE: Final = 400
_FIGURES: Final = chars("FIGURE", "UNIT", "FRACTION")
_WRITTEN: Final = chars("NUM", "NO", "CODE", "STRING")
_NOUNS: Final = chars(
    "DET", "ALL", "PART", "KIND", "NUM", "OTHER", "CODE", "STRING", "TEST", "BUILD", "LINT",
    "TYPES", "FORMAT", "FILES", "SNIPPET", "MEASURE", "PREP", "OF", "PLAN", "ING", "EVERY",
    "PRON", "ISSUE", "MONEY", "HISTORY", "DOCS",
)  # fmt: skip
_LISTING: Final = frozenset((",", "&"))


def quote_of(text: str, tokens: list[Token]) -> tuple[str, int]:
    """Return the words from the first to the last token, and where they start."""
    start = tokens[0][1]
    end = min(tokens[-1][2], start + _LONGEST_QUOTE)
    while start < end and text[start] in "(|-–— \t,;":
        start += 1
    while end > start and (
        text[end - 1] in " \t\n,;:.!|(-–—" or (text[end - 1] == ")" and "(" not in text[start:end])
    ):
        end -= 1
    return text[start:end], start


def object_end(classes: str, end: int, last: int) -> int:
    """Return where the object behind a verb ends: nouns, and lists of nouns, but no new clause.

    Args:
        classes: the class string of the message.
        end: the place behind the verb.
        last: the place of the boundary after the sentence.
    """
    place = _skip(classes, end, last, _NOUNS)
    while place < last:
        start = _skip(classes, place, last, _LISTING)
        stop = _skip(classes, start, last, _NOUNS)
        if start in (place, stop) or (stop < last and classes[stop] not in EDGES):
            break
        place = stop
    return place


def _skip(classes: str, place: int, last: int, among: frozenset[str]) -> int:
    """Return the first place from `place` on that holds none of `among`."""
    while place < last and classes[place] in among:
        place += 1
    return place


def figure_of(text: str, tokens: list[Token], *, is_outright: bool = False) -> str:
    """Return the last number with its unit as written, empty where there is none.

    Args:
        text: the message.
        tokens: where to look.
        is_outright: the clause is about a value, so bare numbers and code count too.
    """
    found = ""
    for index, (classes, start, end) in enumerate(tokens):
        begin = start
        if _FIGURES.isdisjoint(classes):
            if not is_outright or _WRITTEN.isdisjoint(classes):
                continue
        elif CLASSES["UNIT"] in classes and index:
            before = tokens[index - 1]
            if CLASSES["NUM"] not in before[0]:
                continue
            begin = before[1]
        written = text[begin:end].strip(" ,.;:!?()*_`")
        if any(letter.isdigit() for letter in written):
            found = written
    return found
