"""One name for one file, whatever way a call writes its path.

Nothing is looked up on a disk: the record may come from another machine.
"""

import posixpath

_MAX_FOLDERS = 64


def resolve(path: str, directory: str = "") -> str:
    """Return `path` normalised, and absolute where `directory` is known and absolute.

    Windows paths keep their drive and get forward slashes; `~` is left as it is.
    """
    if "\\" in path and "/" not in path:
        path = path.replace("\\", "/")
    is_absolute = path.startswith(("/", "~")) or path[1:3] == ":/"
    if not is_absolute and directory:
        path = f"{directory.rstrip('/')}/{path}" if directory != "/" else f"/{path}"
    return posixpath.normpath(path) if path else ""


def ancestors(path: str) -> list[str]:
    """Return the folders that a normalised path lies in, nearest first, at most 64."""
    found: list[str] = []
    while len(found) < _MAX_FOLDERS:
        path, slash, _ = path.rpartition("/")
        if not path:
            return [*found, "/"] if slash else found
        found.append(path)
    return found


class PathBook:
    """The files that a record names, so that a relative path finds its absolute one."""

    def __init__(self, directory: str) -> None:
        self._directory = resolve(directory)
        self._by_name: dict[str, list[str]] = {}
        self._keys: dict[str, str] = {}

    def key(self, path: str) -> str:
        """Return the name under which the file is kept.

        A relative path in a record without working directory stands for the one absolute
        path seen so far that ends with it, where there is exactly one.
        """
        known = self._keys.get(path)
        if known is not None:
            return known
        key = resolve(path, self._directory)
        if key and not key.startswith(("/", "~")) and key[1:3] != ":/":
            key = self._match(key)
        else:
            self._by_name.setdefault(posixpath.basename(key), []).append(key)
        self._keys[path] = key
        return key

    def _match(self, relative: str) -> str:
        ending = "/" + relative
        candidates = self._by_name.get(posixpath.basename(relative), [])
        found = {path for path in candidates[:_MAX_CANDIDATES] if path.endswith(ending)}
        return found.pop() if len(found) == 1 else relative


_MAX_CANDIDATES = 64
"""Files of one name that are looked at; a record with more is not worth guessing about."""
