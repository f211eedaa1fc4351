"""What all fake executables share: their state in a file, and how they end."""

import json
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

FOLDER = Path(os.environ["FAKES"])
_FILE = FOLDER / "state.json"


def load(name: str) -> dict[str, Any]:
    """Return the state of one fake, empty if it has none."""
    return json.loads(_FILE.read_text(encoding="utf-8")).get(name, {})


def save(name: str, state: dict[str, Any]) -> None:
    """Keep the state of one fake."""
    every = json.loads(_FILE.read_text(encoding="utf-8"))
    every[name] = state
    _FILE.write_text(json.dumps(every), encoding="utf-8")


def fail(message: str, status: int = 1) -> NoReturn:
    """Print to standard error and exit."""
    print(message, file=sys.stderr)
    raise SystemExit(status)


def options(words: list[str], flags: tuple[str, ...] = ()) -> tuple[list[str], dict[str, str]]:
    """Return positional words, and options by name without dashes.

    Args:
        words: the command line after the program's name.
        flags: options that take no value.
    """
    plain: list[str] = []
    named: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("-") or word == "-":
            plain.append(word)
            continue
        name, equals, value = word.lstrip("-").partition("=")
        if equals:
            named[name] = value
        elif name in flags or not rest or rest[0].startswith("-"):
            named[name] = "true"
        else:
            named[name] = rest.pop(0)
    return plain, named
