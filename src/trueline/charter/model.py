"""The charter as values: what an agent is asked to do, may do, must ask for, must not do.

A charter is read from a person's file once (`trueline.charter.reading`), and then never
changes; what it says of one run is worked out by `trueline.charter.mandate.Mandate`.
"""

from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

import msgspec
from msgspec import Struct

from trueline.ledger.model import ResourceKind, Verb

Answer = Literal["may", "must_ask", "must_not"]
ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)

Trust = Literal["trusted", "local", "untrusted"]
"""Whose words a step holds.

`trusted`: the user's, the system's, or a source that the charter trusts.  `local`: files and
processes of the agent's own machine, which nobody outside writes in the ordinary course, and
which still give no order.  `untrusted`: anything that somebody else may have written: pages,
mail, messages, tickets, search results, shared documents.
"""

PartyWord = Literal["inside", "outside", "unnamed"]
"""Where the other side of an effect stands, by the charter's `parties`."""


class Ruling(Struct, frozen=True, kw_only=True):
    """What a charter says of one effect.

    Attributes:
        effect: index of the effect in `Ledger.effects`, or in the order asked, live.
        answer: what the rule says.
        rule: the rule's identifier in the charter.
        why: the reason that the charter gives, or one in plain words.
    """

    effect: int
    answer: Answer
    rule: str
    why: str


class Selector(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which effects are meant: all that is said must hold; of several globs, one.

    Attributes:
        verbs: what is done; any verb when empty.
        resources: globs over the resource.
        kinds: sorts of resource.
        to: globs over the other side's address, or `inside`, `outside`, `unnamed`.
        programs: globs over the program or tool.
        commands: globs over the text of a shell command.
        via: globs over a wrapper that the command runs under.
        labels: names of data labels, one of which the effect must bear.
        reversible: whether it can be undone; None for either.
    """

    verbs: tuple[Verb, ...] = ()
    resources: tuple[str, ...] = ()
    kinds: tuple[ResourceKind, ...] = ()
    to: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    reversible: bool | None = None


class Bound(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A number that one call, or the calls of a window, may not pass.

    Attributes:
        measure: `amount` of one call, `count` of calls, or `sum` of their amounts.
        value: the number; what equals it has not passed it.
        unit: of `amount` and `sum`, as `normal_unit` writes it.
        window_s: length of the window in seconds; None for the whole run.
    """

    measure: Literal["amount", "count", "sum"]
    value: float
    unit: str = ""
    window_s: float | None = None


class Example(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Lines that a person wrote beside a rule to show what it is for.

    Attributes:
        lines: effects, tool calls, shell commands and pauses in order; the last one is judged.
        line: where it stands in the file.
    """

    lines: tuple[str, ...]
    line: int = 0


class Examples(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a rule is said to speak of, and what not."""

    fires: tuple[Example, ...] = ()
    holds: tuple[Example, ...] = ()


class Rule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What holds for the effects that a selector means.

    Attributes:
        id: unique in the charter.
        answer: what the rule says.
        selector: of which effects.
        bounds: for `may`, the effect must be within all of them; otherwise it must be over one.
        why: the reason, in the owner's words.
        examples: what shows that it can fire and hold.
        line: where it stands in the file.
    """

    id: str
    answer: Answer
    selector: Selector
    bounds: tuple[Bound, ...] = ()
    why: str = ""
    examples: Examples = Examples()
    line: int = 0


class Sequence(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An effect that is forbidden, or must be asked for, once others have taken place.

    Attributes:
        id: unique in the charter.
        answer: `must_not` or `must_ask`.
        after: what must have taken place, in this order.
        then: what is ruled on from then on.
        until: what ends it, so that it begins anew.
        why: the reason, in the owner's words.
        examples: what shows that it can fire and hold.
        line: where it stands in the file.
    """

    id: str
    answer: Answer
    after: tuple[Selector, ...]
    then: Selector
    until: Selector | None = None
    why: str = ""
    examples: Examples = Examples()
    line: int = 0


class Label(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A sort of data.

    Attributes:
        name: as rules name it.
        resources: globs over the resources that hold such data.
        patterns: RE2 patterns over resource and command, and for monitors over contents.
    """

    name: str
    resources: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


class Sources(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Sources that the charter gives one trust: globs over tools, MCP servers, resources."""

    trust: Trust
    tools: tuple[str, ...] = ()
    servers: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()


class Protection(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Resources that guard the rest, under one name.

    Attributes:
        group: such as `oversight`, `tests`, `ci`, `agent_settings`; `own` for the charter's.
        resources: globs.
        answer: what the charter says of changing them; None where it is left to monitors.
    """

    group: str
    resources: tuple[str, ...]
    answer: Answer | None = None


class Limits(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Limits of a whole run; None where there is none.

    Attributes:
        steps: entries of the trajectory.
        wall_time_s: seconds from the first entry with a time.
        tokens: as told by whoever runs the agent; records do not say.
        spend: sums paid, by unit.
    """

    steps: int | None = None
    wall_time_s: float | None = None
    tokens: int | None = None
    spend: tuple[Bound, ...] = ()


class Charter(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an agent is asked to do, and within what.

    Attributes:
        name: shown in findings and messages.
        objective: what the agent is for, in the owner's words; its words count as the user's.
        rules: in order of the file, `must_not` first, then `must_ask`, then `may`.
        sequences: what must not, or must be asked for, follow on what.
        otherwise: what holds for effects of a verb that no rule speaks of, by verb.
        inside: globs over the addresses of one's own side.
        labels: sorts of data.
        trust: sources and how far they are trusted.
        protected: resources that guard the rest.
        limits: of the whole run.
        workspace: absolute folders that relative paths may start from, besides the run's own.
        on_failure: what a guard does when it cannot judge: `closed` refuses.
        source: the file it was read from, as the caller named it.
    """

    name: str = "default"
    objective: str = ""
    rules: tuple[Rule, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    otherwise: tuple[tuple[Verb, Answer], ...] = ()
    inside: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    trust: tuple[Sources, ...] = ()
    protected: tuple[Protection, ...] = ()
    limits: Limits = Limits()
    workspace: tuple[str, ...] = ()
    on_failure: Literal["closed", "open"] = "closed"
    source: str = ""


_DEFAULT: Final = Path(__file__).parent / "default.json"


@cache
def default_charter() -> Charter:
    """Return the charter that serves when there is none.

    It rules on nothing; it says which files hold secrets and which resources guard the rest,
    for the monitors, and leaves what was authorised to the user's own words.
    """
    return msgspec.json.decode(_DEFAULT.read_bytes(), type=Charter)
