"""Statements of shell text: lists, pipelines, compounds, redirections and heredocs.

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

from trueline.ledger.shell.grammar.nodes import (
    AndOr,
    Block,
    Case,
    Compound,
    Function,
    Group,
    If,
    Loop,
    Node,
    Pipeline,
    Simple,
)
from trueline.ledger.shell.grammar.redirections import Redirections
from trueline.ledger.shell.grammar.words import BLANKS, ENDS_WORD, MAX_DEPTH, STOPS_RUN

MAX_COMMANDS: Final = 2_000
"""Commands read from one script; the rest is reported."""

MAX_STRAYS: Final = 200
"""Words that fit nowhere, after which the text is taken not to be shell."""

OPENERS: Final = frozenset(
    {"if", "for", "select", "while", "until", "case", "{", "[[", "function"}
)  # fmt: skip
CLOSERS: Final = frozenset({"then", "else", "elif", "fi", "do", "done", "esac", "}"})
_TO_END: Final[frozenset[str]] = frozenset()


class Grammar(Redirections):
    """Reads a whole script, or the inside of a substitution.

    Attributes:
        commands: how many simple commands were read so far, over all nested readers.
        strays: how many words fitted nowhere.
    """

    __slots__ = ("commands", "strays")

    def __init__(self, text: str, depth: int = 0, problems: list[str] | None = None) -> None:
        super().__init__(text, depth, [] if problems is None else problems)
        self.commands = 0
        self.strays = 0

    def script(self) -> Block:
        """Read everything up to the end of the text."""
        return self._block(_TO_END)

    def nested(self, closer: str) -> Block:
        """Read commands from `position` to `closer` and past it."""
        block = self._block(frozenset({closer}))
        self._close(closer)
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

    def _block(self, closers: frozenset[str]) -> Block:
        """Read statements until one of `closers` stands where a command could."""
        block = Block()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.report("nested too deeply")
            self.position = self.end
        while True:
            self._skip_to_command()
            if self.position >= self.end or self._stands_closer(closers):
                break
            before = self.position
            node = self._and_or()
            if node is not None:
                block.statements.append((node, self._is_background()))
            elif self.position == before:
                self._step_over()
        self.depth -= 1
        return block

    def _skip_to_command(self) -> None:
        """Skip blanks, newlines, comments and single semicolons."""
        text, end = self.text, self.end
        while self.position < end:
            char = text[self.position]
            if char == "\n":
                self.newline()
            elif char in BLANKS:
                self.position += 1
            elif char == "#":
                self._comment()
            elif char == ";" and text[self.position + 1 : self.position + 2] not in (";", "&"):
                self.position += 1
            elif char == "\\" and text[self.position + 1 : self.position + 2] == "\n":
                self.position += 2
            else:
                break

    def _comment(self) -> None:
        """Skip to the end of the line."""
        stop = self.text.find("\n", self.position, self.end)
        self.position = self.end if stop < 0 else stop

    def _peek(self) -> str:
        """Return the plain word at `position`, empty where what stands there is not plain."""
        text, i, end = self.text, self.position, self.end
        limit = min(end, i + 9)
        while i < limit and text[i] not in STOPS_RUN:
            i += 1
        if i < end and text[i] not in ENDS_WORD:
            return ""
        return text[self.position : i]

    def _stands_closer(self, closers: frozenset[str]) -> bool:
        """Return whether one of `closers` stands at `position`."""
        char = self.text[self.position]
        if char == ")":
            return ")" in closers
        if char == ";":
            return "esac" in closers
        return bool(closers) and char in "tefd}" and self._peek() in closers

    def _step_over(self) -> None:
        """Report what stands at `position` and move past it."""
        word = self._peek() or self.text[self.position]
        self.report(f"unexpected {word!r}")
        self.position += len(word)
        self.strays += 1
        if self.strays > MAX_STRAYS:
            self.position = self.end

    def _close(self, closer: str) -> bool:
        """Move past `closer`; report its absence."""
        if self.text.startswith(closer, self.position):
            self.position += len(closer)
            return True
        self.report(f"{closer!r} is missing")
        return False

    def _is_background(self) -> bool:
        """Move past the `&` or `;` behind a statement; return whether it was `&`."""
        self._skip_blanks()
        char = self.text[self.position : self.position + 1]
        if char == "&":
            self.position += 1
            return True
        return False

    def _skip_blanks(self) -> None:
        """Skip blanks and escaped newlines."""
        text, end, i = self.text, self.end, self.position
        while i < end:
            if text[i] in BLANKS:
                i += 1
            elif text[i] == "\\" and text[i + 1 : i + 2] == "\n":
                i += 2
            else:
                break
        self.position = min(i, end)

    def _skip_lines(self) -> None:
        """Skip blanks, newlines and comments behind an operator."""
        while True:
            self._skip_blanks()
            char = self.text[self.position : self.position + 1]
            if char == "\n":
                self.newline()
            elif char == "#":
                self._comment()
            else:
                return

    def _and_or(self) -> Node | None:
        """Read pipelines joined by `&&` and `||`."""
        first = self._pipeline()
        if first is None:
            return None
        items, operators = [first], list[str]()
        while True:
            self._skip_blanks()
            operator = self.text[self.position : self.position + 2]
            if operator not in ("&&", "||"):
                break
            self.position += 2
            self._skip_lines()
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
        while self._peek() == "!":
            is_negated = not is_negated
            self.position += 1
            self._skip_blanks()
        self._skip_time()
        first = self._command()
        if first is None:
            return None
        items = [first]
        while True:
            self._skip_blanks()
            if self.text[self.position : self.position + 1] != "|" or (
                self.text[self.position + 1 : self.position + 2] == "|"
            ):
                break
            self.position += 2 if self.text[self.position + 1 : self.position + 2] == "&" else 1
            self._skip_lines()
            node = self._command()
            if node is None:
                self.report("nothing behind '|'")
                break
            items.append(node)
        return Pipeline(items, is_negated) if len(items) > 1 or is_negated else first

    def _skip_time(self) -> None:
        """Skip the reserved word `time` in front of a compound command."""
        if self.text[self.position : self.position + 1] != "t" or self._peek() != "time":
            return
        start = self.position
        self.position += 4
        self._skip_blanks()
        if self.text[self.position : self.position + 1] != "(" and self._peek() not in OPENERS:
            self.position = start

    def _command(self) -> Node | None:
        """Read one simple or compound command."""
        char = self.text[self.position : self.position + 1]
        if char == "(":
            return self._parenthesis()
        if char and char in "ifswuc{[":
            word = self._peek()
            if word in OPENERS:
                return self._reserved(word)
        if char and char in "tefd}" and self._peek() in CLOSERS:
            return None
        return self._simple()

    def _parenthesis(self) -> Node:
        """Read `(…)` or `((…))`."""
        if self.text.startswith("((", self.position):
            node, start = Simple(), self.position
            outer, self.substitutions = self.substitutions, node.substitutions
            is_arithmetic = self.arithmetic_command(node)
            self.substitutions = outer
            if is_arithmetic:
                node.text = self.text[start : self.position]
                return self._counted(node)
            self.position = start
        self.position += 1
        return self._redirected(Group(self.nested(")"), is_subshell=True))

    def _reserved(self, word: str) -> Node | None:
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
            self._skip_blanks()
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
            body = self._block(ends)
            branches.append((condition, body))
            if not self.text.startswith("elif", self.position):
                break
            self.position += 4
        otherwise = None
        if self.text.startswith("else", self.position):
            self.position += 4
            otherwise = self._block(frozenset({"fi"}))
        self._close("fi")
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
            self._skip_to_command()
            self._close("do")
        return Loop(condition, self.nested("done"), substitutions=substitutions)

    def _loop_header(self) -> None:
        """Read `NAME in WORDS` or `((…))` behind `for`."""
        self._skip_blanks()
        if self.text.startswith("((", self.position):
            self.arithmetic_command(Simple())
            return
        while True:
            self._skip_blanks()
            char = self.text[self.position : self.position + 1]
            if char in ("", "\n", ";", "#") or self._peek() == "do":
                return
            before = self.position
            self.word()
            if self.position == before:
                self._step_over()

    def _case(self) -> Case:
        """Read a `case` from behind the word."""
        node = Case([])
        outer, self.substitutions = self.substitutions, node.substitutions
        self._skip_blanks()
        self.word()
        self._skip_lines()
        self._close("in")
        ends = frozenset({"esac"})
        while True:
            self._skip_to_command()
            if self.position >= self.end or self._peek() == "esac":
                break
            if not self._pattern():
                break
            node.bodies.append(self._block(ends))
            if self.text.startswith(";", self.position):
                self.position += 3 if self.text.startswith(";;&", self.position) else 2
        self.substitutions = outer
        self._close("esac")
        return node

    def _pattern(self) -> bool:
        """Read the patterns of one case item and the `)` behind them."""
        if self.text[self.position] == "(":
            self.position += 1
        while self.position < self.end:
            self._skip_blanks()
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
        return self._counted(node)

    def _take_redirects(self, node: Simple) -> None:
        """Read the redirections behind a test into it."""
        self._skip_blanks()
        while self.redirection(node.redirects):
            self._skip_blanks()

    def _function_keyword(self) -> Node | None:
        """Read `NAME [()] BODY` behind the word `function`."""
        self._skip_blanks()
        name, _ = self.word()
        self._skip_blanks()
        if self.text.startswith("()", self.position):
            self.position += 2
        return self._function(name.text)

    def _function(self, name: str) -> Node | None:
        """Read the body of the function `name`."""
        self._skip_lines()
        self.depth += 1
        body = self._command() if self.depth <= MAX_DEPTH else None
        self.depth -= 1
        if body is None:
            self.report(f"the function {name!r} has no body")
            return None
        return Function(name, body)

    def _counted(self, node: Simple) -> Simple:
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
            self._skip_blanks()
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
                    self._comment()
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
        return self._counted(node)

    def _parentheses_behind(self, node: Simple, start: int) -> Node | None:
        """Read `(` behind a first word: a function's definition, or something unexpected."""
        i = self.position + 1
        while i < self.end and self.text[i] in BLANKS:
            i += 1
        if self.text[i : i + 1] == ")":
            self.position = i + 1
            return self._function(node.words[0].text)
        self._step_over()
        node.text = self.text[start : self.position]
        return self._counted(node)
