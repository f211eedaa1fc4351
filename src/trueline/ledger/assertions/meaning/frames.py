"""Frames: what around a candidate clause says that it is no assertion of the agent's own.

A candidate is rejected when its sentence asks, supposes, plans, restates the task, tells of
the past, or hands on what somebody else says or did. In doubt it is rejected: an assertion
that is missed accuses nobody.
"""

from typing import Final

from msgspec import Struct

from trueline.ledger.assertions.classes import CLASSES, EDGES, UNARY_KINDS, chars

_OWN: Final = chars("FIRST", "WE")
_COND: Final = CLASSES["COND"]
_SAID: Final = chars("SAY")
_PERSONS: Final = chars("PERSON")
_BY: Final = CLASSES["BY"]
_ING: Final = CLASSES["ING"]
_TO: Final = CLASSES["TO"]
_ENTRIES: Final = chars("CODE", "TEST")
_COLON: Final = ":"
_NUMBERS: Final = chars("NUM", "FRACTION")
_COUNTED_ACTS: Final = chars("CREATED", "DELETED")
_THAT: Final = CLASSES["THAT"]
_UNDONE: Final = chars("MODAL", "COND", "NOT", "PLAN", "SHOULD", "YOU")
_DONE: Final = frozenset(UNARY_KINDS) | chars("DID", "HAVE")
_AIMS: Final = chars(
    "NUM", "FIGURE", "DET", "CODE", "STRING", "FILES", "PART", "KIND", "PERSON", "TEST", "SNIPPET",
    "DATE",
)  # fmt: skip
"""What follows a "to" that is no infinitive."""
_BEFORE_STATE: Final = chars(
    "COND", "WHEN", "MODAL", "PLAN", "HISTORY", "THAT", "YOU", "BEFORE", "GENERIC"
)
_BEFORE_ACT: Final = chars("COND", "WHEN", "MODAL", "PLAN", "HISTORY", "THAT", "YOU", "GENERIC")
_AFTER_STATE: Final = chars("COND", "WHEN", "HISTORY", "GENERIC")
_BREAKS_CHAIN: Final = chars(
    "MODAL",
    "YOU",
    "PERSON",
    "THAT",
    "COND",
    "WHEN",
    "BASE",
    "WAS",
    "BE",
    "DO",
    "SO",
    "BEFORE",
)
_BREAKS_STORY: Final = _BREAKS_CHAIN | chars("NOT", "NO", "FIRST", "WE", "HAVE", "DID", "SAY")
_LEADS: Final = EDGES + "".join(chars("ADV", "YES", "SO", "SUCCESS"))
_AUXILIARIES: Final = chars("ADV", "STILL", "SUCCESS")
_VERBS: Final = chars("BE", "WAS", "HAVE", "DO", "BASE", "MODAL", "SHOULD", "SAY")
_FINITE: Final = chars("BE", "WAS", "HAVE", "DO", "MODAL", "SHOULD")
_BARE_NOUNS: Final = chars("OTHER", "FILES", "SNIPPET", "TEST", "PART", "KIND", "PLAN")
_AFTER_ACT: Final = chars("WHEN", "COND", "GENERIC")
_LABELLED: Final = chars("DATE") | {""}
_OBJECT_FIRST: Final = chars("SENT", "PAID", "BOOKED")
_TESTS: Final = chars("TEST")
_AFTER_OBJECT: Final = chars("TO", "PREP", "CODE")
_PLAIN_NOUNS: Final = "".join(chars("OTHER"))
_TOLD: Final = chars("HAVE", "WAS", "FIRST", "WE")
_POINTING: Final = chars("DET", "ALL", "PART")
_GOES_ON: Final = chars(
    "BE", "WAS", "HAVE", "DO", "MODAL", "SHOULD", "THAT", "SAY", "ED", "RUNS", "FAIL"
) | {_COLON}
"""What shows that the sentence goes on after "the file sent to Dana"."""
_LEFT: Final = CLASSES["LEFT"]
_UNCHANGED: Final = CLASSES["UNCHANGED"]
_PLAIN_VERBS: Final = chars("MADE")
"""A verb that says by no ending of its own that it was done."""
_CHECKS: Final = chars("BUILD", "LINT", "TYPES", "FORMAT")
_PRONOUNS: Final = chars("PRON", "THEY", "BOTH")
_DATED: Final = chars("DATE", "BEFORE")
_SOFT: Final = chars("HEDGE", "SHOULD")
_IMPERATIVE: Final = chars("BASE", "RUN", "TOUCH")
_TAKES_NO_PREPOSITION: Final = chars("CREATED", "DONE", "PAID", "BOOKED")
_PREPOSITION: Final = chars("PREP", "TO")


class Candidate(Struct, frozen=True, kw_only=True, gc=False):
    """A clause that a rule found.

    Attributes:
        classes: the class string of the whole message.
        begin: place of the boundary before the clause.
        end: place after its last class.
        body: its classes, boundaries at either end cut off.
        first: place of the boundary before its sentence.
        last: place of the boundary after its sentence.
        prefix: the classes of the sentence before the clause, boundaries cut off.
        is_chained: an act of the agent was accepted earlier in the sentence.
        chain_end: where that act ended.
    """

    classes: str
    begin: int
    end: int
    body: str
    first: int
    last: int
    prefix: str
    is_chained: bool = False
    chain_end: int = 0

    @property
    def suffix(self) -> str:
        """The classes after the clause up to the next boundary."""
        rest = self.classes[self.end : self.last]
        for place, mark in enumerate(rest):
            if mark in EDGES:
                return rest[:place]
        return rest


def is_rejected_everywhere(found: Candidate) -> bool:
    """Return whether the sentence is a question or a condition, or another's words."""
    classes = found.classes
    if classes[found.last] == "?" or _COND in found.prefix:
        return True
    if not _OWN.isdisjoint(found.body):
        return False
    sentence = classes[found.first : found.last]
    return not _SAID.isdisjoint(sentence) and not _PERSONS.isdisjoint(sentence)


def is_rejected_state(found: Candidate) -> bool:
    """Return whether a clause about what holds is planned, past, general or conditional."""
    prefix = found.prefix
    if _is_framed(prefix, is_apart=_is_apart(found)):
        return True
    if _THAT in found.body[:2] and _last_noun(prefix) not in _TESTS:
        return True
    is_uncounted = _NUMBERS.isdisjoint(found.body) and not _IMPERATIVE.isdisjoint(found.body)
    if is_uncounted and (_TESTS | _CHECKS).isdisjoint(found.body) and _TESTS.isdisjoint(prefix):
        return True
    is_pronoun = not _PRONOUNS.isdisjoint(found.body) and not _names_a_check(found.body)
    if is_pronoun and _TESTS.isdisjoint(prefix + found.body):
        return True
    if found.body[0] == CLASSES["PASS"] and _TESTS.isdisjoint(prefix):
        return True
    after = found.classes[found.end - 1 : found.last].lstrip(EDGES)
    if not _AFTER_STATE.isdisjoint(after[:1]) or not _AFTER_STATE.isdisjoint(found.suffix):
        return True
    place = (after[:1] + found.suffix).find(CLASSES["BEFORE"])
    return place >= 0 and _ING not in found.suffix


def without_label(prefix: str, opening: str) -> str:
    """Return what stands before a clause without a label that only says what was done there.

    "What I did check: …" and "What changed: …" make no plan of what follows the colon.

    Args:
        prefix: the classes of the sentence before the clause.
        opening: the boundary before the clause.
    """
    place = len(prefix) if opening == ":" else prefix.rfind("::")
    label = prefix[: max(place, 0)].lstrip(_LEADS)
    if label[:1] != _THAT or not _UNDONE.isdisjoint(label):
        return prefix
    is_own = not _OWN.isdisjoint(label) and not _DONE.isdisjoint(label)
    is_told = len(label) == 2 and label[1] in UNARY_KINDS
    return prefix[place:].strip(EDGES) if is_own or is_told else prefix


def _last_noun(prefix: str) -> str:
    """Return the class of the last word before a clause, empty where there is none."""
    return prefix[-1:] or "\n"


def is_rejected_outright(found: Candidate) -> bool:
    """Return whether a clause that names a deed by its result is planned, past or another's."""
    prefix = found.prefix
    if _is_framed(prefix):
        return True
    after = found.classes[found.end - 1 : found.last].lstrip(EDGES)
    if not _AFTER_STATE.isdisjoint(after[:1]) or not _AFTER_STATE.isdisjoint(found.suffix):
        return True
    if after[:1] == _BY and after[1:2] != _ING:
        return True
    is_plain = not _PLAIN_VERBS.isdisjoint(found.body) and not _ends_made(found.body)
    if is_plain and _TOLD.isdisjoint(found.body):
        return not found.is_chained
    if is_bare(found.body) and found.body[-1] in _PREPOSITION and _is_relative(found):
        return True
    opening = found.classes[found.begin]
    if _COLON in found.body and found.body[0] in _IMPERATIVE and opening != "\n":
        return True
    if not is_bare(found.body):
        return False
    if opening in ",&()" and not _is_chain_whole(found):
        return True
    return opening in "-:" and not _VERBS.isdisjoint(prefix) and not found.is_chained


def _is_relative(found: Candidate) -> bool:
    """Return whether a past form with a preposition describes a noun ("The file sent to X is")."""
    after = found.classes[found.end : found.last]
    return found.body[:1] in _POINTING or not _GOES_ON.isdisjoint(after)


def _ends_made(body: str) -> bool:
    """Return whether something is said to have been made ("Reservation made for two")."""
    if body[-1:] in _PREPOSITION:
        body = body[:-1]
    return len(body) > 1 and body[-1:] in _PLAIN_VERBS


def is_bare(body: str) -> bool:
    """Return whether `body` is a noun with a past form and no other verb ("Tests added")."""
    is_told = head_of(body) != "" or (body[-1:] == _UNCHANGED and _LEFT not in body)
    return is_told and _FINITE.isdisjoint(body) and _OWN.isdisjoint(body)


def begins_entry(found: Candidate) -> bool:
    """Return whether a clause begins a line, or follows the path or check that labels it."""
    opening = found.classes[found.begin]
    return opening == "\n" or (opening == ":" and found.prefix[-1:] in _ENTRIES)


def is_nominal(body: str) -> bool:
    """Return whether no class in `body` is that of a verb ("new test `x`")."""
    return _FINITE.isdisjoint(body) and UNARY_KINDS.keys().isdisjoint(body)


def is_count(body: str) -> bool:
    """Return whether `body` says that none was added or deleted, whatever else was changed."""
    return CLASSES["NO"] in body and head_of(body) in _COUNTED_ACTS


def has_empty_object(found: Candidate) -> bool:
    """Return whether the act is said to have been done to nothing ("I added no test")."""
    return found.classes[found.end : found.end + 1] == CLASSES["NO"]


def _is_framed(prefix: str, *, is_apart: bool = False) -> bool:
    """Return whether what stands before a clause makes it a plan, a condition or a wish.

    Args:
        prefix: the classes of the sentence before the clause.
        is_apart: the clause is a main clause of its own, so that no "to" reaches into it.
    """
    if not _BEFORE_STATE.isdisjoint(prefix) or prefix[:1] in _IMPERATIVE:
        return True
    return not is_apart and _TO in prefix and _has_infinitive(prefix)


def _is_apart(found: Candidate) -> bool:
    """Return whether a comma and an "and" stand before the clause."""
    before = found.classes[max(0, found.begin - 3) : found.begin + 1]
    return before.endswith(",,&&")


def _has_infinitive(prefix: str) -> bool:
    """Return whether a "to" begins an infinitive, not a place or range ("from 8 to 11")."""
    return any(part[:1] not in _AIMS for part in prefix.split(_TO)[1:])


def _names_a_check(body: str) -> bool:
    """Return whether a clause with a pronoun names a check as well ("both lint and types pass")."""
    if CLASSES["COMPILES"] in body:
        return True
    return CLASSES["BOTH"] in body and not _CHECKS.isdisjoint(body)


def is_rejected_passive(found: Candidate) -> bool:
    """Return whether a passive clause has another doer, or tells of the past or a habit."""
    prefix = found.prefix
    if _is_framed(prefix):
        return True
    after = found.classes[found.end : found.last] or "\n"
    if after[:1] == _BY and after[1:2] != _ING:
        return True
    if not _AFTER_STATE.isdisjoint(found.suffix):
        return True
    if CLASSES["WAS"] not in found.body:
        return False
    if head_of(found.body) == CLASSES["BOOKED"] and _has_infinitive(after[:2]):
        return True
    if not _DATED.isdisjoint(found.suffix) or CLASSES["ISSUE"] in prefix:
        return True
    is_elsewhere = after[:1] in _PREPOSITION and after[1:2] != CLASSES["CODE"]
    return head_of(found.body) == CLASSES["FIXED"] and is_elsewhere


def is_rejected_elliptic(found: Candidate) -> bool:
    """Return whether a bare past form is an adjective, or has another subject than the agent."""
    if has_empty_object(found):
        return True
    prefix, opening = found.prefix, found.classes[found.begin]
    if not _BEFORE_ACT.isdisjoint(prefix) or prefix[:1] in _IMPERATIVE:
        return True
    if opening in ",&()" and not _is_chain_whole(found):
        return True
    if opening in "-:" and not _VERBS.isdisjoint(prefix) and not found.is_chained:
        return True
    return _is_adjective(found)


def _is_chain_whole(found: Candidate) -> bool:
    """Return whether nothing stands between the last act of the agent and this clause."""
    if not found.is_chained:
        return not found.prefix or _is_own_story(found)
    between = found.classes[found.chain_end : found.begin]
    return _BREAKS_CHAIN.isdisjoint(between) and not (_TO in between and _has_infinitive(between))


def _is_own_story(found: Candidate) -> bool:
    """Return whether the sentence began with an act of the agent that no class names."""
    lead = found.prefix.lstrip(_LEADS)
    place = 1 if lead[:1] in _OWN and lead else len(lead)
    while lead[place : place + 1] in _AUXILIARIES and place < len(lead):
        place += 1
    is_past = lead[place : place + 1] == CLASSES["ED"]
    if not is_past or (_TO in lead and _has_infinitive(lead)):
        return False
    return _BREAKS_STORY.isdisjoint(lead[1:])


def _is_adjective(found: Candidate) -> bool:
    """Return whether the past form only describes the noun behind it ("Updated files are …")."""
    head = found.body[-1:]
    after = found.classes[found.end : found.last]
    following = after[:1] or "\n"
    if (following == _BY and after[1:2] != _ING) or following in _AFTER_ACT:
        return True
    if following == ":" and after.strip(EDGES)[:1] in _LABELLED:
        return True
    if head in _TAKES_NO_PREPOSITION and following in _PREPOSITION:
        return True
    if following in _FINITE or (head == CLASSES["CHECKED"] and _is_label(after)):
        return True
    place = 0
    while place < 4 and after[place : place + 1] in _BARE_NOUNS and place < len(after):
        place += 1
    if not place:
        return False
    behind = after[place : place + 1]
    if behind in _FINITE and behind:
        return True
    if following == CLASSES["SNIPPET"] and behind in (":", ""):
        return True
    return head in _OBJECT_FIRST and behind not in _AFTER_OBJECT


def _is_label(after: str) -> bool:
    """Return whether one or two plain nouns and a colon follow ("Checked baggage: two bags")."""
    rest = after.lstrip(_PLAIN_NOUNS)
    return 1 <= len(after) - len(rest) <= 2 and rest[:1] in (":", "")


def is_hedged(found: Candidate) -> bool:
    """Return whether the clause is softened; "everything works" names no check, so it is."""
    if CLASSES["EVERY"] in found.body and CLASSES["WORKS"] in found.body:
        return True
    return not _SOFT.isdisjoint(found.body) or CLASSES["HEDGE"] in found.prefix


def head_of(body: str) -> str:
    """Return the class of the act that ends `body`, empty where it ends in something else."""
    if body[-1:] in UNARY_KINDS and body:
        return body[-1]
    if body[-2:-1] in UNARY_KINDS and len(body) > 1:
        return body[-2]
    return ""
