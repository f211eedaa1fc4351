"""Judge: the opinion of a language model at an endpoint that the user names; never runs else."""

from trueline.monitors.judge.monitor import JudgeMonitor
from trueline.monitors.judge.settings import JudgeSettings

__all__ = ["JudgeMonitor", "JudgeSettings"]
