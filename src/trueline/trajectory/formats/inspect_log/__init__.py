"""Logs of Inspect AI: `.eval` archives and `.json` documents, one trajectory per sample."""

from trueline.trajectory.formats.inspect_log.log import InspectReader

READER = InspectReader()

__all__ = ["READER"]
