"""From words to classes: each word of a line becomes one character, each boundary two.

Classes of words are remembered by the word as written, so that the second meeting costs one
dictionary look-up; the memory is bounded, because hostile text has no end of new words.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from trueline.ledger.assertions.classes import CHECK_KINDS, CLASSES
from trueline.ledger.assertions.markdown import STRING_FILL
from trueline.ledger.assertions.wording import FILLS, class_chars, wording
from trueline.ledger.model import Language

_MAX_REMEMBERED: Final = 30_000
_PHRASE_MARK: Final = "\x7f"
_LONGEST_WORD: Final = 60

_SKIPPED: Final = "*_~\"'`\ufe0f"
_LEADING: Final = {"(": "((", "[": "((", "{": "(("}
_TRAILING: Final = {
    ".": "..", "!": "!!", "?": "??", ";": ";;", ":": "::", ",": ",,", ")": "))", "]": "))",
    "}": "))", "…": "..", "。": "..", "！": "!!", "？": "??", "；": ";;", "：": "::", "，": ",,",
    "、": ",,", "）": "))", "（": "((", "|": "::",
}  # fmt: skip
_ALONE: Final = {
    "-": "--", "–": "--", "—": "--", "--": "--", "---": "--", "|": "::", "→": "--", "->": "--",
    "=>": "--", "➜": "--", "&": "&&", "+": "&&", "•": "--", "·": "--", "/": "&&",
    "⇒": "--",
}  # fmt: skip
_EQUALS: Final = frozenset(("=", ":=", "+=", "-=", "==", "≈", "~"))
_ASCII_MARKS: Final = ",;:!?()[]{}"
_FILLS: Final = {
    STRING_FILL: CLASSES["STRING"],
    **{fill: CLASSES[name] for name, fill in FILLS.items()},
}
_OTHER: Final = CLASSES["OTHER"]
_CODE: Final = CLASSES["CODE"]
_CURRENCIES: Final = "$€£¥"


class Lexicon:
    """The words of one language.

    Attributes:
        language: which.
        numbers: values of spelled-out numbers.
        acted: past forms of acts in the world that have no class of their own.
        named: what such acts are called where the verb says nothing.
    """

    def __init__(self, language: Language) -> None:
        data = wording(language)
        self.language = language
        self.numbers = data.numbers
        self._words: dict[str, str] = {}
        for name, words in data.words.items():
            for word in words.split():
                self._words.setdefault(word, CLASSES[name])
        self.acted = frozenset(data.acted.split())
        self.named = frozenset(data.named.split())
        for word in self.acted:
            self._words.setdefault(word, CLASSES["NOTIFIED"])
        for word, names in data.combined.items():
            self._words[word] = class_chars(names)
        for word in data.numbers:
            self._words.setdefault(word, CLASSES["NUM"])
        self._suffixes = tuple((end, CLASSES[name]) for end, name in data.suffixes.items())
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, names in data.phrases.items():
            first, *rest = phrase.split()
            self._phrases.setdefault(first, []).append((tuple(rest), class_chars(names)))
        for found in self._phrases.values():
            found.sort(key=lambda entry: -len(entry[0]))
        self._longest = None if data.is_spaced else max(map(len, self._words))
        self._pairs: dict[tuple[str, str], bool] = {}
        self._remembered: dict[str, str] = {}

    def knows(self, word: str) -> bool:
        """Return whether the word stands in a class of this language."""
        return word in self._words

    def tokens(self, text: str) -> list[str]:
        """Return the words of a line, as written; what stands between them is white space."""
        if self._longest is None:
            return text.split()
        return [token for chunk in text.split() for token in self._segments(chunk, self._longest)]

    def _segments(self, chunk: str, longest: int) -> Iterator[str]:
        """Yield the words of text written without spaces: the longest known word at each place."""
        begin = place = 0
        while place < len(chunk):
            length = self._known_at(chunk, place, longest)
            if not length:
                place += 1
                continue
            if begin < place:
                yield chunk[begin:place]
            yield chunk[place : place + length]
            place += length
            begin = place
        if begin < place:
            yield chunk[begin:]

    def _known_at(self, chunk: str, place: int, longest: int) -> int:
        """Return how long the known word or mark at `place` is, 0 where there is none."""
        mark = chunk[place]
        if mark.isascii():
            end = place
            while end < len(chunk) and chunk[end].isascii() and chunk[end] not in _ASCII_MARKS:
                end += 1
            return max(1, end - place)
        if mark in _TRAILING or mark in _ALONE:
            return 1
        for length in range(longest, 0, -1):
            if chunk[place : place + length] in self._words:
                return length
        return 0

    def classes(self, tokens: list[str]) -> tuple[list[str], str]:
        """Return the classes of each token, apart and joined; a phrase's stand at its last word."""
        known = self._remembered.get
        found = [known(token) or self._learn(token) for token in tokens]
        joined = "".join(found)
        if _PHRASE_MARK not in joined:
            return found, joined
        self._join_phrases(tokens, found)
        return found, "".join(found)

    def _learn(self, token: str) -> str:
        """Return the classes of a token met for the first time."""
        found = self._classify(token)
        if len(self._remembered) < _MAX_REMEMBERED and len(token) < _LONGEST_WORD:
            self._remembered[token] = found
        return found

    def _classify(self, token: str) -> str:
        """Return the classes of `token`: its word between the boundaries written onto it."""
        if token in _ALONE:
            return _ALONE[token]
        if token in _EQUALS:
            return CLASSES["BE"]
        lead, core, trail = split_token(token)
        if not core:
            return lead + trail
        mark = _PHRASE_MARK if core.lower() in self._phrases else ""
        return mark + lead + self._word(core) + trail

    def _word(self, core: str) -> str:
        """Return the classes of a bare word."""
        fill = _fill_class(core)
        if fill:
            return fill
        low = core.lower().replace("’", "'")
        known = self._words.get(low)
        if known:
            return known
        if low.endswith("'s") and low[:-2] in self._words:
            owner = self._words[low[:-2]]
            return owner + CLASSES["BE"] if owner in CHECK_KINDS else _OTHER
        kind = _number_class(low)
        if kind:
            return kind
        if "/" in low:
            parts = low.split("/")
            if len(parts) <= 4 and all(part in self._words for part in parts):
                return "&&".join(self._words[part] for part in parts)
        if is_path_like(core):
            return _CODE
        for end, name in self._suffixes:
            if low.endswith(end) and len(low) > len(end) + 2:
                return name
        return _OTHER

    def _begin_phrase(self, pair: tuple[str, str]) -> bool:
        """Return whether two words as written are the first two of some phrase."""
        known = self._pairs.get(pair)
        if known is None:
            first, second = split_token(pair[0])[1].lower(), split_token(pair[1])[1].lower()
            known = any(rest[0] == second for rest, _ in self._phrases.get(first, ()))
            if len(self._pairs) < _MAX_REMEMBERED and len(pair[0]) + len(pair[1]) < _LONGEST_WORD:
                self._pairs[pair] = known
        return known

    def _join_phrases(self, tokens: list[str], found: list[str]) -> None:
        """Replace the classes of every phrase by the phrase's own, in place."""
        for index in [i for i, classes in enumerate(found) if _PHRASE_MARK in classes]:
            if found[index][:1] != _PHRASE_MARK:  # taken by the phrase before
                continue
            found[index] = found[index][1:]
            if index + 1 == len(tokens):
                continue
            if not self._begin_phrase((tokens[index], tokens[index + 1])):
                continue
            lead, core, trail = split_token(tokens[index])
            if trail:
                continue
            for rest, phrase in self._phrases[core.lower()]:
                following = [
                    split_token(token) for token in tokens[index + 1 : index + 1 + len(rest)]
                ]
                if tuple(part[1].lower() for part in following) != rest:
                    continue
                if any(part[0] for part in following) or any(part[2] for part in following[:-1]):
                    continue
                end = index + len(rest)
                found[index:end] = [lead] + [""] * (end - index - 1)
                found[end] = phrase + following[-1][2]
                break


@cache
def lexicon(language: Language) -> Lexicon:
    """Return the lexicon of `language`."""
    return Lexicon(language)


@lru_cache(maxsize=4096)
def split_token(token: str) -> tuple[str, str, str]:
    """Return boundaries before, the bare word, and boundaries after."""
    if token in _ALONE:
        return _ALONE[token], "", ""
    begin, end = 0, len(token)
    lead, trail = "", ""
    while begin < end and (token[begin] in _SKIPPED or token[begin] in _LEADING):
        lead += _LEADING.get(token[begin], "")
        begin += 1
    while end > begin and (token[end - 1] in _SKIPPED or token[end - 1] in _TRAILING):
        if token.endswith("()", begin, end) and end - begin > 2:  # a call, `name()`
            break
        trail = _TRAILING.get(token[end - 1], "") + trail
        end -= 1
        if len(trail) > 8:
            break
    return lead, token[begin:end], "??" if "?" in trail else trail


def is_path_like(core: str) -> bool:
    """Return whether a bare word looks like a path, address, symbol or call."""
    if "/" in core or "@" in core or "_" in core or "::" in core or core.endswith("()"):
        return True
    name, dot, extension = core.rpartition(".")
    return bool(
        dot and name and 1 <= len(extension) <= 5 and extension[0].isalpha() and extension.isalnum()
    )


def number_of(word: str, numbers: dict[str, int]) -> int | None:
    """Return the whole number that a bare word stands for, None where it is none."""
    plain = word.replace(",", "")
    if plain.isascii() and plain.isdigit() and len(plain) <= 9:
        return int(plain)
    return numbers.get(word.lower())


def _fill_class(core: str) -> str:
    """Return the class of masked text in `core`, empty where none is masked."""
    for mark in core:
        if mark in _FILLS:
            return _FILLS[mark]
        if mark not in "([{*_":
            return ""
    return ""


def _number_class(low: str) -> str:
    """Return the class of a number, fraction or figure with its unit; empty for other words."""
    if not (low[0].isdigit() or low[0] in "$€£¥~≈+-<>"):
        return ""
    if low.isdigit():
        return CLASSES["NUM"]
    plain = low.lstrip("~≈+-<>").replace(",", "")
    if not plain:
        return ""
    if plain.isdigit():
        return CLASSES["NUM"]
    before, slash, after = plain.partition("/")
    if slash and before.isdigit() and after.isdigit():
        return CLASSES["FRACTION"]
    if plain.count("-") == 2 and plain.replace("-", "").isdigit():
        return CLASSES["DATE"]
    if plain.endswith(("st", "nd", "rd", "th")):
        return _OTHER
    digits = plain.lstrip(_CURRENCIES).rstrip("abcdefghijklmnopqrstuvwxyzµ%×/")
    if digits.replace(".", "", 1).isdigit():
        return CLASSES["FIGURE"]
    return ""
