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
    resource, kind = _resource(keys)
    amount = tuple(key for key in words.amounts if key in keys)
    verbs = _verbs(parts, has_amount=bool(amount))
    rules = tuple(
        EffectRule(
            verb=verb,
            resource=resource,
            kind=kind,
            amount=amount if verb == "pay" else (),
            unit_from=words.units if verb == "pay" and amount else (),
            reversible=False if verb in words.irreversible else None,
        )
        for verb in verbs
    )
    targets = tuple(key for key in words.targets if key in keys) if kind == "file" else ()
    if targets:
        rules = tuple(_put_elsewhere(rules, targets))
    edit = _edit_form(keys) if verbs[0] == "write" and kind == "file" else ""
    return ToolEntry(names=(tool,), effects=rules, edit=edit)


def _put_elsewhere(rules: tuple[EffectRule, ...], targets: tuple[str, ...]) -> Iterator[EffectRule]:
    """Yield the rules of a tool that puts files elsewhere: the target is what it writes."""
    for rule in rules:
        if rule.verb == "write":
            yield replace(rule, resource=targets)
            continue
        yield rule
        if rule.verb == "move":
            yield replace(rule, verb="write", resource=targets)


def _is_shell_name(parts: tuple[str, ...]) -> bool:
    words = _words()
    return any(part in words.shell_names for part in parts) or (
        bool(parts) and parts[0] in ("run", "execute")
    )


def _resource(keys: tuple[str, ...]) -> tuple[tuple[str, ...], ResourceKind]:
    for group in _words().resources:
        names = tuple(name for name in group.names if name in keys)
        if names:
            return names, group.kind
    return keys[:1], "unknown"


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
    if verb == "execute":
        for part in parts:
            verb = table[part] if table.get(part, verb) in CHECK_VERBS else verb
    is_money = has_amount or any(part in words.money for part in parts)
    if verb in ("write", "send", "execute") and is_money and _is_payment(parts):
        return "pay"
    if word == "transfer" and not is_money:
        return "delegate" if any(part in words.people for part in parts) else "move"
    return verb


def _is_payment(parts: list[str]) -> bool:
    return any(part in _words().money for part in parts)


def _edit_form(keys: tuple[str, ...]) -> EditForm:
    if any(key in keys for key in ("old_string", "old_str", "oldText", "old_text")):
        return "replace"
    return "write" if any(key in keys for key in _words().content_arguments) else ""
