"""From a message to what it asserts: rules find candidates, frames reject, the rest is read.

1. One look over the raw text for any trigger word; most messages end here.
2. The lines that are prose (`markdown`), their words as classes (`words`, `clauses`).
3. Two patterns per language find candidate clauses (`wording`): rules whose kind is read off
   their classes, and rules that name it.
4. Frames (`frames`) reject what is asked, planned, supposed, quoted or another's.
5. What is left is read for its kind, numbers and subjects (`reading`).
"""

from bisect import bisect_left
from functools import lru_cache
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from trueline.ledger.assertions.classes import BOUNDARIES, CLASSES, EDGES, UNARY_KINDS, chars
from trueline.ledger.assertions.clauses import Clauses, Token
from trueline.ledger.assertions.languages import language_of
from trueline.ledger.assertions.meaning import frames
from trueline.ledger.assertions.meaning.families import (
    Family,
    family_of,
    is_listed,
    is_nameless,
    is_rejected,
    needed_words,
)
from trueline.ledger.assertions.meaning.frames import Candidate
from trueline.ledger.assertions.meaning.quoting import figure_of, object_end, quote_of
from trueline.ledger.assertions.meaning.reading import (
    Counts,
    Numbers,
    has_check_noun,
    is_abstract,
    plain_subjects,
    scope_of,
    state_kinds,
    subjects_of,
    untouched_scope,
)
from trueline.ledger.assertions.wording import outright, prefilter, rules, wording
from trueline.ledger.assertions.words import lexicon, split_token
from trueline.ledger.model import AssertionKind, Language

_LONGEST_REMEMBERED: Final = 20_000
_TAKING_HOLD: Final = frozenset({"applied", "saved", "accepted"})
"""Changes that were "not applied" were tried and refused, which is not to leave a file alone."""
_NOT_QUOTED: Final = frozenset(EDGES) | chars(
    "PREP", "WITHOUT", "NO", "WHEN", "COND", "BEFORE", "SO", "HISTORY", "THAT", "PART", "BY",
    "GENERIC", "UNCHANGED",
)  # fmt: skip
_NUMBERS_ONLY: Final = chars("NUM", "NO", "FRACTION")
_OUTRIGHT: Final = chars(
    "NOW", "AGAIN", "GONE", "IN", "BACK", "FIXED", "CREATED", "CHANGED", "DELETED", "UNCHANGED",
    "YIELDS", "RETURNS", "MEASURE", "THERE", "COMMITTED", "COMMITS", "HANDLED", "FRACTION", "TOOK",
    "MADE", "WORKS", "UNIT", "REMOTE", "TOUCH", "SENT", "PAID", "PROCESSED", "BOOKED", "NOTIFIED",
    "READ",
)  # fmt: skip
"""Without any of these no rule that names its kind matches."""

_COLON: Final = BOUNDARIES["COLON"]
_SHARED: Final = frozenset(("shared", "geteilt", "compartido", "partagé"))
"""Past forms that tell of a thing rather than of a deed, where nobody is said to do it."""
_STATUSES: Final[frozenset[str]] = frozenset(("sent", "paid", "booked", "acted"))

Empty = Literal[""]
Span = tuple[int, int, AssertionKind | Empty]


def _rank(span: Span) -> tuple[int, bool, bool]:
    """Return where a span sorts: by place, then what a bare verb hides, then no kind."""
    begin, _, kind = span
    return begin, kind not in ("reverted", "figure"), kind != ""


class Finding(Struct, frozen=True, kw_only=True, gc=False):
    """What one clause asserts, apart from where the message stands."""

    kind: AssertionKind
    quote: str
    start: int
    subjects: tuple[str, ...] = ()
    scope: Literal["all", "part", "unsaid"] = "unsaid"
    counts: Counts = Counts()
    figure: str = ""
    is_hedged: bool = False
    language: Language = "en"


def findings(text: str) -> tuple[Finding, ...]:
    """Return what `text` asserts, in order; the same text costs nothing the second time."""
    if len(text) > _LONGEST_REMEMBERED:
        return _findings(text)
    return _remembered(text)


@lru_cache(maxsize=2048)
def _remembered(text: str) -> tuple[Finding, ...]:
    """Return the findings of a text short enough to remember."""
    return _findings(text)


def _findings(text: str) -> tuple[Finding, ...]:
    """Read `text`."""
    if not text.isascii() and _has_surrogate(text):
        return tuple(
            replace(found, quote=text[found.start : found.start + len(found.quote)])
            for found in _findings(_without_surrogates(text))
        )
    if prefilter().search(text) is None:
        return ()
    language = language_of(text)
    clauses = Clauses(text, lexicon(language))
    if not clauses.classes:
        return ()
    return tuple(_Message(clauses, language).read())


def _has_surrogate(text: str) -> bool:
    """Return whether `text` holds half a character, which no pattern can be matched over."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _without_surrogates(text: str) -> str:
    """Return `text` with a replacement character for every lone surrogate; lengths stay."""
    return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)


class _Message:
    """One message while it is read."""

    def __init__(self, clauses: Clauses, language: Language) -> None:
        self._clauses = clauses
        self._language: Language = language
        self._found: list[Finding] = []
        self._chain: tuple[int, int] = (-1, 0)
        self._state: tuple[int, int] = (-1, -1)

    def read(self) -> list[Finding]:
        """Return the findings, in order of where they stand."""
        spans = self._spans()
        begins = [span[0] for span in spans]
        taken = -1
        for begin, end, kind in spans:
            if begin < taken:
                continue
            after = bisect_left(begins, end - 1)
            following = begins[after] if after < len(begins) else len(self._clauses.classes)
            if self._weigh(begin, end, following, kind):
                taken = end - 1
        if self._clauses.has_lists:
            self._add_lists()
        return self._found

    def _spans(self) -> list[Span]:
        """Return where the rules match, in order; at one place those without a kind first."""
        classes, language = self._clauses.classes, self._language
        found: list[Span] = [
            (match.start(), match.end(), "") for match in rules(language).finditer(classes)
        ]
        if _OUTRIGHT.isdisjoint(classes):
            return found
        kinds: tuple[AssertionKind, ...] = tuple(wording(language).outright)
        named: list[Span] = []
        for match in outright(language).finditer(classes):
            words = match.groups()
            kind: AssertionKind = kinds[next(i for i, said in enumerate(words) if said is not None)]
            named.append((match.start(), match.end(), kind))
        return sorted(found + named, key=_rank) if named else found

    def _add_lists(self) -> None:
        """Add what labels such as "Modified files" say of the paths below them."""
        for mark, token in self._clauses.listed():
            names = subjects_of(self._clauses.text, [token])
            quote, start = quote_of(self._clauses.text, [token])
            if not names or not quote:
                continue
            self._found.append(
                Finding(
                    kind=UNARY_KINDS[mark],
                    quote=quote,
                    start=start,
                    subjects=names,
                    language=self._language,
                )
            )
        self._found.sort(key=lambda found: found.start)

    def _weigh(self, begin: int, end: int, following: int, kind: AssertionKind | Empty) -> bool:
        """Reject the candidate or add what it asserts; say which it was."""
        classes = self._clauses.classes
        body = classes[begin:end].strip(EDGES)
        if not body:
            return False
        first, last = self._clauses.sentence(begin, end - 1 if classes[end - 1] in EDGES else end)
        found = Candidate(
            classes=classes,
            begin=begin,
            end=end,
            body=body,
            first=first,
            last=last,
            prefix=frames.without_label(classes[first : begin + 1].strip(EDGES), classes[begin]),
            is_chained=self._chain[0] == first,
            chain_end=self._chain[1],
        )
        family: Family = "outright" if kind else family_of(body)
        if frames.is_rejected_everywhere(found) or self._is_rejected(found, family, kind):
            return False
        added = self._add(found, family, kind, min(following, last) if following > begin else last)
        if added and family in ("first", "elliptic", "passive", "outright"):
            self._chain = (first, end)
        return added

    def _is_rejected(self, found: Candidate, family: Family, kind: AssertionKind | Empty) -> bool:
        """Return whether a frame rejects a candidate of this family."""
        if family == "outright" and frames.is_bare(found.body):
            line = self._clauses.row_at(found.begin + 1).line
            if line.level or line.text.startswith("**"):
                return True
        needed = needed_words(found.body, family, kind)
        if needed and not self._holds_word(found, needed):
            return True
        is_status = kind in _STATUSES and _COLON in found.body
        if is_status and not self._clauses.row_at(found.begin + 1).line.is_row:
            return True
        if kind == "sent" and frames.is_bare(found.body) and self._holds_word(found, _SHARED):
            return True
        if kind == "acted" and is_nameless(found.body):
            named = lexicon(self._language).named
            if not self._holds_word(found, named):
                return True
        if is_listed(found.body, kind) and not frames.begins_entry(found):
            return True
        return is_rejected(found, family)

    def _holds_word(self, found: Candidate, needed: frozenset[str]) -> bool:
        """Return whether one of the words stands in a clause whose classes are too wide."""
        tokens = self._clauses.tokens(found.begin + 1, found.end)
        text = self._clauses.text
        return any(split_token(text[start:end])[1].lower() in needed for _, start, end in tokens)

    def _add(
        self, found: Candidate, family: Family, kind: AssertionKind | Empty, stop: int
    ) -> bool:
        """Add what an accepted candidate asserts; return whether it says anything."""
        text = self._clauses.text
        is_untouched = family == "untouched" or kind == "untouched"
        if is_untouched:
            stop = self._untouched_end(found)
        elif family == "state" or (kind and found.classes[found.end - 1] in EDGES):
            stop = found.end - (found.classes[found.end - 1] in _NOT_QUOTED)
        tokens = self._clauses.tokens(found.begin + 1, max(stop, found.begin + 2))
        while tokens and tokens[-1][0] and not tokens[-1][0].strip(EDGES):
            tokens.pop()
        quote, start = quote_of(text, tokens) if tokens else ("", 0)
        if not quote:
            return False
        if is_untouched and self._holds_word(found, _TAKING_HOLD):
            return False
        if is_untouched:
            self._add_untouched(found, quote, start, tokens)
            return True
        subjects = subjects_of(text, tokens) or self._antecedent(found)
        if not subjects and is_listed(found.body, kind):
            return False
        kinds: list[AssertionKind] = [kind] if kind else self._kinds(found, family)
        for each in kinds:
            self._append(found, each, quote, start, subjects, tokens)
        return True

    def _antecedent(self, found: Candidate) -> tuple[str, ...]:
        """Return the test that a relative clause speaks of ("`test_x`, which passes")."""
        if found.body[0] != CLASSES["THAT"]:
            return ()
        return subjects_of(self._clauses.text, self._clauses.tokens(found.begin - 2, found.begin))

    def _untouched_end(self, found: Candidate) -> int:
        """Return where the words end that say what was left alone."""
        stop = found.end - (found.classes[found.end - 1] in EDGES)
        if CLASSES["UNCHANGED"] in found.body:
            return stop
        return object_end(found.classes, stop, found.last)

    def _add_untouched(self, found: Candidate, quote: str, start: int, tokens: list[Token]) -> None:
        """Add what is said to have been left alone; "the behaviour" names no file, so it hedges."""
        classes = "".join(one for one, _, _ in tokens)
        is_vague = is_abstract(classes)
        subjects = subjects_of(self._clauses.text, tokens)
        if not subjects and not is_vague:
            is_english = self._language == "en"
            subjects = plain_subjects(self._clauses.text, tokens, is_english=is_english)
        self._found.append(
            Finding(
                kind="untouched",
                quote=quote,
                start=start,
                subjects=subjects,
                scope="unsaid" if subjects else untouched_scope(classes),
                is_hedged=is_vague or frames.is_hedged(found) or frames.is_count(found.body),
                language=self._language,
            )
        )

    def _kinds(self, found: Candidate, family: Family) -> list[AssertionKind]:
        """Return the kinds that the candidate asserts."""
        body = found.body
        if family == "state":
            kinds = state_kinds(body)
            lead = body[: max(body.find(CLASSES["TEST"]), 0)] or body[:3]
            for mark in (CLASSES["RAN"], CLASSES["CHECKED"]):
                if mark in lead:
                    kinds.insert(0, UNARY_KINDS[mark])
            return kinds
        if family == "figure":
            return ["figure"]
        if family == "other":
            return ["changed"]
        head = UNARY_KINDS[frames.head_of(body)]
        is_other = head == "notified" and self._holds_word(found, lexicon(self._language).acted)
        return ["acted" if is_other else head]

    def _append(
        self,
        found: Candidate,
        kind: AssertionKind,
        quote: str,
        start: int,
        subjects: tuple[str, ...],
        tokens: list[Token],
    ) -> None:
        """Add one finding, or join it to the one about tests before it in the sentence."""
        text = self._clauses.text
        counts = Counts()
        scope: Literal["all", "part", "unsaid"] = "unsaid"
        if kind in ("tests_pass", "tests_fail"):
            numbers = lexicon(self._language).numbers
            counts = Numbers(text, tokens, numbers, is_good=kind == "tests_pass").counts()
            scope = scope_of(found.body, counts)
            if self._join(found, kind, counts, quote, start):
                return
            self._state = (found.first, len(self._found))
        figure = self._figure(found, kind, tokens)
        if kind == "figure" and not figure:
            return
        self._found.append(
            Finding(
                kind=kind,
                quote=quote,
                start=start,
                subjects=subjects,
                scope=scope,
                counts=counts,
                figure=figure,
                is_hedged=frames.is_hedged(found),
                language=self._language,
            )
        )

    def _figure(self, found: Candidate, kind: AssertionKind, tokens: list[Token]) -> str:
        """Return the number that a figure or a payment is about, as written."""
        if kind == "figure":
            tokens = self._clauses.tokens(found.begin + 1, found.end)
        elif kind not in ("paid", "booked"):
            return ""
        return figure_of(self._clauses.text, tokens, is_outright=kind == "figure")

    def _join(
        self, found: Candidate, kind: AssertionKind, counts: Counts, quote: str, start: int
    ) -> bool:
        """Join "0 failures" to the statement about tests that it follows; say whether it was."""
        first, index = self._state
        if first != found.first or has_check_noun(found.body):
            return False
        if _NUMBERS_ONLY.isdisjoint(found.body):
            return False
        before = self._found[index]
        end = start + len(quote)
        merged = Counts(
            before.counts.passed if counts.passed is None else counts.passed,
            before.counts.failed if counts.failed is None else counts.failed,
            before.counts.total if counts.total is None else counts.total,
        )
        self._found[index] = replace(
            before,
            kind="tests_fail" if kind == "tests_fail" else before.kind,
            quote=self._clauses.text[before.start : end],
            counts=merged,
        )
        return True
