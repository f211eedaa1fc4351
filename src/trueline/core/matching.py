"""The quick way to a match: RE2's own matcher, without the work its Python layer does per call.

The Python layer of google-re2 maps byte offsets to character offsets through a generator and
builds its match object for every call; on short ASCII text that costs several times the match
itself.  Here ASCII text, whose offsets are the same either way, goes straight to the matcher,
and other text pays for its offsets only where something matched.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any

import re2  # pyright: ignore[reportMissingTypeStubs]

_NOWHERE = (-1, -1)
_Spans = list[tuple[int, int]]
_Matcher = tuple[Callable[..., _Spans], tuple[Any, Any, Any]]


class Match:
    """One match: groups by number or name, positions in characters."""

    __slots__ = ("_names", "_spans", "string")

    def __init__(self, string: str, spans: _Spans, names: dict[str, int]) -> None:
        self.string = string
        self._spans = spans
        self._names = names

    def _span(self, group: int | str) -> tuple[int, int]:
        try:
            return self._spans[self._names[group] if isinstance(group, str) else group]
        except (KeyError, IndexError):
            raise IndexError(f"no group {group!r}") from None

    def _text(self, group: int | str) -> str | None:
        start, end = self._span(group)
        return None if start < 0 else self.string[start:end]

    def group(self, *groups: int | str) -> Any:
        """Return the text of one or more groups, None for one that took no part."""
        if len(groups) > 1:
            return tuple([self._text(group) for group in groups])
        start, end = self._span(groups[0]) if groups else self._spans[0]
        return None if start < 0 else self.string[start:end]

    def __getitem__(self, group: int | str) -> str | None:
        return self._text(group)

    def groups(self) -> tuple[Any, ...]:
        """Return the text of every group."""
        string = self.string
        return tuple([None if start < 0 else string[start:end] for start, end in self._spans[1:]])

    def groupdict(self) -> dict[str, Any]:
        """Return the named groups."""
        return {name: self._text(group) for name, group in self._names.items()}

    def start(self, group: int | str = 0) -> int:
        """Return where `group` starts, in characters."""
        return self._span(group)[0] if group else self._spans[0][0]

    def end(self, group: int | str = 0) -> int:
        """Return where `group` ends, in characters."""
        return self._span(group)[1] if group else self._spans[0][1]

    def span(self, group: int | str = 0) -> tuple[int, int]:
        """Return where `group` starts and ends, in characters."""
        return self._span(group)


class Pattern:
    """A compiled pattern with the methods of the standard library's."""

    __slots__ = (
        "_at_lines", "_in_lines", "_kinds", "_match", "_names", "_options", "groups", "pattern",
    )  # fmt: skip

    def __init__(self, source: str, options: Any) -> None:
        compiled: Any = re2.compile(source, options=options)
        self.pattern = source
        self.groups: int = compiled.groups
        self._names: dict[str, int] = compiled.groupindex
        self._match, self._kinds = _matcher(compiled)
        self._options = options
        self._in_lines: _Matcher | None = None
        self._at_lines: _Matcher | None = None

    def _one(self, anchor: int, text: str, pos: int) -> Match | None:
        if pos:
            if pos > len(text):
                return None
            data, start = _LAST.at(text, pos)
        else:
            data, start = text.encode("utf-8", "replace"), 0
        size = len(data)
        spans = self._match(self._kinds[anchor], data, start, size)
        if spans[0] == _NOWHERE:
            return None
        if size == len(text):
            return Match(text, spans, self._names)
        return Match(text, _in_characters(data, spans, start, pos), self._names)

    def search(self, text: str, pos: int = 0) -> Match | None:
        """Return the first match at or after `pos`."""
        if pos or not text.isascii():
            return self._one(_SEARCH, text, pos)
        data = text.encode()
        spans = self._match(self._kinds[_SEARCH], data, 0, len(data))
        return None if spans[0] == _NOWHERE else Match(text, spans, self._names)

    def match(self, text: str, pos: int = 0) -> Match | None:
        """Return a match that starts at `pos`."""
        return self._one(_START, text, pos)

    def fullmatch(self, text: str) -> Match | None:
        """Return a match over the whole of `text`."""
        return self._one(_BOTH, text, 0)

    def finditer(self, text: str) -> Iterator[Match]:
        """Yield the matches that do not overlap, left to right."""
        is_ascii = text.isascii()
        data = text.encode() if is_ascii else text.encode("utf-8", "replace")
        position, known_byte, known_char = 0, 0, 0
        match, anywhere, size = self._match, self._kinds[_SEARCH], len(data)
        while position <= size:
            spans = match(anywhere, data, position, size)
            start, end = spans[0]
            if start < 0:
                return
            if is_ascii:
                yield Match(text, spans, self._names)
            else:
                shown = _in_characters(data, spans, known_byte, known_char)
                known_byte, known_char = start, shown[0][0]
                yield Match(text, shown, self._names)
            position = end if end > position else _next_character(data, position)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the matches start and end: `finditer` for those who need no more."""
        match, anywhere = self._match, self._kinds[_SEARCH]
        is_ascii = text.isascii()
        data = text.encode() if is_ascii else text.encode("utf-8", "replace")
        position, byte, char, size = 0, 0, 0, len(data)
        while position <= size:
            start, end = match(anywhere, data, position, size)[0]
            if start < 0:
                return
            if is_ascii:
                yield start, end
            else:
                char += len(data[byte:start].decode("utf-8", "replace"))
                byte = start
                yield char, char + len(data[start:end].decode("utf-8", "replace"))
            position = end if end > position else _next_character(data, position)

    def may_hold(self, texts: Sequence[str]) -> list[int]:
        """Return the positions of `texts` that may hold a match, in order.

        All are searched in one pass: a search of its own costs a short text several times what
        looking at its letters does.  Every text stands on lines of its own there, and `^` and
        `$` match at the ends of lines.  So no text with a match is left out, but one may be
        named in which the pattern matches at a line end only, or goes on into the next text.
        """
        if self._in_lines is None:
            self._in_lines = _matcher(re2.compile("(?m)" + self.pattern, options=self._options))
        return _texts_with(self._in_lines, texts)

    def may_start(self, texts: Sequence[str]) -> list[int]:
        """Return the positions of `texts` that may start with a match: `may_hold` for `match`."""
        if self._at_lines is None:
            compiled = re2.compile(f"(?m)^(?:{self.pattern})", options=self._options)
            self._at_lines = _matcher(compiled)
        return _texts_with(self._at_lines, texts)

    def findall(self, text: str) -> list[Any]:
        """Return the text (or groups) of every match."""
        if self.groups == 0:
            return [match.group() for match in self.finditer(text)]
        if self.groups == 1:
            return [match.group(1) or "" for match in self.finditer(text)]
        return [tuple(word or "" for word in match.groups()) for match in self.finditer(text)]

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """Split `text` at every match."""
        pieces: list[str] = []
        done = 0
        for number, match in enumerate(self.finditer(text)):
            if maxsplit and number >= maxsplit:
                break
            start, end = match.span()
            pieces.append(text[done:start])
            pieces.extend(match.groups())
            done = end
        pieces.append(text[done:])
        return pieces

    def sub(self, repl: str | Callable[[Match], str], text: str, count: int = 0) -> str:
        """Replace every match in `text` by `repl`, which is taken literally if it is a text."""
        pieces: list[str] = []
        done = 0
        for number, match in enumerate(self.finditer(text)):
            if count and number >= count:
                break
            start, end = match.span()
            pieces.append(text[done:start])
            pieces.append(repl if isinstance(repl, str) else repl(match))
            done = end
        if not pieces:
            return text
        pieces.append(text[done:])
        return "".join(pieces)


class _LastText:
    """The text searched last from somewhere inside, so that going on does not begin anew.

    A scanner asks for one match after the other in the same text; encoding the whole of it
    each time would cost time quadratic in the text.
    """

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known = ("", b"", 0, 0)

    def at(self, text: str, pos: int) -> tuple[bytes, int]:
        """Return `text` as bytes, and where its character `pos` stands in them."""
        known, data, char, byte = self._known
        if known is not text:
            data, char, byte = text.encode("utf-8", "replace"), 0, 0
        elif pos < char:
            char, byte = 0, 0
        byte += (
            pos - char if len(data) == len(text) else len(text[char:pos].encode("utf-8", "replace"))
        )
        self._known = (text, data, pos, byte)
        return data, byte


_LAST = _LastText()
_SEARCH, _START, _BOTH = range(3)


def _matcher(compiled: Any) -> _Matcher:
    """Return (kind, bytes, start, end) -> spans, and its three kinds of anchoring.

    The Python layer keeps the matcher below it as `_regexp`; where a release does not, its
    public methods on bytes give the same answer more slowly.
    """
    inner: Any = getattr(compiled, "_regexp", None)
    anchors = getattr(getattr(type(inner), "Anchor", None), "__members__", {})
    try:
        kinds = (anchors["UNANCHORED"], anchors["ANCHOR_START"], anchors["ANCHOR_BOTH"])
        inner.Match(kinds[0], b"", 0, 0)
    except (KeyError, AttributeError, TypeError):
        return _public_matcher(compiled), (_SEARCH, _START, _BOTH)
    return inner.Match, kinds


def _texts_with(matcher: _Matcher, texts: Sequence[str]) -> list[int]:
    """Return the positions of `texts` in which a match starts, or at the line break before."""
    match, kinds = matcher
    if match(kinds[_SEARCH], b"", 0, 0)[0] != _NOWHERE:
        return list(range(len(texts)))
    pieces = [text.encode("utf-8", "replace") for text in texts]
    ends = list(accumulate([len(piece) + 1 for piece in pieces]))
    data = b"\n" + b"\n".join(pieces) + b"\n"
    size, count = len(data), len(pieces)
    found: list[int] = []
    position, index = 0, -1
    while True:
        start, end = match(kinds[_SEARCH], data, position, size)[0]
        if start < 0:
            return found
        # what starts at a line break belongs to the text behind it; what is empty, to that before
        index = max(index + 1, (bisect_right if end > start else bisect_left)(ends, start))
        if index >= count:
            return found
        found.append(index)
        position = ends[index]


def _public_matcher(compiled: Any) -> Callable[..., _Spans]:
    """Return the same function over the public methods."""
    over_bytes = re2.compile(compiled.pattern.encode(), options=compiled.options)
    methods = (over_bytes.search, over_bytes.match, over_bytes.fullmatch)

    def slow(anchor: int, data: bytes, start: int, end: int) -> _Spans:
        found: Any = methods[anchor](data, start, end)
        if found is None:
            return [_NOWHERE]
        return [found.span(group) for group in range(found.re.groups + 1)]

    return slow


def _in_characters(data: bytes, spans: _Spans, known_byte: int, known_char: int) -> _Spans:
    """Return spans over bytes as spans over characters, counting on from a known place."""
    offsets = sorted({offset for span in spans for offset in span if offset >= 0})
    found = {-1: -1}
    for offset in offsets:
        known_char += len(data[known_byte:offset].decode("utf-8", "replace"))
        known_byte = offset
        found[offset] = known_char
    return [(found[start], found[end]) for start, end in spans]


def _next_character(data: bytes, position: int) -> int:
    """Return where the character after the one at `position` starts."""
    position += 1
    while position < len(data) and data[position] & 0xC0 == 0x80:
        position += 1
    return position
