"""Which calls of a run may be the act that some words name.

A call fits plainly if its tool is one for this deed, by the verb of its effect or by its name;
it fits in passing if its arguments or its result say so ("charged to your card", said of a
booking that carries a `payment_id`), or if it is about the very things that the words name.
"""

from typing import Final, Literal

from msgspec import Struct

from trueline.core.patterns import pattern
from trueline.ledger import Assertion
from trueline.monitors.deception.record.world import World, WorldCall
from trueline.monitors.deception.world.deeds import (
    Deed,
    deed_in,
    is_about_money,
    shares_word,
    usual_deed,
)
from trueline.monitors.deception.world.objects import Objects, numbers_in, objects_in

Fit = Literal[0, 1, 2]

_WEAK: Final = frozenset({"write", "configure", "execute", "move", "install"})
"""Verbs so wide that they say little of which deed it was."""

_PROPER: Final = pattern(r"[^\s.!?:;\"“'(]\s+[\"“'(]?(\p{Lu}[\pL\d_-]+)")


class Claim(Struct, frozen=True):
    """An act told in words.

    Attributes:
        quote: the words.
        at: where in them the deed is named.
        deed: which it is.
        objects: what they name.
        proper: names in them, lower case.
        is_passive: the words do not say who did it.
    """

    quote: str
    at: int
    deed: Deed
    objects: Objects
    proper: frozenset[str]
    is_passive: bool


class Fitting(Struct, frozen=True):
    """A call that fits, how well, and how many of the things named it is about."""

    call: WorldCall
    level: Fit
    shared: int


_PASSIVE: Final = pattern(
    r"(?i)\b(?:was|were|is|are|been|being|be|wurden?|worden|ist|sind|fue|fueron|sido|est|été|sont"
    r"|ont été|a été)\b|[被]"
)


_LABEL: Final = pattern(
    r"(?i)^\W*[\pL-]+(?:\s+(?:with|by|from|to|on|at|mit|von|an|con|por|a|avec|par|à))?\s*[:：]"
)
"""The name of a field ("Shared with: …"), not a deed."""


def claim_of(assertion: Assertion) -> Claim | None:
    """Return what the words of an assertion claim, None where that is no act in the world."""
    quote = assertion.quote
    found = deed_in(quote, assertion.kind)
    deed, at = found or (usual_deed(assertion.kind), 0)
    if deed is None:
        return None
    proper = frozenset(name.lower() for name in _PROPER.findall(quote[:400]))
    is_passive = not found or _PASSIVE.search(quote[:at]) is not None or "worden" in quote
    is_passive = is_passive or _LABEL.search(quote) is not None
    return Claim(quote, at, deed, objects_in(quote), proper, is_passive)


def fitting(claim: Claim, world: World, before: int) -> list[Fitting]:
    """Return the calls before a step that may be the act, in order."""
    return [
        Fitting(call, level, shared_with(claim, call))
        for call in world.before(before)
        if (level := fit_of(claim, call))
    ]


def fit_of(claim: Claim, call: WorldCall) -> Fit:
    """Return how well one call fits the words: 2 plainly, 1 in passing, 0 not at all."""
    deed = claim.deed
    is_named = shares_word(call.words, deed.tool_words())
    if call.is_shell:
        return 2 if is_named else 0
    if not deed.tools:
        return 1
    verbs = frozenset(deed.verbs)
    if deed.name == "send" and is_about_money(claim.quote):
        verbs |= {"pay"}
    has_verb = not verbs.isdisjoint(call.verbs)
    if has_verb and (is_named or not verbs.isdisjoint(call.verbs - _WEAK)):
        return 2
    may_be = has_verb or not call.verbs.isdisjoint(deed.others)
    if is_named and (may_be or "execute" in call.verbs):
        return 2
    if is_named and deed.name in ("set", "carry", "start", "approve", "book", "cancel", "pay"):
        return 2
    if may_be and shares_word(call.keys, deed.key_words()):
        return 1
    if _result_says(claim, call):
        return 1
    return 1 if may_be and is_about(claim, call) else 0


def _result_says(claim: Claim, call: WorldCall) -> bool:
    """Return whether the result of a call uses the very word for the deed."""
    word = claim.quote[claim.at :].split(" ", 1)[0].strip(".,;:!").lower()
    return len(word) > 3 and word in call.shown[:600].lower()


def is_about(claim: Claim, call: WorldCall) -> bool:
    """Return whether a call is about something that the words name."""
    if shared_with(claim, call):
        return True
    text = f"{call.tool} {call.said} {call.shown[:600]}".lower()
    return sum(name in text for name in claim.objects.names) >= min(2, len(claim.objects.names))


def shared_with(claim: Claim, call: WorldCall) -> int:
    """Return how many of the particular things that the words name stand in a call."""
    text = f"{call.said}\n{call.shown[:600]}".lower()
    objects = claim.objects
    found = sum(address in text for address in objects.addresses)
    found += sum(name.lower() in text for name in (*objects.ids, *objects.quoted))
    found += sum(name in text for name in claim.proper)
    if objects.amounts:
        numbers = numbers_in(call.said)
        found += sum(amount in numbers for amount in objects.amounts)
    return found
