r"""Printed output as a person would have read it: no colours, one line per line, no prefixes.

Terminals, containers, build servers and monorepo tools put things around what a program
printed: colour codes, carriage returns of progress bars, `web-1  | `, time stamps.  The
words of the program stay as they are, so that what is quoted from them stands in the record.
"""

from typing import Final

from trueline.core.patterns import pattern

_ESCAPES: Final = (
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor movement
    r"|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)"  # OSC: titles, links
    r"|\x1b[ -/]*[0-~]"  # the short ones, such as the choice of a character set
    r"|\x{9b}[0-?]*[ -/]*[@-~]"
)
_MAX_QUOTE: Final = 400
_MAX_COLOUR: Final = 24
"""Characters of the longest colour code that is taken out the fast way."""

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
    """Return `text` without escape sequences; colours, by far the most of them, go first."""
    head, *pieces = text.split("\x1b[")
    kept = [head]
    for piece in pieces:
        end = piece.find("m", 0, _MAX_COLOUR)
        codes = piece[:end]
        if end == 0 or (end > 0 and codes.isascii() and codes.replace(";", "").isdigit()):
            kept.append(piece[end + 1 :])
        else:
            kept.append("\x1b[" + piece)
    text = "".join(kept)
    if "\x1b" in text or "\x9b" in text:
        return pattern(_ESCAPES).sub("", text)
    return text


def quote_of(shown: str, start: int, end: int, text: str) -> str:
    """Return the lines from `start` to `end` of `shown`, or their last if `text` differs there."""
    quote = shown[start:end].strip()
    if "\n" in quote and (len(quote) > _MAX_QUOTE or (shown is not text and quote not in text)):
        quote = quote.rsplit("\n", 1)[-1].strip()
    return quote[:_MAX_QUOTE]


def literal(words: str) -> str:
    """Return an RE2 expression for exactly `words`."""
    return "".join(f"\\{char}" if char in r"\.+*?()|[]{}^$" else char for char in words)
