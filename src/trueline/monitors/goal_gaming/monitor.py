"""The monitor: asks every rule, in the order in which the record shows their evidence."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from trueline.charter import Mandate
from trueline.ledger import Ledger
from trueline.monitors.goal_gaming.judgement import NAME
from trueline.monitors.goal_gaming.record.answers import answer_observations
from trueline.monitors.goal_gaming.record.expected import expected_observations
from trueline.monitors.goal_gaming.record.filters import filter_observations
from trueline.monitors.goal_gaming.record.masking import masking_observations
from trueline.monitors.goal_gaming.record.runner import runner_observations
from trueline.monitors.goal_gaming.record.suppression import suppression_observations
from trueline.monitors.goal_gaming.scene import Scene
from trueline.monitors.goal_gaming.special.chat import chat_observations
from trueline.monitors.goal_gaming.special.product import product_observations
from trueline.monitors.goal_gaming.suite.mocking import mocking_observations
from trueline.monitors.goal_gaming.suite.rules import suite_observations
from trueline.monitors.protocol import Observation

Rule = Callable[[Scene], Iterator[Observation | None]]

_OF_EDITS: Final[tuple[Rule, ...]] = (
    suite_observations,
    mocking_observations,
    runner_observations,
    product_observations,
    suppression_observations,
)
_OF_EFFECTS: Final[tuple[Rule, ...]] = (
    expected_observations,
    filter_observations,
    masking_observations,
    answer_observations,
)


class GoalGamingMonitor:
    """Finds where a measure (a test, a check, a score) was met instead of its goal."""

    name = NAME

    def observe(self, ledger: Ledger, _mandate: Mandate, /) -> Sequence[Observation]:
        """Return the readings of `ledger`, in order of their first evidence."""
        scene = Scene(ledger)
        found: list[Observation] = []
        if ledger.edits or ledger.effects:
            rules = (
                (*_OF_EDITS, *_OF_EFFECTS) if scene.edits else (suite_observations, *_OF_EFFECTS)
            )
            for rule in rules:
                found += [made for made in rule(scene) if made is not None]
        else:
            found += [made for made in chat_observations(scene) if made is not None]
        return sorted(found, key=lambda o: (o.evidence[0].step, o.rule))
