"""Which language a message is written in, from cheap cues; English where in doubt."""

from functools import cache
from typing import Final

from trueline.ledger.assertions.wording import LANGUAGES, wording
from trueline.ledger.assertions.words import lexicon, split_token
from trueline.ledger.model import Language

_LOOKED_AT: Final = 1500
_GLANCE: Final = 240
_CERTAIN: Final = 4
_HAN: Final = range(0x4E00, 0xA000)


@cache
def _cues() -> dict[Language, frozenset[str]]:
    """Return the cue words of each language that writes spaces."""
    return {name: frozenset(wording(name).cues.split()) for name in LANGUAGES}


def language_of(text: str) -> Language:
    """Return the language most of whose cue words occur at the beginning of `text`."""
    if text.isascii():
        start = set(text[:_GLANCE].lower().split())
        if len(start & _cues()["en"]) >= _CERTAIN:
            return "en"
    sample = text[:_LOOKED_AT]
    if not sample.isascii():
        han = sum(ord(letter) in _HAN for letter in sample)
        if han * 4 > len(sample.split()) + 8 or han * 5 > len(sample):
            return "zh"
    words = set(sample.lower().split())
    best = _most({name: len(words & cues) for name, cues in _cues().items()})
    if best is None:
        bare = {split_token(word)[1] for word in words}
        best = _most({name: sum(map(lexicon(name).knows, bare)) for name in LANGUAGES})
    return best or "en"


def _most(counts: dict[Language, int]) -> Language | None:
    """Return the language with the highest count, the first of equals, None where all are 0."""
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None
