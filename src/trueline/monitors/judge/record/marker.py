"""The word that begins every line of ours, so that no line of the record can pass for one.

It is a digest of the whole record, so the same record has the same marker, and whoever writes
into a record cannot know the marker of what they write.  That it does not stand in the record
is verified and not assumed.  Every line of the record has a prefix as well: the marker is the
second wall, not the first.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

_KEY: Final = b"trueline.judge.marker/1"
_DIGITS: Final = 12


class Marker(Struct, frozen=True):
    """The words of one record.

    Attributes:
        word: begins every line of ours.
        opening: stands before the record; an answer has to repeat it.
        closing: stands after the record; an answer has to repeat it.
    """

    word: str
    opening: str
    closing: str


def marker_for(texts: Sequence[str]) -> Marker:
    """Return the words for a record, none of which stands in any of `texts`."""
    digest = _digest(texts)
    turn = 0
    while True:
        found = Marker(*(_word(digest, turn, name) for name in ("line", "opening", "closing")))
        words = (found.word, found.opening, found.closing)
        if not any(word in text for text in texts for word in words):
            return found
        turn += 1


def _digest(texts: Iterable[str]) -> bytes:
    state = hashlib.blake2b(key=_KEY, digest_size=32)
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.digest()


def _word(digest: bytes, turn: int, name: str) -> str:
    said = digest + turn.to_bytes(8, "big") + name.encode()
    return hashlib.blake2b(said, key=_KEY).hexdigest()[:_DIGITS]
