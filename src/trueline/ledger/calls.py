"""What stands in the arguments of a call: shell text, numbers, values under dotted names.

Arguments are whatever a model wrote: any JSON value may stand anywhere, so everything here
answers with nothing rather than raise.
"""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any, Final, cast

from trueline.ledger.inference import wrappers
from trueline.ledger.manifest import ToolEntry
from trueline.trajectory import Step

_NONE: Final[dict[str, Any]] = {}
_MAX_LINE: Final = 4096
_SHELLS: Final = frozenset({"bash", "sh", "zsh", "dash", "ksh"})
_MAX_NUMBER: Final = 40
"""A longer run of digits is no amount of anything."""


def shell_text(arguments: Mapping[str, Any], names: Iterable[str]) -> str:
    """Return the shell text under the first of `names` that holds any, else `""`.

    A list is a program and its arguments; `["bash", "-lc", text]` is that text.
    """
    for name in names:
        value = arguments.get(name)
        if isinstance(value, str):
            if value:
                return value
        elif isinstance(value, list) and value:
            return command_line(value)
    return ""


def command_line(words: Sequence[Any]) -> str:
    """Return shell text for a program and its arguments, unwrapping `bash -c`."""
    texts = [word if isinstance(word, str) else str(word) for word in words]
    program = texts[0].rsplit("/", 1)[-1]
    if len(texts) == 3 and program in _SHELLS and texts[1].startswith("-") and "c" in texts[1]:
        return texts[2]
    return shlex.join(texts)


def leaves(arguments: Mapping[str, Any], name: str) -> list[str]:
    """Return what stands under a dotted `name`, through lists, as texts in order."""
    values: list[Any] = [arguments]
    for part in name.split("."):
        found: list[Any] = []
        for value in values:
            items = value if isinstance(value, list) else (value,)
            found += [item[part] for item in items if isinstance(item, Mapping) and part in item]
        values = found
    texts: list[str] = []
    for value in values:
        for item in value if isinstance(value, list) else (value,):
            text = scalar_text(item)
            if text:
                texts.append(text)
    return texts


def scalar_text(value: Any) -> str:
    """Return a scalar as text, `""` for null, objects and lists."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else ""


def number(value: Any) -> float | None:
    """Return a finite number, also from text such as `1,250.00`; None otherwise."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        if not 0 < len(value) <= _MAX_NUMBER:
            return None
        value = value.strip().lstrip("$€£¥").replace(",", "").replace("_", "")
    try:
        amount = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return amount if isfinite(amount) else None


def call_arguments(step: Step) -> Mapping[str, Any]:
    """Return the arguments of a call; free text stands under `input`.

    Arguments below one of the names that only hold others (`params`) are taken out of it.
    """
    arguments = step.arguments
    if arguments is not None:
        return arguments if wrappers().isdisjoint(arguments) else _unwrapped(arguments)
    return {"input": step.text} if step.text else _NONE


def _unwrapped(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for name, value in arguments.items():
        if isinstance(value, Mapping) and name in wrappers():
            found.update(cast("Mapping[str, Any]", value))
        else:
            found[name] = value
    return found


def host_command(
    text: str, commands: Mapping[str, ToolEntry]
) -> tuple[ToolEntry, dict[str, Any]] | None:
    """Return the host's own command that `text` starts with, and its words by name.

    What follows the first line belongs to the last name, without a closing `end_of_…` line:
    `edit 1:5⏎text⏎end_of_edit` gives the line range and the text.
    """
    first, _, body = text.strip().partition("\n")
    entry = commands.get(first.split(None, 1)[0] if first else "")
    if entry is None:
        return None
    try:
        words = shlex.split(first[:_MAX_LINE])[1:]
    except ValueError:
        words = first[:_MAX_LINE].split()[1:]
    arguments: dict[str, Any] = dict(zip(entry.positional, words, strict=False))
    if body and entry.positional:
        lines = body.split("\n")
        if lines[-1].startswith("end_of_"):
            lines.pop()
        arguments[entry.positional[-1]] = "\n".join(lines)
    return entry, arguments
