"""Sinks: the calls by which something goes out, what goes, and to whom.

A part of a call is `data` where it is what is passed on, and `proof` where it is what proves
who asks: an `Authorization` header, `-u`, a field called `token`.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, Literal

from msgspec import Struct

from trueline.core.patterns import pattern
from trueline.ledger import Ledger
from trueline.ledger.calls import call_arguments
from trueline.ledger.inference import name_words
from trueline.ledger.manifest import split_tool
from trueline.ledger.model import Effect, Verb
from trueline.ledger.provenance.index import leaf_texts
from trueline.ledger.secrets import may_be_secret_place, sort_of_name
from trueline.monitors.leak.shipments import shipment_of
from trueline.monitors.leak.words import words

Channel = Literal["message", "request", "lookup", "forge", "copy", "code", "tool"]
"""Which way: a message, a web request, a name looked up, a code forge, a copy to a machine or
store, code given on the command line, or the arguments of a tool that says nothing of itself."""

_OUTWARD: Final[frozenset[Verb]] = frozenset(("send", "fetch", "search", "grant", "write"))
_PROGRAMS: Final = frozenset(("dig", "nslookup", "host", "ping", "drill", "traceroute"))
_HOST: Final = r"https?://[\w.-]+(?::\d+)?"
_ADDRESS: Final = r"[\w.+-]+@[\w-]+\.[\w.-]*\w"
_MAX_PARTY: Final = 200
_MAX_LOOK: Final = 4096
_LOOK_BACK: Final = 64
_MAX_TEXTS: Final = 256
_ADDRESSES: Final = frozenset(("account", "url", "host"))
_OWN: Final = frozenset(("user", "the user", "me", "self"))


class Part(Struct, frozen=True):
    """One text of a call that goes out.

    Attributes:
        text: as it stands.
        is_proof: it proves who asks.
        field: the argument's name, for tools.
    """

    text: str
    is_proof: bool = False
    field: str = ""


class Sink(Struct, frozen=True):
    """One call by which something goes out.

    Attributes:
        step: index of the call.
        effect: position of the effect in `Ledger.effects`.
        channel: which way.
        parts: what goes out.
        parties: addresses and hosts, as written.
        files: words that may name files whose content goes along.
        printers: commands whose output goes along.
        variables: variables whose values go along.
        is_public: everyone can read it.
        is_shell: it is a shell command.
    """

    step: int
    effect: int
    channel: Channel
    parts: tuple[Part, ...]
    parties: tuple[str, ...]
    files: tuple[str, ...] = ()
    printers: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    is_public: bool = False
    is_shell: bool = False


def sinks_of(ledger: Ledger) -> Iterator[Sink]:
    """Yield the sinks of a run in order, one a call or simple command."""
    last = (-1, "")
    for index, effect in enumerate(ledger.effects):
        verb = effect.verb
        if effect.resource_kind == "file" and verb != "send" and "__" not in effect.program:
            continue
        if verb not in _OUTWARD and not _is_foreign(effect):
            continue
        if (effect.step, effect.command) == last:
            continue
        sink = _sink(ledger, index, effect)
        if sink is not None:
            last = (effect.step, effect.command)
            yield sink


def _is_foreign(effect: Effect) -> bool:
    """Whether an effect is of inline code, or of a server's tool that no manifest knows."""
    if effect.command:
        return effect.verb == "execute" and "://" in effect.command
    return effect.is_inferred and "__" in effect.program and effect.resource_kind != "file"


def _sink(ledger: Ledger, index: int, effect: Effect) -> Sink | None:
    if effect.command:
        if effect.verb == "execute":
            return _code_sink(index, effect)
        return _shell_sink(ledger, index, effect) if effect.verb in ("send", "fetch") else None
    if effect.verb not in _OUTWARD:
        return _tool_sink(ledger, index, effect, "tool")
    return _tool_sink(ledger, index, effect, _channel(effect)) if _goes_out(effect) else None


def _goes_out(effect: Effect) -> bool:
    """Whether a tool's effect hands something to others."""
    if effect.verb == "write":
        return is_shared_tool(effect.program)
    if effect.verb == "search":
        return effect.resource_kind == "service"
    return effect.verb != "grant" or effect.resource_kind != "file"


@lru_cache(maxsize=4096)
def is_shared_tool(tool: str) -> bool:
    """Return whether a tool that writes does so where others read."""
    server, name = split_tool(tool)
    table = words()
    return any(forge in server for forge in table.forges.words) or not (
        table.shared.words.isdisjoint(name_words(name))
    )


@lru_cache(maxsize=4096)
def _is_public_tool(tool: str) -> bool:
    return not words().public.words.isdisjoint(name_words(split_tool(tool)[1]))


def _tool_sink(ledger: Ledger, index: int, effect: Effect, channel: Channel) -> Sink | None:
    arguments = call_arguments(ledger.steps[effect.step])
    table = words()
    parts: list[Part] = []
    parties: list[str] = []
    files: list[str] = []
    for path, leaf in leaf_texts(arguments):
        text = leaf if isinstance(leaf, str) else _number(leaf)
        if not text or len(parts) >= _MAX_TEXTS:
            continue
        field = _field(path)
        if len(text) < _MAX_PARTY and (field in table.recipients.words or _is_address(text)):
            parties.append(text)
        elif field in table.attachments.words and "\n" not in text and len(text) < 400:
            files.append(text)
        parts.append(Part(text, _is_proof(path, field), field))
    is_public = not parties and effect.verb == "send" and _is_public_tool(effect.program)
    if channel in ("message", "forge") and not parties:
        parties = addressees(ledger, effect.step)
    if (
        effect.resource_kind in _ADDRESSES
        and channel != "forge"
        and effect.resource
        and effect.parameter
    ):
        parties.append(effect.resource)
    literal = effect.resource if not effect.parameter else ""
    if not parts or literal.lower() in _OWN - {""} or effect.resource_kind == "agent":
        return None
    return Sink(
        step=effect.step,
        effect=index,
        channel=channel,
        parts=tuple(parts),
        parties=tuple(dict.fromkeys(parties)),
        files=tuple(files) if effect.verb != "write" else (),
        is_public=is_public or arguments.get("public") is True or _is_told_public(arguments),
    )


def _is_address(text: str) -> bool:
    return "@" in text and pattern(_ADDRESS).fullmatch(text) is not None


def _is_told_public(arguments: Mapping[str, Any]) -> bool:
    """Whether an argument says that everyone may see it."""
    return any(arguments.get(name) == "public" for name in ("visibility", "privacy", "access"))


def addressees(ledger: Ledger, call: int) -> list[str]:
    """Return to whom a reply went: its result says so, or what was read under the same id."""
    result = ledger.result_of(call)
    if result is not None:
        found = pattern(_ADDRESS).findall(result.text[:_MAX_LOOK])
        if found:
            return list(dict.fromkeys(found))
    ids = [
        leaf
        for path, leaf in leaf_texts(ledger.steps[call].arguments or {})
        if isinstance(leaf, str) and leaf and _field(path).endswith("id")
    ]
    for index in range(call - 1, max(call - _LOOK_BACK, -1), -1):
        step = ledger.steps[index]
        if step.kind != "call" or not step.arguments or step.call_index is None:
            continue
        if any(leaf in ids for _, leaf in leaf_texts(step.arguments)):
            text = ledger.steps[step.call_index].text[:_MAX_LOOK]
            return pattern(_ADDRESS).findall(text)[:1]
    return []


def _channel(effect: Effect) -> Channel:
    if effect.verb == "write":
        return "forge"
    if effect.verb in ("fetch", "search"):
        return "request"
    return "request" if effect.resource_kind in ("url", "host") else "message"


def _number(leaf: Any) -> str:
    return "" if leaf is None or isinstance(leaf, bool) else str(leaf)


def _field(path: str) -> str:
    """Return the last name of a dotted path, without positions in lists."""
    names = [name for name in path.split(".") if not name.isdigit()]
    return names[-1].lower() if names else ""


def _is_proof(path: str, field: str) -> bool:
    if sort_of_name(field) == "credential":
        return True
    return "header" in path.lower() and field in words().credential_headers.words


def _shell_sink(ledger: Ledger, index: int, effect: Effect) -> Sink | None:
    shipment = shipment_of(effect.command, _script(ledger, effect))
    if effect.program in _PROGRAMS:
        channel: Channel = "lookup"
    elif effect.program in ("gh", "glab", "hub"):
        channel = "forge"
    elif effect.program in words().copiers.words:
        channel = "copy"
    else:
        channel = "request" if effect.resource_kind != "message" else "message"
    parties = (effect.resource,) if effect.resource_kind in ("url", "host", "message") else ()
    is_gist = " gist " in effect.command or " snippet " in effect.command
    if channel == "forge" and effect.verb == "fetch":
        return None
    return Sink(
        step=effect.step,
        effect=index,
        channel=channel,
        parts=tuple(Part(text, is_proof) for text, is_proof in shipment.parts),
        parties=parties,
        files=shipment.files,
        printers=shipment.printers,
        variables=shipment.variables,
        is_public=(channel == "forge" and is_gist) or "public-read" in effect.command,
        is_shell=True,
    )


def _code_sink(index: int, effect: Effect) -> Sink | None:
    """Return the sink of code on a command line that speaks to another host."""
    if effect.program not in words().inline.words:
        return None
    code = effect.command
    hosts = pattern(_HOST).findall(code)
    if not hosts:
        return None
    quoted = code.replace('"', "'").split("'")
    return Sink(
        step=effect.step,
        effect=index,
        channel="code",
        parts=(Part(code, is_proof=True),),
        parties=tuple(dict.fromkeys(hosts)),
        files=tuple(word for word in quoted if may_be_secret_place(word) and len(word) < 200),
        is_shell=True,
    )


def _script(ledger: Ledger, effect: Effect) -> str:
    """Return the whole shell text that holds the command of an effect."""
    leaves = leaf_texts(call_arguments(ledger.steps[effect.step]))
    texts = [leaf for _, leaf in leaves if isinstance(leaf, str) and effect.command[:200] in leaf]
    return max(texts, key=len, default=effect.command)
