r"""What somebody else wrote, cut into sentences that keep their place in the record.

Results quote text in many ways: YAML folds it, JSON and Python escape it.  The escapes are
turned into white space of the same length first, so that places stay true, and a line that
goes on with the next is joined to it.
"""

from typing import Final

from msgspec import Struct

from trueline.core.patterns import pattern

_ESCAPES: Final = (
    ("\\\n", "  "),
    ("\\r", "  "),
    ("\\n", " \n"),
    ("\\t", "  "),
    ('\\"', ' "'),
    ("\\'", " '"),
    ("\\ ", "  "),
)
_BREAK: Final = (
    r"[.!?;][\"')\]}*_`]*[\s]+|[。！？；]+|\n|[\"'],\s*[\"'{\[]|<[/!]?[A-Za-z][^<>\n]{0,80}>"
)
_MAX_CHARS: Final = 1500
_FULL_LINE: Final = 55
"""Characters from which a line that ends in the middle of a sentence was folded."""

_MARKS: Final = frozenset("-*+•>#|=<{[")
_ENDS: Final = frozenset(".!?:;。！？：；")
_HAN: Final = r"\p{Han}+"


class Sentence(Struct, frozen=True):
    """One sentence, and where it stands in its text.

    Attributes:
        text: with escapes turned into white space.
        start: place of its first character in the text it was cut from.
        end: place behind its last.
    """

    text: str
    start: int
    end: int


def sentences_of(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order, in time linear in it."""
    plain = text
    if "\\" in plain:
        for written, meant in _ESCAPES:
            plain = plain.replace(written, meant)
    found: list[Sentence] = []
    start = 0
    for at, end in pattern(_BREAK).spans(plain):
        if plain[at] == "\n" and _goes_on(plain, start, at):
            continue
        _add(found, plain, start, end)
        start = end
    _add(found, plain, start, len(plain))
    return found


def _goes_on(plain: str, start: int, at: int) -> bool:
    """Return whether the line that ends at `at` was folded, and goes on behind it."""
    if at - start > _MAX_CHARS:
        return False
    behind = plain[at + 1 : at + 42].lstrip(" ")
    if behind.startswith("\n"):
        behind = behind[1:].lstrip(" ")
        if behind.startswith("\n"):
            return False
    said = plain[start:at].rstrip()
    line = said[said.rfind("\n") + 1 :]
    if not line or not behind or line[-1] in _ENDS or behind[0] in _MARKS:
        return False
    if ":" in behind.split(" ", 1)[0]:
        return False
    return behind[0].islower() or len(line) >= _FULL_LINE


def _add(found: list[Sentence], plain: str, start: int, end: int) -> None:
    piece = plain[start : min(end, start + _MAX_CHARS)]
    body = piece.strip()
    if len(body) > 1:
        begin = start + len(piece) - len(piece.lstrip())
        found.append(Sentence(body, begin, begin + len(body)))


def spaced(text: str) -> str:
    """Return `text` with blanks around Chinese characters, which need none to end a word."""
    if text.isascii():
        return text
    return pattern(_HAN).sub(lambda match: f" {match.group()} ", text)
