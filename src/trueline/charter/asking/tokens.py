"""Words of a request, sentence by sentence, each knowing where it stands.

What is quoted, an address of a page, or code is one word whatever stands in it: its words
are a name, not speech.  Fenced code and lines quoted from somebody else (`> …`) are left
out altogether.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from trueline.core.patterns import pattern

_NAMES: Final = (
    r"https?://[^\s<>\"'`)]+|www\.[^\s<>\"'`)]+|`[^`\n]{1,300}`|\"[^\"\n]{1,300}\"|“[^”\n]{1,300}”"
    r"|«[^»\n]{1,300}»|„[^“”\n]{1,300}[“”]|「[^」\n]{1,300}」|『[^』\n]{1,300}』|《[^》\n]{1,300}》"
)
_SINGLE: Final = r"(?:^|[\s(\[,:])('[^'\n]{1,200}')(?:$|[\s).,;:?!\]])"
_NAME: Final = "\x01"
_WORD: Final = (
    '\x01+|[^\\s\x01,;:()\\[\\]{}—–，、：；!?。！？"“”„«»「」『』《》]+|[,;:()\\[\\]—–{}，、：；]'
)
_END: Final = r"[.!?;]+(?:\s|$)|[。！？；]|\n"
_MAX_CHARS: Final = 48 * 1024
_MAX_TAIL: Final = 16 * 1024
_MAX_EXTENSION: Final = 6
_EDGES: Final = ".'’-*_|<>=^•·…✓→#&+%~¿¡"
_ELISIONS: Final = ("n'", "d'", "l'", "j'", "qu'", "s'", "m'", "t'", "c'")


class Token(Struct, frozen=True, gc=False):
    """One word or mark.

    Attributes:
        word: lower case, edges trimmed; the value itself, as written, for a name.
        start: where it starts in the message.
        end: where it ends there.
        is_name: it was quoted, or is an address or code.
    """

    word: str
    start: int
    end: int
    is_name: bool = False


class Sentence(Struct, frozen=True):
    """One sentence.

    Attributes:
        text: verbatim.
        tokens: its words and marks.
        is_question: whether it ends with a question mark.
    """

    text: str
    tokens: tuple[Token, ...]
    is_question: bool


def is_place(token: Token) -> bool:
    """Whether a word is a path."""
    word = token.word
    if "://" in word or "@" in word or " " in word:
        return False
    if "/" in word or "\\" in word:
        return any(char.isalpha() for char in word)
    return token.is_name or _has_extension(word)


def _has_extension(word: str) -> bool:
    stem, dot, extension = word.rpartition(".")
    return (
        bool(dot and stem)
        and 0 < len(extension) <= _MAX_EXTENSION
        and extension.isalnum()
        and any(char.isalpha() for char in extension)
    )


def is_value(token: Token) -> bool:
    """Whether a word names one thing: quoted, a path, an address."""
    word = token.word
    return token.is_name or "@" in word[1:] or "/" in word[:-1] or _has_extension(word)


def words_in(phrase: str) -> list[str]:
    """Return the words of a short phrase as they would be found in a message."""
    return [token.word for token in _tokens(phrase, phrase, 0, len(phrase))]


def spoken(text: str) -> str:
    """Return `text` without fenced code and quoted lines, its length and lines kept."""
    if len(text) > _MAX_CHARS + _MAX_TAIL:
        text = text[:_MAX_CHARS] + "\n" + text[-_MAX_TAIL:]
    if "```" not in text and ">" not in text:
        return text
    kept: list[str] = []
    is_code = False
    for line in text.split("\n"):
        bare = line.lstrip()
        if bare.startswith("```"):
            is_code = not is_code
            kept.append(" " * len(line))
        elif is_code or bare.startswith("> "):
            kept.append(" " * len(line))
        else:
            kept.append(line)
    return "\n".join(kept)


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of `text`, which `spoken` has returned."""
    masked = _masked(text)
    start = 0
    for match in pattern(_END).finditer(masked):
        end = match.end()
        yield from _sentence(text, masked, start, end, match.group())
        start = end
    yield from _sentence(text, masked, start, len(text), "")


def _sentence(text: str, masked: str, start: int, end: int, mark: str) -> Iterator[Sentence]:
    tokens = tuple(_tokens(text, masked, start, end))
    if tokens:
        is_question = "?" in mark or "？" in mark
        yield Sentence(text[start:end].strip(), tokens, is_question)


def _masked(text: str) -> str:
    """Return `text` with every name replaced by marks of the same length."""
    pieces: list[str] = []
    done = 0
    spans = [match.span() for match in pattern(_NAMES).finditer(text)]
    if "'" in text:
        spans += [match.span(1) for match in pattern(_SINGLE).finditer(text)]
        spans.sort()
    for start, last in spans:
        if start < done:
            continue
        end = start + max(len(text[start:last].rstrip(".,;:!?")), 1)
        pieces += (text[done:start], _NAME * (end - start))
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def _tokens(text: str, masked: str, start: int, end: int) -> Iterator[Token]:
    for match in pattern(_WORD).finditer(masked[start:end]):
        first, last = start + match.start(), start + match.end()
        raw = match.group()
        if raw[0] == _NAME:
            value = text[first:last].strip("\"'`“”„«»「」『』《》 ")
            yield Token(value, first, last, is_name=True)
            continue
        lowered = raw.replace("’", "'").lower()
        word = lowered if lowered in _ELISIONS else lowered.strip(_EDGES)
        if not word:
            continue
        if "'" in word:
            for elision in _ELISIONS:
                if word.startswith(elision) and len(word) > len(elision):
                    yield Token(elision, first, first + len(elision))
                    word = word[len(elision) :]
                    break
        yield Token(word, first, last)
