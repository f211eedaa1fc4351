"""One line of an example, understood: an effect, a tool call, a shell command or a pause.

    pay 60 EUR to acct-7                 an effect: verb, amount, resource
    read ticket-4 (message)              an effect whose resource is of a named kind
    $ git push --force                   a shell command
    send_money(recipient=acct-7, amount=60)     a tool call; or send_money {"recipient": "acct-7"}
    + 2h                                 time goes by

Tool calls and shell commands are understood as those of a record are, so that an example shows
what the ledger really sees.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, get_args

from msgspec import Struct

from trueline.charter.rules.phrases import amount_of, span_of
from trueline.core.patterns import pattern
from trueline.ledger.effects import effects_of
from trueline.ledger.model import VERBS, Effect, ResourceKind, Verb
from trueline.trajectory import Step, Trajectory

_KINDS: Final[tuple[ResourceKind, ...]] = get_args(ResourceKind)
_FILE_VERBS: Final = frozenset({"read", "write", "delete", "move", "test", "lint", "format"})
_KIND_OF: Final[dict[Verb, ResourceKind]] = {
    "pay": "account",
    "send": "message",
    "grant": "account",
    "push": "repository",
    "commit": "repository",
    "install": "package",
    "stop": "process",
    "deploy": "service",
    "delegate": "agent",
    "configure": "setting",
}
_QUANTITY: Final = (
    r"^([$€£¥]?[0-9][0-9_,.]*[kMG]?(?:\s+[A-Za-z%€$£¥]{1,12})?)\s+(?:to|from|of|for|at|in)\s+(.+)$"
)
_PLAIN_QUANTITY: Final = r"^[$€£¥]?[0-9][0-9_,.]*[kMG]?(?:\s+[A-Za-z%€$£¥]{1,12})?$"
_FILLER: Final = r"^(?:to|from|at|on|into)\s+(.+)$"
_CALL: Final = r"(?s)^([A-Za-z_][A-Za-z0-9_.:-]*)\s*(\(.*\)|\{.*\})$"
_PAIR: Final = r"""^\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*("(?:[^"\\]|\\.)*"|[^,"]*)\s*(?:,|$)"""
_LONGEST: Final = 4_000


class Moment(Struct, frozen=True):
    """What one line comes to.

    Attributes:
        effects: what is done; nothing for a pause and for a command that does nothing.
        pause_s: seconds that go by.
    """

    effects: tuple[Effect, ...] = ()
    pause_s: float = 0.0


def moments_of(lines: Sequence[str]) -> list[Moment]:
    """Return what the lines of an example come to.

    Raises:
        ValueError: a line is none of the forms; the message says what is allowed.
    """
    return [moment_of(line) for line in lines]


def moment_of(line: str) -> Moment:
    """Return what one line comes to.

    Raises:
        ValueError: it is none of the forms; the message says what is allowed.
    """
    line = line.strip()
    if len(line) > _LONGEST:
        raise ValueError(f"an example of {len(line)} characters; at most {_LONGEST}")
    if line.startswith("$ "):
        return Moment(_called("Bash", {"command": line[2:].strip()}))
    if line.startswith("+"):
        return Moment(pause_s=span_of(line[1:]))
    verb, _, rest = line.partition(" ")
    if verb in VERBS:
        return Moment((_effect(verb, rest.strip()),))
    call = pattern(_CALL).match(line)
    if call is None:
        raise ValueError(
            f"`{line}` is no example: write an effect (`pay 60 EUR to acct-7`; the first word is "
            "one of the effects), a shell command (`$ git push`), a call "
            "(`send_money(recipient=acct-7)`), or a pause (`+ 2h`)"
        )
    return Moment(_called(str(call.group(1)), _arguments(str(call.group(2)))))


def _effect(verb: Verb, rest: str) -> Effect:
    kind: ResourceKind | None = None
    for known in _KINDS:
        if rest.endswith(f"({known})"):
            kind, rest = known, rest[: -len(known) - 2].strip()
    amount, unit = None, ""
    quantity = pattern(_QUANTITY).match(rest)
    if quantity is not None:
        amount, unit = amount_of(str(quantity.group(1)))
        rest = str(quantity.group(2))
    elif verb == "pay" and pattern(_PLAIN_QUANTITY).match(rest):
        amount, unit = amount_of(rest)
        rest = ""
    else:
        filler = pattern(_FILLER).match(rest)
        rest = rest if filler is None else str(filler.group(1))
    rest = rest.strip().strip("\"'")
    return Effect(
        step=0,
        verb=verb,
        resource=rest,
        resource_kind=kind or usual_kind(verb, rest),
        amount=amount,
        unit=unit,
    )


def usual_kind(verb: Verb, resource: str) -> ResourceKind:
    """Return what sort of thing a resource is in an example that does not say."""
    if "://" in resource:
        return "url"
    if verb in _FILE_VERBS:
        return "file"
    if verb in ("fetch", "search"):
        return "host"
    return _KIND_OF.get(verb, "unknown")


def _called(tool: str, arguments: dict[str, Any]) -> tuple[Effect, ...]:
    step = Step(index=0, kind="call", actor="agent", tool=tool, arguments=arguments, call_id="1")
    run = Trajectory(id="example", format="native", source="", steps=(step,))
    return tuple(effects_of(run))


def _arguments(text: str) -> dict[str, Any]:
    """Return the arguments of `(k=v, …)` or `{"k": v}`."""
    body = text[1:-1].strip() if text.startswith("(") else text
    if body.startswith("{"):
        try:
            value = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"`{text}` is no JSON: {error}") from error
        return {str(key): item for key, item in value.items()}
    return dict(_pairs(body))


def _pairs(body: str) -> Iterator[tuple[str, Any]]:
    place = 0
    while place < len(body):
        pair = pattern(_PAIR).match(body[place:])
        if pair is None:
            raise ValueError(f"`{body[place:]}` is no list of `name=value`")
        value = str(pair.group(2)).strip()
        try:
            yield str(pair.group(1)), json.loads(value)
        except ValueError:
            yield str(pair.group(1)), value
        place += max(pair.end(), 1)
