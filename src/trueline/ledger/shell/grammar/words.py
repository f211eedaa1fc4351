"""Words of shell text: quotes, escapes and expansions, read once from left to right.

Nothing is expanded.  A part of a word that is only known at run time is kept as written, and
the word is marked as not static.  Commands inside `$(…)`, backticks and `<(…)` are read in
place by the grammar and collected in `substitutions`.
"""

from abc import ABC, abstractmethod
from typing import Final

from trueline.ledger.shell.grammar.nodes import Block
from trueline.ledger.shell.model import Word

MAX_DEPTH: Final = 32
"""Constructs nested deeper than this are not read; the stack stays far from its limit."""

BLANKS: Final = frozenset(" \t\r")
BLANKS_AND_ESCAPE: Final = BLANKS | {"\\"}
ENDS_WORD: Final = frozenset(" \t\r\n;&|<>()")
STOPS_RUN: Final = ENDS_WORD | frozenset("\\'\"$`")
STOPS_QUOTED: Final = frozenset('"\\$`')
_SHORT: Final = 64
"""Characters within which a word is first looked for as a whole."""

NAME_START: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
NAME: Final = NAME_START | frozenset("0123456789")
PARAMETERS: Final = frozenset("@*#?$!-0123456789")
ANSI_C: Final = {
    "n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v",
    "e": "\x1b", "E": "\x1b", "\\": "\\", "'": "'", '"': '"', "?": "?",
}  # fmt: skip


class Words(ABC):
    """Reads words from `text`, from `position` on, up to `end`.

    Attributes:
        text: the text that is read.
        position: where the next character stands.
        end: where the text ends.
        problems: what could not be understood, shared by all readers of one script.
        depth: how many constructs enclose the present position.
        substitutions: blocks of commands found inside the words read so far.
    """

    __slots__ = ("depth", "end", "position", "problems", "substitutions", "text")

    def __init__(self, text: str, depth: int, problems: list[str]) -> None:
        self.text = text
        self.position = 0
        self.end = len(text)
        self.problems = problems
        self.depth = depth
        self.substitutions: list[Block] = []

    @abstractmethod
    def nested(self, closer: str) -> Block:
        """Read commands from `position` to `closer` and past it."""

    @abstractmethod
    def separate(self, text: str) -> Block:
        """Read `text` as commands of its own, one level deeper."""

    def report(self, problem: str) -> None:
        """Note `problem`, at most a handful of them."""
        if len(self.problems) < 8:
            self.problems.append(problem)

    def word(self) -> tuple[Word, bool]:
        """Read one word; return it and whether any of it was quoted or escaped."""
        text, start, end = self.text, self.position, self.end
        i = text.find(" ", start, min(end, start + _SHORT))
        if i > 0 and STOPS_RUN.isdisjoint(text[start:i]):
            self.position = i
            return Word(text[start:i]), False
        i = start
        while i < end and text[i] not in STOPS_RUN:
            i += 1
        if i == end or (text[i] in ENDS_WORD and text[i] not in "<>("):
            self.position = i
            return Word(text[start:i]), False
        pieces = [text[start:i]]
        is_static, is_quoted = self._rest(i, pieces)
        return Word("".join(pieces), is_static), is_quoted

    def _rest(self, i: int, pieces: list[str]) -> tuple[bool, bool]:
        """Read what is left of a word from `i` into `pieces`; return is_static, is_quoted."""
        text, end = self.text, self.end
        is_static, is_quoted = True, False
        while i < end:
            char = text[i]
            if char == "\\":
                is_quoted = True
                if text[i + 1 : i + 2] != "\n":
                    pieces.append(text[i + 1 : i + 2])
                i += 2
            elif char == "'":
                is_quoted = True
                i = self._single_quoted(i + 1, pieces)
            elif char == '"':
                is_quoted = True
                self.position = i + 1
                is_static = self._double_quoted(pieces) and is_static
                i = self.position
            elif char in "$`":
                is_static = self._expansion(i, pieces, in_quotes=False) and is_static
                is_quoted = True
                i = self.position
            elif char in ENDS_WORD:
                if char == "(" and pieces[-1][-1:] in ("@", "*", "+", "?", "!"):
                    i = self._extended_glob(i, pieces)
                elif char in "<>" and text[i + 1 : i + 2] == "(":
                    self._substitution(i, pieces)
                    is_static, i = False, self.position
                else:
                    break
            else:
                start = i
                while i < end and text[i] not in STOPS_RUN:
                    i += 1
                pieces.append(text[start:i])
        self.position = min(i, end)
        return is_static, is_quoted

    def _single_quoted(self, start: int, pieces: list[str]) -> int:
        """Read `'…'` from behind its first quote; return where it ends."""
        close = self.text.find("'", start, self.end)
        if close < 0:
            self.report("a single quote is not closed")
            pieces.append(self.text[start : self.end])
            return self.end
        pieces.append(self.text[start:close])
        return close + 1

    def _double_quoted(self, pieces: list[str]) -> bool:
        """Read `"…"` from behind its first quote; return whether it is static."""
        is_static = self._quoted_text(pieces, '"')
        if self.position > self.end or self.text[self.position - 1 : self.position] != '"':
            self.report("a double quote is not closed")
        return is_static

    def _quoted_text(self, pieces: list[str], closer: str) -> bool:
        r"""Read text in which only `\`, `$` and backticks are special, up to `closer`."""
        text, end, i = self.text, self.end, self.position
        is_static = True
        while i < end:
            start = i
            while i < end and text[i] not in STOPS_QUOTED:
                i += 1
            if i > start:
                pieces.append(text[start:i])
            if i >= end:
                break
            char = text[i]
            if char == closer:
                self.position = i + 1
                return is_static
            if char == '"':
                pieces.append(char)
                i += 1
            elif char == "\\":
                follower = text[i + 1 : i + 2]
                if follower != "\n":
                    pieces.append(
                        follower if follower in ("$", "`", '"', "\\") else "\\" + follower
                    )
                i += 2
            else:
                is_static = self._expansion(i, pieces, in_quotes=True) and is_static
                i = self.position
        self.position = end
        if closer:
            self.position = end + 1
        return is_static

    def expansions(self) -> list[Block]:
        """Read the whole text as a heredoc's body; return the commands substituted into it."""
        self._quoted_text([], "")
        return self.substitutions

    def _expansion(self, i: int, pieces: list[str], *, in_quotes: bool) -> bool:
        """Read what `$` or a backtick at `i` begins; return whether it is static."""
        text = self.text
        if text[i] == "`":
            self._backticks(i, pieces)
            return False
        follower = text[i + 1 : i + 2]
        if follower == "(":
            if text[i + 2 : i + 3] == "(" and self._arithmetic(i + 3, pieces, i):
                return False
            self._substitution(i, pieces)
            return False
        if follower == "{":
            self._parameter(i, pieces, in_quotes=in_quotes)
            return False
        if follower in ("'", '"') and follower and not in_quotes:
            self.position = i + 2
            return self._ansi_c(pieces) if follower == "'" else self._double_quoted(pieces)
        return self._variable(i, pieces)

    def _variable(self, i: int, pieces: list[str]) -> bool:
        """Read `$name`, `$1`, or a dollar sign that stands for itself."""
        text, stop = self.text, i + 1
        if text[stop : stop + 1] in NAME_START:
            while stop < self.end and text[stop] in NAME:
                stop += 1
        elif text[stop : stop + 1] in PARAMETERS:
            stop += 1
        pieces.append(text[i:stop])
        self.position = stop
        return stop == i + 1

    def _substitution(self, i: int, pieces: list[str]) -> None:
        """Read `$(…)`, `<(…)` or `>(…)` at `i`, keeping it as written."""
        self.position = i + 2
        outer, self.substitutions = self.substitutions, []
        block = self.nested(")")
        self.substitutions = outer
        outer.append(block)
        pieces.append(self.text[i : self.position])

    def _backticks(self, i: int, pieces: list[str]) -> None:
        """Read a backtick substitution at `i`."""
        text, stop = self.text, i + 1
        while stop < self.end and text[stop] != "`":
            stop += 2 if text[stop] == "\\" else 1
        if stop >= self.end:
            self.report("a backtick is not closed")
        inner = text[i + 1 : min(stop, self.end)]
        if "\\" in inner:
            inner = inner.replace("\\`", "`").replace("\\$", "$").replace("\\\\", "\\")
        self.substitutions.append(self.separate(inner))
        self.position = min(stop + 1, self.end)
        pieces.append(text[i : self.position])

    def _arithmetic(self, i: int, pieces: list[str], start: int) -> bool:
        """Read `((…))` whose inside begins at `i`; return False where it is not arithmetic."""
        text, depth = self.text, 2
        stop = i
        while stop < self.end:
            char = text[stop]
            if char == "(":
                depth += 1
            elif char == ")":
                depth -= 1
                if depth == 0:
                    break
                if depth == 1 and text[stop + 1 : stop + 2] != ")":
                    return False
            stop += 1
        if stop >= self.end:
            self.report("(( is not closed")
        inner = text[i : stop - 1]
        if "$(" in inner or "`" in inner:
            self.substitutions.append(self.separate(': "' + inner.replace('"', "") + '"'))
        self.position = min(stop + 1, self.end)
        pieces.append(text[start : self.position])
        return True

    def _parameter(self, i: int, pieces: list[str], *, in_quotes: bool) -> None:
        """Read `${…}` at `i`, keeping it as written."""
        self.depth += 1
        text, end, stop = self.text, self.end, i + 2
        if self.depth > MAX_DEPTH:
            self.report("nested too deeply")
            stop = end
        ignored: list[str] = []
        while stop < end and text[stop] != "}":
            char = text[stop]
            if char == "\\":
                stop += 2
            elif char == "'" and not in_quotes:
                stop = self._single_quoted(stop + 1, ignored)
            elif char == '"':
                self.position = stop + 1
                self._double_quoted(ignored)
                stop = self.position
            elif char in "$`":
                self._expansion(stop, ignored, in_quotes=in_quotes)
                stop = self.position
            else:
                stop += 1
        if stop >= end:
            self.report("${ is not closed")
        self.depth -= 1
        self.position = min(stop + 1, end)
        pieces.append(text[i : self.position])

    def _ansi_c(self, pieces: list[str]) -> bool:
        """Read `$'…'` from behind its first quote."""
        text, end, i = self.text, self.end, self.position
        while i < end and text[i] != "'":
            if text[i] == "\\":
                follower = text[i + 1 : i + 2]
                pieces.append(ANSI_C.get(follower, "\\" + follower))
                i += 2
            else:
                start = i
                while i < end and text[i] not in "'\\":
                    i += 1
                pieces.append(text[start:i])
        if i >= end:
            self.report("a single quote is not closed")
        self.position = min(i + 1, end)
        return True

    def _extended_glob(self, i: int, pieces: list[str]) -> int:
        """Read the brackets of `@(…)` and the like; return where they end."""
        close = self.text.find(")", i, self.end)
        stop = self.end if close < 0 else close + 1
        if close < 0:
            self.report("( is not closed")
        pieces.append(self.text[i:stop])
        return stop
