r"""Printed output as a person would have read it: no colours, one line per line, no prefixes.

Terminals, containers, build servers and monorepo tools put things around what a program
printed: colour codes, carriage returns of progress bars, `web-1  | `, time stamps.  The
words of the program stay as they are, so that what is quoted from them stands in the record.
"""

from functools import lru_cache
from typing import Final

from trueline.core.patterns import pattern

_MAX_QUOTE: Final = 400
_PARAMETERS: Final = "0123456789:;<=>?"
_INTERMEDIATES: Final = " !\"#$%&'()*+,-./"
_ORPHANED_COLOURS: Final = r"\[\d{1,3}(?:;\d{1,3})*m"
"""Colour codes whose ESC was lost on the way into the log."""

_STAMP: Final = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?"
_TASK: Final = r"(?:unit-?)?(?:test|build|lint|check|type-?check|format|e2e|dev|verify)[\w:.-]*"
_PREFIX: Final = (
    r"^(?:"
    r"[\w.-]+[-_]\d+ +\| "  # docker compose
    rf"|(?:[^\t\n]+\t[^\t\n]+\t)?{_STAMP} "  # GitHub Actions, also through gh
    rf"|\[(?:{_STAMP}|\d\d:\d\d:\d\d(?:\.\d+)?|\d{{1,3}})\] "  # ts, concurrently
    r"|#\d{1,4} \d{1,6}\.\d{1,3} "  # docker build
    rf"|(?:@[\w.-]+/)?[\w.-]+:{_TASK}: "  # turbo
    rf"|(?:\.|[\w@.-]+/[\w@./-]+) {_TASK}(?:\$|: )"  # pnpm -r
    r")"
)


@lru_cache(maxsize=4)
def plain(text: str) -> str:
    r"""Return `text` without colour codes, carriage returns and prefixes of lines.

    Args:
        text: anything a program printed; lone surrogates become `?`.
    """
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    if "\x1b" in text or "\x9b" in text:
        text = _without_escapes(text)
    elif "[0m" in text or "[39m" in text or "[22m" in text:
        text = pattern(_ORPHANED_COLOURS).sub("", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    prefix = pattern(_PREFIX, multiline=True)
    if prefix.search(text) is None:
        return text
    return prefix.sub("", text)


def _without_escapes(text: str) -> str:
    """Return `text` without escape sequences: colours, cursor movement, titles, links.

    Source:
        ECMA-48, 5.4 (control sequences) and 8.3.89 (operating system commands).
    """
    head, *pieces = text.replace("\x9b", "\x1b[").split("\x1b")
    kept = [head]
    for number, piece in enumerate(pieces):
        kind = piece[:1]
        if kind == "[":
            rest = piece[1:].lstrip(_PARAMETERS).lstrip(_INTERMEDIATES)
            kept.append(rest[1:] if "@" <= rest[:1] <= "~" else rest)
        elif kind == "]":
            following = pieces[number + 1 : number + 2]
            command, bell, rest = piece.partition("\x07")
            if bell and "\n" not in command:
                kept.append(rest)
            elif following and following[0][:1] == "\\" and "\n" not in piece:
                continue  # ended by ESC and a backslash, which the next piece begins with
            else:
                kept.append(piece[1:])
        else:
            rest = piece.lstrip(_INTERMEDIATES)
            kept.append(rest[1:] if "0" <= rest[:1] <= "~" else rest)
    return "".join(kept)


def quote_of(shown: str, start: int, end: int, text: str) -> str:
    """Return the lines from `start` to `end` of `shown`, or their last if `text` differs there."""
    quote = shown[start:end].strip()
    if "\n" in quote and (len(quote) > _MAX_QUOTE or (shown is not text and quote not in text)):
        quote = quote.rsplit("\n", 1)[-1].strip()
    return quote[:_MAX_QUOTE]


def literal(words: str) -> str:
    """Return an RE2 expression for exactly `words`."""
    return "".join(f"\\{char}" if char in r"\.+*?()|[]{}^$" else char for char in words)
