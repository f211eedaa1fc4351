"""Find the assertions, cases, skips and early exits in a piece of test code, line by line.

Code that follows a bare `return` at the same depth of a test never runs, and what is
commented out is not there: neither counts as an assertion.
"""

from functools import lru_cache
from typing import Final

from trueline.monitors.goal_gaming.suite.checks import MAX_CHARS, Assert, Mark, Piece
from trueline.monitors.goal_gaming.suite.dead import dead_lines
from trueline.monitors.goal_gaming.suite.lexical import read_call, read_condition
from trueline.monitors.goal_gaming.suite.python import read_statement
from trueline.monitors.goal_gaming.tables import any_of, named

_MAX_STATEMENT: Final = 4_000
_COMMENT_MARKS: Final = ("#", "//", "*", "/*", "--", "<!--")
_MARKED_LANGUAGES: Final = frozenset({"java", "rust", "csharp"})
_PREFIXED: Final = frozenset({"php", "javascript"})
"""Languages in which a plain function is a test by its name alone, if at all."""

_LOOK_BACK: Final = 12
"""Lines looked back over for the `try` of a `catch`."""


@lru_cache(maxsize=32)
def scan(text: str, language: str) -> Piece:
    """Return what `text`, code of `language`, pins down."""
    return _Scan(text[:MAX_CHARS].split("\n"), language).piece()


def _depth(line: str) -> int:
    """Return how far a line is indented."""
    return len(line) - len(line.lstrip())


class _Scan:
    """One pass over the lines of a piece.

    Attributes:
        owner: the test case that the line stands in, as far as the piece shows.
        dead: depth from which code can't be reached, -1 if all can.
    """

    def __init__(self, lines: list[str], language: str) -> None:
        self.lines = lines
        self.language = language
        self.is_python = language == "python"
        heads = f"scan.heads.{language}" if language in ("python", "shell") else "scan.heads"
        self.head = named(heads)
        self.marked: list[tuple[str, str]] = []
        self.functions: list[tuple[str, str]] = []
        self._mark = ""
        self.asserts: list[Assert] = []
        self.cases: list[tuple[str, str]] = []
        self.skips: list[Mark] = []
        self.exits: list[Mark] = []
        self.owner, self.owner_depth, self.dead = "", -1, -1
        self._waiting: list[int] = []
        # where it is worth looking closer: most lines hold nothing of all this
        bare = [line.strip() for line in lines]
        self._at_cases = frozenset(named("scan.cases").may_hold(lines))
        self._at_skips = frozenset(any_of("skip_marks").may_hold(lines))
        self._at_exits = frozenset(named("scan.exit").may_start(lines))
        self._at_functions = frozenset(named("scan.functions").may_start(bare))
        self._at_catches = frozenset(named("scan.catch").may_start(bare))
        self._at_never = frozenset(named("scan.never").may_start(bare))

    def piece(self) -> Piece:
        """Return everything found."""
        until = 0
        dead = dead_lines(self.lines, self.language)
        heads = set(self.head.may_hold(self.lines))
        for number, line in enumerate(self.lines):
            text = line.strip()
            if not text or number in dead:
                continue
            if text.startswith(_COMMENT_MARKS) and not text.startswith("#["):
                self._switch(text)
                continue
            depth = _depth(line)
            self._leave(depth, text)
            self._enter(number, line, text, depth)
            self._stop(number, line, text, depth)
            is_reachable = self.dead < 0 or depth < self.dead
            is_head = number in heads and number >= until
            if is_reachable and is_head and self.head.search(line) is not None:
                until = self._assertion(number)
        return Piece(
            asserts=tuple(self.asserts),
            cases=tuple(self.cases),
            skips=tuple(self.skips),
            exits=tuple(self.exits),
            marked=tuple(self.marked),
            functions=tuple(self.functions),
        )

    def _leave(self, depth: int, text: str) -> None:
        """Close what a line of this depth ends."""
        if depth < self.dead:
            self.dead = -1
        if depth <= self.owner_depth and text[0] not in ")}]":
            self.owner, self.owner_depth = "", -1

    def _enter(self, number: int, line: str, text: str, depth: int) -> None:
        """Open a test case, and give it the skip marks written above it."""
        if self.language in _MARKED_LANGUAGES and named("scan.marks").search(text) is not None:
            self._mark = text
        run = named("scan.runs").match(text) if self.language == "c" else None
        if run is not None:
            self.marked.append((str(run.group(1)), text))
        found = named("scan.cases").search(line) if number in self._at_cases else None
        name = next((group for group in found.groups() if group), "") if found is not None else ""
        is_helper = self.language in _PREFIXED and text.find("function") >= 0 and not self._mark
        if found is None or (is_helper and not name.lower().startswith("test")):
            if number in self._at_functions:
                self._define(text)
            return
        self.owner = name
        self.owner_depth, self.dead = depth, -1
        self.cases.append((self.owner, text))
        if self._mark:
            self.marked.append((self.owner, text))
            self._mark = ""
        for index in self._waiting:
            mark = self.skips[index]
            self.skips[index] = Mark(mark.key, mark.quote, self.owner, mark.is_conditional)
        self._waiting = []

    def _define(self, text: str) -> None:
        """Note a function that is no test case."""
        found = named("scan.functions").match(text)
        if found is not None:
            self.functions.append((str(found.group(1)), text))

    def _switch(self, text: str) -> None:
        """Note a comment that takes the whole file out of the build, or checks out of the file."""
        if named("scan.switches").match(text) is not None:
            self.skips.append(Mark(" ".join(text.split()), text))

    def _swallows(self, number: int, text: str, depth: int) -> bool:
        """Return whether a line drops the failure of an assertion in the `try` above it."""
        follows = next((x.strip() for x in self.lines[number + 1 : number + 4] if x.strip()), "")
        found = named("scan.catch").match(text)
        if (
            found is None
            or named("scan.dropped").match(f"{found.group(1) or ''}\n{follows}") is None
        ):
            return False
        above = self.lines[max(0, number - _LOOK_BACK) : number]
        start = next((i for i in range(len(above) - 1, -1, -1)
                      if named("scan.try").match(above[i].strip()) is not None
                      and _depth(above[i]) <= depth), None)  # fmt: skip
        return start is not None and any(self.head.search(x) for x in above[start:])

    def _stop(self, number: int, line: str, text: str, depth: int) -> None:
        """Note a skip mark or an early exit."""
        is_marked = number in self._at_skips and any_of("skip_marks").search(line) is not None
        if is_marked or (number in self._at_catches and self._swallows(number, text, depth)):
            is_conditional = any_of("conditional_skip_marks").search(line) is not None
            self.skips.append(Mark(" ".join(text.split()), text, self.owner, is_conditional))
            if not self.owner:
                self._waiting.append(len(self.skips) - 1)
        elif self.dead < 0 and number in self._at_exits and self._is_exit(number, line, depth):
            self.exits.append(Mark(f"{self.owner}: {text}", text, self.owner))
            self.dead = depth
        elif (
            self.dead < 0
            and number in self._at_never
            and named("scan.never").match(text) is not None
        ):
            self.dead = depth + 1

    def _is_exit(self, number: int, line: str, depth: int) -> bool:
        """Return whether a line leaves a block whose rest stands at the same depth."""
        if named("scan.exit").match(line) is None:
            return False
        return self._depth_after(number) in (None, depth)

    def _depth_after(self, number: int) -> int | None:
        """Return the depth of the next line of code, None at the end of the piece."""
        for line in self.lines[number + 1 : number + 21]:
            if line.strip():
                return _depth(line)
        return None

    def _assertion(self, number: int) -> int:
        """Read the assertion that starts on a line; return the number of the line after it."""
        statement, after = self._gather(number)
        if self.is_python:
            self.asserts += read_statement(statement, self.owner)
        elif self.language == "shell":
            self.asserts += read_condition(statement, self.owner)
        else:
            condition = self._condition_above(number) if self.language == "go" else ""
            self.asserts += read_call(statement, self.owner, condition)
        return after

    def _condition_above(self, number: int) -> str:
        """Return the condition under which the statement on a line reports a failure."""
        above = self.lines[number - 1].strip() if number else ""
        return above if above.startswith(("if ", "} else if ")) and above.endswith("{") else ""

    def _gather(self, start: int) -> tuple[str, int]:
        """Return the statement that starts on line `start` and the number of the line after it."""
        parts: list[str] = []
        size = depth = 0
        for number in range(start, min(len(self.lines), start + 60)):
            line = self.lines[number]
            parts.append(line)
            size += len(line)
            depth += sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))
            following = self.lines[number + 1].lstrip() if number + 1 < len(self.lines) else ""
            is_open = depth > 0 or line.rstrip().endswith("\\") or following.startswith(".")
            if not is_open or size > _MAX_STATEMENT:
                return "\n".join(parts), number + 1
        return "\n".join(parts), start + len(parts)
