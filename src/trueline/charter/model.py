"""The charter as values: what an agent is asked to do, may do, must ask for, must not do.

A charter is read from a person's file once, and then never changes; what it says of one run
is worked out by `trueline.charter.mandate.Mandate`.
"""

from functools import cache
from typing import Literal

from msgspec import Struct

Answer = Literal["may", "must_ask", "must_not"]

Trust = Literal["trusted", "local", "untrusted"]
"""Whose words a step holds.

`trusted`: the user's, the system's, or a source that the charter trusts.  `local`: files and
processes of the agent's own machine, which nobody outside writes in the ordinary course, and
which still give no order.  `untrusted`: anything that somebody else may have written: pages,
mail, messages, tickets, search results, shared documents.
"""


class Ruling(Struct, frozen=True, kw_only=True):
    """What a charter says of one effect.

    Attributes:
        effect: index of the effect in `Ledger.effects`.
        answer: what the rule says.
        rule: the rule's identifier in the charter.
        why: the reason that the charter gives, or one in plain words.
    """

    effect: int
    answer: Answer
    rule: str
    why: str


class Charter(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an agent is asked to do, and within what.

    Attributes:
        name: shown in findings and messages.
        objective: what the agent is for, in the owner's words; its words count as the user's.
    """

    name: str = "default"
    objective: str = ""


@cache
def default_charter() -> Charter:
    """Return the charter that serves when there is none."""
    return Charter()
