"""Which plug-ins are installed, read from what installers write beside packages.

`importlib.metadata` answers the same question in 20 ms, most of it spent on an e-mail parser
for fields that nobody asks for here: too long for a command that a person waits for.  It is
asked only where a package may stand anywhere but in a plain folder.

Source:
    https://packaging.python.org/en/latest/specifications/entry-points/, file format.
"""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from msgspec import Struct

_METADATA_FOLDERS = (".dist-info", ".egg-info")


class Plugin(Struct, frozen=True):
    """One entry point.

    Attributes:
        name: under which it is registered.
        value: where it is: `module:attribute`.
    """

    name: str
    value: str

    def load(self) -> Any:
        """Import the module and return the attribute, or whatever the import raises."""
        module, _, attributes = self.value.partition("[")[0].strip().partition(":")
        found: Any = import_module(module.strip())
        for name in filter(None, attributes.strip().split(".")):
            found = getattr(found, name)
        return found


def installed(group: str) -> dict[str, Plugin]:
    """Return the entry points of `group` by name."""
    if not _is_all_in_folders():
        from importlib.metadata import entry_points  # slow, see above  # noqa: PLC0415

        points = entry_points(group=group)
        return {point.name: Plugin(point.name, point.value) for point in points}
    texts = (text for text in _entry_texts() if group in text)
    return {plugin.name: plugin for text in texts for plugin in _listed(text, group)}


def _is_all_in_folders() -> bool:
    """Return whether packages come from folders alone: no archives, no finders of others."""
    others = (finder for finder in sys.meta_path if finder is not PathFinder)
    return not (
        any(hasattr(finder, "find_distributions") for finder in others)
        or any(os.path.isfile(path) for path in sys.path)  # noqa: PTH113 - a Path takes longer
    )


def _entry_texts() -> Iterator[str]:
    """Yield the `entry_points.txt` of each installed package; of two by one name the first."""
    seen: set[str] = set()
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 - a Path takes longer
        except OSError:
            continue
        for name in names:
            if not name.endswith(_METADATA_FOLDERS):
                continue
            package = name.partition("-")[0].lower().replace(".", "_")
            if package in seen:
                continue
            seen.add(package)
            try:
                yield Path(folder, name, "entry_points.txt").read_text("utf-8", "replace")
            except OSError:
                continue


def _listed(text: str, group: str) -> Iterator[Plugin]:
    is_ours = False
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            is_ours = line == f"[{group}]"
        elif is_ours and line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            yield Plugin(name.strip(), value.strip())
