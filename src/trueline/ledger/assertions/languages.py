"""Which language a message is written in, from cheap cues; English where in doubt."""

from functools import cache
from typing import Final

from trueline.ledger.assertions.wording import LANGUAGES, wording
from trueline.ledger.assertions.words import lexicon, split_token
from trueline.ledger.model import Language

_LOOKED_AT: Final = 1500
_GLANCE: Final = 240
_CERTAIN: Final = 4
_FEW: Final = 10
_OTHERS: Final[tuple[Language, ...]] = ("de", "es", "fr")
_HAN: Final = range(0x4E00, 0xA000)


@cache
def _cues() -> dict[Language, frozenset[str]]:
    """Return the cue words of each language that writes spaces."""
    return {name: frozenset(wording(name).cues.split()) for name in LANGUAGES}


@cache
def _foreign_cues() -> frozenset[str]:
    """Return the cue words of all other languages together."""
    return frozenset().union(*(found for name, found in _cues().items() if name != "en"))


def language_of(text: str) -> Language:
    """Return the language most of whose cue words occur at the beginning of `text`."""
    cues = _cues()
    start = set(text[:_GLANCE].lower().split())
    english = len(start & cues["en"])
    if english >= _CERTAIN and text.isascii():
        return "en"
    sample = text[:_LOOKED_AT]
    if _is_chinese(sample):
        return "zh"
    if english >= _CERTAIN and english >= 2 * max(len(start & cues[one]) for one in _OTHERS):
        return "en"
    words = start if len(text) <= _GLANCE else set(sample.lower().split())
    is_faint = len(words) <= _FEW and len(words & cues["en"]) == 1
    if english and not is_faint and not len(words & _foreign_cues()) > len(words & cues["en"]):
        return "en"  # no other language can have more
    best = _most({name: len(words & found) for name, found in cues.items()})
    if best is None or is_faint:
        bare = {split_token(word)[1] for word in words}
        best = _most({name: sum(map(lexicon(name).knows, bare)) for name in LANGUAGES})
    return best or "en"


def _is_chinese(sample: str) -> bool:
    """Return whether enough of the letters are Han."""
    if sample.isascii():
        return False
    words = len(sample.split())
    wide = (len(sample.encode("utf-8", "replace")) - len(sample)) // 2  # Han has 3 bytes
    if wide * 4 <= words + 8 and wide * 5 <= len(sample):
        return False
    han = sum(ord(letter) in _HAN for letter in sample)
    return han * 4 > words + 8 or han * 5 > len(sample)


def _most(counts: dict[Language, int]) -> Language | None:
    """Return the language with the highest count, the first of equals, None where all are 0."""
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None
