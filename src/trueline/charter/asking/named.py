"""Which values the words of a request hold: an index, so that a question costs no scan."""

from collections.abc import Iterable
from typing import Final

from trueline.charter.asking.wording import general, wording
from trueline.ledger.provenance import canonical, numbers_in, words_of

_MIN_TELLING: Final = 3
_HAN: Final = range(0x4E00, 0xA000)


class NamedWords:
    """Texts, each with the step that says it, asked by value.

    Args:
        said: step and text of each.
    """

    def __init__(self, said: Iterable[tuple[int, str]]) -> None:
        self._padded: list[tuple[int, str]] = []
        self._holders: dict[str, list[int]] = {}
        self._numbers: dict[str, int] = {}
        for step, text in sorted(said, key=lambda pair: pair[0]):
            words = words_of(_spaced(text))
            place = len(self._padded)
            self._padded.append((step, f" {' '.join(words)} "))
            for word in dict.fromkeys(words):
                self._holders.setdefault(word, []).append(place)
            for number in numbers_in(text):
                self._numbers.setdefault(number, step)

    def holds(self, value: str | float, step: int) -> bool:
        """Return whether a text said before `step` holds `value`, whole words, any case."""
        text = value if isinstance(value, str) else repr(value)
        number = canonical(text)
        if number and self._numbers.get(number, step) < step:
            return True
        words = words_of(_spaced(text))
        if not words:
            return False
        holders = [self._holders.get(word) for word in words]
        rarest = min((held or () for held in holders), key=len)
        if len(words) == 1:
            return bool(rarest) and self._padded[rarest[0]][0] < step
        wanted = f" {' '.join(words)} "
        return any(
            self._padded[place][0] < step and wanted in self._padded[place][1] for place in rarest
        )


def _spaced(text: str) -> str:
    """Return `text` with every Han character a word of its own."""
    if text.isascii() or not any(ord(char) in _HAN for char in text):
        return text
    return "".join(f" {char} " if ord(char) in _HAN else char for char in text)


def telling_words(value: str) -> list[str]:
    """Return the words of a value by which it is known: names, not what stands everywhere.

    Of a mail address it is what stands before the `@`, which says who.
    """
    english = wording("en")
    usual = general("everywhere") | english.words("function") | english.words("filler")
    local = value.partition("@")[0] if value.count("@") == 1 and " " not in value else value
    return [
        word
        for word in words_of(_spaced(local))
        if (len(word) >= _MIN_TELLING or not word.isascii())
        and word not in usual
        and word not in english.forms
    ]
