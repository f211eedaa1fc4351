"""The words of orders: verbs by the sort of effect they call for, and what makes them orders.

The words are data (`words.json`): for each language the forms in which an order is written,
by sort of effect.  They name no attack: they are the verbs that any mail or page uses to ask
its reader for something.
"""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from trueline.charter.asking.wording import wording
from trueline.ledger.model import Language, Verb

_FOREIGN: Final[tuple[Language, ...]] = ("de", "es", "fr")
_GRAVE: Final[frozenset[Verb]] = frozenset(
    ("send", "pay", "grant", "delete", "configure", "install", "stop", "push", "deploy", "delegate")
)
_MIN_FORM: Final = 4
_FILE = Path(__file__).parent / "words.json"


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of all languages together.

    Attributes:
        orders: forms of verbs in which an order stands in the imperative, by sort of effect.
        participles: forms in which it stands in the passive ("must be sent").
        anywhere: forms that are an order wherever they stand (languages with endings).
        pieces: the same for scripts without spaces, found inside longer runs.
        openers: words that may stand before an imperative at the start of a clause.
        modals: words before a verb that make an order of it ("must", "to").
        urging: words behind which any verb orders ("please", "must").
        allowing: words that behind "you" only allow ("can", "may").
        narrators: subjects that make of it something else than an order ("I", "they").
        offers: phrases that leave it to the reader ("if you", "for more").
        several: words that ask for more than one thing.
        web: words in the names of tools that search where anybody may have written.
        pointing: verbs that show where something stands ("see", "refer to").
        titles: names of fields that hold a title.
        saying: verbs that call for words to the user ("tell", "mention").
        listeners: what names the user or the agent's answer to them, padded.
        reserved: parts of an answer that tells of somebody's words and does not adopt them.
        common: words that say nothing of what a text is about.
    """

    orders: dict[Verb, str]
    participles: dict[Verb, str]
    anywhere: dict[Verb, str]
    pieces: dict[Verb, str]
    openers: frozenset[str]
    modals: frozenset[str]
    urging: frozenset[str]
    allowing: frozenset[str]
    narrators: frozenset[str]
    offers: tuple[str, ...]
    several: frozenset[str]
    web: frozenset[str]
    pointing: frozenset[str]
    titles: frozenset[str]
    saying: frozenset[str]
    listeners: tuple[str, ...]
    reserved: tuple[str, ...]
    common: frozenset[str]


@cache
def words() -> Words:
    """Return the words; read once."""
    return msgspec.json.decode(_FILE.read_bytes(), type=Words)


@cache
def _by_word(field: str) -> dict[str, frozenset[Verb]]:
    found: dict[str, set[Verb]] = {}
    table: dict[Verb, str] = getattr(words(), field)
    for verb, forms in table.items():
        for form in forms.split():
            found.setdefault(form, set()).add(verb)
    return {form: frozenset(verbs) for form, verbs in found.items()}


def imperatives() -> dict[str, frozenset[Verb]]:
    """Return the sorts of effects that each imperative calls for."""
    return _by_word("orders")


def passives() -> dict[str, frozenset[Verb]]:
    """Return the sorts of effects that each participle calls for after a modal and `be`."""
    return _by_word("participles")


def inflected() -> dict[str, frozenset[Verb]]:
    """Return the sorts of effects of forms that are orders wherever they stand."""
    return _by_word("anywhere")


def unspaced() -> dict[str, frozenset[Verb]]:
    """Return the sorts of effects of forms in scripts without spaces."""
    return _by_word("pieces")


@cache
def foreign() -> dict[str, tuple[Language, frozenset[Verb]]]:
    """Return forms of verbs of doing in languages with endings, with language and effects."""
    english = wording("en").forms
    found: dict[str, tuple[Language, frozenset[Verb]]] = {}
    for language in _FOREIGN:
        for form, senses in wording(language).forms.items():
            verbs: frozenset[Verb] = frozenset(
                one.verb
                for one in senses
                if one.kind == "base" and not one.particle and one.verb in _GRAVE
            )
            if verbs and len(form) >= _MIN_FORM and form not in english:
                found.setdefault(form, (language, verbs))
    return found


@cache
def holding(language: Language) -> frozenset[str]:
    """Return the words that hold sentences of one language together, and no English ones."""
    return wording(language).words("function") - wording("en").words("function")
