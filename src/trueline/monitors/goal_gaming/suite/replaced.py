"""Units replaced by name in a test file, in any language: stubs of what is then asserted on."""

from collections.abc import Iterator
from typing import Final

from trueline.monitors.goal_gaming.suite.checks import Assert
from trueline.monitors.goal_gaming.suite.scan import scan
from trueline.monitors.goal_gaming.tables import named

_SELF: Final = frozenset({"", "self", "this", "subject", "described_class"})

Mocked = tuple[str, str, str]
"""Name, line that replaces it, line that asserts on the replacement."""


def mocked_by_name(text: str, language: str) -> Iterator[Mocked]:
    """Yield the units that stubs replace and assertions then call, receiver and all."""
    stubs: list[tuple[str, str, str]] = []
    for line in text.split("\n"):
        found = named("mocking.stub").search(line) if "(" in line or "[" in line else None
        if found is not None:
            groups = [str(group) for group in found.groups() if group]
            receiver, name = ("", groups[0]) if len(groups) == 1 else (groups[0], groups[1])
            stubs.append((receiver, name, line.strip()))
    if not stubs:
        return
    asserts = scan(text, language).asserts
    for receiver, name, line in stubs:
        for item in asserts:
            if line not in item.quote and _calls(item, receiver, name):
                yield name, line, item.quote.split("\n", 1)[0].strip()
                break


def shadowed(before: str, after: str, language: str) -> Iterator[Mocked]:
    """Yield names that a test file imported before and now defines itself, and asserts on."""
    imported = _imported(before) - _imported(after)
    imported |= {n for n in _imported(before) if _count(after, n) > _count(before, n)}
    if not imported:
        return
    asserts = scan(after, language).asserts
    for line in after.split("\n"):
        found = named("mocking.define").match(line)
        name = next((str(g) for g in found.groups() if g), "") if found is not None else ""
        if name not in imported or line in before:
            continue
        check = next((item for item in asserts if f"{name}(" in item.subject), None)
        if check is not None:
            yield name, line.strip(), check.quote.split("\n", 1)[0].strip()


def _imported(text: str) -> set[str]:
    """Return the names that a file imports one by one."""
    names: set[str] = set()
    for line in text.split("\n"):
        found = named("mocking.import").match(line.strip())
        if found is not None:
            listed = next((str(group) for group in found.groups() if group), "")
            names.update(named("mocking.word").findall(listed))
    return names


def _count(text: str, name: str) -> int:
    """Return how often a file defines a name."""
    found = (named("mocking.define").match(line) for line in text.split("\n"))
    return sum(1 for m in found if m is not None and name in m.groups())


def _calls(item: Assert, receiver: str, name: str) -> bool:
    """Return whether an assertion's subject calls just what was replaced."""
    at = item.subject.find(f"{name}(")
    if at < 0 or item.strength < 2:
        return False
    ahead = item.subject[:at]
    if receiver in _SELF:
        return not ahead or ahead[-1] in " (["
    return ahead.endswith((f"{receiver}.", f"{receiver}->", f"{receiver}::"))
