"""Which step holds which words: an index that grows with the run and is asked by value.

A text is cut into words: runs of letters and digits, lower case.  For each word the index
keeps the steps that hold it, so that a value is looked for only in the steps that hold its
rarest word, and found there by comparing text.  What stands encoded in a text is indexed
with it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from msgspec import Struct

from trueline.ledger.provenance.disguises import (
    collapsed,
    hidden_texts,
    percent_decoded,
    unescaped,
    unquoted,
)
from trueline.trajectory import Step

FoundForm = Literal["exact", "case", "space", "quoted", "url", "base64", "hex", "split"]

_SPACES: Final = {code: " " for code in range(0x80) if not chr(code).isalnum()}
_MORE_SPACES: Final = {
    ord(char): " " for char in "«»‘’“”„…–—→•·、。，．：；！？「」『』（）【】《》"
}
_SEPARATORS: Final = str.maketrans({**_SPACES, **_MORE_SPACES})

_CANDIDATES: Final = 64
"""Steps in which a value is looked for before the index gives up on it."""

_CHECKS: Final = 256
"""Steps with a value's rarest word that are looked at before the index gives up on it."""

_CHAR_BUDGET: Final = 4 * 1024 * 1024
"""Characters read for one value before the index gives up on it."""

_PART_BUDGET: Final = 256 * 1024 * 1024
"""Characters of words read for parts of words in one run before the index gives that up.

A run with many words and many values that stand nowhere would cost their product otherwise.
"""

_KEPT_CHARS: Final = 8 * 1024 * 1024
_QUOTABLE: Final = frozenset("\"'`\\\n\t\r")
_MAX_LEAVES: Final = 4096
_MIN_PART: Final = 4
_MIN_LETTERS: Final = 8
"""Fewer letters stand inside longer words by chance: `rent` in `current`."""


class Hit(Struct, frozen=True):
    """The step that holds a value first, and under which form."""

    step: int
    form: FoundForm
    place: int = -1


def words_of(text: str) -> list[str]:
    """Return the words of `text`: runs of letters and digits, lower case."""
    return text.lower().translate(_SEPARATORS).split()


def leaf_texts(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the dotted path and value of every scalar in decoded JSON, at most 4,096."""
    stack: list[tuple[str, Any]] = [("", value)]
    count = 0
    while stack and count < _MAX_LEAVES:
        path, item = stack.pop()
        if isinstance(item, Mapping):
            pairs: list[tuple[str, Any]] = [(str(key), inner) for key, inner in item.items()]
        elif isinstance(item, list):
            pairs = [(str(number), inner) for number, inner in enumerate(item)]
        else:
            count += 1
            yield path, item
            continue
        stack.extend((f"{path}.{key}" if path else key, inner) for key, inner in reversed(pairs))


def step_text(step: Step) -> str:
    """Return everything that a step says: its text, and the values of its arguments."""
    if not step.arguments:
        return step.text
    leaves = (leaf for _, leaf in leaf_texts(step.arguments))
    texts = [leaf if isinstance(leaf, str) else str(leaf) for leaf in leaves if leaf is not None]
    return "\n".join([step.text, *texts] if step.text else texts)


class WordIndex:
    """Finds the first step that holds a value, among the steps before a given one."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self._steps = steps
        self._next = 0
        self._holders: dict[str, list[int]] = {}
        self._hidden: dict[int, list[tuple[str, Any]]] = {}
        self._texts: dict[int, str] = {}
        self._vocabulary = _Vocabulary()
        self._part_budget = _PART_BUDGET
        self._lowered: dict[int, str] = {}
        self._lowered_chars = 0

    def text(self, step: int) -> str:
        """Return what step `step` says."""
        return self._texts[step]

    def grow(self, before: int) -> None:
        """Index the steps before `before`."""
        holders = self._holders
        while self._next < min(before, len(self._steps)):
            index = self._next
            self._next += 1
            text = step_text(self._steps[index])
            self._texts[index] = text
            if not text:
                continue
            words = set(words_of(text))
            if "\\" in text:
                words.update(words_of(unescaped(text)))
            hidden: list[tuple[str, Any]] = list(hidden_texts(text))
            plain = percent_decoded(text)
            if plain:
                hidden.append((plain, "url"))
            if hidden:
                self._hidden[index] = hidden
                for inner, _ in hidden:
                    words.update(words_of(inner))
            for word in words:
                held = holders.get(word)
                if held is None:
                    holders[word] = [index]
                    self._vocabulary.add(word)
                else:
                    held.append(index)

    def find(self, value: str, before: int) -> Hit | None:
        """Return the first step before `before` that holds `value`, None if none does."""
        self.grow(before)
        words = words_of(value)
        if not words:
            return None
        candidates = self._candidates(words)
        if candidates:
            return self._verify(value, candidates, before, is_part=False)
        if len(value) < (_MIN_LETTERS if value.isascii() and value.isalpha() else _MIN_PART):
            return None
        return self._verify(value, self._part_candidates(words), before, is_part=True)

    def find_part(self, value: str, before: int) -> Hit | None:
        """Return the first step that holds `value` as it stands, in either case."""
        self.grow(before)
        words = words_of(value)
        candidates = self._candidates(words) if words else []
        lower = value.lower()
        for step in candidates[:_CANDIDATES]:
            if step >= before:
                return None
            place = self._lower(step).find(lower)
            if place >= 0:
                return Hit(step, "exact", place)
        return None

    def _candidates(self, words: list[str]) -> list[int]:
        lists: list[list[int]] = []
        for word in set(words):
            held = self._holders.get(word)
            if held is None:
                return []
            lists.append(held)
        lists.sort(key=len)
        rarest, others = lists[0], lists[1:4]
        if not others:
            return rarest
        return [step for step in rarest[:_CHECKS] if all(_has(held, step) for held in others)]

    def _part_candidates(self, words: list[str]) -> list[int]:
        """Return steps with words that contain the first and last word of a value."""
        inner = words[1:-1]
        missing = [word for word in words if word not in self._holders]
        if any(word in missing for word in inner) or not missing:
            return self._candidates(inner) if inner and not missing else []
        longest = max(missing, key=len)
        if len(longest) < _MIN_PART:
            others = [word for word in words if word not in missing]
            return self._candidates(others) if others else []
        return self._holding_part(longest)

    def _holding_part(self, part: str) -> list[int]:
        found: set[int] = set()
        left = _CANDIDATES
        for words in self._vocabulary.chunks():
            self._part_budget -= len(words)
            if self._part_budget < 0:
                break
            at = words.find(part)
            while at >= 0 and left > 0:
                left -= 1
                start = words.rfind("\n", 0, at) + 1
                end = words.find("\n", at)
                found.update(self._holders[words[start:end]][:8])
                at = words.find(part, end)
        return sorted(found)

    def _verify(
        self, value: str, candidates: list[int], before: int, *, is_part: bool
    ) -> Hit | None:
        wanted = _Spellings(value)
        budget = _CHAR_BUDGET
        for step in candidates[:_CANDIDATES]:
            if step >= before or budget < 0:
                return None
            budget -= len(self._texts[step])
            hit = self._compare(wanted, step, is_part=is_part)
            if hit is not None:
                return hit
        return None

    def _lower(self, step: int) -> str:
        """Return a step's text in lower case; those used last are kept."""
        found = self._lowered.get(step)
        if found is None:
            found = self._lowered[step] = self._texts[step].lower()
            self._lowered_chars += len(found)
            while self._lowered_chars > _KEPT_CHARS and len(self._lowered) > 1:
                self._lowered_chars -= len(self._lowered.pop(next(iter(self._lowered))))
        return found

    def _compare(self, wanted: "_Spellings", step: int, *, is_part: bool) -> Hit | None:
        text = self._texts[step]
        place = text.find(wanted.value)
        if place >= 0:
            return Hit(step, "split" if is_part else "exact", place)
        lower = self._lower(step)
        place = lower.find(wanted.lower)
        if place >= 0:
            return Hit(step, "split" if is_part else "case", place)
        if wanted.has_space and wanted.collapsed in " ".join(lower.split()):
            return Hit(step, "space")
        if (wanted.is_quotable or ("\\/" in text and "/" in wanted.value)) and (
            wanted.unquoted and wanted.unquoted in unquoted(text)
        ):
            return Hit(step, "quoted")
        for inner, form in self._hidden.get(step, ()):
            if wanted.collapsed in collapsed(inner):
                return Hit(step, form)
        return None


def _has(steps: list[int], step: int) -> bool:
    at = bisect_left(steps, step)
    return at < len(steps) and steps[at] == step


class _Vocabulary:
    """All words seen, as few long texts, so that a part of a word is found by one search.

    Texts of like size are put together, so that a word is copied a logarithmic number of times.
    """

    def __init__(self) -> None:
        self._new: list[str] = []
        self._chunks: list[str] = []

    def add(self, word: str) -> None:
        """Add a word that is not there yet."""
        self._new.append(word)

    def chunks(self) -> list[str]:
        """Return the words, each with a line break behind it."""
        if self._new:
            self._chunks.append("\n".join(self._new) + "\n")
            self._new.clear()
            while len(self._chunks) > 1 and len(self._chunks[-2]) < 2 * len(self._chunks[-1]):
                last = self._chunks.pop()
                self._chunks[-1] += last
        return self._chunks


class _Spellings:
    """A value in the spellings that are compared."""

    def __init__(self, value: str) -> None:
        self.value = value
        self.lower = value.lower()
        self.collapsed = " ".join(self.lower.split())
        self.unquoted = unquoted(value)
        self.has_space = " " in self.collapsed or self.collapsed != self.lower
        self.is_quotable = not value.isascii() or not _QUOTABLE.isdisjoint(value)
