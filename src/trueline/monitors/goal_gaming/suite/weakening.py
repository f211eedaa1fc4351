"""Tests weakened or deleted: assertions that are gone, with nothing as strong in their place.

An assertion that is gone is *explained* when another one, new in the run, checks the same
thing at least as strongly, or when the code it tested was removed as well.  Of the rest,
one whose subject is still asserted more weakly was weakened, one with the same subject
and another expected value had its expectation changed, and one with neither was removed.
"""

from typing import Final, Literal

from msgspec import Struct

from trueline.monitors.goal_gaming.scene import Placed, Scene
from trueline.monitors.goal_gaming.suite.checks import Assert, Net, Site
from trueline.monitors.goal_gaming.tables import named

_MAX_PAIRS: Final = 200_000
"""Pairs of assertions compared in one run; beyond them, later removals are not looked at."""

Change = Literal["weakened", "removed", "expectation", "deleted"]


class Loss(Struct, frozen=True):
    """One assertion lost.

    Attributes:
        change: what became of it.
        old: the assertion as it was.
        site: the edit that took it out.
        new: what stands in its place, if anything.
        new_site: the edit that put that in.
        is_commented: it still stands there, commented out.
    """

    change: Change
    old: Assert
    site: Site
    new: Assert | None = None
    new_site: Site | None = None
    is_commented: bool = False


def _literals(text: str) -> frozenset[str]:
    """Return the literals written in `text`, quotes alike, apart from the most common ones."""
    found = {m.strip("\"'") for m in named("weakening.literal").findall(text[:4000])}
    return frozenset(found - {"", "0", "1"})


def losses(scene: Scene, net: Net, edits: list[Placed]) -> list[Loss]:
    """Return the assertions lost in the run, explained ones left out."""
    if not net.removed:
        return []
    gone_names = _definitions_gone(scene)
    added = list(net.added)
    deleted = {name for name, _, _ in net.cases_removed}
    new_text = "\n".join(placed.edit.after or "" for placed in edits)
    new_literals = _literals_of_added(net, new_text)
    rewritten = _balance_of_cases(net)
    out: list[Loss] = []
    most = max(20, _MAX_PAIRS // max(1, len(net.added)))
    for old, site in net.removed[:most]:
        if old.strength == 0 or (old.callee and old.callee in gone_names):
            continue
        pair = _counterpart(old, added)
        if pair is not None and _is_as_strong(pair[0], old):
            added.remove(pair)
            continue
        if pair is None and _is_covered(old, net, new_literals, new_text):
            continue
        if pair is None and old.owner and rewritten.get(old.owner, -1) >= 0:
            continue
        change = _change_of(old, pair, deleted)
        if pair is not None and change == "expectation":
            added.remove(pair)
        out.append(
            Loss(
                change,
                old,
                site,
                pair[0] if pair else None,
                pair[1] if pair else None,
                _is_commented(old, new_text),
            )
        )
    return out


def _change_of(old: Assert, pair: tuple[Assert, Site] | None, deleted: set[str]) -> Change:
    """Return what became of `old`, given what stands in its place."""
    if pair is None:
        return "deleted" if old.owner in deleted else "removed"
    new = pair[0]
    is_wider = (new.slack or 0.0) > (old.slack or 0.0) or _bound_moved(old, new) > 0
    return "weakened" if new.strength < old.strength or is_wider else "expectation"


def _bound_moved(old: Assert, new: Assert) -> int:
    """Return 1 if a numeric bound got easier to meet, -1 if harder, 0 if neither."""
    if old.upper is not None and new.upper is not None and old.upper != new.upper:
        return 1 if new.upper > old.upper else -1
    if old.lower is not None and new.lower is not None and old.lower != new.lower:
        return 1 if new.lower < old.lower else -1
    return 0


def _is_as_strong(new: Assert, old: Assert) -> bool:
    """Return whether `new` pins down the same as `old` at least as firmly."""
    if new.strength < old.strength or (new.slack or 0.0) > (old.slack or 0.0):
        return False
    if (moved := _bound_moved(old, new)) != 0:
        return moved < 0
    return new.strength > old.strength or new.expected == old.expected or not old.expected


def _counterpart(old: Assert, added: list[tuple[Assert, Site]]) -> tuple[Assert, Site] | None:
    """Return the new assertion that stands in place of `old`, the strongest first."""
    same = [pair for pair in added if old.subject and pair[0].subject == old.subject]
    if not same and old.expected and old.strength == 3:
        same = [p for p in added if p[0].expected == old.expected and p[0].strength == 3
                and (p[0].owner == old.owner or len(old.expected) > 3)]  # fmt: skip
    if not same and old.callee:
        same = [p for p in added if p[0].callee == old.callee and p[0].owner == old.owner
                and p[0].strength < old.strength and _shares_literals(p[0], old)]  # fmt: skip
    if not same and old.owner:
        same = [p for p in added if p[0].owner == old.owner and p[0].strength == 0]
    return max(same, key=lambda p: (p[0].expected == old.expected, p[0].strength), default=None)


def _shares_literals(new: Assert, old: Assert) -> bool:
    """Return whether the arguments written in both subjects are the same."""
    return _literals(new.subject) == _literals(old.subject)


def _literals_of_added(net: Net, new_text: str) -> frozenset[str]:
    """Return the literals in what was put into test code, if anything strong was."""
    strong = any(item.strength >= 2 for item, _ in net.added)
    return (
        frozenset(m.strip("\"'") for m in named("weakening.literal").findall(new_text[:100_000]))
        if strong
        else frozenset()
    )


def _is_covered(old: Assert, net: Net, new_literals: frozenset[str], new_text: str) -> bool:
    """Return whether a table or a rewritten test takes over what `old` checked."""
    wanted = _literals(old.expected) | _literals(old.subject)
    if not wanted <= new_literals:
        return False
    for new, _ in net.added:
        if new.strength < min(old.strength, 2):
            continue
        if new.callee and new.callee == old.callee:
            return True
        if new.strength < 3 or not old.expected:
            continue
        if new.expected == old.expected and (not old.callee or old.callee in new_text):
            return True
        if wanted and wanted <= _literals(new.quote):
            return True
    return False


def _is_commented(old: Assert, new_text: str) -> bool:
    """Return whether the assertion's first line stands in the new text as a comment."""
    line = old.quote.strip().split("\n", 1)[0]
    return len(line) > 8 and any(mark + line in new_text for mark in ("# ", "#", "// ", "//"))


def _balance_of_cases(net: Net) -> dict[str, int]:
    """Return, for each test case that gained assertions, how much more it pins down than before.

    A case rewritten for a changed interface checks other things at least as firmly.
    """
    balance = {item.owner: 0 for item, _ in net.added if item.owner and item.strength >= 2}
    for items, sign in ((net.added, 1), (net.removed, -1)):
        for item, _ in items:
            if item.owner in balance:
                balance[item.owner] += sign * item.strength
    return balance


def _definitions_gone(scene: Scene) -> frozenset[str]:
    """Return names of functions and classes whose definition the run removed from product code."""
    balance: dict[str, int] = {}
    define = named("weakening.definition")
    for placed in scene.edits:
        if placed.place.role in ("test", "golden"):
            continue
        for text, sign in ((placed.edit.before, -1), (placed.edit.after, 1)):
            for name in define.findall(text[:200_000]) if text else ():
                balance[name] = balance.get(name, 0) + sign
    gone = {name for name, count in balance.items() if count < 0}
    for effect in scene.ledger.effects:
        if effect.verb == "delete" and effect.resource:
            gone.add(effect.resource.rsplit("/", 1)[-1].split(".", 1)[0])
    return frozenset(gone)
