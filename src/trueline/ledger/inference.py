"""What an unknown tool probably does, guessed from its name and its arguments' names.

A guess is a `ToolEntry` like any other; whoever uses it marks the effects as inferred.
The words are data (`manifests/inference.json`).

**Covers** names in snake_case, camelCase, kebab-case, dotted and `mcp__server__tool`;
several verbs joined by "and"; payments, reservations and hand-overs told apart by their
arguments; shell tools under other names.
**Does not cover** names in other languages than English, and tools whose name says
nothing (`tool7`): those are `execute`.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from trueline.core.patterns import pattern
from trueline.ledger.manifest import WORDS_FILE, EditForm, EffectRule, ToolEntry, split_tool
from trueline.ledger.model import CHECK_VERBS, ResourceKind, Verb


class _Resource(Struct, frozen=True):
    names: tuple[str, ...]
    kind: ResourceKind


class _Words(Struct, frozen=True):
    verbs: dict[Verb, tuple[str, ...]]
    nouns: frozenset[str]
    reservations: frozenset[str]
    money: frozenset[str]
    people: frozenset[str]
    standing: frozenset[str]
    rights: frozenset[str]
    devices: frozenset[str]
    sharing: frozenset[str]
    published: frozenset[str]
    wrappers: frozenset[str]
    shell_names: frozenset[str]
    shell_arguments: tuple[str, ...]
    resources: tuple[_Resource, ...]
    amounts: tuple[str, ...]
    targets: tuple[str, ...]
    units: tuple[str, ...]
    content_arguments: tuple[str, ...]
    irreversible: frozenset[Verb]


@cache
def _words() -> _Words:
    return msgspec.json.decode(WORDS_FILE.read_bytes(), type=_Words)


@cache
def _verb_of() -> dict[str, Verb]:
    return {word: verb for verb, words in reversed(_words().verbs.items()) for word in words}


_WORD: Final = r"[A-Z]+[a-z]*|[a-z]+|[0-9]+"
_MAX_NAME: Final = 120


def name_words(tool: str) -> tuple[str, ...]:
    """Return the words of a tool's name, lower case: `GmailSendEmail` → gmail, send, email."""
    found: list[str] = []
    for part in pattern(_WORD).findall(tool[:_MAX_NAME]):
        # "HTTPGet" is HTTP and Get: the last capital of a run starts the next word.
        capitals = len(part) - len(part.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        cut = capitals - 1 if 1 < capitals < len(part) else 0
        if cut:
            found.append(part[:cut].lower())
        found.append(part[cut:].lower())
    return tuple(found)


@lru_cache(maxsize=4096)
def infer_entry(tool: str, keys: tuple[str, ...]) -> ToolEntry:
    """Return what a call of `tool` with the arguments `keys` probably does."""
    words = _words()
    parts = name_words(split_tool(tool)[1])
    shell = tuple(key for key in words.shell_arguments if key in keys)
    if shell and _is_shell_name(parts):
        return ToolEntry(names=(tool,), shell=shell)
    folded = {_folded(key): key for key in reversed(keys)}
    amount = tuple(folded[name] for name in words.amounts if name in folded)
    units = tuple(folded[name] for name in words.units if name in folded)
    verbs = _verbs(parts, has_amount=bool(amount))
    rules = [_rule(verb, folded, keys, amount, units) for verb in verbs]
    if "send" in verbs and not words.sharing.isdisjoint(parts):
        rules = _shared(folded, keys) or rules
    rules += _published(parts, verbs, folded, keys)
    rules = list(_put_elsewhere(rules, folded))
    edit = _edit_form(keys) if verbs[0] == "write" and rules[0].kind == "file" else ""
    return ToolEntry(names=(tool,), effects=tuple(rules), edit=edit)


@cache
def wrappers() -> frozenset[str]:
    """Return the names of arguments that hold the other arguments of a call."""
    return _words().wrappers


@lru_cache(maxsize=4096)
def _folded(key: str) -> str:
    """Return the name of an argument in snake_case: `toIban` is `to_iban`."""
    return "_".join(name_words(key)) or key


def _rule(
    verb: Verb,
    folded: dict[str, str],
    keys: tuple[str, ...],
    amount: tuple[str, ...],
    units: tuple[str, ...],
) -> EffectRule:
    resource, kind = _resource(folded, keys, verb)
    is_paid = verb == "pay"
    return EffectRule(
        verb=verb,
        resource=resource,
        kind=kind,
        amount=amount if is_paid else (),
        unit_from=units if is_paid and amount else (),
        reversible=False if verb in _words().irreversible else None,
    )


def _shared(folded: dict[str, str], keys: tuple[str, ...]) -> list[EffectRule]:
    """Return what sharing a thing with somebody does, nothing if nobody is named."""
    people, kind = _resource(folded, keys, "grant")
    thing, sort = _resource(folded, keys, "write")
    if kind != "account" or thing == people:
        return []
    return [
        EffectRule(verb="grant", resource=people, kind=kind),
        EffectRule(verb="send", resource=thing, kind=sort, reversible=False),
    ]


def _published(
    parts: tuple[str, ...], verbs: tuple[Verb, ...], folded: dict[str, str], keys: tuple[str, ...]
) -> list[EffectRule]:
    """Return the sending that a comment for everybody's eyes is."""
    shown = next((folded[name] for name in sorted(_words().published) if name in folded), None)
    if shown is None or "send" in verbs or not {"comment", "note", "reply"} & set(parts):
        return []
    resource, _ = _resource(folded, keys, "write")
    return [
        EffectRule(
            verb="send", resource=resource, kind="message", reversible=False,
            when={shown: ("true",)},
        )
    ]  # fmt: skip


def _put_elsewhere(rules: list[EffectRule], folded: dict[str, str]) -> Iterator[EffectRule]:
    """Yield `rules`; what puts a file elsewhere writes its target."""
    targets = tuple(folded[name] for name in _words().targets if name in folded)
    for rule in rules:
        is_put = bool(targets) and rule.kind == "file"
        if is_put and rule.verb == "write":
            yield replace(rule, resource=targets)
            continue
        yield rule
        if is_put and rule.verb == "move":
            yield replace(rule, verb="write", resource=targets)


def _is_shell_name(parts: tuple[str, ...]) -> bool:
    words = _words()
    return any(part in words.shell_names for part in parts) or (
        bool(parts) and parts[0] in ("run", "execute")
    )


_OUTWARD: Final = frozenset({"send", "pay", "grant", "delegate"})
_NUMBERED: Final = ("_id", "_ids", "_number", "_no", "_code", "_ref")


def _resource(
    folded: dict[str, str], keys: tuple[str, ...], verb: Verb
) -> tuple[tuple[str, ...], ResourceKind]:
    """Return the arguments that say on what, the likeliest sort of thing first.

    Of what goes out to somebody, whom it reaches comes first.
    """
    groups = _words().resources
    if verb in _OUTWARD:
        groups = sorted(groups, key=lambda group: group.kind != "account")
    for group in groups:
        names = tuple(folded[name] for name in group.names if name in folded)
        if names and group.kind != "unknown":
            return names, group.kind
    numbered = tuple(key for name, key in reversed(folded.items()) if name.endswith(_NUMBERED))
    others = next(group for group in groups if group.kind == "unknown")
    named = tuple(folded[name] for name in others.names if name in folded)
    return tuple(dict.fromkeys((*numbered, *named))) or keys[:1], "unknown"


def _verbs(parts: tuple[str, ...], *, has_amount: bool) -> tuple[Verb, ...]:
    groups: list[list[str]] = [[]]
    for part in parts:
        if part in ("and", "then"):
            groups.append([])
        else:
            groups[-1].append(part)
    found: dict[Verb, None] = {}
    for group in groups:
        verb = _verb(group, has_amount=has_amount)
        if verb is not None:
            found[verb] = None
    return tuple(found) or ("execute",)


def _verb(parts: list[str], *, has_amount: bool) -> Verb | None:
    words = _words()
    table = _verb_of()
    plain = [part for part in parts if part in table and part not in words.nouns]
    named = plain or [part for part in parts if part in table or part in words.reservations]
    if not named:
        return None
    word = named[0]
    if word in words.reservations:
        return "pay" if has_amount else "write"
    verb: Verb = table[word]
    if verb == "pay" and not plain and len(parts) == 1 and not has_amount:
        return None  # `order` shows one as often as it places one
    if verb == "execute":
        for part in parts:
            verb = table[part] if table.get(part, verb) in CHECK_VERBS else verb
    is_money = has_amount or any(part in words.money for part in parts)
    if verb in ("write", "send", "execute") and is_money and _is_payment(parts):
        return "pay"
    if verb == "read" and word in ("open", "check") and not words.devices.isdisjoint(parts):
        return "execute" if word == "open" else verb
    if verb in ("write", "execute") and word not in words.nouns:
        if not words.rights.isdisjoint(parts) and _gives(parts):
            return "grant"
        if not words.standing.isdisjoint(parts):
            return "configure"
    if word == "transfer" and not is_money:
        return "delegate" if any(part in words.people for part in parts) else "move"
    return verb


_GIVING: Final = frozenset({"add", "set", "assign", "create", "update", "change", "edit", "put"})


def _gives(parts: list[str]) -> bool:
    return not _GIVING.isdisjoint(parts)


def _is_payment(parts: list[str]) -> bool:
    return any(part in _words().money for part in parts)


def _edit_form(keys: tuple[str, ...]) -> EditForm:
    if any(key in keys for key in ("old_string", "old_str", "oldText", "old_text")):
        return "replace"
    return "write" if any(key in keys for key in _words().content_arguments) else ""
