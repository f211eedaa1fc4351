"""Which commands in back-ticks are test runners, linters, type checkers, formatters and builds.

Inline code is masked before sentences are read; the filler says which sort of command it
masks, so that "`npm test` passes" is read like "the tests pass".
"""

from functools import lru_cache
from typing import Final

from trueline.ledger.assertions.wording import tools

FILLS: Final[dict[str, str]] = {
    "CODE": "\x00",
    "TEST": "\x02",
    "BUILD": "\x03",
    "LINT": "\x04",
    "TYPES": "\x05",
    "FORMAT": "\x06",
}

_MOST_WORDS: Final = 8
_LONGEST: Final = 200


@lru_cache(maxsize=4096)
def tool_class(code: str) -> str:
    """Return the class name of the command in `code`: `CODE` when it is none that is known.

    The longest known sequence of words wins at each place (`ruff format` before `ruff`), and
    the first place counts, so that wrappers (`uv run`, `npx`) need no list.
    """
    if len(code) > _LONGEST:
        return "CODE"
    words = code.lower().split()[:_MOST_WORDS]
    if not words:
        return "CODE"
    if words[0].startswith(("test_", "test-")) or "::test" in words[0]:
        return "TEST" if "." not in words[0] or "::" in words[0] else "CODE"
    words = [word if word.startswith(("./", "../")) else word.rsplit("/", 1)[-1] for word in words]
    table = tools()
    for start in range(len(words)):
        for length in (3, 2, 1):
            found = table.get(" ".join(words[start : start + length]))
            if found:
                return found
    return "CODE"


def fill_of(code: str) -> str:
    """Return the filler that masks `code`."""
    return FILLS[tool_class(code)]
