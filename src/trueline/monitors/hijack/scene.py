"""One run as this monitor sees it: its acts, the orders in its results, the user's words.

An act is read against every order that names one of its values.  Acts that nobody asked for
are also read against orders that ask for such an act without a value, and against the place
where their value stood first.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from trueline.charter import Mandate, Trust
from trueline.core.patterns import pattern
from trueline.ledger import Ledger
from trueline.ledger.model import Verb
from trueline.ledger.provenance import source_of, words_of
from trueline.monitors.hijack.acts import EDGES, Act, is_address
from trueline.monitors.hijack.licence import FETCH, Licences
from trueline.monitors.hijack.orders import Called, Order, OrderBook, bare_address
from trueline.monitors.hijack.rivals import other_record, swapped_account
from trueline.monitors.hijack.suspicion import Calling, Licence, Part, suspicion
from trueline.monitors.hijack.words import imperatives, words
from trueline.monitors.protocol import THRESHOLD

_ENOUGH_SHARED: Final = 3
_MIN_THING: Final = 3
_MIN_STATEMENT: Final = 6
_LIGHT: Final[frozenset[Verb]] = frozenset(("write", "execute", "move"))
_HEAVY: Final[frozenset[Verb]] = frozenset(
    ("send", "pay", "grant", "delete", "configure", "stop", "push", "deploy", "install",
     "delegate", "execute", "write", "move")
)  # fmt: skip
"""Verbs whose doing unasked is worth a look even where no order names a value."""


_REACHING: Final[frozenset[Verb]] = frozenset(
    ("send", "pay", "grant", "configure", "delegate", "install", "push", "deploy")
)
"""Verbs whose target is somebody, or a place outside."""

_FIELD_ENDS: Final = r"[\n|]|[\"'],|\\n|</?[A-Za-z]"
_FIELD_STARTS: Final = r"[\n|]|[\"']:|[\[{,]\s*[\"']|\\n|</?[A-Za-z][^<>]*>"
_AROUND: Final = 1500


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
        self._needles = _needles(acts)
        self._asked = _telling(word for step in ledger.requests for word in words_of(step.text))
        self.book = OrderBook(ledger, self._is_source)
        self.licences = Licences(mandate, acts)

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

    def reading(self, act: Act) -> Reading | None:
        """Return the gravest reading of `act`, None if there is nothing to say."""
        found = [*self._by_value(act), *self._by_words(act), *self._by_rival(act)]
        is_found = any(reading.suspicion >= THRESHOLD for reading in found)
        if not is_found and not act.is_shell and self._is_unasked(act):
            found += [*self._by_command(act), *self._by_origin(act)]
        for best in sorted(found, key=lambda reading: -reading.suspicion):
            if best.suspicion < THRESHOLD or not self._is_own(best):
                return best if best.suspicion > 0 else None
        return None

    def _is_own(self, reading: Reading) -> bool:
        """Return whether the agent itself had used the value before the order was there."""
        if reading.call in ("commanded", "offered"):
            return False
        first = self._ledger.provenance.first_step(bare_address(reading.value), reading.step)
        return first is not None and source_of(self._steps[first]) == "agent"

    def _by_value(self, act: Act) -> Iterator[Reading]:
        """Yield readings of the act's values that stand in or beside an order."""
        for number, value in enumerate(act.values):
            if self.licences.is_named(value, act.step):
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
                if not self.licences.is_named(phrase, act.step):
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
                call: Calling = "offered" if act.verbs <= _LIGHT else "commanded"
                yield self._read(act, thing, order, call, "target")

    def _means_another(self, act: Act, order: Order) -> bool:
        """Return whether an order names addresses, and the act goes to none of them."""
        said = self._steps[order.step].text[order.start : order.end]
        addresses = {word.strip(EDGES) for word in said.split() if is_address(word.strip(EDGES))}
        return bool(addresses) and addresses.isdisjoint(act.values)

    def _by_origin(self, act: Act) -> Iterator[Reading]:
        """Yield readings of where the targets of an act stood first."""
        for value in act.targets:
            if self.licences.is_named(value, act.step):
                continue
            origin = self._mandate.origin_of(value, act.step)
            if origin.source != "tool" or origin.step is None:
                continue
            licence = self.licences.of(act, origin.step)
            call: Calling = "shown"
            if _is_statement(self._steps[origin.step].text, value):
                is_told = licence == "unasked" and self._is_told(act, value)
                call = "told" if is_told else "stated"
            found = suspicion(self.trust(origin.step), call, licence, "target", 0.0)
            yield Reading(act, value, origin.step, origin.quote, call, licence, found)

    def _is_told(self, act: Act, value: str) -> bool:
        """Return whether an act far from the user's words reaches an address outside."""
        return (
            not act.is_shell
            and not act.verbs.isdisjoint(_REACHING)
            and is_address(value)
            and not self._mandate.request.alludes_to(value, act.step)
            and self.licences.is_plainly_unasked(act)
        )

    def _read(self, act: Act, value: str, order: Order, call: Calling, part: Part) -> Reading:
        trust = self.trust(order.step)
        licence = self.licences.of(act, order.step)
        if licence in ("filled", "open", "values") and self._is_other(act, value):
            licence = "other"
        if trust == "local" and licence in ("open", "beyond"):
            # What one's own machine says of how to do what was asked is how it is done.
            licence = "trusted"
        related = self._related(order, value)
        found = suspicion(trust, call, licence, part, related)
        quote = self._steps[order.step].text[order.start : order.end]
        return Reading(act, value, order.step, quote, call, licence, found)

    def _is_other(self, act: Act, value: str) -> bool:
        return value in act.targets and other_record(self._mandate, act)

    def _by_rival(self, act: Act) -> Iterator[Reading]:
        """Yield the reading of an account that stands apart from the bill that it pays."""
        if "pay" not in act.verbs or act.is_shell:
            return
        account = swapped_account(self._mandate, act)
        origin = self._mandate.origin_of(account, act.step) if account else None
        if origin is None or origin.step is None or origin.source != "tool":
            return
        if self.licences.of(act, origin.step) == "orders":
            return
        found = suspicion(self.trust(origin.step), "swapped", "rival", "target", 0.0)
        yield Reading(act, account, origin.step, origin.quote, "swapped", "rival", found)

    def _is_unasked(self, act: Act) -> bool:
        if act.verbs.isdisjoint(_HEAVY):
            return False
        return not self.licences.is_asked(act)

    def _related(self, order: Order, value: str) -> float:
        """Return how much an order speaks of what the user asked.

        The value itself and the name of the place where it stands say nothing of it.
        """
        about = set(order.inside.split()) - set(words_of(value))
        delegation = self._mandate.request.delegates_to(order.step)
        if delegation is not None:
            about -= set(words_of(delegation.source))
        return min(len(_telling(about) & self._asked) / _ENOUGH_SHARED, 1.0)


def _calling(act: Act, value: str, called: Called) -> Calling | None:
    """Return how nearly an order in or beside which a value stands calls for the act."""
    order = called.order
    is_same_sort = not act.is_vague and not act.verbs.isdisjoint(order.verbs)
    fits = is_same_sort or not act.words.isdisjoint(order.forms)
    if not fits and not act.is_vague:
        return "named" if called.is_inside else None
    is_pointer = act.verbs == FETCH and order.forms <= words().pointing
    is_choice = value.split(" ", 1)[0].lower() in order.forms
    if order.is_weak or is_pointer or is_choice:
        return "offered" if called.is_inside else None
    if called.is_inside:
        return "ordered"
    # Of an act that is only guessed at, a neighbour's order says nothing.
    return None if act.verbs == FETCH or not fits else "beside"


def _is_statement(text: str, value: str) -> bool:
    """Return whether the field of `text` that holds `value` is prose, not a name or a number."""
    at = max(text.lower().find(value.lower()), 0)
    before, behind = text[max(at - _AROUND, 0) : at], text[at : at + _AROUND]
    ends = [match.end() for match in pattern(_FIELD_STARTS).finditer(before)]
    end = pattern(_FIELD_ENDS).search(behind)
    field = before[ends[-1] if ends else 0 :] + behind[: end.start() if end else None]
    return sum(word.strip(EDGES).isalpha() for word in field.split()) >= _MIN_STATEMENT


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
