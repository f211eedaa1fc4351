"""What an accepted clause says: which checks hold, how many tests, and about what."""

from typing import Final, Literal

from msgspec import Struct

from trueline.ledger.assertions.classes import CHECK_KINDS, CLASSES, EDGES, chars
from trueline.ledger.assertions.clauses import Token
from trueline.ledger.assertions.wording import tools
from trueline.ledger.assertions.words import number_of, split_token
from trueline.ledger.model import AssertionKind

_PREDICATES: Final = chars(
    "SUCCESS", "PASS", "CLEAN", "FAIL", "ISSUE", "FAILURE", "YES", "COMPILES"
)
_BAD: Final = chars("FAIL", "ISSUE", "FAILURE")
_NEEDS_NOUN: Final = chars("ISSUE", "CLEAN", "YES")
_NONE_OR_NOT: Final = chars("NO", "WITHOUT", "NOT")
_MEASURES: Final = chars("FIGURE", "NUM", "UNIT")
_WHOLES: Final = chars("ALL", "FIGURE")
_NUM: Final = CLASSES["NUM"]
_NAMING: Final = chars("CODE", "TEST", "BUILD", "LINT", "TYPES", "FORMAT")
_NARROW: Final = chars("PART", "KIND")
_QUALIFYING: Final = chars("OTHER", "MONEY", "MEASURE", "ING", "SNIPPET", "ISSUE", "DOCS", "FAIL")
_ABSTRACT: Final = chars("IDEA", "PLAN")
_NOTHING: Final = chars("NO", "EVERY")
_NARROWER: Final = chars(
    "PART", "KIND", "TEST", "CODE", "STRING", "OTHER", "BUILD", "LINT", "TYPES", "FORMAT", "OF"
)
_PHRASE_GOES_ON: Final = chars("FILES", "SNIPPET")
_NOT_NOUNS: Final = frozenset(("any", "or", "nor", "either", "else", "thing", "single", "bit"))
_EDGE: Final = " \t*_~()[]{}<>,.;:!?…\"'"
_MOST_SUBJECTS: Final = 12
_REACH: Final = 5


class Counts(Struct, frozen=True, gc=False):
    """Numbers of tests said to have passed, failed or exist."""

    passed: int | None = None
    failed: int | None = None
    total: int | None = None


def state_kinds(body: str) -> list[AssertionKind]:
    """Return what a clause about checks says holds, one kind for each check it names."""
    place = _predicate(body)
    is_good = _is_good(body, place)
    found: list[AssertionKind] = []
    named = _checks(body, place)
    if not named and CLASSES["COMPILES"] in body:
        named = [CLASSES["BUILD"]]
    if not named and place >= 0 and body[place] in _NEEDS_NOUN:
        return []
    for letter in named or [CLASSES["TEST"]]:
        kind = CHECK_KINDS[letter]
        if kind == "tests_pass" and place >= 0 and body[place] == CLASSES["CLEAN"]:
            continue
        if kind == "tests_pass" and not is_good:
            kind = "tests_fail"
        elif not is_good:
            continue
        if kind not in found:
            found.append(kind)
    return found


def _predicate(body: str) -> int:
    """Return the place of the last word in `body` that says how a check went, -1 for none."""
    for place in range(len(body) - 1, -1, -1):
        if body[place] in _PREDICATES:
            return place
    return -1


def _is_good(body: str, place: int) -> bool:
    """Return whether the predicate at `place` says that all is well."""
    if place < 0:
        return True
    before = body[max(0, place - 3) : place]
    if body[place] in _BAD:
        return not _NONE_OR_NOT.isdisjoint(before)
    return CLASSES["NOT"] not in body[max(0, place - 4) : place + 4]


def _checks(body: str, place: int) -> list[str]:
    """Return the classes of the checks that are the subject; of adjoining ones the last."""
    found: list[str] = []
    for index, letter in enumerate(body):
        if letter in CHECK_KINDS:
            if body[index + 1 : index + 2] in CHECK_KINDS and index + 1 < len(body):
                continue
            if letter not in found:
                found.append(letter)
        elif found and letter in _PREPOSITIONS and index < place:
            break
    return found


_PREPOSITIONS: Final = chars("PREP", "OF")


def has_check_noun(body: str) -> bool:
    """Return whether `body` names a check, or everything."""
    return any(letter in CHECK_KINDS for letter in body) or CLASSES["EVERY"] in body


class Numbers:
    """Reads counts from the tokens of a clause."""

    def __init__(
        self, text: str, tokens: list[Token], numbers: dict[str, int], *, is_good: bool
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._classes = [classes for classes, _, _ in tokens]
        self._numbers = numbers
        self._is_good = is_good

    def counts(self) -> Counts:
        """Return the counts; what two numbers claim at once stays unsaid.

        Numbers in brackets count only where none stands outside them.
        """
        found = self._read(is_inside=False)
        return found if found != Counts() else self._read(is_inside=True)

    def _read(self, *, is_inside: bool) -> Counts:
        """Return the counts outside brackets, or everywhere."""
        passed: list[int] = []
        failed: list[int] = []
        total: list[int] = []
        depth = skip = 0
        is_first = True
        for index, classes in enumerate(self._classes):
            if not is_first:
                depth += classes.count("((")
            value = self._value(index)
            if value is not None and (is_inside or not depth) and index >= skip:
                skip = self._take(index, value, passed, failed, total)
            depth = max(0, depth - classes.count("))"))
            is_first = False
        return Counts(_only(passed), _only(failed), _only(total))

    def _core(self, index: int) -> str:
        """Return the bare word at `index`."""
        _, start, end = self._tokens[index]
        return split_token(self._text[start:end])[1]

    def _value(self, index: int) -> int | None:
        """Return the number at `index`, 0 for "no" before failures, None where there is none."""
        classes = self._classes[index]
        if _NUM in classes:
            return number_of(self._core(index), self._numbers)
        if CLASSES["NO"] in classes or CLASSES["WITHOUT"] in classes:
            return 0
        if CLASSES["FRACTION"] in classes:
            return -1
        return None

    def _take(
        self, index: int, value: int, passed: list[int], failed: list[int], total: list[int]
    ) -> int:
        """File the number at `index` by the words behind it; return where to read on."""
        if value < 0:
            part, _, whole = self._core(index).partition("/")
            if part.isdigit() and whole.isdigit() and len(part + whole) < 16:
                passed.append(int(part))
                total.append(int(whole))
            return index + 1
        if value and self._is_alone(index):
            (passed if self._is_good else failed).append(value)
            return index + 1
        is_part = False
        is_counted = False
        for place in range(index + 1, min(index + 1 + _REACH + 3, len(self._tokens))):
            classes = self._classes[place]
            other = self._value(place)
            if other is not None and value and CLASSES["NO"] not in classes:
                if is_part or not self._is_part(index, place):
                    break
                total.append(other)
                is_part = True
                continue
            if CLASSES["FAIL"] in classes or CLASSES["FAILURE"] in classes:
                if self._is_good and value and self._is_test(place + 1):
                    continue
                failed.append(value)
                return place + 1
            if CLASSES["PASS"] in classes and value:
                passed.append(value)
                return place + 1
            is_counted = is_counted or CLASSES["TEST"] in classes
            if classes[-1:] in ",.&:-" and classes:
                break
        if is_counted and value and not is_part:
            total.append(value)
        return index + 1

    def _is_alone(self, index: int) -> bool:
        """Return whether the number at `index` is all that stands in its brackets."""
        return self._classes[index].startswith(f"(({_NUM}))")

    def _is_test(self, place: int) -> bool:
        """Return whether the word at `place` names tests."""
        return place < len(self._tokens) and CLASSES["TEST"] in self._classes[place]

    def _is_part(self, index: int, place: int) -> bool:
        """Return whether the numbers at two places are joined by "of"."""
        return any(CLASSES["OF"] in classes for classes in self._classes[index + 1 : place])


def _only(values: list[int]) -> int | None:
    """Return the one value, None for none or for several that differ."""
    return values[0] if len(set(values)) == 1 else None


def subjects_of(text: str, tokens: list[Token]) -> tuple[str, ...]:
    """Return what the tokens name: inline code, paths, addresses and tools, each once."""
    found: dict[str, None] = {}
    for classes, start, end in tokens:
        if _NAMING.isdisjoint(classes):
            continue
        written = text[start:end].strip(_EDGE)
        if written.startswith("`"):
            name = written.strip("`").strip()
        elif CLASSES["CODE"] in classes or written.lower() in tools():
            name = written
        else:
            continue
        if name:
            found[name[:300]] = None
        if len(found) == _MOST_SUBJECTS:
            break
    return tuple(found)


def plain_subjects(text: str, tokens: list[Token], *, is_english: bool = True) -> tuple[str, ...]:
    """Return the plain nouns that the tokens say something of: the last of each noun phrase.

    Words that name no file ("behaviour", "nothing", "files") are left out.

    Args:
        text: the message.
        tokens: the words of the clause.
        is_english: unknown words count as nouns; elsewhere they may as well be verbs.
    """
    found: dict[str, None] = {}
    noun = ""
    for classes, start, end in (*tokens, ("", 0, 0)):
        mark = classes.strip(EDGES)
        is_noun = mark == CLASSES["TEST"] or (is_english and mark == CLASSES["OTHER"])
        if noun and (not is_noun or classes[:1] in EDGES):
            found[noun] = None
            noun = ""
        if is_noun:
            word = text[start:end].strip(_EDGE).lower()
            noun = "" if word.endswith("ly") or word in _NOT_NOUNS else word
            if classes[-1] in EDGES and noun:
                found[noun] = None
                noun = ""
        elif mark in _PHRASE_GOES_ON and mark:
            noun = ""
    return tuple(found)[:_MOST_SUBJECTS]


def is_abstract(classes: str) -> bool:
    """Return whether the words with these classes are about behaviour, not about files."""
    return not _ABSTRACT.isdisjoint(classes)


def untouched_scope(classes: str) -> Literal["all", "unsaid"]:
    """Return whether the words with these classes say that nothing at all was changed."""
    is_all = not _NOTHING.isdisjoint(classes)
    return "all" if is_all and _NARROWER.isdisjoint(classes) else "unsaid"


def _is_place(behind: str) -> bool:
    """Return whether what follows "tests" says which ("in the parser"), not how long they took."""
    return behind[:1] in _PREPOSITIONS and behind[1:2] not in _MEASURES


def scope_of(body: str, counts: Counts) -> Literal["all", "part", "unsaid"]:
    """Return whether the clause claims all tests, some, or does not say."""
    if CLASSES["EVERY"] in body:
        return "all"
    place = body.find(CLASSES["TEST"])
    narrow = body[:place] if place >= 0 else body
    behind = body[place + 1 :]
    is_part = not _NARROW.isdisjoint(narrow) or CLASSES["CODE"] in body
    if counts.passed is not None and counts.total is not None:
        is_part = is_part or counts.passed < counts.total
    elif CLASSES["OF"] in body:
        is_part = is_part or body[: body.find(CLASSES["OF"])][-1:] not in _WHOLES
    is_part = is_part or (place >= 0 and _is_place(behind))
    if is_part:
        return "part"
    if CLASSES["ALL"] in body:
        return "part" if place >= 0 and not _QUALIFYING.isdisjoint(narrow) else "all"
    return "unsaid"
