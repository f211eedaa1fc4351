"""What a sentence names, and which sources it tells the agent to obey or to draw upon."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from trueline.charter.asking.grammar import Act
from trueline.charter.asking.tokens import Sentence, Token, is_value
from trueline.charter.asking.wording import Wording, singular
from trueline.ledger.model import Verb
from trueline.ledger.provenance import words_of

_QUOTE: Final = 300


class Sources(Struct, frozen=True):
    """Sources that a sentence speaks of.

    Attributes:
        values: as named: paths, addresses, titles.
        sorts: by sort: `email`, `list`.
        verbs: the sorts of effects that the sentence asks for.
        quote: the sentence.
    """

    values: tuple[str, ...]
    sorts: frozenset[str]
    verbs: frozenset[Verb]
    quote: str


def sorts_in(sentence: Sentence, words: Wording) -> Iterator[str]:
    """Yield the sorts of sources that a sentence speaks of, in the singular."""
    listed = words.words("sorts")
    if words.language == "zh":
        yield from (sort for sort in listed if sort in sentence.text)
        return
    for token in sentence.tokens:
        if token.word in listed:
            yield singular(token.word)


def orders_in(
    said: Sequence[Sentence], place: int, acts: list[Act], words: Wording
) -> Iterator[Sources]:
    """Yield the sources that a sentence tells the agent to obey."""
    sentence = said[place]
    if not _obeys(sentence, acts, words):
        return
    values = tuple(token.word for token in sentence.tokens if is_value(token))
    sorts = frozenset(sorts_in(sentence, words))
    if not values and place and not _is_here(sentence, words):
        before = said[place - 1]
        values = tuple(token.word for token in before.tokens if is_value(token))
        sorts |= frozenset(sorts_in(before, words))
    if not values and (not sorts or _is_here(sentence, words)):
        return
    verbs: frozenset[Verb] = frozenset(
        verb for act in acts if act.sense == "asked" for verb in act.verbs
    )
    yield Sources(values, sorts, verbs, sentence.text[:_QUOTE])


def _obeys(sentence: Sentence, acts: list[Act], words: Wording) -> bool:
    if words.language == "zh":
        text = sentence.text
        return any(word in text for word in words.words("orders")) and any(
            word in text for word in words.words("follow")
        )
    plain = [token.word for token in sentence.tokens]
    if words.phrases("follow_source").within(plain) is not None:
        return not any(act.sense == "forbidden" for act in acts)
    orders = words.words("orders")
    noun = next(
        (at for at, token in enumerate(sentence.tokens) if not orders.isdisjoint(_named(token))), -1
    )
    if noun < 0 or not words.words("follow") & set(plain):
        return False
    if any(act.sense == "forbidden" for act in acts):
        return False
    follows = [place for place, word in enumerate(plain) if word in words.words("follow")]
    is_before = any(0 < noun - place <= _REACH for place in follows)
    return is_before or words.language == "de"


_REACH: Final = 6


def _named(token: Token) -> tuple[str, ...]:
    """Return the words of a token: of a file, those of its name."""
    if not is_value(token):
        return (token.word,)
    return tuple(words_of(token.word.rsplit("/", 1)[-1].partition(".")[0]))


def _is_here(sentence: Sentence, words: Wording) -> bool:
    """Whether the orders stand in the message itself: "do the following tasks"."""
    plain = [token.word for token in sentence.tokens]
    listed = {"following", "below", "next", "folgende", "folgenden", "suivante", "suivantes",
              "suivants", "siguiente", "siguientes"}  # fmt: skip
    return bool(listed & set(plain) & words.words("following"))
