"""The sentences of a request in languages that write spaces: what is asked, forbidden, mentioned.

A sentence is cut into clauses, and each clause has a mood, carried on to the next where it
is coordinated: `ask` (a cue such as "can you", or an imperative), `never` (a negation),
`info` (a question that only wants to know), `condition` ("if the bill is due").  Words that
stand for an effect are asked for, forbidden, or merely mentioned as the mood has it.

**Covers** imperatives, polite questions, goals ("I want the bill paid"), nominal requests
("payment of …", "make a transfer"), passives, coordination, "don't forget to".
**Does not cover** irony, and wishes that name no act ("it is cold in here").
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from msgspec import Struct

from trueline.charter.asking.grammar.clauses import Clause, Joiner, clauses_of, listed
from trueline.charter.asking.tokens import Sentence, Token
from trueline.charter.asking.wording import Form, Wording, general
from trueline.ledger.model import Verb

Mood = Literal["", "ask", "never", "info", "condition", "unclear"]
Sense = Literal["asked", "forbidden", "mentioned", "noun"]

_REPORTING: Final = frozenset({"ask", "tell", "give", "let", "answer", "inform", "relay", "report"})
_TO_SPEAKER: Final = frozenset({"me", "us"})
_OUTWARD: Final[frozenset[Verb]] = frozenset({"send", "grant", "delegate"})
_MODALS: Final = frozenset({"should", "must", "may", "can", "shall", "to"})
_BETWEEN: Final = frozenset({"want", "think", "wish", "like", "even", "ever", "dare", "you", "any"})
_OF: Final = frozenset({"of", "for", "to", "von", "an", "de", "du"})
_STRONG: Final = frozenset({"please", "bitte", "can", "could", "would", "go", "make"})
"""First words of cues that ask even after "if you are done"."""

_LIGHT_REACH: Final = 5
_COMPOSING: Final = frozenset({"write", "draft", "report"})
_INDEFINITE: Final = (["a"], ["an"], ["some"], ["up"], ["down"])
_ARTICLES: Final = frozenset({"a", "an", "the", "my", "our", "your", "new"})
_SHORT: Final = 3


class Act(Struct, frozen=True):
    """A word that stands for effects, and how it is meant.

    Attributes:
        sense: asked for, forbidden, mentioned, or merely a noun ("the last payment").
        verbs: the sorts of effects.
        word: the word.
        objects: the words of the clause that say on what.
        clause: the words of the whole clause.
    """

    sense: Sense
    verbs: tuple[Verb, ...]
    word: str
    objects: tuple[Token, ...]
    clause: tuple[Token, ...]


def acts_of(sentence: Sentence, words: Wording) -> Iterator[Act]:
    """Yield what a sentence asks for, forbids and mentions, in order."""
    mood: Mood = ""
    clauses = clauses_of(sentence, words)
    choices = [at for at, clause in enumerate(clauses) if clause.joiner == "or"]
    for at, clause in enumerate(clauses):
        if mood == "never" and clause.joiner == "," and at < max(choices, default=-1):
            joined = Clause("or", clause.tokens)  # "never push, commit or deploy"
        else:
            joined = clause
        reader = _ClauseReader(joined, mood, words, is_question=sentence.is_question)
        yield from reader.read()
        mood = reader.mood


class _ClauseReader:
    """Reads one clause; `mood` is what the next one inherits."""

    def __init__(self, clause: Clause, mood: Mood, words: Wording, *, is_question: bool) -> None:
        self.words = words
        self.tokens = clause.tokens
        self.plain = [token.word if not token.is_name else "\x01" for token in clause.tokens]
        self.mood: Mood = self._inherited(mood, clause.joiner)
        self.is_question = is_question
        self.light_at = -_LIGHT_REACH - 1
        self.is_open = True
        self.at_start = True
        self.negated_at = -1
        self.has_wish = any(word in general("wishes") for word in self.plain)

    def _inherited(self, mood: Mood, joiner: Joiner) -> Mood:
        if joiner == "but" or not joiner:
            return ""
        if mood == "condition":
            return "" if joiner == "," else mood
        if mood in ("never", "unclear"):
            return mood if joiner == "or" else "unclear" if joiner == "and" else ""
        return mood if mood == "ask" or joiner in ("and", "or") else ""

    def read(self) -> Iterator[Act]:
        """Yield the acts of the clause."""
        if self.words.negates_clause:
            self._negate_clause()
        place = 0
        while place < len(self.plain):
            cue = self.words.cues.at(self.plain, place)
            if cue is not None and self._takes(cue[1], place):
                if self.words.words("light") & set(self.plain[place : place + cue[0]]):
                    self.light_at = place + cue[0] - 1
                place += cue[0]
                continue
            yield from self._word(place)
            place += 1

    def _negate_clause(self) -> None:
        never = self.words.phrases("never").within(self.plain)
        if never is None or self.words.phrases("soft").within(self.plain) is not None:
            return
        if self.words.words("condition") & set(self.plain[:1]):
            return
        self.mood = "never"
        self.negated_at = 0

    def _takes(self, kind: str, place: int) -> bool:
        """Set the mood that a cue calls for; return whether it is one here."""
        if kind == "info":
            if not self.at_start or self.mood in ("ask", "never"):
                return False
            self.mood = "info"
            self.is_open = self.at_start = False
            return True
        if kind == "condition":
            if self.plain[place] == "that" or self.mood == "never":
                return False
            self.mood = "condition"
            self.is_open = self.at_start = False
            return True
        if self.words.negates_clause and self.mood == "never":
            return kind != "never"
        if kind == "ask":
            is_strong = self.plain[place] in _STRONG
            if self.mood in ("condition", "info") and not is_strong:
                return False
            if self.mood == "info" and place and self.plain[place] != "please":
                return False
            if self.mood != "never" or self.plain[place] in ("don't", "do", "not"):
                self.mood = "ask"
        elif self.mood not in ("condition", "info"):
            self.mood = "unclear" if kind == "soft" else "never"
            self.negated_at = place
        self.is_open, self.at_start = True, False
        return True

    def _word(self, place: int) -> Iterator[Act]:
        word = self.plain[place]
        if word == "no" and self.words.is_positional and self.at_start:
            self.mood, self.negated_at = "never", place
            return
        forms = self.words.forms.get(word)
        if forms is None and "-" in word:
            forms = self.words.forms.get(word.split("-", 1)[0])
        if forms:
            senses: dict[Sense, dict[Verb, None]] = {}
            for form in forms:
                if form.particle and form.particle not in self.plain:
                    continue
                sense = self._sense(form, place)
                if sense:
                    senses.setdefault(sense, {})[form.verb] = None
            for sense, verbs in senses.items():
                yield self._act(sense, tuple(verbs), place)
        if word in self.words.words("light"):
            self.light_at = place
        if word not in self.words.words("filler") and not (
            self.mood == "never" and word in _BETWEEN
        ):
            self.is_open = word in ("to", "mind")
            self.at_start = False

    def _sense(self, form: Form, place: int) -> Sense | Literal[""]:
        """Return how a word in one of its forms is meant here."""
        read = _SENSES[form.kind]
        if self._is_attribute(form, place):
            return ""
        sense = read(self, form, place)
        if sense == "mentioned":
            return "noun" if self._is_noun(form, place) else sense
        if self._is_told_to_speaker(form, place) or self._is_composed(form, place):
            return ""
        return sense

    def _is_noun(self, form: Form, place: int) -> bool:
        if form.kind in ("noun", "act"):
            return True
        return form.kind == "base" and self.words.is_positional and self._could_be_noun(form, place)

    def _is_told_to_speaker(self, form: Form, place: int) -> bool:
        return (
            form.verb in _OUTWARD
            and self.plain[place] in _REPORTING
            and (self.plain[place + 1 : place + 2] or [""])[0] in _TO_SPEAKER
        )

    def _is_composed(self, form: Form, place: int) -> bool:
        """Whether a text is to be written, not sent: "write a page", but "write a mail"."""
        if form.verb != "send" or self.plain[place] not in _COMPOSING:
            return False
        following = self.plain[place + 1 : place + 2 + _LIGHT_REACH]
        return following[:1] in _INDEFINITE and not any(
            other.verb == "send" for word in following for other in self.words.forms.get(word, ())
        )

    def _is_attribute(self, form: Form, place: int) -> bool:
        """Whether it only says what sort of thing is meant: "a short onboarding page"."""
        if form.kind != "ing" or not self.words.is_positional:
            return False
        following = self.plain[place + 1 : place + 2]
        is_before_noun = bool(following) and following[0].isalpha() and len(following[0]) > _SHORT
        return is_before_noun and not _ARTICLES.isdisjoint(self.plain[max(place - 2, 0) : place])

    def _by_mood(self) -> Sense:
        if self.mood == "ask":
            return "asked"
        return "forbidden" if self.mood == "never" else "mentioned"

    def _base(self, form: Form, place: int) -> Sense:
        mood = self.mood
        if mood == "":
            if not self.at_start or (self.words.is_positional and self._is_noun_here(place)):
                return "asked" if self._is_infinitive_order(place) else "mentioned"
            return "asked"
        if mood == "never" and self.words.is_positional and not self.is_open:
            return "mentioned"
        if mood == "unclear" and self.at_start and self.words.is_positional:
            return "mentioned"
        if self.words.is_positional and not self.is_open and self._could_be_noun(form, place):
            return "mentioned"
        return self._by_mood()

    def _ing(self, _form: Form, place: int) -> Sense:
        if self.mood == "never" and self.is_open:
            return "forbidden"
        if self.mood == "ask" and self.is_open:
            return "asked"
        return (
            "asked" if self.mood == "ask" and self.plain[place - 1] in ("by", "on") else "mentioned"
        )

    def _past(self, _form: Form, place: int) -> Sense:
        before = self.plain[max(place - 3, 0) : place]
        is_passive = any(word in self.words.words("passive") for word in before) or any(
            word in self.words.words("passive") for word in self.plain[place + 1 : place + 3]
        )
        if self.mood == "ask" and (is_passive or self.has_wish):
            return "asked"
        if (
            self.mood == "never"
            and is_passive
            and (self.words.negates_clause or _MODALS & set(self.plain))
        ):
            return "forbidden"
        return "mentioned"

    def _noun(self, _form: Form, place: int) -> Sense:
        is_near = place - self.light_at <= _LIGHT_REACH
        if self.mood == "ask" and is_near:
            return "asked"
        if self.mood == "" and (is_near or self._is_nominal(place)):
            return "asked"
        return "mentioned"

    def _forbidden_noun(self, _form: Form, place: int) -> Sense:
        if self.mood != "never":
            return "mentioned"
        if self.words.negates_clause:
            return "forbidden" if len(listed(self.tokens, self.words)[0]) <= 4 else "mentioned"
        near = place - self.negated_at <= 2 and "no" in self.plain[max(place - 2, 0) : place]
        is_short = len(self.plain) <= 6 and not general("finite") & set(self.plain)
        return "forbidden" if near and is_short else "mentioned"

    def _is_nominal(self, place: int) -> bool:
        """Whether the sentence is a request by its noun alone: "payment of 50 to …"."""
        following = self.plain[place + 1 : place + 2]
        return self.at_start and following != [] and following[0] in _OF

    def _is_noun_here(self, place: int) -> bool:
        following = self.plain[place + 1 : place + 2]
        return bool(following) and following[0] in general("finite")

    def _could_be_noun(self, form: Form, place: int) -> bool:
        forms = self.words.forms.get(self.plain[place], ())
        return form.kind == "base" and (
            any(other.kind in ("noun", "act") for other in forms)
            or self.plain[place - 1] in general("determiners")
        )

    def _is_infinitive_order(self, place: int) -> bool:
        """Whether the clause is an order by a closing infinitive: "Rechnung bezahlen"."""
        return (
            self.words.language == "de"
            and place == len(self.plain) - 1
            and len(self.plain) <= 7
            and self.plain[place].endswith("en")
            and not self.is_question
        )

    def _act(self, sense: Sense, verbs: tuple[Verb, ...], place: int) -> Act:
        rest = self.tokens[place + 1 :]
        if self.words.negates_clause or (sense == "forbidden" and self._is_passive_at(place)):
            rest = (*self.tokens[:place], *rest)
        return Act(sense, verbs, self.plain[place], rest, self.tokens)

    def _is_passive_at(self, place: int) -> bool:
        return any(form.kind == "past" for form in self.words.forms.get(self.plain[place], ()))


_SENSES: Final = {
    "base": _ClauseReader._base,  # pyright: ignore[reportPrivateUsage]
    "ing": _ClauseReader._ing,  # pyright: ignore[reportPrivateUsage]
    "past": _ClauseReader._past,  # pyright: ignore[reportPrivateUsage]
    "noun": _ClauseReader._noun,  # pyright: ignore[reportPrivateUsage]
    "act": _ClauseReader._forbidden_noun,  # pyright: ignore[reportPrivateUsage]
}


def content_words(tokens: Sequence[Token], words: Wording) -> list[str]:
    """Return the words that name something, without those that only hold a sentence together."""
    held = words.words("filler") | words.words("passive") | words.words("all")
    held |= general("determiners")
    return [
        token.word
        for token in tokens
        if token.is_name or (len(token.word) > 2 and token.word not in held)
    ]
