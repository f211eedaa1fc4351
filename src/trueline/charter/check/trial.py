"""Lines and effects put to a charter, and which rules answered."""

from collections.abc import Sequence

from msgspec import Struct

from trueline.charter.model import Ruling
from trueline.charter.reading.examples import Moment
from trueline.charter.rules import CharterRun, Program
from trueline.ledger.model import Effect

_WORKSPACE = "/workspace"
"""Stands for the run's own folder where the charter names none."""


class Trial(Struct, frozen=True):
    """What came of the last moment.

    Attributes:
        effects: what it does.
        rulings: what the charter says of them, in order; None where it says nothing.
    """

    effects: tuple[Effect, ...]
    rulings: tuple[Ruling | None, ...]

    def is_answered_by(self, rule: str) -> bool:
        """Return whether `rule` is the one that answers."""
        return any(ruling is not None and ruling.rule == rule for ruling in self.rulings)

    def others(self, rule: str) -> list[str]:
        """Return the rules that answer instead of `rule`, with what they say."""
        found = [
            f"`{ruling.rule}` ({ruling.answer})"
            for ruling in self.rulings
            if ruling is not None and ruling.rule not in (rule, "otherwise")
        ]
        return list(dict.fromkeys(found))


def try_moments(program: Program, moments: Sequence[Moment]) -> Trial:
    """Put moments to a charter in order, in a run of their own, and return what the last gives."""
    workspace = program.charter.workspace
    run = CharterRun(program, workspace[0] if workspace else _WORKSPACE)
    now = 0.0
    run.at(now)
    rulings: tuple[Ruling | None, ...] = ()
    for moment in moments:
        now += moment.pause_s
        run.at(now)
        rulings = tuple(run.step(effect) for effect in moment.effects)
    return Trial(moments[-1].effects if moments else (), rulings)
