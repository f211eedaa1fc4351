r"""Where an effect takes place, in one normal form: paths without detours, addresses of parties.

A path inside the workspace is relative to it, any other absolute or in `~`; `..` and `.` are
resolved, so that `src/../.env` is no file of `src`.  An absolute path of a run whose workspace
nobody named has a mark before it: whether it is inside cannot be told, and globs that start at
the workspace then match at any depth.
"""

from functools import lru_cache
from posixpath import normpath
from typing import Final

from trueline.core.patterns import pattern
from trueline.ledger.model import ResourceKind

NOWHERE: Final = "\x01"
"""Stands before an absolute path where the workspace is not known."""

HERE_IS_HOME: Final = "\x02"
"""Stands for the workspace where it is a home folder itself."""

HOME: Final = "\x03"
"""Stands for `~`, which is no name of a folder in the workspace."""

_UNMARKED: Final = str.maketrans("", "", NOWHERE + HERE_IS_HOME + HOME)
_HOME: Final = r"^(?:/home/[^/]+|/Users/[^/]+|/root)$"
_SPLIT: Final = r"[,;\s]+"
_PARTY_KINDS: Final = frozenset(
    {"url", "host", "message", "account", "service", "agent", "repository", "unknown"}
)
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104 - named, not bound
_LONGEST: Final = 8_192


@lru_cache(maxsize=16_384)
def place_of(resource: str, kind: ResourceKind, roots: tuple[str, ...]) -> str:
    """Return the normal form of a resource.

    Args:
        resource: as the effect names it.
        kind: what sort of thing it names.
        roots: absolute folders of the workspace, without a final `/`; empty if not known.
    """
    resource = resource[:_LONGEST]
    if not resource.isprintable():
        resource = resource.translate(_UNMARKED)
    if kind == "url" or "://" in resource:
        return _url(resource)
    if kind == "file" or (kind == "unknown" and resource.startswith(("/", "./", "../", "~"))):
        return _path(resource, roots)
    return resource


def _url(text: str) -> str:
    scheme, mark, rest = text.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{mark}{host.lower()}{slash}{path}" if mark else text


def _path(text: str, roots: tuple[str, ...]) -> str:
    text = text.replace("\\", "/") if "\\" in text else text
    for home in ("$HOME", "${HOME}"):
        if text.startswith(home):
            text = "~" + text[len(home) :]
    if text.startswith("~"):
        return HOME + normpath(text)[1:]
    if text[1:3] == ":/":
        text = text[2:]
    is_absolute = text.startswith("/")
    if not is_absolute and roots and (".." in text):
        text = f"{roots[0]}/{text}"
        is_absolute = True
    path = normpath(text) if text else ""
    if not is_absolute:
        return f"{HERE_IS_HOME}/{path}" if roots and path != "." and _is_home(roots[0]) else path
    path = "/" + path.lstrip("/")
    for root in roots:
        if path == root:
            return "."
        if path.startswith(f"{root}/"):
            inner = path[len(root) + 1 :]
            return f"{HERE_IS_HOME}/{inner}" if _is_home(root) else inner
    return path if roots else NOWHERE + path


@lru_cache(maxsize=256)
def _is_home(folder: str) -> bool:
    return pattern(_HOME).search(folder) is not None


def emptied(place: str) -> str:
    """Return the folder that goes when everything in it goes: `src/*` is `src`, `*` is `.`."""
    if place in ("*", "./*"):
        return "."
    return place[:-2] or "/" if place.endswith("/*") else place


@lru_cache(maxsize=16_384)
def parties_of(resource: str, kind: ResourceKind) -> tuple[str, ...]:
    """Return the addresses of the other side, lower case; nothing where none is named.

    A URL's is its host; a text with several addresses gives each.
    """
    if kind not in _PARTY_KINDS or not resource:
        return ()
    text = resource[:_LONGEST].strip().lower()
    if kind == "repository" and "://" not in text and "@" not in text:
        return ()
    if "://" in text or kind == "url":
        host = _host(text)
        return (host,) if host else ()
    if kind == "host":
        host = text.rpartition("@")[2].partition("/")[0]
        return (host.partition(":")[0] if host.count(":") == 1 else host,) if host else ()
    if "@" in text:
        found = [part.strip("<>\"'()") for part in pattern(_SPLIT).split(text) if "@" in part]
        return tuple(dict.fromkeys(filter(None, found))) or (text,)
    return (text,)


def is_loopback(party: str) -> bool:
    """Return whether an address is this machine."""
    return party in _LOOPBACK


def _host(url: str) -> str:
    scheme, mark, rest = url.partition("://")
    authority = (rest if mark else scheme).partition("/")[0].partition("?")[0].partition("#")[0]
    host = authority.rpartition("@")[2]
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].rstrip(".")
