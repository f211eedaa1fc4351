"""One message read: what it asks for, forbids, limits, hands over to a source, and confirms.

A message is read once, whatever is asked of it later, and the reading is kept: the same
words stand at the head of many runs.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from msgspec import Struct

from trueline.charter.asking.bans import Ban, bans_of
from trueline.charter.asking.grammar import Act, acts_of, acts_of_chinese
from trueline.charter.asking.sources import Sources, orders_in, sorts_in
from trueline.charter.asking.tokens import Sentence, Token, is_value, sentences, spoken
from trueline.charter.asking.wording import Wording, general, wording
from trueline.core.patterns import pattern
from trueline.ledger.model import Language, Verb

_SPACED: Final[tuple[Language, ...]] = ("en", "de", "es", "fr")
_GLANCE: Final = 60
_SHORT: Final = 12
_ENOUGH: Final = 0.25
_SURE: Final = 3
_QUOTE: Final = 300


class Bound(Struct, frozen=True):
    """An upper bound as read.

    Attributes:
        verbs: what is limited.
        most: the bound.
        is_amount: it bounds the amount of each, not how many there are.
        quote: the sentence.
    """

    verbs: frozenset[Verb]
    most: float
    is_amount: bool
    quote: str


class Reading(Struct, frozen=True):
    """What one message says.

    Attributes:
        language: the language it was read in.
        asked: sorts of effects asked for, each with the first sentence that does.
        mentioned: sorts of effects that it so much as mentions as something one does.
        nouns: sorts that it speaks of only as things: "the last payment".
        bans: what it forbids.
        bounds: what it limits.
        orders: sources that it says to obey.
        values: the things it names: paths, addresses, titles.
        sorts: the sorts of sources it speaks of.
        is_yes: it agrees to what was proposed.
        is_open: it leaves the ways to the agent.
        is_understood: most of its words are of that language.
        is_wish: it wants to have something, which may mean to buy it.
    """

    language: Language
    asked: dict[Verb, str]
    mentioned: frozenset[Verb]
    nouns: frozenset[Verb]
    bans: tuple[Ban, ...]
    bounds: tuple[Bound, ...]
    orders: tuple[Sources, ...]
    values: tuple[str, ...]
    sorts: frozenset[str]
    is_yes: bool
    is_open: bool
    is_understood: bool
    is_wish: bool


_FORBIDDING: Final = (
    r"n't\b|n’t\b|\bno\b|\bnot\b|never|without|only|avoid|leave|keep|before|at most|exceed"
    r"|maxim|max\b|up to|outside|stick to|restrict|limit|refrain|dont\b|stay |hands off"
    r"|nicht|kein|ohne|nur\b|nie\b|niemals|lasse?\b|höchstens|frage?\b|beschränk|finger"
    r"|\bne\b|\bn['’]|\bpas\b|sans\b|jamais|aucun|seule|uniquement|laisse|au plus|demande"
    r"|\bsin\b|nunca|jamás|solo\b|sólo|únicamente|deja\b|a lo sumo|como máximo|pregúnta|fuera"
    r"|nada\b|ning[uú]n|[不别勿禁只仅最未]|read-?only|nothing|below|\bunder\b|less than|cheaper"
    r"|not above|budget|\bunter\b|weniger|günstiger|moins|dessous|inférieur|\bsous\b|menos"
    r"|debajo|inferior|presupuesto"
)
"""Without one of these, in the languages that are known, nothing is forbidden or bounded."""


def forbidding_part(text: str) -> str:
    """Return the lines of `text` that could forbid or bound something, found at a glance."""
    kept: list[str] = []
    done = 0
    for match in pattern(_FORBIDDING, ignore_case=True).finditer(text):
        start = match.start()
        if start < done:
            continue
        begin = text.rfind("\n", 0, start) + 1
        end = text.find("\n", start)
        done = len(text) if end < 0 else end
        kept.append(text[begin:done])
    return "\n".join(kept)


@lru_cache(maxsize=512)
def read_message(text: str) -> Reading:
    """Return what `text` says."""
    said = list(sentences(spoken(text)))
    language, is_understood = _language(said)
    words = wording(language)
    asked: dict[Verb, str] = {}
    mentioned: set[Verb] = set()
    nouns: set[Verb] = set()
    bans: list[Ban] = []
    bounds: list[Bound] = []
    orders: list[Sources] = []
    is_open = False
    for place, sentence in enumerate(said):
        acts = list(acts_of_chinese(sentence) if language == "zh" else acts_of(sentence, words))
        for act in acts:
            (nouns if act.sense == "noun" else mentioned).update(act.verbs)
            if act.sense == "asked":
                for verb in (*act.verbs, *_of_money(act)):
                    asked.setdefault(verb, sentence.text[:_QUOTE])
        if sentence.is_question and not any(act.sense == "asked" for act in acts):
            asked.setdefault("read", sentence.text[:_QUOTE])
        bans += bans_of(sentence, acts, words)
        bounds += _bounds(sentence, acts, words)
        orders += orders_in(said, place, acts, words)
        is_open = is_open or _holds(sentence, words, "open")
    return Reading(
        language=language,
        asked=asked,
        mentioned=frozenset(mentioned),
        nouns=frozenset(nouns - mentioned),
        bans=tuple(_standing(bans, asked)),
        bounds=tuple(bounds),
        orders=tuple(orders),
        values=tuple(dict.fromkeys(t.word for s in said for t in s.tokens if is_value(t))),
        sorts=frozenset(sort for s in said for sort in sorts_in(s, words)),
        is_yes=_is_yes(said, words),
        is_open=is_open,
        is_understood=is_understood,
        is_wish=any(token.word in general("wish") for s in said for token in s.tokens)
        or language == "zh",
    )


_SENDING: Final[frozenset[Verb]] = frozenset({"send", "move"})


def _of_money(act: Act) -> tuple[Verb, ...]:
    """Return `pay` where what is to be sent or moved is money."""
    if _SENDING.isdisjoint(act.verbs):
        return ()
    words = {token.word for token in act.objects}
    is_money = words & general("money_words") or any(set(word) & _CURRENCY for word in words)
    return ("pay",) if is_money else ()


def _standing(bans: Iterable[Ban], asked: dict[Verb, str]) -> Iterable[Ban]:
    """Leave out general bans on what another sentence of the message asks for."""
    for ban in bans:
        if (
            ban.objects
            or ban.places
            or ban.form == "unasked"
            or not any(verb in asked and asked[verb] != ban.quote for verb in ban.verbs & _LIFTS)
        ):
            yield ban


_LIFTS: Final[frozenset[Verb]] = frozenset(
    {"write", "delete", "move", "send", "pay", "push", "commit", "deploy", "install", "grant"}
)


def _language(said: list[Sentence]) -> tuple[Language, bool]:
    """Return the language that knows most of the first words, and whether it knows enough.

    A language that is none of the known ones borrows some of their words ("de", "la", "file"):
    it is not understood, whatever is made of it.
    """
    tokens: list[str] = []
    for sentence in said:
        tokens += filter(None, map(_spoken_part, sentence.tokens))
        if len(tokens) >= _GLANCE:
            break
    wide = "".join(tokens)
    if not wide.isascii():
        han = sum(map(_is_han, wide))
        if han * 4 > len(wide):
            return "zh", sum(map(_is_kana, wide)) * 8 < han
    best, most = _most_known(tokens, _function_words)
    if most < _SURE:
        better, more = _most_known(tokens, _known_words)
        best, most = (better, more) if more > most else (best, most)
    is_understood = most >= len(tokens) * _ENOUGH
    return best, is_understood and _count(tokens, general("foreign") - _known_words(best)) < most


def _spoken_part(token: Token) -> str:
    """Return what of a word tells the language: of a path, the Chinese written up against it."""
    if not is_value(token):
        return token.word
    return "" if token.is_name else "".join(filter(_is_han, token.word))


def _is_han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def _is_kana(letter: str) -> bool:
    """Whether it is of the syllables of Japanese, which Chinese has not."""
    return "\u3041" <= letter <= "\u30fa"


def _most_known(
    tokens: list[str], known: Callable[[Language], frozenset[str]]
) -> tuple[Language, int]:
    """Return the language that knows most of `tokens`, and how many; the first of equals."""
    counts = {language: _count(tokens, known(language)) for language in _SPACED}
    best = max(_SPACED, key=counts.__getitem__)
    return best, counts[best]


def _count(tokens: list[str], known: frozenset[str]) -> int:
    return sum(map(known.__contains__, tokens))


@lru_cache(maxsize=8)
def _function_words(language: Language) -> frozenset[str]:
    """Return the words that hold the sentences of a language together."""
    table = wording(language).table
    phrases = (*table.ask, *table.never, *table.info, *table.condition, *table.yes)
    listed = (table.filler, table.and_, table.but, table.or_, table.passive, table.sorts)
    return frozenset(" ".join((*phrases, *listed, table.function)).split())


@lru_cache(maxsize=8)
def _known_words(language: Language) -> frozenset[str]:
    """Return all words of a language that are known."""
    return _function_words(language) | wording(language).forms.keys()


def _holds(sentence: Sentence, words: Wording, key: str) -> bool:
    if words.language == "zh":
        return any(phrase in sentence.text for phrase in getattr(words.table, key))
    plain = [token.word for token in sentence.tokens]
    return words.phrases(key).within(plain) is not None


def _is_yes(said: list[Sentence], words: Wording) -> bool:
    """Whether the message begins with, or is little more than, an agreement."""
    if not said:
        return False
    if words.language == "zh":
        first = said[0].text
        return first.startswith(words.table.yes) and not first.startswith(tuple(words.table.no))
    plain = [token.word for token in said[0].tokens]
    if plain[0] in words.words("no"):
        return False
    agrees = words.phrases("yes")
    found = agrees.at(plain, 0)
    if found is not None:
        following = plain[found[0] : found[0] + 1]
        return len(plain) <= _SHORT or following[0] in _AFTER_YES
    return any(
        len(sentence.tokens) <= _SHORT
        and not sentence.is_question
        and agrees.within([token.word for token in sentence.tokens]) is not None
        and not words.words("no") & {token.word for token in sentence.tokens}
        for sentence in said[:3]
    )


_AFTER_YES: Final = frozenset(
    {",", ";", ":", "—", "–", "please", "bitte", "and", "und", "to", "with"}
)
_CURRENCY: Final = frozenset("$€£¥")


def _bounds(sentence: Sentence, acts: list[Act], words: Wording) -> list[Bound]:
    """Return the upper bounds that a sentence sets on what it asks for."""
    if words.language == "zh" or not any(char.isdigit() for char in sentence.text):
        return []
    tokens = sentence.tokens
    plain = [token.word for token in tokens]
    found = words.phrases("most").within(plain)
    if found is None:
        found = words.phrases("below").within(plain)
        if found is None or not _is_wanted_below(plain[: found[0]], sentence, acts):
            return []
    for place in range(found[1], min(found[1] + 2, len(plain))):
        number = plain[place].strip("$€£¥").replace(",", "")
        if not number.replace(".", "", 1).isdigit():
            continue
        nearby = plain[place + 1 : place + 2]
        is_amount = bool(_CURRENCY & set(sentence.text)) or bool(general("money") & set(nearby))
        verbs = _BOUNDED & {verb for act in acts if act.sense != "mentioned" for verb in act.verbs}
        if is_amount:
            verbs = _PAY
        elif not _counts(plain[place + 1 : place + 4], verbs, words):
            return []
        return [Bound(verbs, float(number[:15]), is_amount, sentence.text[:_QUOTE])]
    return []


def _is_wanted_below(before: list[str], sentence: Sentence, acts: list[Act]) -> bool:
    """Whether "under 250 euros" says what may be paid, not which things are meant."""
    is_bought = any(act.sense == "asked" and "pay" in act.verbs for act in acts)
    is_conditional = not general("exceptions").isdisjoint(before)
    return is_bought and not is_conditional and not sentence.is_question


_BOUNDED: Final[frozenset[Verb]] = frozenset({"send", "pay", "delete"})
_PAY: Final[frozenset[Verb]] = frozenset({"pay"})


def _counts(nearby: list[str], verbs: frozenset[Verb], words: Wording) -> bool:
    """Whether the words after the number are what the verbs make: "3 emails"."""
    return any(
        form.verb in verbs and form.kind in ("act", "noun")
        for word in nearby
        for form in words.forms.get(word, ())
    )
