r"""Globs over resources, addresses, programs and commands, compiled to one automaton a table.

In a glob for **resources** `*` and `?` stop at `/`, `**` does not, `{a,b}` is either; anything
else stands for itself.  One without `/` means the last part of a path at any depth (`.env`);
one that starts with `/` is absolute, with `~/` in a home folder, with `**/` at any depth; any
other, and one that starts with `./`, starts at the workspace.  `*/**` is everything in it, `**`
everything anywhere; `src/` and `src/**` mean the folder and all in it.

In a glob for **words** (programs, commands, addresses) `*` goes over everything, and ` *` at the
end stands for further words or none: `git push *` is `git push` too.

Resources are matched in the normal form that `trueline.charter.rules.places` gives them.
"""

from collections.abc import Sequence
from typing import Final

from trueline.charter.rules.places import HERE_IS_HOME, HOME, NOWHERE
from trueline.core.patterns import pattern_set

_MEANS: Final = frozenset(r"\.+*?()|[]{}^$")
_HOMES: Final = rf"(?:{HOME}|{HERE_IS_HOME}|{NOWHERE}?(?:/home/[^/]+|/Users/[^/]+|/root))"
_CHAR: Final = rf"[^/{NOWHERE}-{HOME}]"
"""What `*` and `?` go over: neither `/` nor a mark of the normal form."""

_SET_SIZE: Final = 256
"""Globs in one automaton: more, or longer ones, would not fit its memory."""

_SET_CHARS: Final = 32_768
_CACHED: Final = 8_192
MAX_GLOB: Final = 1_024


def resource_pattern(glob: str, *, with_parents: bool = False) -> str:
    """Return the RE2 pattern of a glob over resources.

    Args:
        glob: as written.
        with_parents: folders that hold what is meant count as well, for whoever deletes or
            moves one takes along what it holds.
    """
    glob = normal_glob(glob)
    if "://" in glob:
        return _whole(_body(glob))
    if "/" not in glob:
        return _whole(f"(?:.*/)?{_body(glob)}")
    if glob.startswith("~/"):
        lead, rest, holders = f"{_HOMES}/", glob[2:], f"{_HOMES}|{NOWHERE}?/"
    elif glob.startswith("/"):
        lead, rest, holders = f"{NOWHERE}?/", glob[1:], f"{NOWHERE}?/"
    elif glob.startswith("**/"):
        return _whole(f"(?:.*/)?{_body(glob[3:])}")
    else:
        lead, rest = f"(?:{NOWHERE}/(?:.*/)?|{HERE_IS_HOME}/)?", glob.removeprefix("./")
        holders = rf"\.|{NOWHERE}?/"
    if not with_parents:
        return _whole(lead + _body(rest))
    return _whole(f"{lead}{_with_parents(rest)}|{holders}")


def word_pattern(glob: str) -> str:
    """Return the RE2 pattern of a glob over programs, commands or addresses."""
    if glob.endswith(" *"):
        return _whole(f"{_words(glob[:-2])}(?: .*)?")
    return _whole(_words(glob))


def normal_glob(glob: str) -> str:
    """Return a resource glob with a final `/` written out as all in the folder."""
    while glob.startswith("././"):
        glob = glob[2:]
    return f"{glob}**" if glob.endswith("/") and glob != "/" else glob


class GlobTable:
    """Says which of many patterns match a text, for about what one costs.

    Args:
        sources: RE2 patterns, each over the whole text.
    """

    def __init__(self, sources: Sequence[str]) -> None:
        self._sets = [
            (first, pattern_set(part)) for first, part in _portions(sources)
        ]  # one automaton of all would not fit its memory
        self._known: dict[str, tuple[int, ...]] = {}

    def find(self, text: str) -> tuple[int, ...]:
        """Return the positions of the patterns that match `text`, in rising order."""
        known = self._known.get(text)
        if known is None:
            known = tuple(
                sorted(first + index for first, found in self._sets for index in found(text))
            )
            if len(self._known) >= _CACHED:
                self._known.clear()
            self._known[text] = known
        return known


def _portions(sources: Sequence[str]) -> list[tuple[int, list[str]]]:
    portions: list[tuple[int, list[str]]] = []
    chars = _SET_CHARS
    for index, source in enumerate(sources):
        if not portions or len(portions[-1][1]) >= _SET_SIZE or chars + len(source) > _SET_CHARS:
            portions.append((index, []))
            chars = 0
        portions[-1][1].append(source)
        chars += len(source)
    return portions


def _whole(body: str) -> str:
    return f"(?s)^(?:{body})$"


def _body(glob: str) -> str:
    """Return the pattern of a glob whose stars stop at `/`; `x/**` is `x` as well."""
    if glob.endswith("/**"):
        return f"{_body(glob[:-3])}(?:/.*)?"
    out: list[str] = []
    index = 0
    while index < len(glob):
        if glob.startswith("**/", index) and (index == 0 or glob[index - 1] == "/"):
            out.append("(?:.*/)?")
            index += 3
        elif glob.startswith("**", index):
            out.append(".*")
            index += 2
        else:
            is_part = glob[index] == "*" and glob[index - 1 : index] in ("", "/")
            if is_part and glob[index + 1 : index + 2] in ("", "/"):
                out.append(f"{_CHAR}+")  # a whole part of a path is never empty
                index += 1
            else:
                index = _one(glob, index, out, _CHAR)
    return "".join(out)


def _words(glob: str) -> str:
    out: list[str] = []
    index = 0
    while index < len(glob):
        index = _one(glob, index, out, ".")
    return "".join(out)


def _one(glob: str, index: int, out: list[str], any_one: str) -> int:
    """Add the pattern of what stands at `index` and return where the next thing stands."""
    char = glob[index]
    if char == "*":
        out.append(f"{any_one}*")
    elif char == "?":
        out.append(any_one)
    elif char == "{" and "}" in glob[index:]:
        end = glob.index("}", index)
        choices = glob[index + 1 : end].split(",")
        out.append(f"(?:{'|'.join(_literal(choice, any_one) for choice in choices)})")
        return end + 1
    else:
        out.append(f"\\{char}" if char in _MEANS else char)
    return index + 1


def _literal(text: str, any_one: str) -> str:
    return "".join(
        f"{any_one}*" if char == "*" else f"\\{char}" if char in _MEANS else char for char in text
    )


def _with_parents(glob: str) -> str:
    """Return a pattern for `a/b/c` that is content with `a` and `a/b`."""
    first, slash, rest = glob.partition("/")
    if not slash or rest == "**" or "**" in first:
        return _body(glob)
    return f"{_body(first)}(?:/{_with_parents(rest)})?"
