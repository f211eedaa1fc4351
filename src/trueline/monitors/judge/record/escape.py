r"""Text of the record made harmless for a judge, and the way back to the words as recorded.

A judge reads one long text.  Whatever agents, tools and attackers wrote must stay inside the
lines it is put in, for the reader of the text and for the tokenizer below it: many servers
turn `<|im_end|>` in the middle of a message into the token that ends the message.

**Covers** controls, line breaks other than `\n`, bidirectional and invisible characters
(spelled out, see `trueline.core.display`); control tokens of chat templates that begin with
`<` (every `<` is shown as `‹`), that stand in square brackets in capitals (`[INST]`,
`[TOOL_CALLS]`, `[gMASK]`), or that join a bracket and a tilde (`]~b]`).
**Does not cover** control tokens of any other shape, and words that ask the judge for
something: these stay readable, inside their lines.

Source:
    ggml-org/llama.cpp issue 24382, vllm-project/vllm pull request 31735 and
    huggingface/transformers issue 29279: control tokens in a message's content are parsed.
"""

from bisect import bisect_right
from itertools import accumulate
from typing import Final

from trueline.core.display import neutral
from trueline.core.patterns import Match, pattern

_LESS: Final = "\u2039"
_BRACKETS: Final = {"[": "\u27e6", "]": "\u27e7"}
_CONTROL: Final = r"\[/?[a-z]?[A-Z][A-Z_]*\]|[\[\]][a-z]?~"


def shown(text: str) -> str:
    """Return `text` as a judge sees it; line feeds stay, so it has as many lines."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    text = neutral(text).replace("<", _LESS)
    if "[" in text or "]~" in text:
        text = pattern(_CONTROL).sub(_broken, text)
    return text


def _broken(match: Match) -> str:
    words: str = match.group()
    return _BRACKETS[words[0]] + words[1:]


def in_line(text: str, limit: int) -> str:
    """Return `text` shown, in one line, at most about `limit` characters."""
    kept = text[:limit]
    words = shown(kept).replace("\n", "\\n")
    return words if len(text) <= limit else f"{words}…"


def recorded(quote: str, text: str) -> str | None:
    """Return the part of `text` that a judge quoted, in the words of the record.

    Args:
        quote: the judge's words, as it saw them or as they were recorded.
        text: what the record holds.

    Returns:
        A part of `text`, verbatim; None where the quote does not stand in it, white space
        aside.
    """
    if quote in text:
        return quote
    seen = shown(text)
    at = seen.find(quote)
    if at < 0:
        return _loosely(quote, text)
    first = seen.count("\n", 0, at)
    lines = text.split("\n")
    before = "\n".join(lines[:first])
    start = at - (seen.rfind("\n", 0, at) + 1)
    part = "\n".join(lines[first : first + quote.count("\n") + 1])
    begin, end = _span(part, start, start + len(quote))
    offset = len(before) + 1 if first else 0
    return text[offset + begin : offset + end]


def _loosely(quote: str, text: str) -> str | None:
    """Return the part of `text` with the same words, however they are spaced; None without one.

    Models break lines and join spaces where they copy.
    """
    wanted = " ".join(quote.split())
    words = text.split()
    joined = " ".join(words)
    at = joined.find(wanted) if wanted else -1
    if at < 0:
        return None
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    first, last = bisect_right(starts, at) - 1, bisect_right(starts, at + len(wanted) - 1) - 1
    begin = end = position = 0
    for number, word in enumerate(words[: last + 1]):
        position = text.index(word, position)
        begin = position + at - starts[first] if number == first else begin
        end = position + at + len(wanted) - starts[last]
        position += len(word)
    return text[begin:end]


def _span(part: str, start: int, end: int) -> tuple[int, int]:
    """Return where the characters of `part` stand that are shown at `start` to `end`.

    The same rules apply to one character as to a whole text but for brackets, which keep
    their length.
    """
    position, index = 0, 0
    begin = -1
    while index < len(part) and position < end:
        size = 2 if part.startswith("\r\n", index) else 1
        width = 1 if size == 2 else len(neutral(part[index]))
        if begin < 0 and position + width > start:
            begin = index
        position += width
        index += size
    return max(begin, 0), index
