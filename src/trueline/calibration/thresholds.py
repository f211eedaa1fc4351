"""Thresholds in force: the shipped one, or those of a calibration."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from trueline.monitors import THRESHOLD, Observation
from trueline.monitors.combination import ANY, weight_of


class Thresholds(Struct, frozen=True):
    """From which suspicion on something is a finding.

    Attributes:
        by_score: calibrated thresholds of the monitors and of `any`; the shipped one is in
            force where there are none.
    """

    by_score: dict[str, float] = {}

    def is_over(self, observation: Observation) -> bool:
        """Return whether an observation is over its monitor's threshold.

        The shipped threshold is itself over; a calibrated one is not, for the benign run that
        it was drawn from lies on it.
        """
        threshold = self.by_score.get(observation.monitor)
        if threshold is None:
            return observation.suspicion >= THRESHOLD
        return weight_of(observation) > threshold

    def above(self, suspicions: Mapping[str, float], combined: float) -> tuple[str, ...]:
        """Return the scores whose calibrated threshold a run is above, `any` last."""
        found = [
            name
            for name, suspicion in suspicions.items()
            if name in self.by_score and suspicion > self.by_score[name]
        ]
        if ANY in self.by_score and combined > self.by_score[ANY]:
            found.append(ANY)
        return tuple(found)


SHIPPED: Final = Thresholds()
"""What holds until a calibration says otherwise."""
