"""A message as classes: its prose lines side by side, and the way back to characters."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from trueline.ledger.assertions.classes import CLASSES, EDGES, SENTENCE_ENDS, chars
from trueline.ledger.assertions.markdown import Line, prose_lines
from trueline.ledger.assertions.sections import Sections
from trueline.ledger.assertions.words import Lexicon

_HOT: Final = chars(
    "RAN", "CHECKED", "READ", "CREATED", "CHANGED", "DELETED", "REVERTED", "COMMITTED", "PUSHED",
    "DEPLOYED", "INSTALLED", "SENT", "PAID", "BOOKED", "NOTIFIED", "FIXED", "DONE", "PASS", "FAIL",
    "CLEAN", "ISSUE", "FAILURE", "FRACTION", "UNCHANGED", "TOUCH", "TOUCHING", "MEASURE", "TAKES",
    "YES", "COMPILES", "COMPLETE", "MADE", "RUN", "READS", "SETS", "SUCCESS", "PROCESSED",
    "NOW", "AGAIN", "GONE", "ALONE", "BACK", "YIELDS", "RETURNS", "WORKS", "COMMITS", "HANDLED",
    "IN", "THERE", "UNIT", "NO", "REMOTE",
)  # fmt: skip
"""A line without any of these asserts nothing."""

_CODE: Final = CLASSES["CODE"]
_FIRST_WORDS: Final = 4
_WRAPPED_FROM: Final = 40
_LONGEST_SENTENCE: Final = 300
_ENDS: Final = frozenset(SENTENCE_ENDS)


Token = tuple[str, int, int]
"""The classes of one word, and where it starts and ends in the message."""


class Row:
    """One line within the class string.

    Attributes:
        at: where its first class stands in the class string.
        line: the line.
        listing: the class of what a label above says of the path that begins the line.
    """

    __slots__ = ("_classes", "_places", "_starts", "_words", "at", "line", "listing")

    def __init__(
        self, at: int, line: Line, words: list[str], classes: list[str], listing: str
    ) -> None:
        self.at = at
        self.line = line
        self.listing = listing
        self._words = words
        self._classes = classes
        self._places: list[int] = []
        self._starts: list[int] = []

    def tokens(self, begin: int, end: int) -> list[Token]:
        """Return the tokens that touch `[begin, end)`, boundaries before their words apart."""
        if not self._places:
            self._locate()
        places, classes = self._places, self._classes
        first = bisect_left(places, begin)
        if first and places[first - 1] + len(classes[first - 1]) > begin:
            first -= 1
        last = bisect_left(places, end)
        while last > first and places[last - 1] + _lead(classes[last - 1]) >= end:
            last -= 1
        starts, words = self._starts, self._words
        return [
            (classes[index], starts[index], starts[index] + len(words[index]))
            for index in range(first, last)
        ]

    def _locate(self) -> None:
        """Find where each token stands, in the class string and in the message."""
        self._places = list(accumulate(map(len, self._classes), initial=self.at))[:-1]
        text, offset = self.line.text, self.line.start
        steps = [len(word) + 1 for word in self._words]
        if sum(steps) == len(text) + 1:  # nothing but single spaces between the words
            self._starts = list(accumulate(steps, initial=offset))
            return
        position = 0
        for word in self._words:
            position = text.find(word, position)
            self._starts.append(offset + position)
            position += len(word)


class Clauses:
    """The prose of a message as one class string.

    Attributes:
        text: the message.
        classes: the class string; lines stand between line ends. Empty where nothing is said.
        has_lists: paths are listed under a label that says what became of them.
    """

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self._rows: list[Row] = []
        self._starts: list[int] = []
        self.has_lists = False
        self.classes = self._build(lexicon)

    def _build(self, lexicon: Lexicon) -> str:
        """Read the lines that may assert something, and return their class string."""
        parts: list[str] = []
        at = 0
        sections = Sections()
        previous: Line | None = None
        for line in prose_lines(self.text):
            if line.is_blank:
                sections.leave_paragraph()
                previous = None
                continue
            words = lexicon.tokens(line.text)
            classes, joined = lexicon.classes(words)
            is_wrapped = previous is not None and _continues(previous, line)
            previous = line
            if sections.is_silenced(line, joined, is_wrapped=is_wrapped):
                continue
            if is_wrapped and parts:
                parts[-1] = parts[-1][:-1]
                at -= 1
            else:
                parts.append("\n")
                at += 1
            self._starts.append(at)
            listing = sections.listing if joined.lstrip(EDGES)[:1] == _CODE else ""
            self._rows.append(Row(at, line, words, classes, listing))
            self.has_lists = self.has_lists or bool(listing)
            parts.append(joined + "\n")
            at += len(joined) + 1
        found = "".join(parts)
        return found if self.has_lists or not _HOT.isdisjoint(found) else ""

    def listed(self) -> Iterator[tuple[str, Token]]:
        """Yield what is said of each path in a list of files, and the path."""
        for row in self._rows:
            if row.listing:
                for token in row.tokens(row.at, row.at + _FIRST_WORDS):
                    if _CODE in token[0]:
                        yield row.listing, token
                        break

    def tokens(self, begin: int, end: int) -> list[Token]:
        """Return the tokens with a class in `[begin, end)`."""
        found: list[Token] = []
        index = max(0, bisect_right(self._starts, begin) - 1)
        while index < len(self._rows) and self._rows[index].at < end:
            found += self._rows[index].tokens(begin, end)
            index += 1
        return found

    def row_at(self, at: int) -> Row:
        """Return the line in which place `at` of the class string stands."""
        return self._rows[max(0, bisect_right(self._starts, at) - 1)]

    def sentence(self, begin: int, end: int) -> tuple[int, int]:
        """Return where the sentence around `[begin, end)` starts and ends in the class string.

        The start is the place of the boundary before it, the end that of the boundary after.
        """
        classes = self.classes
        first = begin
        floor = max(0, begin - _LONGEST_SENTENCE)
        while first > floor and classes[first] not in _ENDS:
            first -= 1
        last = end
        ceiling = min(len(classes) - 1, end + _LONGEST_SENTENCE)
        while last < ceiling and classes[last] not in _ENDS:
            last += 1
        return first, last


def _lead(classes: str) -> int:
    """Return how many boundaries stand before the word's own classes."""
    if not classes or classes[0] not in EDGES:
        return 0
    return (len(classes) - len(classes.lstrip(EDGES))) % len(classes)


def _continues(previous: Line, line: Line) -> bool:
    """Return whether `line` goes on with the sentence that `previous` began (a wrapped line)."""
    if line.is_item or line.level or line.is_row or previous.level or previous.is_row:
        return False
    tail = previous.text.rstrip()[-1:]
    if len(previous.text) < _WRAPPED_FROM or tail in ".!?;:|":
        return False
    head = line.text[:1]
    return head.islower() or tail == "," or not (head.isalpha() or head in "*-#✅❌")
