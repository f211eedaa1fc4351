r"""Linear-time patterns: the only way this project matches text.

Every pattern runs over text that an adversary may have written, so a pattern
must cost time linear in the text whatever stands in it.  RE2 guarantees that;
the standard library's `re` does not and is banned by the linter.

RE2 has no look-around and no back-references.  `\b` and `\w` are ASCII.
"""

from collections.abc import Callable, Sequence
from functools import cache

import re2  # pyright: ignore[reportMissingTypeStubs]

from trueline.core.matching import Match, Pattern

__all__ = ["Match", "Pattern", "pattern", "pattern_set"]


@cache
def pattern(source: str, *, ignore_case: bool = False, multiline: bool = False) -> Pattern:
    """Compile `source` once; the same arguments return the same object.

    Args:
        source: an RE2 expression.
        ignore_case: match letters in either case.
        multiline: `^` and `$` match at line ends too.

    Raises:
        ValueError: `source` is not an RE2 expression.
    """
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = not ignore_case
    prefix = "(?m)" if multiline else ""
    try:
        return Pattern(prefix + source, options)
    except re2.error as error:
        raise ValueError(f"not an RE2 pattern: {source!r}: {_reason(error.args)}") from error


def _reason(told: Sequence[object]) -> str:
    """Return what RE2 says is wrong; its Python layer hands the words on as bytes."""
    words = told[0] if told else ""
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)


def pattern_set(sources: Sequence[str]) -> Callable[[str], list[int]]:
    """Return a function that says in one pass which of `sources` occur in a text.

    The function returns their positions in `sources`, in no particular order.  It costs
    about as much as one search, however many sources there are, so it is the way to find
    out which of many patterns are worth running.  Sources should be short and plain: their
    automata are built as one.

    Args:
        sources: RE2 expressions, matched anywhere.

    Raises:
        ValueError: one of `sources` is not an RE2 expression.
    """
    options = re2.Options()
    options.log_errors = False
    several = re2.Set.SearchSet(options)
    for source in sources:
        try:
            several.Add(source)
        except re2.error as error:
            raise ValueError(f"not an RE2 pattern: {source!r}: {_reason(error)}") from error
    several.Compile()
    # The matcher below the Python layer, where a release keeps it under this name.
    match: Callable[[bytes], list[int] | None] = getattr(several, "_set", several).Match

    def found(text: str) -> list[int]:
        return match(text.encode("utf-8", "replace")) or []

    return found
