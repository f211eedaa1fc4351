"""Tool manifests: what the tools of one host do to the world, said in data.

A manifest lists tools by name and says, for each, which effects a call has and which
argument names the resource.  Built-in manifests are JSON files in the package; users
write their own in YAML (`trueline.ledger.manifest_file`), of the same shape:

    version: 1
    name: shop                      # shown in messages
    servers: [shop]                 # MCP servers whose tools these are (mcp__shop__refund)
    tools:
      - names: [refund, give_refund]
        effects:
          - verb: pay               # one of `trueline.ledger.model.VERBS`
            resource: [order_id]    # arguments to look in, first one present wins
            kind: account
            amount: [total]
            unit_from: [currency]
            reversible: false
      - names: [ops_shell]
        shell: [script]             # this argument is shell text

A dotted name goes into objects, and through lists: `entities.name` is the name of
every entity.
"""

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct, field

from trueline.ledger.model import ResourceKind, Verb

EditForm = Literal[
    "",
    "replace",  # old and new text: Edit
    "multi",  # a list of old and new texts: MultiEdit, edit_file
    "write",  # whole content
    "append",  # text put at the end
    "notebook",  # one cell of a notebook
    "patch",  # `*** Begin Patch`
    "editor",  # view, create, str_replace, insert, undo_edit in one tool
    "lines",  # a range of lines is replaced, of the open file
    "insert",  # text put after a line
    "move",
    "delete",
]
"""How the arguments of an editing tool say what is changed."""

ReadForm = Literal[
    "",
    "plain",  # the result is the file
    "numbered",  # every line has its number in front, as `cat -n` prints it
    "window",  # SWE-agent's window: a header, then `12:text`
]
"""How the result of a reading tool shows the file."""


class EffectRule(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One effect of a tool.

    Attributes:
        verb: what is done.
        resource: arguments to look for the resource in; the first one present and not null
            wins. A list gives one effect for each item.
        literal: the resource where no argument names it.
        kind: what sort of thing the resource is.
        amount: arguments to look for the amount in.
        unit: the unit of the amount, where it is fixed.
        unit_from: arguments to look for the unit in.
        reversible: whether the effect can be undone.
        when: the rule holds only if each of these arguments has one of these values; `""`
            stands for an argument that is absent, `"*"` for any value.
    """

    verb: Verb
    resource: tuple[str, ...] = ()
    literal: str = ""
    kind: ResourceKind = "unknown"
    amount: tuple[str, ...] = ()
    unit: str = ""
    unit_from: tuple[str, ...] = ()
    reversible: bool | None = None
    when: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


class ToolEntry(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one tool does.

    Attributes:
        names: the tool's name and its aliases, as logs write them.
        effects: what a call does; nothing for tools that change and read nothing outside.
        shell: arguments that hold shell text, whose commands are the effects.
        edit: how the arguments say what is changed in which file.
        reads: how the result shows a file's content.
        partial: arguments that make a read less than the whole file.
        positional: for a command typed in a host's own shell, names for its words.
        network: the call goes out to the network.
    """

    names: tuple[str, ...]
    effects: tuple[EffectRule, ...] = ()
    shell: tuple[str, ...] = ()
    edit: EditForm = ""
    reads: ReadForm = ""
    partial: tuple[str, ...] = ()
    positional: tuple[str, ...] = ()
    network: bool = False

    def arguments(self) -> frozenset[str]:
        """Return the names of arguments by which a call of this tool is recognised."""
        names = {*self.shell, *self.partial, *self.positional, *_EDIT_ARGUMENTS.get(self.edit, ())}
        for rule in self.effects:
            names.update(rule.when)
            for group in (rule.resource, rule.amount, rule.unit_from):
                names.update(name.split(".", 1)[0] for name in group)
        return frozenset(names)


_EDIT_ARGUMENTS: Final[dict[EditForm, tuple[str, ...]]] = {
    "patch": ("input", "patch", "patchText", "command", "changes", "diff", "path"),
    "lines": ("search", "start_line"),
}


class Manifest(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The tools of one host or server.

    Attributes:
        version: of this file format; 1.
        name: shown in messages.
        formats: trajectory formats in which these tools come before others of the same name.
        servers: MCP servers whose tools these are.
        tools: the tools.
        commands: commands that the host adds to its shell, by first word.
    """

    version: Literal[1]
    name: str
    formats: tuple[str, ...] = ()
    servers: tuple[str, ...] = ()
    tools: tuple[ToolEntry, ...] = ()
    commands: tuple[ToolEntry, ...] = ()


class Manifests:
    """All manifests in force, in order of precedence: the first that fits a call wins.

    A user's own come first, then those of the trajectory's format, then those of no host
    in particular, then the rest.
    """

    def __init__(self, manifests: Iterable[Manifest], own: Iterable[Manifest] = ()) -> None:
        self.manifests = tuple(manifests)
        self.own = tuple(own)
        self._scopes: dict[str, Scope] = {}

    def for_format(self, name: str) -> "Scope":
        """Return the entries as seen from trajectories of one format."""
        scope = self._scopes.get(name)
        if scope is None:
            built_in = sorted(self.manifests, key=lambda manifest: _distance(manifest, name))
            scope = self._scopes[name] = Scope((*self.own, *built_in), name)
        return scope


def _distance(manifest: Manifest, format_name: str) -> int:
    if format_name in manifest.formats:
        return 0
    return 2 if manifest.formats or manifest.servers else 1


class _Known(Struct, frozen=True):
    entry: ToolEntry
    arguments: frozenset[str]
    servers: tuple[str, ...]
    is_own: bool


class Scope:
    """The entries that hold for trajectories of one format, found by tool name.

    Attributes:
        commands: the host's own shell commands, by first word.
        plans: what was worked out for calls of one shape; used by `effects` alone.
    """

    def __init__(self, manifests: tuple[Manifest, ...], name: str) -> None:
        self.commands: dict[str, ToolEntry] = {}
        self.plans: dict[tuple[str, ...], Any] = {}
        self._tools: dict[str, list[_Known]] = {}
        self._folded: dict[str, list[_Known]] = {}
        for manifest in manifests:
            is_home = name in manifest.formats
            for entry in manifest.tools:
                known = _Known(entry, entry.arguments(), manifest.servers, is_home)
                for tool in entry.names:
                    self._tools.setdefault(tool, []).append(known)
                    if tool.casefold() != tool:
                        self._folded.setdefault(tool.casefold(), []).append(known)
            for entry in manifest.commands if is_home else ():
                for word in entry.names:
                    self.commands.setdefault(word, entry)

    def find(self, tool: str, keys: Collection[str]) -> ToolEntry | None:
        """Return the entry for a call of `tool` with arguments `keys`, None if unknown."""
        folded = tool.casefold()
        for group in (self._tools.get(tool), self._tools.get(folded), self._folded.get(folded)):
            for known in group or ():
                if _fits(known, keys):
                    return known.entry
        server, name = split_tool(tool)
        if not server:
            return None
        for known in self._tools.get(name, ()):
            if any(word in server for word in known.servers) and _fits(known, keys):
                return known.entry
        return self.find(name, keys) if server in _NAMESPACES else None


_NAMESPACES: Final = frozenset({"functions", "container", "default_api"})
"""Prefixes that chat interfaces put before the names of ordinary tools."""


def _fits(known: _Known, keys: Collection[str]) -> bool:
    if not known.arguments or (known.is_own and not keys):
        return True
    return any(key in known.arguments for key in keys)


def split_tool(tool: str) -> tuple[str, str]:
    """Split a tool's name into its server or namespace, lower case, and its own name.

    `mcp__git__git_log` → (`git`, `git_log`); `functions.shell` → (`functions`, `shell`);
    a name without either gives an empty server.
    """
    if tool.startswith("mcp__"):
        server, _, name = tool[5:].partition("__")
        return (server.casefold(), name) if name else ("", tool)
    for separator in ("__", "."):
        server, found, name = tool.partition(separator)
        if found and server and name:
            return server.casefold(), name
    return "", tool


_FOLDER: Final = Path(__file__).parent / "manifests"
WORDS_FILE: Final = _FOLDER / "inference.json"
"""Not a manifest: the words that unknown tools are understood by."""


@cache
def builtin_manifests() -> Manifests:
    """Return the manifests that come with the package; read once."""
    decoder = msgspec.json.Decoder(Manifest)
    files = sorted(path for path in _FOLDER.glob("*.json") if path != WORDS_FILE)
    return Manifests(decoder.decode(path.read_bytes()) for path in files)
