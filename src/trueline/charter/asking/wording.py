"""The words that requests are made of, by language: data files, inflected once and kept.

A verb stands in the data as its dictionary form; what a language does to it regularly is
worked out here, what it does irregularly stands in the data under `forms`.
"""

from collections.abc import Callable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from trueline.charter.asking.tokens import words_in
from trueline.ledger.model import Language, Verb

_FOLDER: Final = Path(__file__).parent / "words"

CHANGES: Final[frozenset[Verb]] = frozenset({"write", "delete", "move"})
"""What "touch" and "change" mean."""

FormKind = Literal["base", "ing", "past", "noun", "act", "light"]
CueKind = Literal["ask", "never", "soft", "info", "condition"]


class Form(Struct, frozen=True):
    """One word that may stand for an effect.

    Attributes:
        kind: how it is inflected; `act` is a noun that is forbidden as such ("no commits").
        verb: the effect.
        particle: the word that has to stand in the clause too, for verbs that split.
    """

    kind: FormKind
    verb: Verb
    particle: str = ""


class _Table(Struct, frozen=True):
    verbs: dict[Verb, str]
    forms: dict[Verb, str] = {}
    nouns: dict[Verb, str] = {}
    acts: dict[Verb, str] = {}
    bans: dict[Verb, str] = {}
    without: str = ""
    function: str = ""
    light: str = ""
    ask: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    info: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    negation: Literal["forward", "clause"] = "forward"
    and_: str = msgspec.field(name="and", default="")
    but: str = ""
    or_: str = msgspec.field(name="or", default="")
    filler: str = ""
    passive: str = ""
    only: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    restrict: tuple[str, ...] = ()
    readonly: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    alone: str = ""
    handsoff: tuple[str, ...] = ()
    touch: str = ""
    all: str = ""
    until: tuple[str, ...] = ()
    askfirst: tuple[str, ...] = ()
    most: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    orders: str = ""
    follow: str = ""
    follow_source: tuple[str, ...] = ()
    sorts: str = ""
    following: str = ""
    open: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: str | tuple[str, ...] = ""
    past: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class Phrases:
    """Phrases found at a place in a list of words, the longest first."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}

    def add(self, phrases: Iterator[str] | tuple[str, ...], kind: str) -> None:
        """Add phrases of one kind; of equal phrases the first added wins."""
        for phrase in phrases:
            words = tuple(words_in(phrase))
            if words:
                group = self._by_first.setdefault(words[0], [])
                group.append((words, kind))
                group.sort(key=lambda pair: -len(pair[0]))

    def at(self, words: list[str], place: int) -> tuple[int, str] | None:
        """Return the length and kind of the longest phrase that starts at `place`."""
        for phrase, kind in self._by_first.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                return len(phrase), kind
        return None

    def within(self, words: list[str]) -> tuple[int, int] | None:
        """Return where the first phrase stands in `words` and where it ends, None if none."""
        by_first = self._by_first
        for place, word in enumerate(words):
            if word in by_first:
                found = self.at(words, place)
                if found:
                    return place, place + found[0]
        return None


class Wording:
    """One language's words, ready to be looked up.

    Attributes:
        language: which.
        is_positional: whether only a word where a verb belongs is one (English).
        negates_clause: whether a negation holds for the whole clause, wherever it stands.
        cues: phrases that set the mood of what follows.
    """

    def __init__(self, language: Language) -> None:
        data = (_FOLDER / f"{language}.json").read_bytes()
        self.table: Final = msgspec.json.decode(data, type=_Table)
        self.language: Final = language
        self.is_positional: Final = language == "en"
        self.negates_clause: Final = self.table.negation == "clause"
        self.cues: Final = Phrases()
        for kind in ("ask", "soft", "never", "condition", "info"):
            self.cues.add(getattr(self.table, kind), kind)
        self._phrases: dict[str, Phrases] = {}
        self._sets: dict[str, frozenset[str]] = {}

    @cached_property
    def forms(self) -> dict[str, tuple[Form, ...]]:
        """What each word may stand for."""
        return _forms(self.table, self.language)

    @cached_property
    def bans(self) -> dict[str, tuple[Form, ...]]:
        """What each word forbids under a negation: only what it surely means."""
        table = self.table
        return _forms(
            _Table(
                verbs=table.bans,
                forms={verb: listed for verb, listed in table.forms.items() if verb in table.bans},
                acts=table.acts,
                touch=table.touch,
            ),
            self.language,
        )

    def phrases(self, key: str) -> Phrases:
        """Return the phrases listed under `key`."""
        found = self._phrases.get(key)
        if found is None:
            found = self._phrases[key] = Phrases()
            found.add(getattr(self.table, key), key)
        return found

    def words(self, key: str) -> frozenset[str]:
        """Return the single words listed under `key`."""
        found = self._sets.get(key)
        if found is None:
            listed: str | tuple[str, ...] = getattr(self.table, key)
            found = self._sets[key] = frozenset(
                listed.split() if isinstance(listed, str) else listed
            )
        return found


@cache
def general(key: str) -> frozenset[str]:
    """Return words that hold sentences together in whatever language, by what they do."""
    data = (_FOLDER / "general.json").read_bytes()
    return frozenset(msgspec.json.decode(data, type=dict[str, str])[key].split())


def singular(word: str) -> str:
    """Return a word without the `s` of its plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def wording(language: Language) -> Wording:
    """Return the words of `language`; read once."""
    return Wording(language)


class _FormTable:
    """Forms by word, while they are collected."""

    def __init__(self, language: Language) -> None:
        self._inflect = _INFLECTIONS.get(language, _uninflected)
        self._found: dict[str, dict[Form, None]] = {}

    def add(self, word: str, kind: FormKind, verb: Verb, particle: str = "") -> None:
        """Add one form."""
        self._found.setdefault(word, {})[Form(kind, verb, particle)] = None

    def add_listed(self, groups: dict[Verb, str], kind: FormKind) -> None:
        """Add words as they stand."""
        for verb, listed in groups.items():
            for word in listed.split():
                self.add(word, kind, verb)

    def add_verb(self, entry: str, verb: Verb) -> None:
        """Add every form of one verb; `ab|schicken` is one that splits."""
        particle, _, infinitive = entry.rpartition("|")
        for word, kind in self._inflect(infinitive):
            self.add(particle + word, kind, verb)
            if particle and kind == "base":
                self.add(word, kind, verb, particle)
                self.add(f"{particle}zu{word}", kind, verb)

    def done(self) -> dict[str, tuple[Form, ...]]:
        """Return everything added."""
        return {word: tuple(forms) for word, forms in self._found.items()}


def _forms(table: _Table, language: Language) -> dict[str, tuple[Form, ...]]:
    found = _FormTable(language)
    for verb, listed in table.verbs.items():
        for entry in listed.split():
            found.add_verb(entry, verb)
    found.add_listed(table.forms, "base")
    found.add_listed(table.nouns, "noun")
    found.add_listed(table.acts, "act")
    for word in table.touch.split():
        for verb in sorted(CHANGES):
            if language == "en":
                found.add_verb(word, verb)
            else:
                found.add(word, "base", verb)
    return found.done()


def _uninflected(word: str) -> Iterator[tuple[str, FormKind]]:
    yield word, "base"


_IRREGULAR: Final[dict[str, tuple[str, ...]]] = {
    "send": ("sent",), "pay": ("paid",), "buy": ("bought",), "write": ("wrote", "written"),
    "give": ("gave", "given"), "get": ("got", "gotten"), "make": ("made",), "run": ("ran",),
    "set": ("set",), "tell": ("told",), "find": ("found",), "read": ("read",),
    "build": ("built", "rebuilt"), "draw": ("drew", "drawn"), "forward": ("forwarded",),
    "broadcast": ("broadcast",), "withdraw": ("withdrew", "withdrawn"), "put": ("put",),
    "spend": ("spent",), "let": ("let",), "shut": ("shut",), "take": ("took", "taken"),
    "rewrite": ("rewrote", "rewritten"), "undo": ("undone",), "do": ("did", "done"),
    "shut down": ("shut",), "show": ("shown", "showed"), "see": ("seen", "saw"), "bid": ("bid",),
    "drive": ("driven", "drove"), "bring": ("brought",), "rebuild": ("rebuilt",),
    "rerun": ("rerun",), "split": ("split",), "reset": ("reset",), "overwrite": ("overwritten",),
}  # fmt: skip

_DOUBLED: Final = frozenset("bgmnprt")
_VOWELS: Final = frozenset("aeiou")


def _english(word: str) -> Iterator[tuple[str, FormKind]]:
    yield word, "base"
    stem = word[:-1] if word.endswith("e") and not word.endswith("ee") else word
    doubled = (
        word + word[-1]
        if len(word) in (3, 4)
        and word[-1] in _DOUBLED
        and word[-2] in _VOWELS
        and word[-3] not in _VOWELS
        else stem
    )
    yield doubled + "ing", "ing"
    if doubled != stem:
        yield stem + "ing", "ing"
    past = word[:-1] + "ied" if word.endswith("y") and word[-2] not in _VOWELS else doubled + "ed"
    for form in _IRREGULAR.get(word, (past,)):
        yield form, "past"
    if doubled != stem:
        yield stem + "ed", "past"


_GERMAN_PREFIXES: Final = ("ver", "be", "er", "ent", "zer", "über", "wider", "ge", "miss")


def _german(word: str) -> Iterator[tuple[str, FormKind]]:
    stem = word[:-2] if word.endswith("en") else word[:-1]
    for ending in ("", "e", "en", "t", "st", "est", "et", "n", "end"):
        yield stem + ending, "base"
    yield word, "base"
    if stem.endswith(("er", "el")):
        yield stem[:-2] + stem[-1] + "e", "base"
    if word.endswith("ieren") or word.startswith(_GERMAN_PREFIXES):
        yield stem + "t", "past"
    else:
        yield f"ge{stem}t", "past"
        yield f"ge{stem}et", "past"


def _french(word: str) -> Iterator[tuple[str, FormKind]]:
    if not word.endswith("er"):
        yield word, "base"
        return
    stem = word[:-2]
    for ending in ("er", "e", "es", "ez", "ent", "ons"):
        yield stem + ending, "base"
    if stem.endswith("g"):
        yield stem + "eons", "base"
    if "é" in stem[-2:]:
        grave = stem[:-2] + stem[-2:].replace("é", "è")
        for ending in ("e", "es", "ent"):
            yield grave + ending, "base"
    for ending in ("é", "ée", "és", "ées"):
        yield stem + ending, "past"
    yield stem + "ant", "ing"


_CLITICS: Final = ("", "lo", "la", "los", "las", "le", "les", "me", "selo", "sela", "melo")


def _spanish(word: str) -> Iterator[tuple[str, FormKind]]:
    stem, ending = word[:-2], word[-2:]
    for clitic in _CLITICS:
        yield word + clitic, "base"
    for vowel in ("a", "e") if ending == "ar" else ("e", "a"):
        for tail in ("", "s", "n", "mos"):
            yield stem + vowel + tail, "base"
    if ending == "ar":
        for hard, soft in (("g", "gu"), ("c", "qu"), ("z", "c")):
            if stem.endswith(hard):
                for tail in ("e", "es", "en"):
                    yield stem[:-1] + soft + tail, "base"
    past = stem + ("ad" if ending == "ar" else "id")
    for tail in ("o", "a", "os", "as"):
        yield past + tail, "past"
    yield stem + ("ando" if ending == "ar" else "iendo"), "ing"


_INFLECTIONS: Final[dict[Language, Callable[[str], Iterator[tuple[str, FormKind]]]]] = {
    "en": _english,
    "de": _german,
    "fr": _french,
    "es": _spanish,
}
