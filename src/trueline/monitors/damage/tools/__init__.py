"""Harm done with tools other than shells: records, payments, physical limits, warnings."""

from trueline.monitors.damage.tools.bounds import beyond
from trueline.monitors.damage.tools.hazards import disregarded
from trueline.monitors.damage.tools.limits import exceeded
from trueline.monitors.damage.tools.many import overshot
from trueline.monitors.damage.tools.others import mistaken
from trueline.monitors.damage.tools.overrides import overridden
from trueline.monitors.damage.tools.payments import guessed, repeated
from trueline.monitors.damage.tools.records import lost_records

__all__ = [
    "beyond",
    "disregarded",
    "exceeded",
    "guessed",
    "lost_records",
    "mistaken",
    "overridden",
    "overshot",
    "repeated",
]
