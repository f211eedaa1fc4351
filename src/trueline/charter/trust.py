"""Whose words a result holds, told by what its call does, never by which tool it was.

What a call brings in from elsewhere is somebody else's words: pages, search results, mail,
messages, tickets, shared documents, answers of services.  What a call changes, it merely
confirms.  Files and processes are the agent's own machine, where it has one.

**Covers** shell commands, tools with manifests, and tools understood by their names.
**Does not cover** files that were fetched earlier and read later: they are `local` here, and
provenance tells where their words stood first.
"""

from collections.abc import Iterable
from typing import Final

from trueline.charter.model import Trust
from trueline.ledger import Ledger
from trueline.ledger.model import Effect, ResourceKind, Verb

_CONFIRMED: Final[frozenset[Verb]] = frozenset(
    {
        "write", "delete", "move", "send", "pay", "grant", "install", "commit", "push", "deploy",
        "configure", "stop", "plan", "finish", "test", "lint", "typecheck", "format", "build",
        "delegate",
    }
)  # fmt: skip
"""What a call of these returns is its own confirmation, or the output of one's own code."""

_OWN: Final[frozenset[ResourceKind]] = frozenset({"file", "process", "package", "repository"})
_FETCHED_BY_HOST: Final[frozenset[ResourceKind]] = frozenset({"repository", "package", "container"})
"""A shell's `git fetch` or `docker pull` prints progress; no words of what was fetched."""

_LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]", "0.0.0.0")  # noqa: S104 - looked for
_HANDLES: Final = frozenset({"file_id", "document_id", "doc_id", "note_id", "page_id", "id"})
"""Arguments that name a document of a service, not a path."""


def trust_of_effects(effects: Iterable[Effect], *, has_workspace: bool) -> Trust:
    """Return whose words the result of a call with `effects` holds.

    Args:
        effects: what the call does; none at all is `untrusted`.
        has_workspace: whether files of this run lie on the agent's own machine.
    """
    verdicts = {_trust_of(effect, has_workspace=has_workspace) for effect in effects}
    if not verdicts or "untrusted" in verdicts:
        return "untrusted"
    return "local" if "local" in verdicts else "trusted"


def has_workspace(ledger: Ledger) -> bool:
    """Return whether a run works on a machine of its own: a shell, or files by their paths.

    A file of a run without one is a document that a service hands out.
    """
    if ledger.trajectory.cwd:
        return True
    return any(
        effect.command or (effect.resource_kind == "file" and effect.resource.startswith(_PATHS))
        for effect in ledger.effects
    )


_PATHS: Final = ("/", "./", "~/", "../", "C:\\")


def _trust_of(effect: Effect, *, has_workspace: bool) -> Trust:
    if effect.verb == "ask":
        return "trusted"
    if effect.verb in _CONFIRMED:
        return "local"
    kind = effect.resource_kind
    if effect.verb == "fetch":
        is_own = effect.command and kind in _FETCHED_BY_HOST
        return "local" if is_own or _is_loopback(effect.resource) else "untrusted"
    if effect.command:
        return "untrusted" if kind in ("url", "message", "service") else "local"
    if kind not in _OWN or effect.parameter in _HANDLES:
        return "untrusted"
    if kind == "file":
        is_path = "/" in effect.resource or "." in effect.resource or not effect.is_inferred
        return "local" if has_workspace and is_path else "untrusted"
    return "local"


def _is_loopback(resource: str) -> bool:
    address = resource.partition("://")[2] or resource
    return address.startswith(_LOOPBACK)
