"""Compound commands: conditions, loops, cases, groups, tests and functions."""

from abc import abstractmethod
from typing import Final

from trueline.ledger.shell.grammar.nodes import (
    Block,
    Case,
    Compound,
    Function,
    Group,
    If,
    Loop,
    Node,
    Simple,
)
from trueline.ledger.shell.grammar.redirections import Redirections
from trueline.ledger.shell.grammar.words import (
    BLANKS,
    BLANKS_AND_ESCAPE,
    ENDS_WORD,
    MAX_DEPTH,
    STOPS_RUN,
)

MAX_STRAYS: Final = 200
"""Words that fit nowhere, after which the text is taken not to be shell."""

OPENERS: Final = frozenset({"if", "for", "select", "while", "until", "case", "{", "[[", "function"})


class Compounds(Redirections):
    """Reads the commands that hold other commands.

    Attributes:
        strays: how many words fitted nowhere.
    """

    __slots__ = ("strays",)

    def __init__(self, text: str, depth: int, problems: list[str]) -> None:
        super().__init__(text, depth, problems)
        self.strays = 0

    @abstractmethod
    def block(self, closers: frozenset[str]) -> Block:
        """Read statements until one of `closers` stands where a command could."""

    @abstractmethod
    def command(self) -> Node | None:
        """Read one simple or compound command."""

    @abstractmethod
    def counted(self, node: Simple) -> Simple:
        """Count `node`; stop reading where there are too many."""

    def skip_to_command(self) -> None:
        """Skip blanks, newlines, comments and single semicolons."""
        text, end = self.text, self.end
        while self.position < end:
            char = text[self.position]
            if char == "\n":
                self.newline()
            elif char in BLANKS:
                self.position += 1
            elif char == "#":
                self.comment()
            elif char == ";" and text[self.position + 1 : self.position + 2] not in (";", "&"):
                self.position += 1
            elif char == "\\" and text[self.position + 1 : self.position + 2] == "\n":
                self.position += 2
            else:
                break

    def comment(self) -> None:
        """Skip to the end of the line."""
        stop = self.text.find("\n", self.position, self.end)
        self.position = self.end if stop < 0 else stop

    def peek(self) -> str:
        """Return the plain word at `position`, empty where what stands there is not plain."""
        text, i, end = self.text, self.position, self.end
        limit = min(end, i + 9)
        while i < limit and text[i] not in STOPS_RUN:
            i += 1
        if i < end and text[i] not in ENDS_WORD:
            return ""
        return text[self.position : i]

    def step_over(self) -> None:
        """Report what stands at `position` and move past it."""
        word = self.peek() or self.text[self.position]
        self.report(f"unexpected {word!r}")
        self.position += len(word)
        self.strays += 1
        if self.strays > MAX_STRAYS:
            self.position = self.end

    def close(self, closer: str) -> bool:
        """Move past `closer`; report its absence."""
        if self.text.startswith(closer, self.position):
            self.position += len(closer)
            return True
        self.report(f"{closer!r} is missing")
        return False

    def skip_blanks(self) -> None:
        """Skip blanks and escaped newlines."""
        text, end, i = self.text, self.end, self.position
        if i >= end or text[i] not in BLANKS_AND_ESCAPE:
            return
        while i < end:
            if text[i] in BLANKS:
                i += 1
            elif text[i] == "\\" and text[i + 1 : i + 2] == "\n":
                i += 2
            else:
                break
        self.position = min(i, end)

    def skip_lines(self) -> None:
        """Skip blanks, newlines and comments behind an operator."""
        while True:
            self.skip_blanks()
            char = self.text[self.position : self.position + 1]
            if char == "\n":
                self.newline()
            elif char == "#":
                self.comment()
            else:
                return

    def parenthesis(self) -> Node:
        """Read `(…)` or `((…))`."""
        if self.text.startswith("((", self.position):
            node, start = Simple(), self.position
            outer, self.substitutions = self.substitutions, node.substitutions
            is_arithmetic = self.arithmetic_command(node)
            self.substitutions = outer
            if is_arithmetic:
                node.text = self.text[start : self.position]
                return self.counted(node)
            self.position = start
        self.position += 1
        return self._redirected(Group(self.nested(")"), is_subshell=True))

    def reserved(self, word: str) -> Node | None:
        """Read the compound command that the reserved `word` at `position` begins."""
        start = self.position
        self.position += len(word)
        if word == "[[":
            return self._test(start)
        if word == "function":
            return self._function_keyword()
        if word == "{":
            return self._redirected(Group(self.nested("}"), is_subshell=False))
        if word == "if":
            return self._redirected(self._if())
        if word == "case":
            return self._redirected(self._case())
        return self._redirected(self._loop(word))

    def _redirected(self, node: Compound) -> Compound:
        """Read the redirections behind a compound command into it."""
        outer, self.substitutions = self.substitutions, node.substitutions
        while True:
            self.skip_blanks()
            if not self.redirection(node.redirects):
                break
        self.substitutions = outer
        return node

    def _if(self) -> If:
        """Read an `if` from behind the word."""
        branches: list[tuple[Block, Block]] = []
        ends = frozenset({"elif", "else", "fi"})
        while True:
            condition = self.nested("then")
            body = self.block(ends)
            branches.append((condition, body))
            if not self.text.startswith("elif", self.position):
                break
            self.position += 4
        otherwise = None
        if self.text.startswith("else", self.position):
            self.position += 4
            otherwise = self.block(frozenset({"fi"}))
        self.close("fi")
        return If(branches, otherwise)

    def _loop(self, word: str) -> Loop:
        """Read a loop from behind its first word."""
        substitutions: list[Block] = []
        condition = None
        if word in ("while", "until"):
            condition = self.nested("do")
        else:
            outer, self.substitutions = self.substitutions, substitutions
            self._loop_header()
            self.substitutions = outer
            self.skip_to_command()
            self.close("do")
        return Loop(condition, self.nested("done"), substitutions=substitutions)

    def _loop_header(self) -> None:
        """Read `NAME in WORDS` or `((…))` behind `for`."""
        self.skip_blanks()
        if self.text.startswith("((", self.position):
            self.arithmetic_command(Simple())
            return
        while True:
            self.skip_blanks()
            char = self.text[self.position : self.position + 1]
            if char in ("", "\n", ";", "#") or self.peek() == "do":
                return
            before = self.position
            self.word()
            if self.position == before:
                self.step_over()

    def _case(self) -> Case:
        """Read a `case` from behind the word."""
        node = Case([])
        outer, self.substitutions = self.substitutions, node.substitutions
        self.skip_blanks()
        self.word()
        self.skip_lines()
        self.close("in")
        ends = frozenset({"esac"})
        while True:
            self.skip_to_command()
            if self.position >= self.end or self.peek() == "esac":
                break
            if not self._pattern():
                break
            node.bodies.append(self.block(ends))
            if self.text.startswith(";", self.position):
                self.position += 3 if self.text.startswith(";;&", self.position) else 2
        self.substitutions = outer
        self.close("esac")
        return node

    def _pattern(self) -> bool:
        """Read the patterns of one case item and the `)` behind them."""
        if self.text[self.position] == "(":
            self.position += 1
        while self.position < self.end:
            self.skip_blanks()
            char = self.text[self.position : self.position + 1]
            if char == ")":
                self.position += 1
                return True
            if char == "|":
                self.position += 1
                continue
            before = self.position
            self.word()
            if self.position == before:
                break
        self.report("a case pattern has no ')'")
        return False

    def _test(self, start: int) -> Simple:
        """Read `[[ … ]]` from behind its first brackets, as one command without arguments."""
        node = Simple()
        outer, self.substitutions = self.substitutions, node.substitutions
        while self.position < self.end:
            char = self.text[self.position]
            if char == "\n":
                self.newline()
            elif char in ENDS_WORD:
                self.position += 1
            else:
                word, is_quoted = self.word()
                if word.text == "]]" and not is_quoted:
                    break
                node.words.append(word)
        else:
            self.report("']]' is missing")
        self.substitutions = outer
        node.words.insert(0, self.plain("[["))
        node.text = self.text[start : self.position]
        self._take_redirects(node)
        return self.counted(node)

    def _take_redirects(self, node: Simple) -> None:
        """Read the redirections behind a test into it."""
        self.skip_blanks()
        while self.redirection(node.redirects):
            self.skip_blanks()

    def _function_keyword(self) -> Node | None:
        """Read `NAME [()] BODY` behind the word `function`."""
        self.skip_blanks()
        name, _ = self.word()
        self.skip_blanks()
        if self.text.startswith("()", self.position):
            self.position += 2
        return self.function(name.text)

    def function(self, name: str) -> Node | None:
        """Read the body of the function `name`."""
        self.skip_lines()
        self.depth += 1
        body = self.command() if self.depth <= MAX_DEPTH else None
        self.depth -= 1
        if body is None:
            self.report(f"the function {name!r} has no body")
            return None
        return Function(name, body)
