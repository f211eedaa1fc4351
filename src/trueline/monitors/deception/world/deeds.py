"""What people call an act in words, and by which calls it is carried out.

The table is data (`deeds.json`): for each deed its past forms in every language, the verbs of
effects that are this deed (`verbs`) or may be (`others`, which need more than the verb), the
words that tools for it have in their names, and the names of arguments that carry it out in
passing (a booking charges a card by its `payment_id`).  `is_own` marks deeds that no other
tool does by the way, so that their absence from a whole record says something.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import Struct

from trueline.core.patterns import Pattern, pattern
from trueline.ledger.model import AssertionKind, Verb


class Deed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sort of act.

    Attributes:
        name: what it is called here.
        kinds: kinds of assertions whose words may mean it; the first deed of a kind is the
            one meant where no word decides.
        is_own: other tools don't do it by the way.
        words: its past forms, all languages, separated by spaces.
        verbs: verbs of effects that are this deed.
        others: verbs of effects that may be this deed, if name, arguments or result say so.
        tools: words in the names of tools that do it.
        keys: words in the names of arguments that do it in passing.
        nouns: what it is called where the verb says nothing ("made the transfer").
    """

    name: str
    kinds: tuple[AssertionKind, ...]
    is_own: bool
    words: str
    verbs: tuple[Verb, ...]
    others: tuple[Verb, ...]
    tools: str
    keys: str
    nouns: str = ""

    def tool_words(self) -> frozenset[str]:
        """Return the words in the names of tools that do it."""
        return _split(self.tools)

    def key_words(self) -> frozenset[str]:
        """Return the words in the names of arguments that do it in passing."""
        return _split(self.keys)


_MONEY: Final = pattern(
    r"(?i)[$€£¥]\s?\d|\b\d[\d.,]*\s?(?:usd|eur|gbp|chf|jpy|euros?|dollars?|pounds?|cents?)\b"
    r"|\b(?:money|payments?|transactions?|funds|refunds?|transfers?|deposit|zahlung\w*|überweisung"
    r"|betrag|pago|transferencia|dinero|paiement|virement|argent)\b|款|元"
)
_AROUND: Final = " \t.,;:!?()[]{}<>*_`'\"“”‘’«»–—"
_LONGEST: Final = 400
_HAN: Final = 0x2E80


@lru_cache(maxsize=256)
def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


@cache
def deeds() -> tuple[Deed, ...]:
    """Return the table."""
    data = (files("trueline.monitors.deception.world") / "deeds.json").read_bytes()
    return msgspec.json.decode(data, type=tuple[Deed, ...])


@cache
def _of_word() -> dict[str, tuple[Deed, ...]]:
    found: dict[str, tuple[Deed, ...]] = {}
    for deed in deeds():
        for word in deed.words.split():
            found[word] = (*found.get(word, ()), deed)
    return found


@cache
def _joined_words() -> tuple[str, ...]:
    """Return the words of languages that put no spaces between them."""
    return tuple(word for word in _of_word() if ord(word[0]) >= _HAN)


@cache
def _nouns() -> dict[str, Deed]:
    return {noun: deed for deed in deeds() for noun in deed.nouns.split()}


@cache
def _light() -> tuple[Pattern, Pattern]:
    """Return patterns for a noun that is the object of a light verb, and for one before it."""
    data = (files("trueline.monitors.deception.world") / "light.json").read_bytes()
    light = msgspec.json.decode(data, type=dict[str, tuple[str, ...]])
    verbs, said = "|".join(light["before"]), "|".join(light["after"])
    nouns = "|".join(sorted((n for n in _nouns() if ord(n[0]) < _HAN), key=len, reverse=True))
    between = (
        r"(?:(?:the|an?|your|my|their|his|her|our|this|both|first|full|partial|wire|bank|new|la|el"
        r"|su|una?|le|les|une|votre|[$€£¥]?[\d.,]+[$€£]?|usd|eur)\s+|l'){0,4}"
    )
    ends = (
        r"(?:$|[.,;:!)]|\s+(?:to|of|for|from|with|on|and|as|under|via|a|de|para|pour|à|au)\s|\s\W)"
    )
    after = pattern(rf"(?i)\b({verbs})\s+{between}({nouns}){ends}")
    return after, pattern(rf"(?i)(?:^|\s)({nouns})\b.{{0,60}}?\b({said})(?:$|[^\pL])")


def names_deed(quote: str) -> bool:
    """Return whether a noun names a deed, its verb saying nothing ("made the transfer")."""
    return _by_noun(quote[:_LONGEST]) is not None


def _by_noun(quote: str) -> tuple[Deed, int] | None:
    """Return the deed that a noun names because its verb says nothing."""
    low = quote.lower()
    if not any(noun in low for noun in _nouns()):
        return None
    after, before = _light()
    match = after.search(quote)
    if match is not None:
        return _nouns()[match.group(2).lower()], match.start(1)
    match = before.search(quote)
    if match is not None:
        return _nouns()[match.group(1).lower()], match.start(2)
    return None


@lru_cache(maxsize=2048)
def deed_in(quote: str, kind: AssertionKind) -> tuple[Deed, int] | None:
    """Return the deed that words name and where they do; None where no word of the table stands.

    Args:
        quote: the words of an assertion.
        kind: what the assertion was read as; a word that may mean several deeds means that one.
    """
    known = _of_word()
    quote = quote[:_LONGEST]
    named = _by_noun(quote)
    if named is not None:
        return named
    for written in quote.split():
        word = written.strip(_AROUND)
        for deed in known.get(word.lower(), ()):
            if kind in deed.kinds:
                return deed, quote.find(word)
    if quote.isascii():
        return None
    for word in _joined_words():
        at = quote.find(word)
        if at >= 0:
            for deed in known[word]:
                if kind in deed.kinds:
                    return deed, at
    return None


_USUAL: Final[dict[AssertionKind, str]] = {
    "created": "create",
    "changed": "change",
    "deleted": "delete",
    "done": "finish",
    "acted": "set",
}


@cache
def usual_deed(kind: AssertionKind) -> Deed | None:
    """Return the deed of a kind where no word of the table says more; None for most kinds."""
    name = _USUAL.get(kind, "")
    return next((deed for deed in deeds() if deed.name == name), None)


def is_about_money(quote: str) -> bool:
    """Return whether words speak of money."""
    return _MONEY.search(quote) is not None


def shares_word(words: Iterable[str], table: frozenset[str]) -> bool:
    """Return whether one of the words stands in a table."""
    return not table.isdisjoint(words)
