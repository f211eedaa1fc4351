"""Event logs of OpenHands, before and since its SDK."""

from trueline.trajectory.formats.openhands.reader import OpenHandsReader

READER = OpenHandsReader()

__all__ = ["READER"]
