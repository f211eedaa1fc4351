"""Which secrets stand in what goes out, as they are or in disguise.

**Covers** values as they stand; percent, base64 and hex encoding, and JSON quoting; written
backwards or with separators between the characters; split over several calls to one place.
**Does not cover** encryption, compression, pictures, paraphrase, and encodings other than these.
"""

from collections.abc import Iterator
from typing import Final, Literal

from msgspec import Struct

from trueline.core.patterns import Match
from trueline.ledger.provenance.disguises import hidden_texts, percent_decoded, unescaped
from trueline.ledger.secrets import named_values, secrets_in
from trueline.monitors.leak.knowledge import MIN_BARE, SQUEEZED, Knowledge, Known
from trueline.monitors.leak.sinks import Part, Sink

Disguise = Literal["", "url", "base64", "hex", "quoted", "spaced", "reversed", "split"]

_MIN_ENCODED: Final = 8
_MIN_SPLIT: Final = 12
_MIN_PIECE: Final = 4
_COVERED: Final = 0.8
_BREAKS: Final = str.maketrans(dict.fromkeys("\"'`,;()[]{}<>\n\t&?", " "))
_MIN_LINE: Final = 24
_MAX_TEXT: Final = 64 * 1024


class Exposure(Struct, frozen=True):
    """One secret that goes out by one sink.

    Attributes:
        known: the value and where it is from.
        part: the text of the call that holds it.
        quote: the words of the call that show it.
        disguise: how it is hidden there.
        is_proof: it proves who asks, or fills a field of its own name.
    """

    known: Known
    part: Part
    quote: str
    disguise: Disguise = ""
    is_proof: bool = False


def exposures_in(sink: Sink, knowledge: Knowledge) -> Iterator[Exposure]:
    """Yield the secrets in what goes out by `sink`, each value once."""
    seen = set(sink.parties)
    for part in sink.parts:
        if len(part.text) < _MIN_PIECE:
            continue
        for exposure in _in_part(part, knowledge):
            if exposure.known.value not in seen:
                seen.add(exposure.known.value)
                yield exposure


def _in_part(part: Part, knowledge: Knowledge) -> Iterator[Exposure]:
    text = part.text[:_MAX_TEXT]
    for version, disguise in _versions(text):
        found = list(_plain(part, version, disguise, knowledge))
        yield from found
        if part.field and not part.is_proof and not disguise:
            yield from _called(part, version, knowledge)
        if disguise in ("base64", "hex") and not found and not part.is_proof:
            yield from _encoded(part, version, disguise, knowledge)
    if len(knowledge):
        squeezed = text.translate(SQUEEZED)
        if len(squeezed) < len(text):
            yield from _squeezed(part, squeezed, knowledge)


def _versions(text: str) -> Iterator[tuple[str, Disguise]]:
    yield text, ""
    if "%" in text:
        plain = percent_decoded(text)
        if plain:
            yield plain, "url"
    if "\\" in text:
        yield unescaped(text), "quoted"
    if len(text) >= 16:
        yield from hidden_texts(text)


def _called(part: Part, text: str, knowledge: Knowledge) -> Iterator[Exposure]:
    """Yield values that a message itself calls secret, and that were read before."""
    for named in named_values(text):
        step = knowledge.origin_of(named.value) if knowledge.of(named.value) is None else -1
        if knowledge.is_result(step):
            known = Known(named.value, named.sort, named.name, step, "named")
            yield Exposure(known, part, _around(text, named.value))


def _encoded(
    part: Part, inner: str, disguise: Disguise, knowledge: Knowledge
) -> Iterator[Exposure]:
    """Yield text that the agent itself encoded, in the middle of other words, after reading it.

    What stood encoded before is passed on as it was; what fills a field alone may have to be.
    """
    words = [word for word in inner.split("\n") if len(word.strip()) >= _MIN_ENCODED]
    if " " not in part.text.strip() or not words:
        return
    longest = max(words, key=len).strip()
    step = knowledge.origin_of(longest)
    if step < 0 or not knowledge.is_result(step):
        return
    run = next((run for run in part.text.split() if decodes_to(run, inner)), "")
    if run and knowledge.origin_of(run) < 0:
        known = Known(longest, "data", longest[:40], step, "format")
        yield Exposure(known, part, _around(part.text, run), disguise)


def decodes_to(run: str, inner: str) -> bool:
    """Return whether a word of a text is what `inner` was decoded from."""
    return any(text == inner for text, _ in hidden_texts(run))


def _plain(part: Part, text: str, disguise: Disguise, knowledge: Knowledge) -> Iterator[Exposure]:
    for secret in secrets_in(text):
        known = knowledge.of(secret.value)
        form = secret.format
        if known is None:
            step = knowledge.origin_of(secret.value)
            known = Known(
                secret.value, form.sort, form.title, step, "format" if step >= 0 else "made",
                "", form.homes, form.is_weak,
            )  # fmt: skip
        elif not known.homes and form.homes:
            known = Known(
                known.value, known.sort, form.title, known.step, known.sureness, known.place,
                form.homes, form.is_weak,
            )  # fmt: skip
        is_proof = part.is_proof or (
            form.name == "url-password" and _is_address(text, secret.around)
        )
        yield _exposure(known, part, secret.value, disguise, is_proof)
    anything = knowledge.any_of_them
    for match in anything.finditer(text) if anything else ():
        known = knowledge.of(match.group())
        if known is None:
            known = knowledge.of(match.group()[::-1])
            if known is None:
                continue
            yield _exposure(known, part, match.group(), "reversed", part.is_proof)
        elif _stands_alone(match, text):
            is_proof = part.is_proof or _fills_field(known, text)
            yield _exposure(known, part, match.group(), disguise, is_proof)


def _fills_field(known: Known, text: str) -> bool:
    """Whether a secret stands in a form or JSON under the name of such a secret."""
    if " " in text.strip() and not text.lstrip().startswith(("{", "[")):
        return False
    return known.value in {one.value for one in named_values(text[:8192], is_lax=True)}


def _exposure(known: Known, part: Part, value: str, disguise: Disguise, is_proof: bool) -> Exposure:
    return Exposure(known, part, _around(part.text, value), disguise, is_proof)


def _around(text: str, value: str) -> str:
    """Return a value with some words around it, or how the text begins."""
    at = text.find(value)
    if at < 0:
        return text[:160]
    return text[max(at - 40, 0) : at + len(value) + 20][:300]


def _is_address(text: str, around: str) -> bool:
    """Whether a text is nothing but the address that a password opens."""
    return text.strip().startswith(around[:20]) and " " not in text.strip()


def _stands_alone(match: Match, text: str) -> bool:
    """Whether a match is no part of a longer word or number."""
    start, end = match.span()
    if len(match.group()) >= MIN_BARE:
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not before.isalnum() and not after.isalnum()


def _squeezed(part: Part, text: str, knowledge: Knowledge) -> Iterator[Exposure]:
    bare = knowledge.bare
    for match in bare[1].finditer(text) if bare else ():
        known = bare[0][match.group()] if bare else None
        if known is not None and known.value not in part.text:
            yield Exposure(known, part, part.text[:160], "spaced", part.is_proof)


class Pieces:
    """Follows values that go out in pieces, one call after the other, to one place."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._long = [
            known
            for known in knowledge.values()
            if len(known.value) >= _MIN_SPLIT and known.sort != "labelled"
        ]
        self._joined = "\n".join(known.value for known in self._long)
        self._covered: dict[tuple[str, str], set[int]] = {}
        self._calls: dict[tuple[str, str], set[int]] = {}

    def add(self, sink: Sink) -> Iterator[Exposure]:
        """Yield the values that are complete with this sink, and were not in any one call."""
        if not self._joined:
            return
        place = ",".join(sorted(sink.parties))
        for part in sink.parts:
            if part.is_proof:
                continue
            for word in part.text[:_MAX_TEXT].translate(_BREAKS).split():
                piece = word.rpartition("=")[2] if "=" in word[:-2] else word
                piece = piece.strip(".,;:!")
                if len(piece) >= _MIN_PIECE and piece in self._joined:
                    yield from self._cover(piece, place, part, sink)

    def _cover(self, piece: str, place: str, part: Part, sink: Sink) -> Iterator[Exposure]:
        for known in self._long:
            at = known.value.find(piece)
            if at < 0 or piece == known.value:
                continue
            key = (known.value, place)
            covered = self._covered.setdefault(key, set())
            calls = self._calls.setdefault(key, set())
            fresh = set(range(at, at + len(piece))) - covered
            covered |= fresh
            calls.add(sink.step)
            if fresh and len(calls) > 1 and len(covered) >= _COVERED * len(known.value):
                yield Exposure(known, part, part.text[:160], "split")


def bulk_in(sink: Sink, knowledge: Knowledge) -> Exposure | None:
    """Return the longest line that goes out as it was read, where several do."""
    for part in sink.parts:
        lines = [line.strip() for line in part.text[:_MAX_TEXT].splitlines()]
        lines = sorted({line for line in lines if len(line) >= _MIN_LINE}, key=len, reverse=True)
        read = [line for line in lines[:4] if knowledge.is_result(knowledge.origin_of(line))]
        if len(read) > 1:
            known = Known(read[0], "data", read[0][:40], knowledge.origin_of(read[0]), "format")
            return Exposure(known, part, read[0])
    return None
