"""The clauses of a sentence: cut at its marks and conjunctions, but not where these make a list.

"Don't push, but commit" are two clauses.  "Don't touch a.py, b.py or the tests" is one, and so
is "a.py and b.py must not be changed": a part that holds no verb goes to the part that does.

**Covers** lists joined by conjunctions, and by commas where the parts are paths or a
conjunction follows.
**Does not cover** verbs that are neither an auxiliary nor stand for an effect: "don't touch a.py
or things break" lists `things break` too, which no file is called.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from msgspec import Struct

from trueline.charter.asking.tokens import Sentence, Token, is_place
from trueline.charter.asking.wording import Wording, general

Joiner = Literal["", ",", "and", "but", "or"]

MARKS: Final = frozenset(",;:()[]—–{}")
_MAX_WORDS: Final = 200
"""A clause is cut there, for whoever reads one looks at all of it for each of its words."""

_MAX_THING: Final = 6
"""Words by which one thing in a list is named."""


class Clause(Struct, frozen=True):
    """Part of a sentence, and what joins it to the part before."""

    joiner: Joiner
    tokens: tuple[Token, ...]


class _Part(Struct):
    """What stands between two marks or conjunctions.

    Attributes:
        joiner: what joins it to the part before.
        joint: the last mark or conjunction before it, None at the start.
        tokens: its words.
        is_thing: it only names something.
    """

    joiner: Joiner
    joint: Token | None
    tokens: list[Token]
    is_thing: bool = False

    @property
    def is_coordinated(self) -> bool:
        return self.joiner in ("and", "or")


def clauses_of(sentence: Sentence, words: Wording) -> list[Clause]:
    """Cut a sentence into clauses; what joins the things of a list stays in them."""
    parts = list(_parts(sentence, words))
    for part in parts:
        part.is_thing = is_thing(part.tokens, words)
    is_listed = [False] * (len(parts) + 1)
    for place in range(len(parts) - 1, 0, -1):
        part = parts[place]
        goes_on = part.is_coordinated or (
            _is_comma(part.joint) and (is_listed[place + 1] or _has_place(part.tokens))
        )
        is_listed[place] = part.is_thing and goes_on
    return _joined(parts, is_listed, words)


def _joined(parts: Sequence[_Part], is_listed: Sequence[bool], words: Wording) -> list[Clause]:
    """Put what is listed with the part before, and a list at the start with the part behind."""
    found: list[Clause] = []
    run: list[Token] = []
    joiner: Joiner = ""
    is_only_things = False
    for place, part in enumerate(parts):
        goes_on = is_listed[place] or (
            part.is_coordinated
            and (
                (is_only_things and not _begins_anew(part.tokens, words))
                or _is_negated_thing(part.tokens, words, part.joiner)
            )
        )
        if run and part.joint and goes_on and len(run) < _MAX_WORDS:
            run += (part.joint, *part.tokens)
            is_only_things = is_only_things and part.is_thing
            continue
        if run:
            found.append(Clause(joiner, tuple(run)))
        run, joiner, is_only_things = part.tokens, part.joiner, part.is_thing
    if run:
        found.append(Clause(joiner, tuple(run)))
    return found


def _parts(sentence: Sentence, words: Wording) -> Iterator[_Part]:
    conjunctions: dict[str, Joiner] = dict.fromkeys(words.words("and_"), "and")
    conjunctions |= dict.fromkeys(words.words("but"), "but")
    conjunctions |= dict.fromkeys(words.words("or_"), "or")
    cuts = words.words("without")
    part = _Part("", None, [])
    for token in sentence.tokens:
        is_mark = token.word in MARKS and not token.is_name
        joins = None if token.is_name else conjunctions.get(token.word)
        if not is_mark and joins is None:
            if part.tokens and (token.word in cuts or len(part.tokens) >= _MAX_WORDS):
                yield part
                part = _Part(",", None, [])
            part.tokens.append(token)
            continue
        if part.tokens:
            yield part
            part = _Part(",", None, [])
        if joins is not None:
            part.joiner = joins
        elif part.joiner not in ("and", "but", "or"):
            part.joiner = ","
        part.joint = token
    if part.tokens:
        yield part


def is_thing(tokens: Sequence[Token], words: Wording) -> bool:
    """Return whether words name something, and neither say nor ask anything of it."""
    plain = [token.word for token in tokens]
    until = words.phrases("until").within(plain)
    if until is not None:
        plain = plain[: until[0]]
    while plain and plain[0] in words.words("filler"):
        tokens, plain = tokens[1:], plain[1:]
    return 0 < len(plain) <= _MAX_THING and not any(
        not token.is_name
        and (
            token.word in words.forms
            or token.word in general("auxiliaries")
            or words.cues.at(plain, place) is not None
        )
        for place, token in enumerate(tokens[: len(plain)])
    )


def _is_negated_thing(tokens: Sequence[Token], words: Wording, joiner: Joiner) -> bool:
    """Return whether words end a list and the negation of all of it: "… oder b.py nicht an".

    "Und b.py nicht" may speak of the last thing alone.
    """
    if not words.negates_clause:
        return False
    never = words.phrases("never").within([token.word for token in tokens])
    if never is None or never[0] == 0 or (joiner == "and" and never[1] == len(tokens)):
        return False
    return is_thing((*tokens[: never[0]], *tokens[never[1] :]), words)


def _begins_anew(tokens: Sequence[Token], words: Wording) -> bool:
    """Whether words begin with a verb or a cue, as an order does."""
    first = tokens[0]
    if first.is_name:
        return False
    return first.word in words.forms or words.cues.at([t.word for t in tokens], 0) is not None


def _is_comma(joint: Token | None) -> bool:
    return joint is not None and joint.word == ","


def _has_place(tokens: Sequence[Token]) -> bool:
    """Whether words are one path, and what stands before it."""
    return is_place(tokens[-1]) and all(
        token.word in general("determiners") for token in tokens[:-1]
    )


def listed(tokens: Sequence[Token], words: Wording) -> list[tuple[Token, ...]]:
    """Return the things that a list names, each as its words."""
    joints = words.words("and_") | words.words("or_") | {","}
    found: list[tuple[Token, ...]] = []
    run: list[Token] = []
    for token in tokens:
        if token.word in joints and not token.is_name:
            found.append(tuple(run))
            run = []
        else:
            run.append(token)
    found.append(tuple(run))
    return [thing for thing in found if thing]
