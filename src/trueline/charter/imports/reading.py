"""Read a file of another tool and give the charter it comes to."""

import json
from pathlib import Path
from typing import Any, Final

from trueline.charter.imports.cedar import import_cedar
from trueline.charter.imports.claude_code import import_claude_code
from trueline.charter.imports.inspect import import_inspect
from trueline.charter.imports.model import Imported
from trueline.charter.reading.document import read_document, read_text
from trueline.errors import CharterError

FORMATS: Final = ("claude-code", "inspect", "cedar")


def import_charter(source: str, path: Path) -> Imported:
    """Return the charter that a file of another tool comes to.

    Args:
        source: one of `FORMATS`.
        path: the file: settings in JSON, an approval policy in YAML or JSON, Cedar policies.

    Raises:
        CharterError: the file cannot be read or is not of that format.
        MissingExtraError: Cedar is not installed.
    """
    if source == "claude-code":
        return import_claude_code(_json(path), path.name)
    if source == "inspect":
        return import_inspect(_yaml(path), path.name)
    if source == "cedar":
        return import_cedar(read_text(path), path.name)
    raise CharterError(f"`{source}` cannot be imported; one of: {', '.join(FORMATS)}")


def _json(path: Path) -> Any:
    try:
        return json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise CharterError(f"{path}: not JSON: {error}") from error


def _yaml(path: Path) -> Any:
    """Return YAML as plain values; `tools: *`, as Inspect's own documents have it, is an error."""
    return read_document(path).value
