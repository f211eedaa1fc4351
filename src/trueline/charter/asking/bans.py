"""What a sentence forbids: acts under a negation, and the set phrases that forbid without one.

**Covers** "don't …", "without …ing", "no commits", "must not be changed", "read-only",
"leave … alone", "only in src/", "ask me before …", "don't … until I say so".
**Does not cover** bans with exceptions ("nobody except …"), which are left out: half a rule
accuses wrongly.
"""

from collections.abc import Iterator
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from trueline.charter.asking.grammar import Act, content_words
from trueline.charter.asking.sources import is_place
from trueline.charter.asking.tokens import Sentence, Token
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
        ban = _ban(act, forbidden, words, quote, until=until)
        if ban is not None:
            yield ban


def _verbs_in(plain: list[str], words: Wording) -> frozenset[Verb]:
    return frozenset(form.verb for word in plain for form in words.bans.get(word, ()))


def _ban(act: Act, forbidden: list[Act], words: Wording, quote: str, *, until: bool) -> Ban | None:
    verbs: frozenset[Verb] = frozenset(form.verb for form in words.bans.get(act.word, ()))
    if not verbs:
        return None
    if len(forbidden) > 1 and act.word in words.words("light"):
        return None
    plain = {token.word for token in act.clause}
    if not until and general("exceptions") & plain:
        return None
    outside = words.phrases("outside").within([token.word for token in act.clause])
    if outside is not None:
        places = tuple(token.word for token in act.clause[outside[1] :] if is_place(token))
        if not places or not verbs & CHANGES:
            return None
        return Ban(CHANGES, frozenset(), places, "outside", quote)
    form: Literal["never", "unasked"] = "unasked" if until else "never"
    if until:
        act = _before_until(act, words)
    objects = _objects(act, verbs, words)
    return None if objects is None else Ban(verbs, objects, (), form, quote)


def _before_until(act: Act, words: Wording) -> Act:
    """Return the act with the objects that stand before "until I say so"."""
    found = words.phrases("until").within([token.word for token in act.objects])
    return replace(act, objects=act.objects[: found[0]]) if found else act


def _objects(act: Act, verbs: frozenset[Verb], words: Wording) -> frozenset[str] | None:
    """Return what a ban is about: empty for everything, None where that is not known."""
    skip = {
        word
        for key in ("never", "ask", "soft")
        for phrase in getattr(words.table, key)
        for word in phrase.split()
    }
    skip |= words.words("function") | general("pronouns")
    tokens = [token for token in act.objects if token.word not in skip]
    named = [word for word in content_words(tokens, words) if not _is_act(word, verbs, words)]
    if named:
        return frozenset(named)
    bare = {token.word for token in act.objects}
    if verbs & _BARE and bare & general("pronouns") and not (bare & words.words("all")):
        return None
    if (
        bare & general("pronouns")
        and not verbs & _WHOLE_BY_PRONOUN
        and not bare & words.words("all")
    ):
        return None
    if verbs == CHANGES and not bare & words.words("all"):
        return None
    return frozenset()


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
        if not rest or (joined and joined[0] in _CLAUSE_MARKS):
            yield Ban(_ALL_CHANGES, frozenset(), (), "never", quote)
        elif joined and joined[0] in ("to", "in", "an", "à", "en", "a", "aux", "au", "al"):
            yield Ban(CHANGES, frozenset(rest), (), "never", quote)
    leave = words.phrases("leave").within(plain)
    if leave is not None:
        alone = [place for place, word in enumerate(plain) if word in words.words("alone")]
        if alone and alone[0] > leave[1]:
            named = content_words(sentence.tokens[leave[1] : alone[0]], words)
            if named:
                yield Ban(CHANGES, frozenset(named), (), "never", quote)
    yield from _places(sentence, plain, acts, words)


_CLAUSE_MARKS: Final = frozenset(",;:()—–")


def _is_whole(plain: list[str], span: tuple[int, int]) -> bool:
    """Whether "read-only" is said of the task, not of some thing."""
    if plain[span[0]] not in ("read-only", "readonly") and plain[span[0] : span[1]] != [
        "read",
        "only",
    ]:
        return True
    following = plain[span[1] : span[1] + 1]
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
