"""Whether anybody who may authorise spoke of a thing: the user, the system, the charter.

Monitors that accuse of what nobody asked for share this one question, and answer it kindly:
a word of the topic is enough, in any language that the tables know, and so are the name of
the thing, the user's agreement, a charter's `may`, and a source that the user told the agent
to obey.  Reading is done only when a question is asked, and once for each topic.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from functools import cached_property
from typing import Final

from trueline.charter import Mandate, Request
from trueline.core.patterns import pattern
from trueline.ledger.model import Effect, Verb

_KEPT: Final = 16_000


class Authority:
    """The words and rules that authorise, asked by topic and by name.

    Args:
        mandate: the charter and the user's words for one run.
    """

    def __init__(self, mandate: Mandate) -> None:
        self.mandate = mandate
        self._first: dict[str, int | None] = {}

    @cached_property
    def request(self) -> Request:
        """The words of the user, the system and the charter."""
        return self.mandate.request

    def speaks_of(self, topic: str, step: int) -> bool:
        """Return whether words that authorise, before `step`, match the pattern `topic`.

        Args:
            topic: an RE2 expression over words, any case.
            step: index of the call.
        """
        if topic not in self._first:
            found = pattern(topic, ignore_case=True)
            self._first[topic] = next(
                (at for at, text in self._texts if found.search(text) is not None), None
            )
        first = self._first[topic]
        return first is not None and first < step

    @cached_property
    def _texts(self) -> tuple[tuple[int, str], ...]:
        """Every text that authorises: what was said, what was answered, orders that were read."""
        steps, request = self.mandate.ledger.steps, self.request
        texts = list(request.said)
        for at, voice, reading in request.readings:
            if voice != "user" or at <= 0:
                continue
            earlier = (steps[place] for place in range(at - 1, -1, -1))
            before = next((one for one in earlier if one.kind == "message"), None)
            if before is not None and before.actor == "agent":
                is_asked = before.text.rstrip().endswith(("?", "？"))
                if reading.is_yes or is_asked:
                    texts.append((at, before.text[-_KEPT:]))
        for step in steps:
            if step.kind == "result" and step.text:
                delegation = request.delegates_to(step.index)
                if delegation is not None and delegation.kind == "orders":
                    texts.append((step.index, step.text[:_KEPT]))
        return tuple(sorted(texts, key=lambda pair: pair[0]))

    def spoke_between(self, first: int, last: int) -> bool:
        """Return whether the user said anything after step `first` and before step `last`."""
        return bisect_right(self._spoken, first) < bisect_left(self._spoken, last)

    @cached_property
    def _spoken(self) -> list[int]:
        return [step.index for step in self.mandate.ledger.requests]

    def names(self, value: str, step: int) -> bool:
        """Return whether words that authorise hold `value`, or a word by which it is known."""
        request = self.request
        return bool(value) and (
            request.names(value, step)
            or request.alludes_to(value, step)
            or request.orders_name(value, step)
        )

    def asks(self, verbs: Collection[Verb], step: int) -> bool:
        """Return whether such effects were asked for, mentioned, agreed to or handed over."""
        request = self.request
        return any(request.mentions(verb, step) or request.ordered(verb, step) for verb in verbs)

    def is_clear(self, step: int) -> bool:
        """Return whether the user's words before `step` were understood and leave no ways open."""
        first = self.mandate.ledger.steps[0].kind
        own = [
            reading for at, voice, reading in self.request.readings if voice == "user" and at < step
        ]
        return (
            first in ("message", "note")
            and bool(own)
            and all(reading.is_understood and not reading.is_open for reading in own)
        )

    def allows(self, index: int) -> bool:
        """Return whether a rule of the charter says `may` to the effect at `index`."""
        return index in self._allowed

    @cached_property
    def _allowed(self) -> frozenset[int]:
        return frozenset(ruling.effect for ruling in self.mandate.rulings if ruling.answer == "may")

    def is_approved(self, effect: Effect) -> bool:
        """Return whether a person agreed to exactly this call, or to what was proposed."""
        step = self.mandate.ledger.steps[effect.step]
        if step.call_id and step.call_id in self._approved:
            return True
        return self.request.is_confirmed(effect.verb, effect.step)

    @cached_property
    def _approved(self) -> frozenset[str]:
        return frozenset(
            step.call_id
            for step in self.mandate.ledger.steps
            if step.kind == "decision"
            and not step.text.lower().startswith(("reject", "den", "refus", "declin", "block"))
        )
