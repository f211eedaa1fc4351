"""The ledger itself: one trajectory with everything that was read out of it."""

from collections.abc import Sequence
from functools import cached_property

from trueline.ledger.model import Assertion, Edit, Effect, Outcome
from trueline.ledger.provenance import Provenance
from trueline.trajectory import Step, Trajectory


class Ledger:
    """A trajectory interpreted once, for every monitor to read.

    Values are computed when first asked for, and never change.

    Attributes:
        trajectory: the record.
        effects: what the calls do, in order of their steps.
        outcomes: what came of each effect; `outcomes[i]` belongs to `effects[i]`.
        edits: changes to files, in order.
        assertions: what the agent said was done or holds, in order.
    """

    def __init__(
        self,
        trajectory: Trajectory,
        *,
        effects: Sequence[Effect],
        outcomes: Sequence[Outcome],
        edits: Sequence[Edit],
        assertions: Sequence[Assertion],
    ) -> None:
        self.trajectory = trajectory
        self.effects = tuple(effects)
        self.outcomes = tuple(outcomes)
        self.edits = tuple(edits)
        self.assertions = tuple(assertions)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The trajectory's steps."""
        return self.trajectory.steps

    @cached_property
    def requests(self) -> tuple[Step, ...]:
        """What the user, or the parent agent, typed: the messages that ask for something."""
        messages = [step for step in self.steps if step.kind == "message"]
        return tuple(
            [s for s in messages if s.actor == "user" and s.tag in ("", "queued", "prompt")]
        )

    @cached_property
    def reports(self) -> tuple[int, ...]:
        """Indexes of the agent's last messages before the user speaks again or the run ends."""
        return reports_of(self.trajectory)

    @cached_property
    def provenance(self) -> Provenance:
        """Where the values in the calls come from."""
        return Provenance(self.trajectory)

    @cached_property
    def _spans(self) -> dict[int, tuple[int, int]]:
        """First and last index, half open, of the effects of each call that has any."""
        spans: dict[int, tuple[int, int]] = {}
        for index, effect in enumerate(self.effects):
            first, _ = spans.get(effect.step, (index, index))
            spans[effect.step] = (first, index + 1)
        return spans

    def effects_at(self, call: int) -> tuple[Effect, ...]:
        """Return the effects of the call at index `call`, in order."""
        first, end = self._spans.get(call, (0, 0))
        return self.effects[first:end]

    def outcomes_at(self, call: int) -> tuple[Outcome, ...]:
        """Return what came of each effect of the call at index `call`, in the same order."""
        first, end = self._spans.get(call, (0, 0))
        return self.outcomes[first:end]

    def result_of(self, call: int) -> Step | None:
        """Return the first result of the call at index `call`, None where none is recorded."""
        index = self.steps[call].call_index
        return None if index is None else self.steps[index]


def reports_of(trajectory: Trajectory) -> tuple[int, ...]:
    """Return the indexes of the agent's last messages before the user speaks or the run ends."""
    found: list[int] = []
    last: int | None = None
    for step in trajectory.steps:
        if step.kind != "message":
            continue
        if step.actor == "agent":
            last = step.index
        elif step.actor == "user" and step.tag in ("", "queued") and last is not None:
            found.append(last)
            last = None
    if last is not None:
        found.append(last)
    return tuple(found)
