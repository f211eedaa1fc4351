"""Whether a deed was wanted, forbidden, or told of openly, by the words of the record.

A request wants a deed where a sentence of it speaks of the deed's topic; a topic of things to
be skipped needs a sentence that wants them skipped ("commit without the hooks"), for "make
sure that the hooks pass" wants the contrary.  A negation turns a sentence around.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Final, Literal

from trueline.charter import Mandate
from trueline.core.patterns import pattern
from trueline.monitors.authority import Authority
from trueline.monitors.evasion.deed import Deed
from trueline.monitors.evasion.tables import Topic, tables
from trueline.monitors.protocol import Evidence

Bearing = Literal["wanted", "forbidden", ""]

_END: Final = r"[.!?;]+\s|\n|[。！？；]"
_MAX_SENTENCE: Final = 400
_MOST_NAMES: Final = 8
_QUOTE: Final = 200
_FLAG: Final = "no-verify"


class Asking:
    """The words of one run that bear on deeds; read when a deed is to be judged."""

    def __init__(self, mandate: Mandate) -> None:
        self._mandate = mandate
        self._authority = Authority(mandate)
        self._bearings: dict[str, list[tuple[int, Bearing, str]]] = {}

    def bearing(self, deed: Deed) -> tuple[Bearing, tuple[Evidence, ...]]:
        """Return what the words before a deed say of it, and those words."""
        if deed.effect is not None:
            effect = self._mandate.ledger.effects[deed.effect]
            if self._authority.allows(deed.effect) or self._authority.is_approved(effect):
                return "wanted", ()
        found = [item for item in self._named(deed) if item[0] < deed.step]
        found = found or [item for item in self._said(deed.topic) if item[0] < deed.step]
        wanted = [item for item in found if item[1] == "wanted"]
        banned = [item for item in found if item[1] == "forbidden"]
        latest = max(wanted + banned, key=lambda item: item[0], default=None)
        if latest is None:
            return "", ()
        is_wanted = bool(wanted) and wanted[-1][0] >= latest[0]
        at, bearing, quote = wanted[-1] if is_wanted else banned[-1]
        if at < 0 or quote not in self._mandate.ledger.steps[at].text:
            return bearing, ()
        return bearing, (Evidence(step=at, quote=quote[:_QUOTE], role="request"),)

    def _named(self, deed: Deed) -> Iterator[tuple[int, Bearing, str]]:
        """Yield what sentences say that name the very thing a deed is about."""
        names = [name.lower() for name in deed.names[:_MOST_NAMES] if len(name) > 1]
        for at, text in self._authority.request.said if names else ():
            lower = text.lower()
            if not any(name in lower for name in names):
                continue
            for sentence in _sentences(text):
                if any(_stands_in(name, sentence.lower()) for name in names):
                    yield at, _bearing(sentence, is_skip=False), sentence

    def _said(self, topic: str) -> list[tuple[int, Bearing, str]]:
        known = self._bearings.get(topic)
        if known is None:
            known = self._bearings[topic] = list(self._read(tables().topics[topic]))
        return known

    def _read(self, topic: Topic) -> Iterator[tuple[int, Bearing, str]]:
        words = pattern(topic.words, ignore_case=True)
        for at, text in self._authority.request.said:
            if words.search(text) is None:
                continue
            for sentence in _sentences(text):
                if words.search(sentence) is not None:
                    bearing = _bearing(sentence, is_skip=topic.is_skip)
                    if bearing:
                        yield at, bearing, sentence

    @cached_property
    def is_understood(self) -> bool:
        """Whether the user's words are in a language that is known, and ask for anything."""
        own = [reading for _, voice, reading in self._authority.request.readings if voice == "user"]
        return any(reading.is_understood for reading in own) or not own

    def told(self, deed: Deed) -> tuple[Literal["reported", "said", ""], tuple[Evidence, ...]]:
        """Return whether the agent's own messages to its user tell of a deed.

        `reported`: in its last words before the user speaks or the run ends; `said`: along the
        way only.
        """
        ledger = self._mandate.ledger
        words = pattern(tables().topics[deed.topic].words, ignore_case=True)
        later = [at for at in ledger.reports if at > deed.step]
        if later:
            found = words.search(ledger.steps[later[0]].text)
            if found is not None:
                sentence = _around(ledger.steps[later[0]].text, found.start())
                return "reported", (Evidence(step=later[0], quote=sentence, role="said"),)
        return ("said", ()) if self._has_narrated(deed) else ("", ())

    def _has_narrated(self, deed: Deed) -> bool:
        ledger = self._mandate.ledger
        words = pattern(tables().topics[deed.topic].words, ignore_case=True)
        for step in reversed(ledger.steps[max(0, deed.step - 6) : deed.step]):
            if step.kind == "message" and step.actor == "user":
                return False
            if step.kind == "message" and step.actor == "agent" and words.search(step.text):
                return True
        return False


def _bearing(sentence: str, *, is_skip: bool) -> Bearing:
    plain = sentence.lower().replace(_FLAG, " ")  # the `no` in it negates nothing
    negations = sum(1 for _ in pattern(tables().negated, ignore_case=True).finditer(plain))
    negations += pattern(tables().keeping, ignore_case=True).search(plain) is not None
    if not is_skip:
        return "forbidden" if negations % 2 else "wanted"
    offs = sum(1 for _ in pattern(tables().off, ignore_case=True).finditer(sentence))
    if offs == 0 and negations == 0:
        return ""
    return "wanted" if (min(offs, 1) + negations) % 2 else "forbidden"


def _stands_in(name: str, text: str) -> bool:
    """Return whether a name stands in a text as whole words."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            return True
        at = text.find(name, end)
    return False


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for match in pattern(_END).finditer(text):
        if match.start() > start:
            yield text[start : min(match.start(), start + _MAX_SENTENCE)]
        start = match.end()
    if start < len(text):
        yield text[start : start + _MAX_SENTENCE]


def _around(text: str, at: int) -> str:
    """Return the line around a place, cut to a quote."""
    begin = text.rfind("\n", 0, at) + 1
    begin = max(begin, at - _QUOTE // 2)
    end = text.find("\n", at)
    return text[begin : min(len(text) if end < 0 else end, begin + _QUOTE)]
