"""Which lines of a message are the agent's own prose, and where they start.

Fenced code (an unclosed fence runs to the end), indented code, block quotes, unticked task
boxes, HTML comments and tagged thoughts are not what the agent asserts. Inside a line, inline
code and quoted words are replaced by fillers of the same length, so that offsets stay exact.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

from msgspec import Struct

from trueline.core.patterns import Match, Pattern, pattern
from trueline.ledger.assertions.wording import fill_of

STRING_FILL: Final = "\x01"

_HIDDEN_TAGS: Final = frozenset(
    (
        "think", "thinking", "thought", "reasoning", "scratchpad", "reflection", "plan", "analysis",
        "search_quality_reflection", "system-reminder", "commentary",
    )
)  # fmt: skip
_BULLETS: Final = "-*+•◦‣▪–·"
_QUOTE_MARKS: Final = "“„«「『"
_DIGITS: Final = "0123456789"


class Line(Struct, frozen=True, gc=False):
    """One line of prose.

    Attributes:
        text: the line with code and quotations masked.
        start: offset of its first character in the message.
        level: heading level, 0 for ordinary lines.
        is_item: a list item.
        is_ticked: an item with a ticked box.
        is_row: a row of a table.
        is_blank: nothing stands in it.
    """

    text: str
    start: int
    level: int = 0
    is_item: bool = False
    is_ticked: bool = False
    is_row: bool = False
    is_blank: bool = False


def prose_lines(text: str) -> Iterator[Line]:
    """Yield the lines of `text` that are prose, in order; blank lines too."""
    position = 0
    fence = hidden = ""
    in_list = False
    was_blank = True
    for raw in text.split("\n"):
        start = position
        position += len(raw) + 1
        stripped = raw.lstrip()
        if hidden:
            hidden = "" if hidden in raw else hidden
            continue
        if stripped[:1] == "<":
            hidden = _opened(stripped)
            if hidden:
                hidden = "" if hidden in stripped else hidden
                continue
        if fence:
            if stripped.startswith(fence) and not stripped.strip(fence[0] + " \r"):
                fence = ""
            continue
        if stripped.startswith(("```", "~~~")):
            fence = stripped[:3]
            continue
        if not stripped or stripped == "\r":
            was_blank = True
            yield Line(text="", start=start, is_blank=True)
            continue
        if stripped[0] == ">" or stripped.startswith("<!--"):
            was_blank = False
            continue
        line = _line(raw, stripped, start)
        if line is None:
            was_blank = False
            in_list = True
            continue
        is_code = was_blank and not in_list and not line.is_item and _is_indented(raw)
        was_blank = was_blank and is_code
        if is_code:
            continue
        in_list = line.is_item or (in_list and _is_indented(raw))
        yield line


@cache
def _quotations() -> Pattern:
    """Return the pattern of quotations in typographic marks."""
    return pattern("“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|「[^「」]*」|『[^『』]*』")


def _opened(stripped: str) -> str:
    """Return the closing tag of a block of thoughts or host text that begins here, or nothing."""
    name = stripped[1 : stripped.find(">")] if ">" in stripped else ""
    return f"</{name}>" if name in _HIDDEN_TAGS else ""


def _is_indented(raw: str) -> bool:
    """Return whether `raw` stands deep enough to be an indented code block."""
    return raw.startswith(("    ", "\t"))


def _line(raw: str, stripped: str, start: int) -> Line | None:
    """Return the line without its list marker or heading marks; None for an unticked box."""
    body = stripped
    is_item = is_ticked = False
    level = 0
    first = body[0]
    if first == "#":
        level = len(body) - len(body.lstrip("#"))
        body = body[level:].lstrip()
    else:
        if first in _BULLETS and body[1:2] in (" ", "\t"):
            is_item = True
            body = body[2:].lstrip()
        elif first in _DIGITS:
            number = body[:4].lstrip(_DIGITS)
            if number[:1] in (".", ")") and number[1:2] in (" ", "\t", ""):
                is_item = True
                body = body[body.index(number[0]) + 1 :].lstrip()
        if body.startswith(("[ ]", "☐", "⬜", "◻")):
            return None
        if body.startswith(("[x]", "[X]", "[✓]", "[✔]")):
            is_item = is_ticked = True
            body = body[3:].lstrip()
    offset = start + len(raw) - len(body)
    is_row = first == "|" or body.count(" | ") >= 2
    if "`" in body:
        body = _mask_code(body)
    if not body.isascii() or '"' in body:
        body = _mask_quotes(body)
    if " '" in body or body.startswith("'"):
        body = _mask_single_quotes(body)
    return Line(
        text=body, start=offset, level=level, is_item=is_item, is_ticked=is_ticked, is_row=is_row
    )


def _mask_code(body: str) -> str:
    """Replace inline code, delimiters included; an unclosed back-tick masks the rest."""
    parts: list[str] = []
    position = 0
    is_missing: set[int] = set()
    while True:
        opening = body.find("`", position)
        if opening < 0:
            parts.append(body[position:])
            return "".join(parts)
        run = 1
        while run < 3 and body.startswith("`", opening + run):
            run += 1
        closing = -1 if run in is_missing else body.find("`" * run, opening + run)
        if closing < 0:
            is_missing.add(run)
            end = len(body)
        else:
            end = closing + run
        parts.append(body[position:opening])
        parts.append(fill_of(body[opening + run : end - run]) * (end - opening))
        position = end


def _mask_quotes(body: str) -> str:
    """Replace quotations between double quotes of any sort; an unclosed mark is left alone."""
    if '"' in body:
        parts = body.split('"')
        for index in range(1, len(parts) - 1, 2):
            parts[index] = STRING_FILL * len(parts[index])
        body = '"'.join(parts)
    if body.isascii() or not any(mark in body for mark in _QUOTE_MARKS):
        return body
    return _quotations().sub(_filler, body)


def _filler(match: Match) -> str:
    """Return the filler for one quotation."""
    return STRING_FILL * len(match.group())


def _mask_single_quotes(body: str) -> str:
    """Replace `'…'` where the marks stand outside words; an apostrophe is left alone."""
    parts: list[str] = []
    position = 0
    while True:
        opening = 0 if position == 0 and body[:1] == "'" else body.find(" '", position)
        if opening < 0:
            break
        opening += body[opening] == " "
        closing = body.find("'", opening + 1, opening + 400)
        while 0 <= closing < len(body) - 1 and body[closing + 1].isalnum():
            closing = body.find("'", closing + 1, opening + 400)
        if closing < 0:
            parts.append(body[position : opening + 1])
            position = opening + 1
            continue
        parts.append(body[position:opening])
        parts.append(STRING_FILL * (closing + 1 - opening))
        position = closing + 1
    parts.append(body[position:])
    return "".join(parts)
