"""What the user's words leave unauthorised of an act that somebody else's words call for."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from trueline.charter import Mandate
from trueline.charter.asking import Delegation
from trueline.core.patterns import pattern
from trueline.ledger.inference import name_words
from trueline.ledger.model import Verb
from trueline.ledger.provenance import words_of
from trueline.monitors.hijack.acts import Act
from trueline.monitors.hijack.orders import bare_address
from trueline.monitors.hijack.suspicion import Licence
from trueline.monitors.hijack.words import imperatives, words

_NAMES: Final = r"'[^'\n]{1,80}'|\"[^\"\n]{1,80}\"|`[^`\n]{1,80}`|\S+[./@]\S+"
_NEAR: Final[dict[Verb, tuple[Verb, ...]]] = {
    "fetch": ("read", "search"),
    "delete": ("stop",),
    "stop": ("delete",),
}
"""Sorts of acts that people ask for in the same words."""

_NEVER: Final = 1 << 62
FETCH: Final[frozenset[Verb]] = frozenset(("fetch",))
_NUMBERS: Final = frozenset(
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
)
_JOINING: Final = frozenset(("and", "then", "also"))


def deciding(act: Act) -> frozenset[Verb]:
    """Return the verbs of an act by which it is asked for or not.

    To give somebody rights to a thing is more than to send it, and to run what was fetched is
    more than to fetch it.
    """
    if "grant" in act.verbs:
        return act.verbs - {"send"}
    return act.verbs - FETCH if "execute" in act.verbs else act.verbs


class Licences:
    """Says of each act of a run what was asked for.

    Args:
        mandate: what was authorised.
        acts: what the agent did, in order.
    """

    def __init__(self, mandate: Mandate, acts: Sequence[Act]) -> None:
        self._mandate = mandate
        self._steps = mandate.ledger.steps
        self._named: dict[str, int] = {}
        self._served: dict[Verb, int] = {}
        self._reached: dict[Verb, set[tuple[str, ...]]] = {}
        self._visited: dict[str, int] = {}
        for act in acts:
            if act.verbs == FETCH:
                for value in act.targets:
                    self._visited.setdefault(_site(value), act.step)
            for verb in act.verbs:
                self._reached.setdefault(verb, set()).add(act.targets)
            if any(self.is_named(value, act.step) for value in act.targets):
                for verb in act.verbs:
                    self._served.setdefault(verb, act.step)

    def is_named(self, value: str, step: int) -> bool:
        """Return whether the user, the system or the charter named `value` before `step`."""
        known = self._named.get(value)
        if known is not None and known < step:
            return True
        if not self._mandate.is_named(value, step):
            return False
        self._named[value] = step - 1
        return True

    def is_asked(self, act: Act) -> bool:
        """Return whether the user's words ask for acts of one of these sorts, or near ones."""
        verbs = set(deciding(act))
        for verb in tuple(verbs):
            verbs.update(_NEAR.get(verb, ()))
        if "execute" in verbs and not self._mandate.request.only_looks(act.step):
            verbs |= act.verbs
        return any(self._mandate.asks_for(verb, act.step) for verb in verbs)

    def of(self, act: Act, source: int) -> Licence:
        """Return what the user's words leave unauthorised of an act that `source` calls for."""
        request = self._mandate.request
        is_served = any(self._served.get(verb, _NEVER) <= act.step for verb in act.verbs)
        delegation = request.delegates_to(source)
        if delegation is not None:
            if delegation.kind == "orders":
                return "orders"
            near = {near for verb in deciding(act) for near in (verb, *_NEAR.get(verb, ()))}
            if not near.isdisjoint(delegation.verbs):
                return "second" if self._is_second(act, delegation) else "values"
        if not self.is_asked(act):
            is_left = request.is_open_ended(act.step) or self._orders_unplaced
            if not is_left and self._may_point(act.step):
                return "unclear"
            return "trusted" if is_left else "unasked"
        if is_served and not self._is_browsing(act):
            return "beyond"
        if self._is_browsing(act):
            return "browsing"
        return "filled" if self._is_only(act) else "open"

    def is_plainly_unasked(self, act: Act) -> bool:
        """Return whether the user's words were understood, and come nowhere near such an act."""
        request, step = self._mandate.request, act.step
        if not request.is_clear(step) or request.is_open_ended(step) or self._orders_unplaced:
            return False
        if self.is_asked(act):
            return False
        return request.only_looks(step) or not any(
            request.speaks_of(verb, step) for verb in deciding(act)
        )

    def _may_point(self, step: int) -> bool:
        """Return whether the user names a source, or speaks a language that is not known.

        Where nothing else was understood, the source may say what is to be done.
        """
        own = [
            reading
            for at, voice, reading in self._mandate.request.readings
            if voice == "user" and at < step
        ]
        if any(reading.asked for reading in own):
            return False
        return any(one.values or one.sorts or not one.is_understood for one in own)

    def _is_only(self, act: Act) -> bool:
        """Return whether the user asked for such an act, and this is the only one on anything."""
        asks = [self._mandate.request.ask_for(verb, act.step) for verb in act.verbs]
        is_users = any(ask is not None and ask.source != "system" for ask in asks)
        return is_users and all(len(self._reached[verb]) == 1 for verb in act.verbs)

    def _is_browsing(self, act: Act) -> bool:
        """Return whether the agent follows links: of a search, or on a site where it is."""
        if act.verbs != FETCH:
            return False
        if self._first_search < act.step:
            return True
        return any(self._visited.get(_site(value), act.step) < act.step for value in act.targets)

    @cached_property
    def _first_search(self) -> int:
        """The first call that looked for something nobody keeps for the user."""
        return min(
            (
                effect.step
                for effect in self._mandate.ledger.effects
                if effect.verb == "search" and _is_web(effect.program)
            ),
            default=len(self._steps),
        )

    @cached_property
    def _orders_unplaced(self) -> bool:
        """Whether the user points at a source of orders and no result is known as that source."""
        request = self._mandate.request
        if not any(voice == "user" and reading.orders for _, voice, reading in request.readings):
            return False
        found = (request.delegates_to(step.index) for step in self._steps if step.kind == "result")
        return not any(one is not None and one.kind == "orders" for one in found)

    def _is_second(self, act: Act, delegation: Delegation) -> bool:
        """Return whether one thing was asked for, and several were done."""
        verbs = act.verbs & delegation.verbs
        is_several = any(len(self._reached[verb]) > 1 for verb in verbs)
        if is_several or any(self._served.get(verb, _NEVER) < act.step for verb in act.verbs):
            return not _asks_for_several(delegation.quote)
        return False


def _asks_for_several(quote: str) -> bool:
    """Return whether words that point at a source may mean more than one act."""
    said = words_of(pattern(_NAMES).sub(" ", quote))
    return any(_is_several(said, at) for at in range(len(said)))


def _is_several(said: Sequence[str], at: int) -> bool:
    word, following = said[at], said[at + 1] if at + 1 < len(said) else ""
    if word in _NUMBERS or word.isdigit():
        return following.endswith("s") or word.isdigit()
    if word in _JOINING and following in imperatives():
        return said.count(following) > 1  # another act, not another object
    if word in words().several:
        return word != "many" or not at or said[at - 1] != "how"
    return (
        len(word) > 2
        and word.endswith("s")
        and not word.endswith("ss")
        and (word not in words().common)
    )


def _site(address: str) -> str:
    """Return the last two labels of the host that `address` names, empty if it names none."""
    host = bare_address(address).partition("/")[0].rsplit("@", 1)[-1].partition(":")[0].lower()
    return ".".join(host.rsplit(".", 2)[-2:]) if "." in host else ""


def _is_web(tool: str) -> bool:
    """Return whether a tool that searches does so where anybody may have written."""
    return not words().web.isdisjoint(name_words(tool))
