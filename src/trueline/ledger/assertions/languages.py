"""Which language a message is written in, from cheap cues; English where in doubt."""

from functools import cache
from typing import Final

from trueline.ledger.assertions.wording import LANGUAGES, wording
from trueline.ledger.model import Language

_LOOKED_AT: Final = 1500
_HAN: Final = range(0x4E00, 0xA000)


@cache
def _cues() -> dict[Language, frozenset[str]]:
    """Return the cue words of each language that writes spaces."""
    return {name: frozenset(wording(name).cues.split()) for name in LANGUAGES}


def language_of(text: str) -> Language:
    """Return the language most of whose cue words occur at the beginning of `text`."""
    sample = text[:_LOOKED_AT]
    if not sample.isascii():
        han = sum(ord(letter) in _HAN for letter in sample)
        if han * 4 > len(sample.split()) + 8 or han * 5 > len(sample):
            return "zh"
    words = set(sample.lower().split())
    best: Language = "en"
    most = -1
    for name, cues in _cues().items():
        count = len(words & cues)
        if count > most:
            best, most = name, count
    return best
