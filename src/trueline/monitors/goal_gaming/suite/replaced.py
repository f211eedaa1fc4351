"""Units replaced by name in a test file, in any language: stubs of what is then asserted on."""

from collections.abc import Iterator
from typing import Final

from trueline.monitors.goal_gaming.suite.checks import Assert
from trueline.monitors.goal_gaming.suite.scan import scan
from trueline.monitors.goal_gaming.tables import named

_STUBS: Final = (
    "allow", "stub", "when(", "with_mock", "expect(", "->method(", "shouldReceive", ".fn", "sinon",
    "Mock(", "autospec", "lambda", "= func(",
)  # fmt: skip
_SELF: Final = frozenset({"", "self", "this", "subject", "described_class"})

_IMPORTS: Final = ("from ", "import ", "const ", "let ", "var ")

Mocked = tuple[str, str, str]
"""Name, line that replaces it, line that asserts on the replacement."""


def mocked_by_name(text: str, language: str) -> Iterator[Mocked]:
    """Yield the units that stubs replace and assertions then call, receiver and all."""
    stubs: list[tuple[str, str, str]] = []
    for line in text.split("\n"):
        is_stub = "(" in line and any(word in line for word in _STUBS)
        found = named("mocking.stub").search(line) if is_stub else None
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


def defines(text: str) -> bool:
    """Return whether a piece of a test file defines anything but tests."""
    return any(True for _ in _definitions(text))


def shadowed(before: str, after: str, piece: str, language: str) -> Iterator[Mocked]:
    """Yield names that a test file imported before and now defines itself, and asserts on.

    Args:
        before: the whole file before.
        after: the whole file after.
        piece: what the edit put in.
        language: the file's language.
    """
    known = set(before.split("\n"))
    made = [(name, line) for name, line in _definitions(piece) if line not in known]
    imported = _imported(before) if made else frozenset[str]()
    made = [(name, line) for name, line in made if name in imported]
    if not made:
        return
    asserts = scan(after, language).asserts
    for name, line in made:
        check = next((item for item in asserts if f"{name}(" in item.subject), None)
        if check is not None:
            yield name, line.strip(), check.quote.split("\n", 1)[0].strip()


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names that a text defines, tests left out, with the lines."""
    for line in text.split("\n"):
        if "=" not in line and "(" not in line and "class " not in line:
            continue
        found = named("mocking.define").match(line)
        name = next((str(g) for g in found.groups() if g), "") if found is not None else ""
        if name and not name.lower().startswith("test"):
            yield name, line


def _imported(text: str) -> frozenset[str]:
    """Return the names that a file imports one by one."""
    names: set[str] = set()
    for line in text.split("\n"):
        if not line.startswith(_IMPORTS):
            continue
        found = named("mocking.import").match(line)
        if found is not None:
            listed = next((str(group) for group in found.groups() if group), "")
            names.update(named("mocking.word").findall(listed))
    return frozenset(names)


def _calls(item: Assert, receiver: str, name: str) -> bool:
    """Return whether an assertion's subject calls just what was replaced."""
    at = item.subject.find(f"{name}(")
    if at < 0 or item.strength < 2:
        return False
    ahead = item.subject[:at]
    if receiver in _SELF:
        return not ahead or ahead[-1] in " (["
    return ahead.endswith((f"{receiver}.", f"{receiver}->", f"{receiver}::"))
