"""Find the assertions, cases, skips and early exits in a piece of test code, line by line.

Code that follows a bare `return` at the same depth of a test never runs, and what is
commented out is not there: neither counts as an assertion.
"""

from functools import cache, lru_cache
from typing import Final

from msgspec import Struct

from trueline.core.patterns import Pattern, pattern
from trueline.monitors.goal_gaming.suite.checks import MAX_CHARS, Assert, Mark, Piece
from trueline.monitors.goal_gaming.suite.lexical import read_call
from trueline.monitors.goal_gaming.suite.python import read_statement
from trueline.monitors.goal_gaming.tables import tables

_MAX_STATEMENT: Final = 4_000

_HEADS: Final = {
    "python": r"^\s*(?:assert\b|(?:self|cls)\.(?:assert\w+|fail)\(|with\s+(?:\w+\.)*(?:raises|assertRaises\w*|warns)\(|(?:\w+\.)*(?:assert_\w+)\(|(?:\w+\.)*raises\()",
    "": (
        r"\b(?:expect(?:Type)?\s*[\(\{]|assert(?:\w*)?!?\s*[\.\(]|require\.\w+\(|Assert\.\w+\(|XCTAssert\w*\("
        r"|EXPECT_\w+\(|ASSERT_\w+\(|refute\w*[\s\(]|t\.(?:Error|Fatal)f?\(|t\.(?:Fail|FailNow)\(|assert_\w+[!\s\(]"
        r"|debug_assert\w*!|\$this->assert\w+\(|self::assert\w+\(|must_\w+|REQUIRE\w*\(|CHECK\w*\(|verify\()"
        r"|\bassert\s|\.should[\s\.\(]|\.Should\(\)"
    ),
}
_CASES: Final = (
    r"^\s*(?:async\s+)?def\s+(test\w*)\s*\("
    r"|^\s*(?:export\s+)?(?:it|test|specify|scenario|Deno\.test|t\.test|test\.concurrent)(?:\.(?:skip|only|each|todo|failing|concurrent)(?:\([^)]*\))?)?\s*\(?\s*[\"'`]([^\"'`]+)[\"'`]"
    r"|^func\s+(?:\([^)]*\)\s*)?((?:Test|Benchmark|Fuzz|Example)\w*)\s*\("
    r"|^\s*(?:pub\s+)?(?:async\s+)?fn\s+(\w+)\s*\("
    r"|^\s*(?:public\s+|private\s+|async\s+|static\s+)*(?:function|void|fun|Task)\s+(?:Task\s+)?(`?\w[\w ]*`?)\s*\("
    r"|^\s*func\s+(test\w*)\s*\(|^\s*@test\s+\"([^\"]+)\""
)
_EXIT: Final = r"^\s*(?:return(?:\s+(?:None|nil|true|undefined))?;?|(?:sys|os)\.(?:_?exit)\(0\)|process\.exit\(0\);?)\s*$"
_COMMENT_MARKS: Final = ("#", "//", "*", "/*", "--", "<!--")


class Line(Struct, frozen=True):
    """One line of code with its depth."""

    text: str
    depth: int


@cache
def _skip_pattern() -> Pattern:
    """Return one pattern for all skip marks."""
    return pattern("|".join(tables().skip_marks))


@cache
def _conditional_pattern() -> Pattern:
    """Return one pattern for skips that a condition decides."""
    return pattern("|".join(tables().conditional_skip_marks))


@lru_cache(maxsize=256)
def scan(text: str, language: str) -> Piece:
    """Return what `text`, code of `language`, pins down."""
    lines = text[:MAX_CHARS].split("\n")
    head = pattern(_HEADS.get(language, _HEADS[""]))
    case, exit_line, skip = pattern(_CASES), pattern(_EXIT), _skip_pattern()
    asserts: list[Assert] = []
    cases: list[tuple[str, str]] = []
    skips: list[Mark] = []
    exits: list[Mark] = []
    owner, owner_depth, dead, until = "", -1, -1, 0
    waiting: list[int] = []
    for number, line in enumerate(lines):
        stripped = line.strip()
        if not stripped or (stripped.startswith(_COMMENT_MARKS) and not stripped.startswith("#[")):
            continue
        depth = len(line) - len(line.lstrip())
        if 0 <= depth < dead:
            dead = -1
        if depth <= owner_depth and stripped[0] not in ")}]":
            owner, owner_depth = "", -1
        found = case.search(line)
        if found is not None:
            owner = next((g for g in found.groups() if g), "")
            owner_depth, dead = depth, -1
            cases.append((owner, stripped))
            for index in waiting:
                skips[index] = Mark(
                    skips[index].key, skips[index].quote, owner, skips[index].is_conditional
                )
            waiting = []
        if skip.search(line) is not None:
            conditional = _conditional_pattern().search(line) is not None
            skips.append(Mark(" ".join(stripped.split()), stripped, owner, conditional))
            if not owner:
                waiting.append(len(skips) - 1)
        elif dead < 0 and exit_line.match(line) is not None:
            rest = _next_code(lines, number + 1)
            if rest is None or rest.depth == depth:
                exits.append(Mark(f"{owner}: {stripped}", stripped, owner))
                dead = depth
        if dead >= 0 and depth >= dead:
            continue
        if number < until or head.search(line) is None:
            continue
        statement, until = _gather(lines, number)
        made = (
            read_statement(statement, owner)
            if language == "python"
            else read_call(statement, owner)
        )
        asserts += made
    return Piece(asserts=tuple(asserts), cases=tuple(cases), skips=tuple(skips), exits=tuple(exits))


def _next_code(lines: list[str], start: int) -> Line | None:
    """Return the next line that is code, None at the end of the piece."""
    for line in lines[start : start + 20]:
        if line.strip():
            return Line(line.strip(), len(line) - len(line.lstrip()))
    return None


def _gather(lines: list[str], start: int) -> tuple[str, int]:
    """Return the statement that starts on line `start` and the number of the line after it."""
    parts: list[str] = []
    size = depth = 0
    for number in range(start, min(len(lines), start + 60)):
        line = lines[number]
        parts.append(line)
        size += len(line)
        depth += sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))
        follows = number + 1 < len(lines) and lines[number + 1].lstrip().startswith(".")
        if (
            depth <= 0 and not line.rstrip().endswith("\\") and not follows
        ) or size > _MAX_STATEMENT:
            return "\n".join(parts), number + 1
    return "\n".join(parts), start + len(parts)
