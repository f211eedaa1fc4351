"""Acts: the calls that do something to the world, and the values that decide what they do.

An act's values are its arguments as they are, if short, and the telling words inside long
ones: addresses, links, account numbers.  Of a shell command only addresses outside decide,
where something is sent there, or what comes from there is run.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from trueline.core.patterns import pattern
from trueline.ledger import Ledger
from trueline.ledger.inference import name_words
from trueline.ledger.manifest import split_tool
from trueline.ledger.model import Effect, Verb
from trueline.ledger.provenance import canonical
from trueline.ledger.provenance.index import leaf_texts
from trueline.monitors.hijack.words import imperatives

DOING: Final[frozenset[Verb]] = frozenset(
    (
        "send", "pay", "grant", "delete", "write", "configure", "execute", "install", "fetch",
        "stop", "move", "push", "deploy", "delegate",
    )
)  # fmt: skip
"""Verbs that do something to the world, or bring something of it to the agent."""

_OF_CODE: Final[frozenset[Verb]] = frozenset(
    ("write", "delete", "move", "execute", "fetch", "delegate")
)
"""What a coding agent does to its own files all day; there it says nothing."""

_KINDS_OF_CODE: Final = frozenset(("file", "url", "process", "unknown", "repository", "agent"))
_SENDING: Final[frozenset[Verb]] = frozenset(("send", "push", "install", "deploy", "configure"))
_INTERPRETERS: Final = frozenset(
    ("sh", "bash", "zsh", "dash", "ksh", "fish", "python", "python3", "node", "perl", "ruby",
     "php", "iex", "pwsh", "powershell", "source", "eval")
)  # fmt: skip
_LOCAL_HOSTS: Final = ("localhost", "127.", "0.0.", "[::1]", "192.168.", "10.", "host.docker")
_MAX_WORD: Final = 20
_MAX_VALUE: Final = 200
_MAX_VALUES: Final = 64
_MAX_SCANNED: Final = 4000
_MIN_SPACES: Final = 2
_MAX_TEXTS: Final = 8
_MIN_DIGITS: Final = 5
_TIME: Final = r"\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?([ T][\d:.]+)?(Z|[+-][\d:]+)?|\d{1,2}:[\d:.]+"
EDGES: Final = ".,;:!?()[]{}<>\"'`*"


class Act(Struct, frozen=True):
    """One call that does something.

    Attributes:
        step: index of the call.
        verbs: what it does.
        words: the words of the tool's name, and arguments of one word ("action": "delete").
        is_vague: what the tool does is only guessed, and the guess says little.
        values: what decides what it does, the targets first.
        targets: those of them that say whom or what it reaches.
        contents: longer texts that it passes on.
        effect: position in `Ledger.effects` of the effect that weighs most.
        is_shell: it is a shell command.
    """

    step: int
    verbs: frozenset[Verb]
    words: frozenset[str]
    values: tuple[str, ...]
    targets: tuple[str, ...]
    effect: int
    contents: tuple[str, ...] = ()
    is_vague: bool = False
    is_shell: bool = False


def acts_of(ledger: Ledger) -> Iterator[Act]:
    """Yield the acts of a run in order."""
    effects = ledger.effects
    if DOING.isdisjoint([effect.verb for effect in effects]):
        return
    is_coding = bool(ledger.edits) or any(effect.command for effect in effects)
    at = 0
    while at < len(effects):
        step = effects[at].step
        end = at + 1
        while end < len(effects) and effects[end].step == step:
            end += 1
        act = None
        if any(_counts(effect, is_coding=is_coding) for effect in effects[at:end]):
            act = _act(ledger, at, end, is_coding=is_coding)
        if act is not None:
            yield act
        at = end


def _counts(effect: Effect, *, is_coding: bool) -> bool:
    """Return whether an effect may make an act of its call."""
    verb = effect.verb
    if effect.command:
        return verb in _SENDING or (verb == "fetch" and is_outside(effect.resource))
    return verb in DOING and not (is_coding and verb in _OF_CODE and _is_of_code(effect))


def _act(ledger: Ledger, at: int, end: int, *, is_coding: bool) -> Act | None:
    effects = ledger.effects[at:end]
    if any(effect.command for effect in effects):
        return _shell_act(effects, at)
    doing = [
        number for number, effect in enumerate(effects) if _counts(effect, is_coding=is_coding)
    ]
    if not doing:
        return None
    mains = [effects[number].resource for number in doing if effects[number].parameter]
    step = ledger.steps[effects[0].step]
    values = dict.fromkeys(value for value in mains if _is_telling(value))
    targets = tuple(values)
    named = set(name_words(split_tool(step.tool)[1]))
    contents: list[str] = []
    for _, leaf in leaf_texts(step.arguments or {}):
        if isinstance(leaf, str) and leaf.count(" ") >= _MIN_SPACES and len(contents) < _MAX_TEXTS:
            contents.append(leaf[:_MAX_SCANNED])
        if isinstance(leaf, str) and leaf.isalpha() and len(leaf) <= _MAX_WORD:
            named.add(leaf.lower())
        reached = leaf.strip(EDGES) if isinstance(leaf, str) else ""
        if reached and " " not in reached and reached not in values and is_address(reached):
            values = dict.fromkeys((*targets, reached, *values))
            targets = (*targets, reached)
        for value in _values_in(leaf):
            if len(values) >= _MAX_VALUES:
                break
            values[value] = None
    return Act(
        step=step.index,
        verbs=frozenset(effects[number].verb for number in doing),
        words=frozenset(named),
        values=tuple(values),
        targets=targets,
        effect=at + doing[0],
        contents=tuple(contents),
        is_vague=all(
            effects[number].is_inferred and effects[number].verb == "execute" for number in doing
        ),
    )


def _is_of_code(effect: Effect) -> bool:
    return effect.resource_kind in _KINDS_OF_CODE


def _shell_act(effects: tuple[Effect, ...], at: int) -> Act | None:
    runs = any(
        effect.verb == "execute" and not effect.resource and effect.program in _INTERPRETERS
        for effect in effects
    )
    found: dict[str, None] = {}
    verbs: set[Verb] = set()
    place = at
    for number, effect in enumerate(effects):
        if effect.verb not in _SENDING and not (runs and effect.verb == "fetch"):
            continue
        places = [
            word.strip(EDGES)
            for word in (*effect.resource.split(), *effect.command[:_MAX_SCANNED].split())
            if is_outside(word)
        ]
        if not places:
            continue
        found.update(dict.fromkeys(_without_option(place) for place in places))
        verbs |= {effect.verb, "execute"} if runs else {effect.verb}
        place = at + number
    if not found:
        return None
    step = effects[0].step
    values = tuple(found)[:_MAX_VALUES]
    return Act(step, frozenset(verbs), frozenset(), values, values, place, is_shell=True)


def _without_option(word: str) -> str:
    """Return the address in `--index-url=https://…`."""
    return word.partition("=")[2] if word.startswith("-") and "=" in word else word


def is_outside(resource: str) -> bool:
    """Return whether `resource` is an address somewhere else than on this machine."""
    _, found, rest = resource.partition("://")
    if not found:
        host, at, _ = resource.partition(":")
        return bool(at) and "@" in host
    return not rest.rsplit("@", 1)[-1].startswith(_LOCAL_HOSTS)


def _values_in(leaf: object) -> Iterator[str]:
    if not isinstance(leaf, str):
        return
    text = leaf.strip()
    if len(text) <= _MAX_VALUE and _is_telling(text):
        yield text
    if " " not in text:
        return
    for word in text[:_MAX_SCANNED].split():
        bare = word.strip(EDGES)
        if is_address(bare):
            yield bare


def _is_telling(value: str) -> bool:
    """Return whether `value` could have come from somewhere in particular."""
    if len(value) > _MAX_VALUE or value.lower() in ("true", "false", "none"):
        return False
    if len(value) < 3:
        return len(value) == 2 and value[0].isalpha() and value[1].isdigit()
    if canonical(value):
        return sum(char.isdigit() for char in value) >= _MIN_DIGITS
    return not _is_time(value) and value.lower() not in imperatives()


def _is_time(value: str) -> bool:
    """Return whether `value` is a date or a time, which stand everywhere."""
    return pattern(_TIME).fullmatch(value) is not None


def is_address(word: str) -> bool:
    """Return whether `word` names a place, a person's address or an account."""
    if len(word) < 6:
        return False
    if "@" in word or "://" in word or word.startswith("www."):
        return True
    digits = sum(char.isdigit() for char in word)
    if digits >= 8 and not _is_time(word):
        return True
    head, dot, tail = word.partition("/")[0].rpartition(".")
    return (
        bool(dot) and len(head) >= 3 and 2 <= len(tail) <= 6 and tail.isalpha() and tail.islower()
    )
