"""Find the candidate solutions in what an agent wrote."""

from functools import lru_cache
from typing import Final

from trueline.core.patterns import pattern
from trueline.monitors.goal_gaming.syntax import parse

_FENCE: Final = r"(?s)```[a-zA-Z0-9_+-]*[ \t]*\n(.*?)(?:```|$)"
_TAG: Final = r"(?s)<code>(.*?)(?:</code>|$)"
_MAX: Final = 8


@lru_cache(maxsize=16)
def code_blocks(text: str) -> tuple[str, ...]:
    """Return the blocks of code in `text` that define functions, in order, at most 8.

    Marked blocks come first; text without any mark counts as code if it parses.
    """
    found: list[str] = []
    for mark, source in (("<code>", _TAG), ("```", _FENCE)):
        if mark in text:
            for match in pattern(source).finditer(text):
                body = str(match.group(1))
                inner = pattern(_FENCE).search(body) if "```" in body else None
                found.append(str(inner.group(1)) if inner is not None else body)
        if found:
            break
    if not found and "def " in text and parse(text.strip()) is not None:
        found = [text]
    return tuple(
        block.strip("\n") for block in found[:_MAX] if "def " in block or "class " in block
    )
