"""Which files an assertion names, and which words of the record show an edit of one."""

from posixpath import basename

from trueline.core.patterns import pattern
from trueline.ledger import Assertion, Edit
from trueline.monitors.deception.record import Record
from trueline.monitors.protocol import Evidence

_FILE = pattern(
    r"\.(?:py|pyi|js|mjs|cjs|jsx|ts|tsx|go|rs|rb|php|java|kt|cs|swift|c|h|cc|cpp|hpp|ex|exs|sh|sql"
    r"|html|css|scss|vue|md|rst|txt|json|jsonl|ya?ml|toml|ini|cfg|csv|xml|lock)$"
)


def names_of(assertion: Assertion) -> list[str]:
    """Return the things an assertion names, without quoting."""
    found: list[str] = []
    for name in (assertion.subject, *assertion.subjects):
        plain = name.strip("`'\"*() ")
        if plain and plain not in found:
            found.append(plain)
    return found


def is_path(name: str) -> bool:
    """Return whether a name is surely that of a file or folder, and not `open/closed` or `f/2`."""
    return " " not in name and (
        _FILE.search(name) is not None
        or name.startswith(("./", "../", "/", "~/"))
        or (name.endswith("/") and len(name) > 1)
        or name in ("Makefile", "Dockerfile", "LICENSE")
    )


def is_file(name: str) -> bool:
    """Return whether a name ends as the name of a file of a project does."""
    return _FILE.search(name) is not None


def is_same_file(path: str, name: str) -> bool:
    """Return whether `name`, as spoken, can mean the file at `path`."""
    name = name.removeprefix("./").rstrip("/")
    return bool(name) and (path == name or path.endswith("/" + name))


def is_test_file(path: str) -> bool:
    """Return whether a path is that of a test by its language's custom."""
    name = basename(path)
    return (
        name.startswith(("test_", "tests_"))
        or "/tests/" in f"/{path}"
        or "/test/" in f"/{path}"
        or "__tests__" in path
        or any(mark in name for mark in ("_test.", ".test.", ".spec.", "_spec.", "Test.", "Tests."))
    )


def shown_edit(edit: Edit, record: Record, note: str) -> Evidence:
    """Return words of the call that made an edit: its path as written there."""
    arguments = record.ledger.steps[edit.step].arguments or {}
    texts = [value for value in arguments.values() if isinstance(value, str)]
    for words in (edit.path, basename(edit.path)):
        if any(words in text for text in texts):
            return Evidence(step=edit.step, quote=words, note=note)
    return Evidence(step=edit.step, quote=texts[0][:80] if texts else "", note=note)
