"""What a sentence forbids: acts under a negation, and the set phrases that forbid without one.

**Covers** "don't …", "without …ing", "no commits", "must not be changed", "read-only",
"leave … alone", "only in src/", "ask me before …", "don't … until I say so".
**Does not cover** bans with exceptions ("nobody except …"), which are left out: half a rule
accuses wrongly.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import Final, Literal

from msgspec import Struct

from trueline.charter.asking.grammar import MARKS, Act, content_words, is_thing, listed
from trueline.charter.asking.tokens import Sentence, Token, is_place
from trueline.charter.asking.wording import CHANGES, Wording, general
from trueline.ledger.model import Verb

_QUOTE: Final = 300
_ALL_CHANGES: Final[frozenset[Verb]] = CHANGES.union(
    frozenset[Verb]({"commit", "push", "deploy", "send", "pay"})
)
_BARE: Final[frozenset[Verb]] = frozenset({"write", "delete", "move", "pay", "grant", "stop"})
_WHOLE_BY_PRONOUN: Final[frozenset[Verb]] = frozenset({"push", "commit", "deploy", "send"})


class Ban(Struct, frozen=True):
    """A prohibition as read.

    Attributes:
        verbs: the sorts of effects.
        objects: what must not be touched; empty for everything.
        places: for `outside`, the places that may be changed.
        form: as in `Prohibition`.
        quote: the sentence.
    """

    verbs: frozenset[Verb]
    objects: frozenset[str]
    places: tuple[str, ...]
    form: Literal["never", "outside", "unasked"]
    quote: str


def bans_of(sentence: Sentence, acts: list[Act], words: Wording) -> Iterator[Ban]:
    """Yield what a sentence forbids."""
    quote = sentence.text[:_QUOTE]
    plain = [token.word for token in sentence.tokens]
    if words.language == "zh":
        yield from _chinese(sentence, acts, words)
        return
    if sentence.is_question:
        return
    until = words.phrases("until").within(plain) is not None
    first = words.phrases("askfirst").within(plain)
    if first is not None:
        verbs = _verbs_in(plain[first[1] :], words)
        if verbs:
            yield Ban(verbs, frozenset(), (), "unasked", quote)
        return
    yield from _set_phrases(sentence, plain, acts, words)
    forbidden = [act for act in acts if act.sense == "forbidden"]
    for act in forbidden:
        yield from _bans(act, forbidden, words, quote, until=until)


def _verbs_in(plain: list[str], words: Wording) -> frozenset[Verb]:
    return frozenset(form.verb for word in plain for form in words.bans.get(word, ()))


def _bans(
    act: Act, forbidden: list[Act], words: Wording, quote: str, *, until: bool
) -> Iterator[Ban]:
    """Yield a ban for each thing that an act is forbidden on."""
    verbs: frozenset[Verb] = frozenset(form.verb for form in words.bans.get(act.word, ()))
    if not verbs or (len(forbidden) > 1 and act.word in words.words("light")):
        return
    plain = [token.word for token in act.clause]
    if not until and not general("exceptions").isdisjoint(plain):
        return
    outside = words.phrases("outside").within(plain)
    if outside is not None:
        places = tuple(token.word for token in act.clause[outside[1] :] if is_place(token))
        if places and verbs & CHANGES:
            yield Ban(CHANGES, frozenset(), places, "outside", quote)
        return
    things = _before_until(act.objects, words) if until else act.objects
    for thing in listed(things, words) or [()]:
        objects = _objects(thing, verbs, words)
        if objects is not None:
            yield Ban(verbs, objects, (), "unasked" if until else "never", quote)


def _before_until(tokens: tuple[Token, ...], words: Wording) -> tuple[Token, ...]:
    """Return the objects that stand before "until I say so"."""
    found = words.phrases("until").within([token.word for token in tokens])
    return tokens[: found[0]] if found else tokens


def _objects(
    thing: Sequence[Token], verbs: frozenset[Verb], words: Wording
) -> frozenset[str] | None:
    """Return what a ban is about: empty for everything, None where that is not known."""
    skip = _forbidding(words)
    tokens = [token for token in thing if token.word not in skip]
    named = [word for word in content_words(tokens, words) if not _is_act(word, verbs, words)]
    if named:
        return frozenset(named)
    bare = {token.word for token in thing}
    if bare & words.words("all"):
        return frozenset()
    has_pronoun = bool(bare & general("pronouns"))
    if has_pronoun and (verbs & _BARE or not verbs & _WHOLE_BY_PRONOUN):
        return None
    return None if verbs == CHANGES else frozenset()


@cache
def _forbidding(words: Wording) -> frozenset[str]:
    """Return the words that forbid or hold a sentence together, and name nothing."""
    phrases = (*words.table.never, *words.table.ask, *words.table.soft)
    said = {word for phrase in phrases for word in phrase.split()}
    return words.words("function") | general("pronouns") | said


def _is_act(word: str, verbs: frozenset[Verb], words: Wording) -> bool:
    """Whether a word only repeats the act, or is the verb itself in languages that turn it."""
    return any(
        form.verb in verbs or (words.negates_clause and form.kind == "base")
        for form in words.forms.get(word, ())
        if form.kind in ("act", "noun") or words.negates_clause
    )


def _set_phrases(
    sentence: Sentence, plain: list[str], acts: list[Act], words: Wording
) -> Iterator[Ban]:
    quote = sentence.text[:_QUOTE]
    readonly = words.phrases("readonly").within(plain)
    if readonly is not None and _is_whole(plain, readonly):
        rest = [
            word
            for word in content_words(sentence.tokens[readonly[1] :], words)
            if word not in general("read_only_kinds") | words.words("function")
        ]
        joined = plain[readonly[1] : readonly[1] + 1]
        if not rest or (joined and joined[0] in MARKS):
            yield Ban(_ALL_CHANGES, frozenset(), (), "never", quote)
        elif joined and joined[0] in ("to", "in", "an", "à", "en", "a", "aux", "au", "al"):
            yield Ban(CHANGES, frozenset(rest), (), "never", quote)
    for thing in _left_alone(sentence, plain, words):
        objects = _objects(thing, CHANGES, words)
        if objects is not None:
            yield Ban(CHANGES, objects, (), "never", quote)
    yield from _places(sentence, plain, acts, words)


def _left_alone(
    sentence: Sentence, plain: list[str], words: Wording
) -> Iterator[tuple[Token, ...]]:
    """Yield the things of "leave … alone" and "hands off …"."""
    leave = words.phrases("leave").within(plain)
    if leave is not None:
        alone = [place for place, word in enumerate(plain) if word in words.words("alone")]
        if alone and alone[0] > leave[1]:
            yield from listed(sentence.tokens[leave[1] : alone[0]], words)
    hands_off = words.phrases("handsoff").within(plain)
    if hands_off is not None:
        things = listed(sentence.tokens[hands_off[1] :], words)
        yield from takewhile(lambda thing: is_thing(thing, words), things)


def _is_whole(plain: list[str], span: tuple[int, int]) -> bool:
    """Whether "read-only" is said of the task, not of some thing."""
    if plain[span[0]] not in ("read-only", "readonly") and plain[span[0] : span[1]] != [
        "read",
        "only",
    ]:
        return True
    following = plain[span[1] : span[1] + 1]
    if not span[0] and following and following[0] in MARKS:
        return True
    return len(plain) <= 3 or (bool(following) and following[0] in general("read_only_kinds"))


def _places(sentence: Sentence, plain: list[str], acts: list[Act], words: Wording) -> Iterator[Ban]:
    """Yield the ban on everything outside certain places: "only change src/"."""
    restrict = words.phrases("restrict").within(plain)
    only = words.phrases("only").within(plain)
    if restrict is None and only is None:
        return
    if restrict is None and (plain[0] == "just" or not _asks_change(acts, words)):
        return
    start = (restrict or only or (0, 0))[1]
    tokens = sentence.tokens[start:]
    if general("exceptions") & {token.word for token in tokens}:
        return
    places = tuple(token.word for token in _first_run(tokens) if is_place(token))
    if places:
        yield Ban(CHANGES, frozenset(), places, "outside", sentence.text[:_QUOTE])


def _first_run(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    for place, token in enumerate(tokens):
        if token.word in ("but", "—", "–", ";", "aber", "pero", "mais"):
            return tokens[:place]
    return tokens


def _asks_change(acts: list[Act], words: Wording) -> bool:
    return any(
        act.sense == "asked" and any(form.verb in CHANGES for form in words.bans.get(act.word, ()))
        for act in acts
    )


def _chinese(sentence: Sentence, acts: list[Act], words: Wording) -> Iterator[Ban]:
    text, quote = sentence.text, sentence.text[:_QUOTE]
    table = words.table
    if any(phrase in text for phrase in table.readonly):
        yield Ban(_ALL_CHANGES, frozenset(), (), "never", quote)
    banned: dict[str, Verb] = {
        word: verb for verb, listed in table.bans.items() for word in listed.split()
    }
    until = any(phrase in text for phrase in table.until)
    for act in acts:
        if act.sense != "forbidden":
            continue
        verb = banned.get(act.word)
        verbs: frozenset[Verb] = frozenset() if verb is None else frozenset({verb})
        if act.word in table.touch.split():
            verbs = CHANGES
        if not verbs:
            continue
        if until:
            yield Ban(verbs, frozenset(), (), "unasked", quote)
            continue
        named = frozenset(token.word for token in act.objects if token.word not in _ANYTHING)
        if named or verbs != CHANGES:
            yield Ban(verbs, named, (), "never", quote)


_ANYTHING: Final = frozenset({"任何", "东西", "文件", "代码", "邮件", "消息", "任何东西", "内容"})
