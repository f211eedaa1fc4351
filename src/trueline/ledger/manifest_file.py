"""Users' own tool manifests, in YAML, checked line by line.

The shape is that of `trueline.ledger.manifest`.  A mistake is reported with the file, the
line, what stands there, what is allowed, and the nearest name where one was misspelt.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NoReturn

import msgspec
import yaml
from msgspec import Struct

from trueline.errors import ManifestError
from trueline.ledger.manifest import (
    EffectRule,
    Manifest,
    Manifests,
    ToolEntry,
    builtin_manifests,
)

_MAX_BYTES: Final = 1024 * 1024
_MAX_DEPTH: Final = 12
_MAX_NODES: Final = 100_000

_PARTS: Final[dict[type[Struct], dict[str, type[Struct]]]] = {
    Manifest: {"tools": ToolEntry, "commands": ToolEntry},
    ToolEntry: {"effects": EffectRule},
    EffectRule: {},
}
"""The fields whose items are objects themselves."""


def load_manifests(paths: Sequence[Path]) -> Manifests:
    """Return the built-in manifests with those in `paths` before them, first path first.

    Raises:
        ManifestError: a file cannot be read or does not say what it must.
    """
    built_in = builtin_manifests()
    return Manifests(built_in.manifests, own=[read_manifest(path) for path in paths])


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in one YAML file.

    Raises:
        ManifestError: the file cannot be read or does not say what it must.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ManifestError(f"{path}: larger than {_MAX_BYTES} bytes; split the manifest")
        text = path.read_text("utf-8")
    except OSError as error:
        raise ManifestError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ManifestError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    return _Reader(str(path)).read(text)


class _Reader:
    """Reads one file; every complaint names its lines."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self._nodes = 0

    def read(self, text: str) -> Manifest:
        """Return the manifest that `text` says."""
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            problem = error.problem or "not YAML"
            raise ManifestError(f"{self.shown}:{line}: {problem}") from error
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            raise ManifestError(f"{self.shown}: not YAML: {error}") from error
        if node is None:
            raise ManifestError(f"{self.shown}:1: empty; a manifest needs version, name and tools")
        value = self._object(node, Manifest, "the manifest")
        return self._convert(value, Manifest, node)

    def _fail(self, node: yaml.Node, message: str) -> NoReturn:
        raise ManifestError(f"{self.shown}:{node.start_mark.line + 1}: {message}")

    def _object(self, node: yaml.Node, kind: type[Struct], what: str) -> dict[str, Any]:
        self._count(node)
        if not isinstance(node, yaml.MappingNode):
            self._fail(node, f"{what} must be a mapping, found {_shape(node)}")
        allowed = kind.__struct_fields__
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            if key not in allowed:
                self._fail(key_node, _unknown(key, what, allowed))
            if key in found:
                self._fail(key_node, f"`{key}` stands twice in {what}; keep one")
            part = _PARTS[kind].get(key)
            if part is None:
                found[key] = self._value(value_node, 0)
            else:
                found[key] = self._objects(value_node, part, key)
        self._check(found, kind, node, what)
        return found

    def _objects(self, node: yaml.Node, kind: type[Struct], key: str) -> list[Struct]:
        if not isinstance(node, yaml.SequenceNode):
            self._fail(node, f"`{key}` must be a list, found {_shape(node)}")
        one = {"tools": "a tool", "commands": "a command", "effects": "an effect"}[key]
        return [self._convert(self._object(item, kind, one), kind, item) for item in node.value]

    def _check(self, found: dict[str, Any], kind: type[Struct], node: yaml.Node, what: str) -> None:
        for name in _required(kind):
            if name not in found:
                self._fail(node, f"{what} has no `{name}`; add it")
        names = found.get("names")
        if kind is ToolEntry and names == []:
            self._fail(node, f"{what} has an empty `names`; name the tool as logs write it")

    def _value(self, node: yaml.Node, depth: int) -> Any:
        self._count(node)
        if depth > _MAX_DEPTH:
            self._fail(node, "nested too deep for a manifest")
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, depth + 1) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return {str(key.value): self._value(value, depth + 1) for key, value in node.value}
        return _scalar(node)

    def _count(self, node: yaml.Node) -> None:
        """Keep aliases of aliases from growing without end."""
        self._nodes += 1
        if self._nodes > _MAX_NODES:
            self._fail(node, f"more than {_MAX_NODES} entries; write aliases out or split the file")

    def _convert(self, value: dict[str, Any], kind: type[Struct], node: yaml.Node) -> Any:
        try:
            return msgspec.convert(_prepared(value), kind)
        except msgspec.ValidationError as error:
            message, _, place = str(error).partition(" - at ")
            field = place.strip("`").removeprefix("$.").split("[", 1)[0].split(".", 1)[0]
            at = _value_node(node, field) or node
            self._fail(at, f"{f'`{field}`: ' if field else ''}{message}{_hint(value, field, kind)}")


_LISTS: Final = frozenset(
    {"names", "formats", "servers", "resource", "amount", "unit_from", "shell", "partial"}
    | {"positional"}
)


def _prepared(value: dict[str, Any]) -> dict[str, Any]:
    """Let one name stand for a list of one."""
    ready: dict[str, Any] = {}
    for key, item in value.items():
        if key in _LISTS and isinstance(item, str):
            ready[key] = [item]
        elif key == "when" and isinstance(item, dict):
            ready[key] = {name: _texts(wanted) for name, wanted in item.items()}
        else:
            ready[key] = item
    return ready


def _texts(wanted: Any) -> Any:
    values = wanted if isinstance(wanted, list) else [wanted]
    return ["" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for v in values]


def _scalar(node: yaml.Node) -> Any:
    constructor = yaml.constructor.SafeConstructor()
    try:
        value = constructor.construct_object(node)
    except (yaml.YAMLError, ValueError):
        return str(node.value)
    return value if isinstance(value, str | int | float | bool | None) else str(node.value)


def _required(kind: type[Struct]) -> list[str]:
    return [field.name for field in msgspec.structs.fields(kind) if field.required]


def _unknown(key: str, what: str, allowed: Sequence[str]) -> str:
    near = get_close_matches(key, allowed, 1, 0.6)
    hint = f"did you mean `{near[0]}`?" if near else f"allowed: {', '.join(allowed)}"
    return f"{what} has no field `{key}`; {hint}"


def _hint(value: dict[str, Any], field: str, kind: type[Struct]) -> str:
    """Return what is allowed for a field that takes one of several words."""
    given = value.get(field)
    if not isinstance(given, str | int) or field not in kind.__struct_fields__:
        return ""
    types = {one.name: one.type for one in msgspec.structs.fields(kind)}
    choices = [choice for choice in getattr(types[field], "__args__", ()) if choice]
    words = [str(choice) for choice in choices if isinstance(choice, str | int)]
    if not words:
        return ""
    near = get_close_matches(str(given), words, 1, 0.6)
    return f"; did you mean `{near[0]}`?" if near else f"; one of {', '.join(words)}"


def _value_node(node: yaml.Node, field: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == field:
                return value
    return None


def _shape(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return "a mapping" if isinstance(node, yaml.MappingNode) else f"`{node.value}`"
