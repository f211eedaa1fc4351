"""A YAML file as plain values, with the line of everything in it."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any, Final

import yaml

from trueline.core.display import one_line
from trueline.errors import CharterError

Place = tuple[str | int, ...]
"""Where something stands in a document: keys and positions from the top."""

_MAX_BYTES: Final = 4 * 1024 * 1024
_MAX_DEPTH: Final = 16
_MAX_NODES: Final = 200_000
_MAX_TOLD: Final = 100
_ALIAS_HINT: Final = "; a value that starts with `*` or `&` needs quotes, as in '*.pem'"


class Document:
    """One file.

    Attributes:
        shown: the file, safe to print.
        value: what it says, as plain values.
        problems: what is wrong with it so far, as (line, words).
    """

    def __init__(self, text: str, shown: str) -> None:
        self.shown = one_line(shown, 300)
        self.problems: list[tuple[int, str]] = []
        self._lines: dict[Place, int] = {}
        self._nodes = 0
        self.value: Any = self._read(text)

    def line_of(self, place: Place) -> int:
        """Return the line of what stands at `place`, or of what it would stand in."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def add(self, place: Place, words: str) -> None:
        """Note that something is wrong."""
        self.problems.append((self.line_of(place), words))

    def error(self) -> CharterError:
        """Return the error that tells all problems, in order of their lines."""
        told = dict.fromkeys(
            f"{self.shown}:{line}: {one_line(words, 1_000)}"
            for line, words in sorted(self.problems, key=lambda problem: problem[0])
        )
        lines = list(told)[:_MAX_TOLD]
        if len(told) > _MAX_TOLD:
            lines.append(f"{self.shown}: and {len(told) - _MAX_TOLD} more mistakes")
        return CharterError("\n".join(lines))

    def _read(self, text: str) -> Any:
        try:
            self._measure(text)
            node = yaml.compose(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            words = error.problem or "it cannot be read"
            words += f" ({error.context})" if error.context else ""
            hint = _ALIAS_HINT if "alias" in words or "anchor" in words else ""
            self.problems.append((mark.line + 1 if mark else 1, f"not YAML: {words}{hint}"))
            raise self.error() from error
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            self.problems.append((1, f"not YAML: {error}"))
            raise self.error() from error
        if node is None:
            self.problems.append((1, "empty; a charter begins with `version: 1`"))
            raise self.error()
        return self._value(node, ())

    def _measure(self, text: str) -> None:
        """Refuse what is nested too deep, before the composer goes down into it."""
        depth = 0
        for event in yaml.parse(text, Loader=_LOADER):
            depth += isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent)
            depth -= isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent)
            if depth > _MAX_DEPTH:
                self.problems.append((event.start_mark.line + 1, "nested too deep for a charter"))
                raise self.error()

    def _value(self, node: yaml.Node, place: Place) -> Any:
        line = node.start_mark.line + 1
        self._lines.setdefault(place, line)
        self._nodes += 1
        if len(place) > _MAX_DEPTH or self._nodes > _MAX_NODES:
            limit = f"more than {_MAX_DEPTH} levels or {_MAX_NODES} entries"
            self.problems.append((line, f"{limit}; write aliases out, or say less"))
            raise self.error()
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*place, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append((line, "a key must be a word"))
                continue
            key = str(key_node.value)
            if key in found:
                self.problems.append((line, f"`{key}` stands twice; keep one"))
                continue
            self._lines[(*place, key)] = line
            found[key] = self._value(value_node, (*place, key))
        return found


_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_document(path: Path) -> Document:
    """Return the YAML file at `path`.

    Raises:
        CharterError: it cannot be read or is no YAML.
    """
    return Document(read_text(path), str(path))


def read_text(path: Path) -> str:
    """Return the text of a file that a person wrote.

    Raises:
        CharterError: it cannot be read, is too large, or is not UTF-8.
    """
    shown = one_line(str(path), 300)
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise CharterError(f"{shown}: larger than {_MAX_BYTES} bytes; a charter is smaller")
        return path.read_text("utf-8")
    except OSError as error:
        raise CharterError(f"{shown}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CharterError(f"{shown}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except ValueError as error:  # a path with a null character
        raise CharterError(f"{shown}: cannot be read: {error}") from error


def _scalar(node: yaml.Node) -> Any:
    constructor = yaml.constructor.SafeConstructor()
    try:
        value: Hashable = constructor.construct_object(node)
    except (yaml.YAMLError, ValueError, KeyError, IndexError, OverflowError):
        return str(node.value)
    return value if isinstance(value, str | int | float | bool | None) else str(node.value)
