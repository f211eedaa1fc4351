"""Redirections, heredocs, assignments and arrays: what stands beside the words of a command."""

from abc import abstractmethod
from typing import Final

from trueline.ledger.shell.grammar.nodes import Block, Simple
from trueline.ledger.shell.grammar.words import ENDS_WORD, NAME, NAME_START, Words
from trueline.ledger.shell.model import Redirect, Word

OPERATORS: Final = (
    "&>>", "<<<", "<<-", "<<", "<>", "<&", ">>", ">&", ">|", "&>", "<", ">",
)  # fmt: skip
"""Longest first."""


class Redirections(Words):
    """Reads redirections; keeps the heredocs whose bodies stand behind the line."""

    __slots__ = ("_pending",)

    def __init__(self, text: str, depth: int, problems: list[str]) -> None:
        super().__init__(text, depth, problems)
        self._pending: list[tuple[list[Redirect], int, str, bool, list[Block]]] = []

    @abstractmethod
    def heredoc_substitutions(self, body: str) -> list[Block]:
        """Read the commands substituted into the body of an unquoted heredoc."""

    def plain(self, text: str) -> Word:
        """Return `text` as a static word."""
        return Word(text)

    def newline(self) -> None:
        """Move past a newline and the bodies of the heredocs begun before it."""
        self.position += 1
        if not self._pending:
            return
        pending, self._pending = self._pending, []
        for number, (redirects, index, delimiter, is_quoted, substitutions) in enumerate(pending):
            if number and self.text[self.position : self.position + 1] == "\n":
                self.position += 1
            operator = redirects[index].operator
            body = self._heredoc_body(delimiter, strips_tabs=operator.endswith("-"))
            redirects[index] = Redirect(operator=operator, target=body, is_heredoc=True)
            # A quoted delimiter takes the body as it stands.
            if not is_quoted and ("$(" in body or "`" in body):
                substitutions.extend(self.heredoc_substitutions(body))

    def _heredoc_body(self, delimiter: str, *, strips_tabs: bool) -> str:
        """Read lines up to the one that is `delimiter`; return them."""
        text, start = self.text, self.position
        lines: list[str] = []
        while start < self.end:
            stop = text.find("\n", start, self.end)
            stop = self.end if stop < 0 else stop
            line = text[start:stop]
            if strips_tabs:
                line = line.lstrip("\t")
            start = stop + 1
            if line == delimiter or (line.endswith("\r") and line[:-1] == delimiter):
                # The newline behind the delimiter stays, to end the statement before it.
                self.position = min(stop, self.end)
                break
            lines.append(line)
        else:
            self.report(f"the heredoc {delimiter!r} is not closed")
            self.position = self.end
        return "\n".join(lines) + "\n" if lines else ""

    def redirection(self, redirects: list[Redirect]) -> bool:
        """Read a redirection at `position` into `redirects`; return whether there is one."""
        text, start = self.text, self.position
        i = start
        while i < self.end and i < start + 4 and text[i].isdigit():
            i += 1
        if text[i : i + 1] not in ("<", ">", "&") or text[i : i + 1] == "":
            return False
        if text[i : i + 2] in ("<(", ">(") or (i > start and text[i] == "&"):
            return False
        sign = next((sign for sign in OPERATORS if text.startswith(sign, i)), "")
        if not sign:
            return False
        self.position = i + len(sign)
        operator = text[start : self.position]
        while text[self.position : self.position + 1] in (" ", "\t"):
            self.position += 1
        word, is_quoted = self._target()
        redirects.append(Redirect(operator=operator, target=word.text))
        if sign in ("<<", "<<-"):
            index = len(redirects) - 1
            self._pending.append((redirects, index, word.text, is_quoted, self.substitutions))
            redirects[index] = Redirect(operator=operator, target="", is_heredoc=True)
        return True

    def _target(self) -> tuple[Word, bool]:
        """Read the word behind a redirection's operator."""
        char = self.text[self.position : self.position + 1]
        is_substitution = self.text[self.position : self.position + 2] in ("<(", ">(")
        if not char or (char in ENDS_WORD and not is_substitution):
            self.report("a redirection has no target")
            return Word(""), False
        return self.word()

    def arithmetic_command(self, node: Simple) -> bool:
        """Read `((…))` at `position` into `node`; return False where it is not arithmetic."""
        if not self._arithmetic(self.position + 2, [], self.position):
            return False
        node.words.append(self.plain("(("))
        return True

    def word_or_assignment(self, node: Simple) -> None:
        """Read a word into `node`, as an assignment where it is one in front of the program."""
        start = self.position
        name_end = self._assigned_name() if not node.words else -1
        if name_end < 0:
            word, _ = self.word()
            if self.position == start:  # nothing that a word can begin with
                self.report(f"unexpected {self.text[start]!r}")
                self.position += 1
                return
            if word.text.endswith("=") and self._is_array_behind(node):
                self._array()
                word = Word(self.text[start : self.position], is_static=False)
            node.words.append(word)
            return
        self.position = name_end
        name = self.text[start:name_end].rstrip("+=")
        if self.text[name_end : name_end + 1] == "(":
            self._array()
            node.assignments.append((name, self.text[name_end : self.position]))
            return
        value, _ = self.word()
        node.assignments.append((name, value.text))

    def _is_array_behind(self, node: Simple) -> bool:
        """Return whether `(` behind a word is an array in a declaration."""
        if self.text[self.position : self.position + 1] != "(" or not node.words:
            return False
        return node.words[0].text in ("declare", "local", "export", "readonly", "typeset")

    def _assigned_name(self) -> int:
        """Return where the value begins when an assignment stands at `position`, else -1."""
        text, i = self.text, self.position
        if text[i] not in NAME_START:
            return -1
        while i < self.end and text[i] in NAME:
            i += 1
        if text[i : i + 1] == "[":
            close = text.find("]", i, min(self.end, i + 256))
            i = close + 1 if close > 0 else i
        if text[i : i + 2] == "+=":
            return i + 2
        return i + 1 if text[i : i + 1] == "=" else -1

    def _array(self) -> None:
        """Read `(…)` behind an assignment's sign."""
        self.position += 1
        while self.position < self.end:
            char = self.text[self.position]
            if char == ")":
                self.position += 1
                return
            if char == "\n":
                self.newline()
            elif char == "#":
                stop = self.text.find("\n", self.position, self.end)
                self.position = self.end if stop < 0 else stop
            elif char in ENDS_WORD:
                self.position += 1
            else:
                self.word()
        self.report("an array is not closed")
