"""The record of what agents did: one model, one reader per format, found by content."""

from trueline.trajectory.model import Actor, ReadProblem, Step, StepKind, Tag, Trajectory

__all__ = ["Actor", "ReadProblem", "Step", "StepKind", "Tag", "Trajectory"]
