"""A message as classes: its prose lines side by side, and the way back to characters."""

from bisect import bisect_right
from typing import Final

from msgspec import Struct

from trueline.ledger.assertions.classes import EDGES, SENTENCE_ENDS, chars
from trueline.ledger.assertions.markdown import Line, prose_lines
from trueline.ledger.assertions.sections import Sections
from trueline.ledger.assertions.words import Lexicon

_HOT: Final = chars(
    "RAN", "CHECKED", "READ", "CREATED", "CHANGED", "DELETED", "REVERTED", "COMMITTED", "PUSHED",
    "DEPLOYED", "INSTALLED", "SENT", "PAID", "BOOKED", "NOTIFIED", "FIXED", "DONE", "PASS", "FAIL",
    "CLEAN", "ISSUE", "FAILURE", "FRACTION", "UNCHANGED", "TOUCH", "TOUCHING", "MEASURE", "TAKES",
    "YES", "COMPILES", "COMPLETE", "MADE", "RUN", "READS", "SETS", "SUCCESS",
)  # fmt: skip
"""A line without any of these asserts nothing."""

_WRAPPED_FROM: Final = 40
_LONGEST_SENTENCE: Final = 300
_ENDS: Final = frozenset(SENTENCE_ENDS)


class Token(Struct, frozen=True):
    """One word: its classes and where it stands in the message."""

    classes: str
    start: int
    end: int

    @property
    def lead(self) -> int:
        """How many classes of boundaries stand before the word's own."""
        return len(self.classes) - len(self.classes.lstrip(EDGES)) if len(self.classes) > 1 else 0


class Row:
    """One line within the class string.

    Attributes:
        at: where its first class stands in the class string.
        line: the line.
    """

    __slots__ = ("_classes", "_tokens", "_words", "at", "line")

    def __init__(self, at: int, line: Line, words: list[str], classes: list[str]) -> None:
        self.at = at
        self.line = line
        self._words = words
        self._classes = classes
        self._tokens: list[tuple[int, Token]] | None = None

    def tokens(self) -> list[tuple[int, Token]]:
        """Return each token with the place of its first class in the class string."""
        if self._tokens is None:
            found: list[tuple[int, Token]] = []
            at, position, text = self.at, 0, self.line.text
            for word, classes in zip(self._words, self._classes, strict=True):
                position = text.find(word, position)
                start = self.line.start + position
                position += len(word)
                found.append((at, Token(classes, start, self.line.start + position)))
                at += len(classes)
            self._tokens = found
        return self._tokens


class Clauses:
    """The prose of a message as one class string.

    Attributes:
        text: the message.
        classes: the class string; lines stand between line ends.
    """

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self._rows: list[Row] = []
        self._starts: list[int] = []
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
            words = line.text.split()
            classes = lexicon.classes(words)
            joined = "".join(classes)
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
            self._rows.append(Row(at, line, words, classes))
            parts.append(joined + "\n")
            at += len(joined) + 1
        found = "".join(parts)
        return found if not _HOT.isdisjoint(found) else ""

    def tokens(self, begin: int, end: int) -> list[Token]:
        """Return the tokens with a class in `[begin, end)`."""
        found: list[Token] = []
        index = max(0, bisect_right(self._starts, begin) - 1)
        while index < len(self._rows) and self._rows[index].at < end:
            found += [
                token
                for at, token in self._rows[index].tokens()
                if (at + token.lead < end and at + len(token.classes) > begin)
                or (not token.classes and begin < at <= end)
            ]
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


def _continues(previous: Line, line: Line) -> bool:
    """Return whether `line` goes on with the sentence that `previous` began (a wrapped line)."""
    if line.is_item or line.level or line.is_row or previous.level or previous.is_row:
        return False
    tail = previous.text.rstrip()[-1:]
    if len(previous.text) < _WRAPPED_FROM or tail in ".!?;:|":
        return False
    head = line.text[:1]
    return head.islower() or tail == "," or not (head.isalpha() or head in "*-#✅❌")
