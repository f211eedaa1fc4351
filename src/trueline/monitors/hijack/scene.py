"""One run as this monitor sees it: its acts, the orders in its results, the user's words.

An act is read against every order that names one of its values.  Acts that nobody asked for
are also read against orders that ask for such an act without a value, and against the place
where their value stood first.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from msgspec import Struct

from trueline.charter import Mandate, Trust
from trueline.charter.asking import Delegation
from trueline.core.patterns import pattern
from trueline.ledger import Ledger
from trueline.ledger.inference import name_words
from trueline.ledger.model import Verb
from trueline.ledger.provenance import source_of, words_of
from trueline.monitors.hijack.acts import EDGES, Act, is_address
from trueline.monitors.hijack.orders import Called, Order, OrderBook, bare_address
from trueline.monitors.hijack.suspicion import Calling, Licence, Part, suspicion
from trueline.monitors.hijack.words import imperatives, words
from trueline.monitors.protocol import THRESHOLD

_ENOUGH_SHARED: Final = 3
_MIN_THING: Final = 3
_MIN_STATEMENT: Final = 6
_NAMES: Final = r"'[^'\n]{1,80}'|\"[^\"\n]{1,80}\"|`[^`\n]{1,80}`|\S+[./@]\S+"
_NEAR: Final[dict[Verb, tuple[Verb, ...]]] = {
    "fetch": ("read", "search"),
    "delete": ("stop",),
    "stop": ("delete",),
}
"""Sorts of acts that people ask for in the same words."""

_FETCH: Final[frozenset[Verb]] = frozenset(("fetch",))
_HEAVY: Final[frozenset[Verb]] = frozenset(
    ("send", "pay", "grant", "delete", "configure", "stop", "push", "deploy", "install",
     "delegate", "execute", "write", "move")
)  # fmt: skip
"""Verbs whose doing unasked is worth a look even where no order names a value."""


class Reading(Struct, frozen=True):
    """What the record says of one value of one act.

    Attributes:
        act: the act.
        value: the value; for `commanded` the thing that the order speaks of.
        step: the result whose words hold it.
        quote: those words, verbatim.
        call: how nearly they call for the act.
        licence: what the user's words leave unauthorised.
        suspicion: in [0, 1].
    """

    act: Act
    value: str
    step: int
    quote: str
    call: Calling
    licence: Licence
    suspicion: float


class Scene:
    """Reads the acts of one run.

    Args:
        ledger: the run.
        mandate: what was authorised.
        acts: what the agent did, in order.
    """

    def __init__(self, ledger: Ledger, mandate: Mandate, acts: Sequence[Act]) -> None:
        self._ledger = ledger
        self._steps = ledger.steps
        self._mandate = mandate
        self._trusts: dict[int, Trust] = {}
        self._named: dict[str, int] = {}
        self._needles = _needles(acts)
        self._asked = _telling(word for step in ledger.requests for word in words_of(step.text))
        self.book = OrderBook(ledger, self._is_source)
        self._served: dict[Verb, int] = {}
        self._reached: dict[Verb, set[tuple[str, ...]]] = {}
        self._visited: dict[str, int] = {}
        for act in acts:
            if act.verbs == _FETCH:
                for value in act.targets:
                    self._visited.setdefault(_site(value), act.step)
            for verb in act.verbs:
                self._reached.setdefault(verb, set()).add(act.targets)
            if any(self.is_named(value, act.step) for value in act.targets):
                for verb in act.verbs:
                    self._served.setdefault(verb, act.step)

    def trust(self, step: int) -> Trust:
        """Return whose words step `step` holds."""
        found = self._trusts.get(step)
        if found is None:
            found = self._trusts[step] = self._mandate.trust_of(step)
        return found

    def _is_source(self, step: int) -> bool:
        entry = self._steps[step]
        if self._needles is not None and not any(host in entry.text for host in self._needles):
            return False
        return source_of(entry) == "tool" and self.trust(step) != "trusted"

    def is_named(self, value: str, step: int) -> bool:
        """Return whether the user, the system or the charter named `value` before `step`."""
        known = self._named.get(value)
        if known is not None and known < step:
            return True
        if not self._mandate.is_named(value, step):
            return False
        self._named[value] = step - 1
        return True

    def reading(self, act: Act) -> Reading | None:
        """Return the gravest reading of `act`, None if there is nothing to say."""
        found = [*self._by_value(act), *self._by_words(act)]
        is_found = any(reading.suspicion >= THRESHOLD for reading in found)
        if not is_found and not act.is_shell and self._is_unasked(act):
            found += [*self._by_command(act), *self._by_origin(act)]
        best = max(found, key=lambda reading: reading.suspicion, default=None)
        return best if best is not None and best.suspicion > 0 else None

    def _by_value(self, act: Act) -> Iterator[Reading]:
        """Yield readings of the act's values that stand in or beside an order."""
        for number, value in enumerate(act.values):
            if self.is_named(value, act.step):
                continue
            part: Part = "target" if number < len(act.targets) else "content"
            for called in self.book.naming(value, act.step):
                call = _calling(act, value, called)
                if call is not None:
                    yield self._read(act, value, called.order, call, part)

    def _by_words(self, act: Act) -> Iterator[Reading]:
        """Yield readings of words that an order dictated and the act passes on."""
        for content in act.contents:
            for phrase, order in self.book.dictating(content, act.step):
                if not self.is_named(phrase, act.step):
                    yield self._read(act, phrase, order, "dictated", "content")

    def _by_command(self, act: Act) -> Iterator[Reading]:
        """Yield readings of orders that ask for such an act on such a thing."""
        for thing in sorted(act.words - words().common):
            if len(thing) < _MIN_THING:
                continue
            for called in self.book.naming(thing, act.step):
                order = called.order
                is_it = called.is_inside and not order.is_weak and thing not in order.forms
                if not is_it or act.words.isdisjoint(order.forms):
                    continue
                if self._means_another(act, order):
                    continue
                yield self._read(act, thing, order, "commanded", "target")

    def _means_another(self, act: Act, order: Order) -> bool:
        """Return whether an order names addresses, and the act goes to none of them."""
        said = self._steps[order.step].text[order.start : order.end]
        addresses = {word.strip(EDGES) for word in said.split() if is_address(word.strip(EDGES))}
        return bool(addresses) and addresses.isdisjoint(act.values)

    def _by_origin(self, act: Act) -> Iterator[Reading]:
        """Yield readings of where the targets of an act stood first."""
        for value in act.targets:
            if self.is_named(value, act.step):
                continue
            origin = self._mandate.origin_of(value, act.step)
            if origin.source != "tool" or origin.step is None:
                continue
            call: Calling = "stated" if _is_statement(origin.quote, value) else "shown"
            licence = self._licence(act, origin.step)
            found = suspicion(self.trust(origin.step), call, licence, "target", 0.0)
            yield Reading(act, value, origin.step, origin.quote, call, licence, found)

    def _read(self, act: Act, value: str, order: Order, call: Calling, part: Part) -> Reading:
        trust = self.trust(order.step)
        licence = self._licence(act, order.step)
        if trust == "local" and licence in ("open", "beyond"):
            # What one's own machine says of how to do what was asked is how it is done.
            licence = "trusted"
        related = self._related(order, value)
        found = suspicion(trust, call, licence, part, related)
        quote = self._steps[order.step].text[order.start : order.end]
        return Reading(act, value, order.step, quote, call, licence, found)

    def _is_unasked(self, act: Act) -> bool:
        if act.verbs.isdisjoint(_HEAVY):
            return False
        return not self._is_asked(act)

    def _is_asked(self, act: Act) -> bool:
        """Return whether the user's words ask for acts of one of these sorts, or near ones."""
        verbs = set(act.verbs)
        for verb in act.verbs:
            verbs.update(_NEAR.get(verb, ()))
        return any(self._mandate.asks_for(verb, act.step) for verb in verbs)

    def _licence(self, act: Act, source: int) -> Licence:
        """Return what the user's words leave unauthorised of an act that `source` calls for."""
        request = self._mandate.request
        is_served = any(self._served.get(verb, act.step) < act.step for verb in act.verbs)
        delegation = request.delegates_to(source)
        if delegation is not None:
            if delegation.kind == "orders":
                return "orders"
            near = {near for verb in act.verbs for near in (verb, *_NEAR.get(verb, ()))}
            if not near.isdisjoint(delegation.verbs):
                return "second" if is_served or self._is_second(act, delegation) else "values"
        if not self._is_asked(act):
            is_left = request.is_open_ended(act.step) or self._orders_unplaced
            return "trusted" if is_left else "unasked"
        if is_served and not self._is_browsing(act):
            return "beyond"
        return "browsing" if self._is_browsing(act) else "open"

    def _is_browsing(self, act: Act) -> bool:
        """Return whether the agent follows links: of a search, or on a site where it is."""
        if act.verbs != _FETCH:
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
                for effect in self._ledger.effects
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
        if any(len(self._reached[verb]) > 1 for verb in act.verbs & delegation.verbs):
            return not _asks_for_several(delegation.quote)
        return False

    def _related(self, order: Order, value: str) -> float:
        """Return how much an order speaks of what the user asked.

        The value itself and the name of the place where it stands say nothing of it.
        """
        about = set(order.inside.split()) - set(words_of(value))
        delegation = self._mandate.request.delegates_to(order.step)
        if delegation is not None:
            about -= set(words_of(delegation.source))
        return min(len(_telling(about) & self._asked) / _ENOUGH_SHARED, 1.0)


def _asks_for_several(quote: str) -> bool:
    """Return whether words that point at a source may mean more than one act."""
    said = pattern(_NAMES).sub(" ", quote)
    found = words_of(said)
    several = words().several
    return any(
        word in several or word.isdigit() or (word.endswith("s") and not word.endswith("ss"))
        for word in found
        if word not in words().common
    )


def _calling(act: Act, value: str, called: Called) -> Calling | None:
    """Return how nearly an order in or beside which a value stands calls for the act."""
    order = called.order
    fits = (
        act.is_vague
        or not act.verbs.isdisjoint(order.verbs)
        or not act.words.isdisjoint(order.forms)
    )
    if not fits:
        return "named" if called.is_inside else None
    is_pointer = act.verbs == _FETCH and order.forms <= words().pointing
    is_choice = value.split(" ", 1)[0].lower() in order.forms
    if order.is_weak or is_pointer or is_choice:
        return "offered" if called.is_inside else None
    if called.is_inside:
        return "ordered"
    return None if act.verbs == _FETCH else "beside"


def _site(address: str) -> str:
    """Return the last two labels of the host that `address` names, empty if it names none."""
    host = bare_address(address).partition("/")[0].rsplit("@", 1)[-1].partition(":")[0].lower()
    return ".".join(host.rsplit(".", 2)[-2:]) if "." in host else ""


def _is_web(tool: str) -> bool:
    """Return whether a tool that searches does so where anybody may have written."""
    return not words().web.isdisjoint(name_words(tool))


def _is_statement(quote: str, value: str) -> bool:
    """Return whether the line of `quote` that holds `value` is prose, not a row or a field."""
    at = max(quote.lower().find(value.lower()), 0)
    start = quote.rfind("\n", 0, at) + 1
    end = quote.find("\n", at)
    line = quote[start : end if end >= 0 else len(quote)].strip()
    return len(line.split()) >= _MIN_STATEMENT and line[:1] not in "-*{[|<"


def _telling(found: Iterable[str]) -> frozenset[str]:
    """Return the words that say what a text is about, without endings of the plural."""
    skipped = words().common
    verbs = imperatives()
    return frozenset(
        word.removesuffix("s")
        for word in found
        if len(word) > 2 and word not in skipped and word not in verbs
    )


def _needles(acts: Sequence[Act]) -> tuple[str, ...] | None:
    """Return what a result must hold to be worth reading, None if any may be.

    Where all acts are shell commands, only addresses decide; of many, the first 32 count.
    """
    if not all(act.is_shell for act in acts):
        return None
    hosts = {
        value.partition("://")[2].rsplit("@", 1)[-1].partition("/")[0] or value: None
        for act in acts
        for value in act.values
    }
    return tuple(hosts)[:_MAX_NEEDLES]


_MAX_NEEDLES: Final = 32
