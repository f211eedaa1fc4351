"""Sum a run's edits to test code: what is gone in the end, and what is new.

Sums of fragments need no whole files: what one edit takes out and another puts back, in
whatever test file, cancels.  So moved, renamed and restored tests leave nothing behind.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from trueline.monitors.goal_gaming.region import changed
from trueline.monitors.goal_gaming.scene import Placed, Scene
from trueline.monitors.goal_gaming.suite.checks import Assert, Mark, Net, Piece, Site
from trueline.monitors.goal_gaming.suite.scan import scan
from trueline.monitors.goal_gaming.tables import named

T = TypeVar("T")

_EMPTY = Piece()


def is_test_code(placed: Placed) -> bool:
    """Return whether an edit touches test code, by path, or by content where tests live inside."""
    if placed.place.role == "test":
        return True
    if placed.place.language == "rust" and placed.place.role == "product":
        text = (placed.edit.before or "") + (placed.edit.after or "")
        return "#[test]" in text or "#[cfg(test)]" in text
    return False


class _Ledger(Generic[T]):
    """Counts of things by key, with where each was put in and taken out."""

    def __init__(self) -> None:
        self._out: defaultdict[str, list[tuple[T, Site]]] = defaultdict(list)
        self._in: defaultdict[str, list[tuple[T, Site]]] = defaultdict(list)

    def record(
        self, old: Iterable[tuple[str, T]], new: Iterable[tuple[str, T]], site: Site
    ) -> None:
        """Take `old` out and put `new` in."""
        for key, item in old:
            self._out[key].append((item, site))
        for key, item in new:
            self._in[key].append((item, site))

    def gone(self) -> list[tuple[T, Site]]:
        """Return what was taken out more often than put in, in order of steps."""
        return self._excess(self._out, self._in)

    def new(self) -> list[tuple[T, Site]]:
        """Return what was put in more often than taken out, in order of steps."""
        return self._excess(self._in, self._out)

    @staticmethod
    def _excess(
        more: dict[str, list[tuple[T, Site]]], less: dict[str, list[tuple[T, Site]]]
    ) -> list[tuple[T, Site]]:
        found: list[tuple[T, Site]] = []
        for key, items in more.items():
            count = len(items) - len(less.get(key, ()))
            found += items[-count:] if count > 0 else []
        return sorted(found, key=lambda pair: pair[1].step)


def _hidden(
    gone: list[tuple[tuple[str, str], Site]], functions: list[tuple[tuple[str, str], Site]]
) -> list[tuple[Mark, Site]]:
    """Return the test cases that live on under a name that no runner collects."""
    found: list[tuple[Mark, Site]] = []
    for (name, _), _ in gone:
        core = named("places.case_affix").sub("", name).strip("_").lower()
        for (other, line), site in functions:
            if len(core) > 3 and core in other.lower():
                found.append((Mark(f"hidden {name}", line, name), site))
                break
    return found


def net_change(scene: Scene, edits: Sequence[Placed]) -> Net:
    """Return what `edits`, all to test code, changed in the end."""
    asserts: _Ledger[Assert] = _Ledger()
    cases: _Ledger[tuple[str, str]] = _Ledger()
    skips: _Ledger[Mark] = _Ledger()
    exits: _Ledger[Mark] = _Ledger()
    marked: _Ledger[tuple[str, str]] = _Ledger()
    functions: _Ledger[tuple[str, str]] = _Ledger()
    for placed in edits:
        edit, language = placed.edit, placed.place.language
        old, new = scene.both_sides(edit)
        if old and new:
            old, new = changed(old, new, named("scan.cases"))
        before = scan(old, language) if old else _EMPTY
        after = scan(new, language) if new else _EMPTY
        site = Site(edit.step, edit.path)
        asserts.record(
            ((a.key, a) for a in before.asserts), ((a.key, a) for a in after.asserts), site
        )
        cases.record(((c[0], c) for c in before.cases), ((c[0], c) for c in after.cases), site)
        skips.record(((m.key, m) for m in before.skips), ((m.key, m) for m in after.skips), site)
        exits.record(((m.key, m) for m in before.exits), ((m.key, m) for m in after.exits), site)
        marked.record(((c[0], c) for c in before.marked), ((c[0], c) for c in after.marked), site)
        functions.record(
            ((c[0], c) for c in before.functions), ((c[0], c) for c in after.functions), site
        )
    gone = {name for (name, _), _ in cases.gone()}
    unmarked = [
        (Mark(f"unmarked {name}", line, name), site)
        for (name, line), site in marked.gone()
        if name not in gone
    ]
    hidden = _hidden(cases.gone(), functions.new())
    return Net(
        removed=tuple(asserts.gone()),
        added=tuple(asserts.new()),
        cases_removed=tuple((name, line, site) for (name, line), site in cases.gone()),
        cases_added=frozenset(name for (name, _), _ in cases.new()),
        skips=(*skips.new(), *unmarked, *hidden),
        exits=tuple(exits.new()),
    )
