"""Claude Code sessions."""

from trueline.trajectory.formats.claude_code.reader import READER

__all__ = ["READER"]
