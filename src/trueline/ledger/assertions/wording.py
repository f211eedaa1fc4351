"""The wording of each language, loaded from `wording/*.json` and compiled when first needed.

A wording file holds only data:

- `cues`: short frequent words that tell the language apart;
- `words`: for each class of `classes.CLASSES`, the words in it (lower case);
- `combined`: words that stand for several classes (`didn't`: `DID NOT`);
- `phrases`: word sequences that stand for one class (or several), and `suffixes`;
- `numbers`: spelled-out numbers; `triggers`: fragments one of which occurs in every assertion;
- `outright`: rules for each kind of assertion that they make, whatever classes they hold;
- `acted`: further past forms of acts in the world; they are read like `NOTIFIED`;
- `named`: what an act in the world is called where its verb says nothing ("made the transfer");
- `imperatives`: for each kind, the imperatives that tell it in a commit's first line;
- `macros` and `rules`: patterns over classes, one space or operator between names; `BOUND` is half
  of any boundary, `BREAK` of any but a colon, the name of a boundary both halves of it.

`tools.json` lists, for every language, the commands that run tests, linters and so on.
To add a language, add its file here and its code to `Language` in `ledger/model.py`.
Where a word stands in several classes, the first one counts.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import Struct

from trueline.core.patterns import Pattern, pattern
from trueline.ledger.assertions.classes import BOUNDARIES, CLASSES, WIDER
from trueline.ledger.model import AssertionKind, Language

LANGUAGES: Final[tuple[Language, ...]] = ("en", "de", "es", "fr", "zh")

FILLS: Final[dict[str, str]] = {
    "CODE": "\x00",
    "TEST": "\x02",
    "BUILD": "\x03",
    "LINT": "\x04",
    "TYPES": "\x05",
    "FORMAT": "\x06",
}
"""What masks inline code, so that "`npm test` passes" is read like "the tests pass"."""

_SCRIPTS: Final = frozenset(("sh", "bash", "cmd", "bat", "ps1"))
_CHECKING: Final = frozenset(
    ("check", "checks", "test", "tests", "run-tests", "run_tests", "runtests", "verify", "ci")
)
_LED: Final = "START LEAD"
_MOST_WORDS: Final = 8
_LONGEST: Final = 200

_MARKS: Final = {name: f"\\x{ord(mark):02x}" for name, mark in BOUNDARIES.items()}
_ANY: Final = {
    "BOUND": "[" + "".join(_MARKS.values()) + "]",
    "BREAK": "[" + "".join(mark for name, mark in _MARKS.items() if name != "COLON") + "]",
}
"""Half of any boundary, and of any but a colon."""
_HEX: Final = {mark: f"\\x{ord(mark):02x}" for mark in map(chr, range(128))}
_CHARACTERS: Final = {
    **{
        name: "[" + "".join(_HEX[CLASSES[one]] for one in (name, *WIDER.get(name, ()))) + "]"
        for name in CLASSES
    },
    **{name: _HEX[mark] * 2 for name, mark in BOUNDARIES.items()},
}
"""What the name of a class or boundary is in a rule."""


class Wording(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language's words and rules, as its file has them."""

    language: Language
    cues: str
    words: dict[str, str]
    triggers: str
    combined: dict[str, str] = {}
    suffixes: dict[str, str] = {}
    phrases: dict[str, str] = {}
    numbers: dict[str, int] = {}
    macros: dict[str, str] = {}
    rules: tuple[str, ...] = ()
    outright: dict[AssertionKind, tuple[str, ...]] = {}
    acted: str = ""
    named: str = ""
    imperatives: dict[AssertionKind, str] = {}
    is_spaced: bool = True


@cache
def wording(language: Language) -> Wording:
    """Return the wording of `language`."""
    return msgspec.json.decode(_data(f"{language}.json"), type=Wording)


@cache
def tools() -> dict[str, str]:
    """Return the class name of every command that is a test runner, linter, build and so on."""
    table = msgspec.json.decode(_data("tools.json"), type=dict[str, tuple[str, ...]])
    return {name: kind for kind, names in table.items() for name in names}


@cache
def prefilter() -> Pattern:
    """Return one pattern that finds a trigger of any language; no assertion without one."""
    found = (trigger for language in LANGUAGES for trigger in wording(language).triggers.split())
    return pattern("|".join(dict.fromkeys(found)), ignore_case=True)


class _Expander:
    """Replaces macros and class names by characters; each macro is worked out once."""

    def __init__(self, macros: dict[str, str]) -> None:
        self._macros = macros
        self._known: dict[str, str] = {**_ANY, **_CHARACTERS}

    def __call__(self, source: str) -> str:
        """Return `source` with every name replaced."""
        parts: list[str] = []
        name = ""
        for letter in source + " ":
            if "A" <= letter <= "Z":
                name += letter
                continue
            if name:
                parts.append(self._known.get(name) or self._macro(name))
                name = ""
            if letter != " ":
                parts.append(letter)
        return "".join(parts)

    def _macro(self, name: str) -> str:
        """Return what a macro stands for; no macro may use itself."""
        source = self._macros[name]
        self._known[name] = found = f"(?:{self(source)})"
        return found


@cache
def rules(language: Language) -> Pattern:
    """Return all rules of `language` as one pattern over classes, earlier rules first."""
    data = wording(language)
    return pattern(_joined([("", data.rules)], _Expander(data.macros)))


@cache
def outright(language: Language) -> Pattern:
    """Return the rules of `language` that name their kind, each in a group of that name."""
    data = wording(language)
    return pattern(_joined(data.outright.items(), _Expander(data.macros)))


def _joined(rules: Iterable[tuple[str, Sequence[str]]], expand: _Expander) -> str:
    """Return all rules as one pattern: what most of them begin with stands in it once.

    Args:
        rules: sources with the name of the group that they stand in, empty for none. Those of
            one group either all begin so or none does.
        expand: replaces names.
    """
    led: list[str] = []
    others: list[str] = []
    for name, sources in rules:
        opening = f"(?P<{name}>" if name else "(?:"
        shared = [expand(one.removeprefix(_LED)) for one in sources if one.startswith(_LED)]
        own = [expand(one) for one in sources if not one.startswith(_LED)]
        if shared:
            led.append(opening + "|".join(shared) + ")")
        if own:
            others.append(opening + "|".join(own) + ")")
    if led:
        others.insert(0, expand(_LED) + "(?:" + "|".join(led) + ")")
    return "|".join(others)


def class_chars(names: str) -> str:
    """Return the characters of class and boundary names written with spaces between."""
    return "".join(
        BOUNDARIES[name] * 2 if name in BOUNDARIES else CLASSES[name] for name in names.split()
    )


def _data(name: str) -> bytes:
    """Return the bytes of a file in `wording/`."""
    return (files("trueline.ledger.assertions") / "wording" / name).read_bytes()


@lru_cache(maxsize=4096)
def tool_class(code: str) -> str:
    """Return the class name of the command in `code`: `CODE` when it is none that is known.

    The longest known sequence of words wins at each place (`ruff format` before `ruff`), and
    the first place counts, so that wrappers (`uv run`, `npx`) need no list.
    """
    if len(code) > _LONGEST:
        return "CODE"
    words = code.lower().split()[:_MOST_WORDS]
    if not words:
        return "CODE"
    if words[0].startswith(("test_", "test-")) or "::test" in words[0]:
        return "TEST" if "." not in words[0] or "::" in words[0] else "CODE"
    words = [word if word.startswith(("./", "../")) else word.rsplit("/", 1)[-1] for word in words]
    if _is_check_script(words[0]):
        return "TEST"
    table = tools()
    for start in range(len(words)):
        for length in (3, 2, 1):
            found = table.get(" ".join(words[start : start + length]))
            if found:
                return found
    return "CODE"


def _is_check_script(path: str) -> bool:
    """Return whether a command's first word is a script named after the checks that it runs."""
    stem, dot, extension = path.rpartition("/")[2].rpartition(".")
    return bool(dot) and extension in _SCRIPTS and stem in _CHECKING


def fill_of(code: str) -> str:
    """Return the filler that masks `code`."""
    return FILLS[tool_class(code)]
