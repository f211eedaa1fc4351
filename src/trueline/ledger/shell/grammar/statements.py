"""Statements of shell text: lists, chains, pipelines and simple commands.

A reader by recursive descent over the text itself: every character is looked at a bounded
number of times, nesting is limited, and what does not fit is reported and stepped over, so
that any text at all gives a tree in time linear in its length.

Why not a parser generator's grammar: measured on hostile text of 20 kB, the usual one took
2.3 s and 940 MB (`a|a|a|…` without an end), quadratic in the length, could not be stopped
by a budget, and read the body of a second heredoc as commands.  It is the second opinion in
the tests.

**Covers** POSIX shell and the parts of bash that scripts use.  **Does not cover** aliases,
`coproc` with a name, and `shopt`-dependent syntax.
"""

from typing import Final

from trueline.ledger.shell.grammar.compounds import OPENERS, Compounds
from trueline.ledger.shell.grammar.nodes import AndOr, Block, Node, Pipeline, Simple
from trueline.ledger.shell.grammar.words import BLANKS, ENDS_WORD, MAX_DEPTH

MAX_COMMANDS: Final = 2_000
"""Commands read from one script; the rest is reported."""

CLOSERS: Final = frozenset({"then", "else", "elif", "fi", "do", "done", "esac", "}"})
_TO_END: Final[frozenset[str]] = frozenset()


class Grammar(Compounds):
    """Reads a whole script, or the inside of a substitution.

    Attributes:
        commands: how many simple commands were read so far, over all nested readers.
    """

    __slots__ = ("commands",)

    def __init__(self, text: str, depth: int = 0, problems: list[str] | None = None) -> None:
        super().__init__(text, depth, [] if problems is None else problems)
        self.commands = 0

    def script(self) -> Block:
        """Read everything up to the end of the text."""
        return self.block(_TO_END)

    def nested(self, closer: str) -> Block:
        """Read commands from `position` to `closer` and past it."""
        block = self.block(frozenset({closer}))
        self.close(closer)
        return block

    def separate(self, text: str) -> Block:
        """Read `text` as commands of its own, one level deeper."""
        if self.depth >= MAX_DEPTH:
            self.report("nested too deeply")
            return Block()
        if self.commands > MAX_COMMANDS:
            return Block()
        inner = Grammar(text, self.depth + 1, self.problems)
        inner.commands = self.commands
        block = inner.script()
        self.commands = inner.commands
        return block

    def heredoc_substitutions(self, body: str) -> list[Block]:
        """Read the commands substituted into the body of an unquoted heredoc."""
        inner = Grammar(body, self.depth + 1, self.problems)
        inner.commands = self.commands
        found = inner.expansions() if self.depth < MAX_DEPTH else []
        self.commands = inner.commands
        return found

    def block(self, closers: frozenset[str]) -> Block:
        """Read statements until one of `closers` stands where a command could."""
        block = Block()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.report("nested too deeply")
            self.position = self.end
        while True:
            self.skip_to_command()
            if self.position >= self.end or self._stands_closer(closers):
                break
            before = self.position
            node = self._and_or()
            if node is not None:
                block.statements.append((node, self._is_background()))
            elif self.position == before:
                self.step_over()
        self.depth -= 1
        return block

    def _stands_closer(self, closers: frozenset[str]) -> bool:
        """Return whether one of `closers` stands at `position`."""
        char = self.text[self.position]
        if char == ")":
            return ")" in closers
        if char == ";":
            return "esac" in closers
        return bool(closers) and char in "tefd}" and self.peek() in closers

    def _is_background(self) -> bool:
        """Move past the `&` or `;` behind a statement; return whether it was `&`."""
        self.skip_blanks()
        char = self.text[self.position : self.position + 1]
        if char == "&":
            self.position += 1
            return True
        return False

    def _and_or(self) -> Node | None:
        """Read pipelines joined by `&&` and `||`."""
        first = self._pipeline()
        if first is None:
            return None
        items, operators = [first], list[str]()
        while True:
            self.skip_blanks()
            operator = self.text[self.position : self.position + 2]
            if operator not in ("&&", "||"):
                break
            self.position += 2
            self.skip_lines()
            node = self._pipeline()
            if node is None:
                self.report(f"nothing behind {operator!r}")
                break
            items.append(node)
            operators.append(operator)
        return AndOr(items, operators) if operators else first

    def _pipeline(self) -> Node | None:
        """Read commands joined by `|`."""
        is_negated = False
        while self.peek() == "!":
            is_negated = not is_negated
            self.position += 1
            self.skip_blanks()
        self._skip_time()
        first = self.command()
        if first is None:
            return None
        items = [first]
        while True:
            self.skip_blanks()
            if self.text[self.position : self.position + 1] != "|" or (
                self.text[self.position + 1 : self.position + 2] == "|"
            ):
                break
            self.position += 2 if self.text[self.position + 1 : self.position + 2] == "&" else 1
            self.skip_lines()
            node = self.command()
            if node is None:
                self.report("nothing behind '|'")
                break
            items.append(node)
        return Pipeline(items, is_negated) if len(items) > 1 or is_negated else first

    def _skip_time(self) -> None:
        """Skip the reserved word `time` in front of a compound command."""
        if self.text[self.position : self.position + 1] != "t" or self.peek() != "time":
            return
        start = self.position
        self.position += 4
        self.skip_blanks()
        if self.text[self.position : self.position + 1] != "(" and self.peek() not in OPENERS:
            self.position = start

    def command(self) -> Node | None:
        """Read one simple or compound command."""
        char = self.text[self.position : self.position + 1]
        if char == "(":
            return self.parenthesis()
        if char and char in "ifswuc{[":
            word = self.peek()
            if word in OPENERS:
                return self.reserved(word)
        if char and char in "tefd}" and self.peek() in CLOSERS:
            return None
        return self._simple()

    def counted(self, node: Simple) -> Simple:
        """Count `node`; stop reading where there are too many."""
        self.commands += 1
        if self.commands > MAX_COMMANDS:
            self.report(f"more than {MAX_COMMANDS} commands")
            self.position = self.end
        return node

    def _simple(self) -> Node | None:
        """Read a simple command, or the function whose name it begins with."""
        start = self.position
        node = Simple()
        outer, self.substitutions = self.substitutions, node.substitutions
        stop = start
        text, end = self.text, self.end
        while True:
            self.skip_blanks()
            i = self.position
            if i >= end:
                break
            char = text[i]
            if char in ENDS_WORD or char == "#":
                if char in "<>&" and self.redirection(node.redirects):
                    stop = self.position
                    continue
                if char in "<>" and text[i + 1 : i + 2] == "(":
                    node.words.append(self.word()[0])
                    stop = self.position
                    continue
                if char == "#":
                    self.comment()
                elif char == "(" and len(node.words) == 1:
                    self.substitutions = outer
                    return self._parentheses_behind(node, start)
                break
            if char.isdigit() and self.redirection(node.redirects):
                stop = self.position
                continue
            self.word_or_assignment(node)
            stop = self.position
        self.substitutions = outer
        if stop == start:
            return None
        node.text = text[start:stop]
        return self.counted(node)

    def _parentheses_behind(self, node: Simple, start: int) -> Node | None:
        """Read `(` behind a first word: a function's definition, or something unexpected."""
        i = self.position + 1
        while i < self.end and self.text[i] in BLANKS:
            i += 1
        if self.text[i : i + 1] == ")":
            self.position = i + 1
            return self.function(node.words[0].text)
        self.step_over()
        node.text = self.text[start : self.position]
        return self.counted(node)
