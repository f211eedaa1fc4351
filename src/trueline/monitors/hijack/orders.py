"""Orders in what tools returned: sentences that call on their reader to do something.

An order is a sentence with a verb of doing in the imperative or behind a modal (`send X to
Y`, `you must pay`, `the limit has to be raised`).  Whether it is meant well is not asked,
nor whether it looks like an attack: only what it calls for, and which values stand in it.
A row, a field and a plain statement are no orders.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from msgspec import Struct

from trueline.core.patterns import Pattern, pattern
from trueline.ledger import Ledger
from trueline.ledger.model import Verb
from trueline.ledger.outcomes.plain import literal
from trueline.ledger.provenance import words_of
from trueline.monitors.hijack.sentences import Sentence, sentences_of, spaced
from trueline.monitors.hijack.words import (
    foreign,
    holding,
    imperatives,
    inflected,
    passives,
    unspaced,
    words,
)

_MARKS: Final = {",": ",", ";": ",", "(": ",", '"': '"', "“": ",", "—": ",", ":": ":", "：": ":",
                 "，": ",", "、": ",", "*": " ", "`": " ", "!": " ", ")": " "}  # fmt: skip
_CUT: Final = str.maketrans({mark: f" {meant} " for mark, meant in _MARKS.items()})
_STOPS: Final = frozenset((",", ":", ".", "-", '"'))
_EDGES: Final = "'’\"[]{}<>_.?"
_MAX_ORDERS: Final = 4096
_LOOKED_AT: Final = 48
_TRIED: Final = 64
_QUOTES: Final = "\"'“«‘"
_IN_QUOTES: Final = (
    r"[\"“«]([^\"“”«»\n]{12,300})[\"”»]|''([^'\n]{12,300})''|['‘]([^'’\n]{12,300})['’]"
)
_MIN_DICTATED: Final = 4
_MAX_TITLE: Final = 8


_MIN_HOLDING: Final = 2
"""Words that hold a sentence together, from which on it is one of that language."""


class Order(Struct, frozen=True):
    """One sentence that calls for something.

    Attributes:
        step: the result it stands in.
        verbs: the sorts of effects it calls for.
        forms: the verbs as written, lower case.
        start: its place in the step's text.
        end: the place behind it.
        inside: its words, padded with blanks.
        around: its words and those of the sentences beside it, padded.
        is_weak: it may be a title ("Purchase at the shop"), an offer ("if you need more") or leave
            ("you can read more there").
    """

    step: int
    verbs: frozenset[Verb]
    forms: frozenset[str]
    start: int
    end: int
    inside: str
    around: str
    is_weak: bool = False


class Called(Struct, frozen=True):
    """An order that names a value.

    Attributes:
        order: the order.
        is_inside: the value stands in the order itself, not in a sentence beside it.
    """

    order: Order
    is_inside: bool


class OrderBook:
    """The orders in the results of a run, found by the values that stand in them.

    Args:
        ledger: the run.
        is_source: whether the words of the result at that step count.
    """

    def __init__(self, ledger: Ledger, is_source: Callable[[int], bool]) -> None:
        self._steps = ledger.steps
        self._is_source = is_source
        self._next = 0
        self._holders: dict[str, list[int]] = {}
        self._dictated: list[tuple[str, str, Order]] = []
        self.orders: list[Order] = []

    def grow(self, before: int) -> None:
        """Read the results before `before`."""
        while self._next < min(before, len(self._steps)):
            step = self._steps[self._next]
            self._next += 1
            if step.kind != "result" or not step.text or not self._is_source(step.index):
                continue
            for order in orders_in(step.text, step.index):
                number = len(self.orders)
                self.orders.append(order)
                for phrase in quoted_in(step.text[order.start : order.end]):
                    self._dictated.append((f" {' '.join(words_of(phrase))} ", phrase, order))
                for word in set(order.around.split()):
                    self._holders.setdefault(word, []).append(number)

    def dictating(self, content: str, before: int) -> list[tuple[str, Order]]:
        """Return the words in quotes of the orders before `before` that `content` repeats.

        Of many such words the first 64 and the last 64 are looked for.
        """
        self.grow(before)
        if not self._dictated:
            return []
        said = f" {' '.join(words_of(content))} "
        known = self._dictated
        tried = known if len(known) <= 2 * _TRIED else [*known[:_TRIED], *known[-_TRIED:]]
        return [
            (phrase, order)
            for wanted, phrase, order in tried
            if order.step < before and wanted in said
        ]

    def naming(self, value: str, before: int) -> list[Called]:
        """Return the orders before `before` in or beside which `value` stands."""
        self.grow(before)
        value_words = words_of(bare_address(value))
        if not value_words:
            return []
        lists = [self._holders.get(word) for word in value_words[:24]]
        held = [found for found in lists if found is not None]
        if len(held) < len(lists):
            return []
        rarest = min(held, key=len)
        wanted = f" {' '.join(value_words)} "
        numbers = rarest if len(rarest) <= _LOOKED_AT else rarest[-_LOOKED_AT:]
        found: list[Called] = []
        for number in numbers:
            order = self.orders[number]
            if order.step >= before or wanted not in order.around:
                continue
            found.append(Called(order, wanted in order.inside))
        return found


def bare_address(value: str) -> str:
    """Return `value` without what an address may be written with or without."""
    scheme, found, rest = value.partition("://")
    if found and " " not in scheme:
        value = rest.rstrip("/")
    return value


def orders_in(text: str, step: int) -> Iterator[Order]:
    """Yield the orders in `text`, at most 4,096."""
    return _orders_in(text, step, _markers())


def orders_to_say(text: str, step: int) -> Iterator[Order]:
    """Yield those orders in `text` that call for words to the user."""
    saying = words().saying
    for order in _orders_in(text, step, saying):
        if not order.forms.isdisjoint(saying):
            yield order


def _orders_in(text: str, step: int, markers: frozenset[str]) -> Iterator[Order]:
    """Yield the orders in `text` of sentences with one of `markers`, and some others."""
    sentences = sentences_of(text)
    plain = _Plain(sentences)
    count = 0
    telling = _telling(markers if len(sentences) <= _MAX_ORDERS else _markers())
    for index in telling.may_hold([sentence.text.lower() for sentence in sentences]):
        sentence = sentences[index]
        said = _ordered(sentence)
        forms = said.orders or said.allowed
        if not forms:
            continue
        count += 1
        if count > _MAX_ORDERS:
            return
        verbs: frozenset[Verb] = frozenset(verb for sorts in forms.values() for verb in sorts)
        near = range(max(index - 1, 0), min(index + 3, len(sentences)))
        around = " ".join([plain[number] for number in near])
        yield Order(
            step,
            verbs,
            frozenset(forms),
            sentence.start,
            sentence.end,
            f" {plain[index]} ",
            f" {around} ",
            is_weak=not said.orders or _is_title(sentence.text) or _is_offer(plain[index]),
        )


class _Plain(dict[int, str]):
    """The words of the sentences of a text, by place; read when asked for."""

    def __init__(self, sentences: list[Sentence]) -> None:
        super().__init__()
        self._sentences = sentences

    def __missing__(self, index: int) -> str:
        found = self[index] = " ".join(words_of(spaced(self._sentences[index].text)))
        return found


def quoted_in(text: str) -> list[str]:
    """Return what stands in quotes in `text` and is long enough to be somebody's words."""
    if not any(mark in text for mark in _QUOTES):
        return []
    found: list[str] = []
    for match in pattern(_IN_QUOTES).finditer(text):
        phrase = match.group(1) or match.group(2) or match.group(3)
        if phrase.count(" ") >= _MIN_DICTATED - 1:
            found.append(phrase)
    return found


def _is_title(text: str) -> bool:
    """Return whether `text` is a short field, whose first word need not be a verb."""
    head, found, rest = text.lstrip("-*• {'\"").partition(":")
    name = head.strip("'\"").lower()
    return bool(found) and name in words().titles and len(rest.split()) <= _MAX_TITLE


def _is_offer(plain: str) -> bool:
    """Return whether a sentence leaves it to its reader: what follows serves them."""
    padded = f" {plain} "
    is_asked = " if you could " in padded or " if you would " in padded
    return not is_asked and any(phrase in padded for phrase in words().offers)


def _ordered(sentence: Sentence) -> "_Said":
    """Return the verbs of doing that `sentence` uses to order, with what they call for."""
    text = sentence.text.lower().replace("’", "'")
    tokens = text.translate(_CUT).split()
    said = _Said()
    if not text.isascii():
        said.orders.update({form: verbs for form, verbs in unspaced().items() if form in text})
    if "_" not in text and _markers().isdisjoint(tokens):
        return said
    said.orders.update(_foreign_orders(tokens))
    _English(tokens, said).read()
    other = inflected()
    for at, token in enumerate(tokens):
        verbs = other.get(token)
        if verbs and not (at and tokens[at - 1] in words().narrators):
            said.orders[token] = verbs
    return said


def _foreign_orders(tokens: list[str]) -> dict[str, frozenset[Verb]]:
    """Return the verbs of doing in a sentence of German, Spanish or French.

    Their endings tell an order from a custom ("the office forwards it") less surely than
    word order does in English, so both count.
    """
    known = foreign()
    found = [(token, *known[token]) for token in tokens if token in known]
    return {
        token: verbs
        for token, language, verbs in found
        if sum(word in holding(language) for word in tokens) >= _MIN_HOLDING
    }


@cache
def _markers() -> frozenset[str]:
    """Return the words without any of which no sentence orders anything."""
    return frozenset(
        imperatives().keys()
        | inflected().keys()
        | foreign().keys()
        | passives().keys()
        | words().urging
        | words().saying
    )


@cache
def _telling(markers: frozenset[str]) -> Pattern:
    """Return a pattern for sentences, in lower case, that may hold one of the markers.

    A marker stands alone or beside what is cut off from words, such as `_`.
    """
    forms = "|".join(map(literal, sorted(markers)))
    pieces = "|".join(map(literal, sorted(unspaced())))
    return pattern(f"[^0-9a-z](?:{forms})[^0-9a-z]|{pieces}")


class _Said:
    """The verbs of one sentence: what is ordered, and what is only allowed."""

    __slots__ = ("allowed", "orders")

    def __init__(self) -> None:
        self.orders: dict[str, frozenset[Verb]] = {}
        self.allowed: dict[str, frozenset[Verb]] = {}


class _English:
    """Reads one sentence from left to right, knowing whether an imperative may stand here.

    Behind a word that urges ("please", "must") any verb orders, also one of which it is not
    known what it does; behind "you can" it allows.
    """

    def __init__(self, line: list[str], said: _Said) -> None:
        self._line = line
        self._said = said
        self._is_open = True
        self._is_narrated = False
        self._is_urged = False
        self._is_allowed = False

    def read(self) -> None:
        """Note the verbs that order or allow."""
        for at, word in enumerate(self._line):
            if word in _STOPS:
                self._is_open, self._is_narrated = True, False
                self._is_urged = self._is_urged and word in ',"'
            else:
                self._take(at, word.strip(_EDGES))

    def _take(self, at: int, word: str) -> None:
        lists = words()
        verbs = imperatives().get(word)
        if "_" in word and not self._is_field(at):
            self._take_tool(word)
            return
        if verbs is None and word in lists.saying:
            verbs = frozenset()
        if self._is_open and not self._is_narrated and verbs is not None and not self._is_field(at):
            self._note(word, verbs)
        elif word == "you":
            # "can you send" asks as "send" does; "you can send" allows; "you sent" tells.
            self._is_open = bool(at) and self._line[at - 1] in lists.modals
            self._is_narrated = False
        elif word in lists.modals or word in lists.urging:
            self._is_open = not self._is_narrated
            self._is_urged = self._is_urged or word in lists.urging
            # "you could send" allows; "I would be glad if you could send" asks.
            before = self._line[max(at - 2, 0) : at]
            is_leave = word in lists.allowing and before[-1:] == ["you"] and before[:1] != ["if"]
            self._is_allowed = is_leave or (self._is_allowed and word not in lists.urging)
        elif word == "be" and self._is_open:
            self._take_passive(at)
        elif word in lists.narrators:
            self._is_narrated, self._is_open = True, False
        elif word not in lists.openers:
            if self._is_open and self._is_urged and not self._is_narrated and word.isalpha():
                self._note(word, frozenset())
            self._is_open = False

    def _note(self, word: str, verbs: frozenset[Verb]) -> None:
        noted = self._said.allowed if self._is_allowed else self._said.orders
        noted[word] = verbs
        self._is_open = self._is_urged = False

    def _take_tool(self, word: str) -> None:
        """Note a tool that a sentence names (`send_money`): to name it is to call for it."""
        form = word.partition("_")[0]
        verbs = imperatives().get(form)
        if verbs and not self._is_narrated:
            self._note(form, verbs)

    def _take_passive(self, at: int) -> None:
        for form in self._line[at + 1 : at + 3]:
            verbs = passives().get(form.strip(_EDGES))
            if verbs:
                self._note(form, verbs)

    def _is_field(self, at: int) -> bool:
        """Return whether the word at `at` is the name or the whole of a field."""
        after = self._line[at + 1 : at + 3]
        if not after or after[0] != '"':
            return bool(after) and after[0][0] in ":="
        return len(after) == 1 or after[1][0] in ",:}])"
