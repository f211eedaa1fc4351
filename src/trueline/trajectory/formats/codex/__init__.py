"""Codex CLI rollouts."""

from trueline.trajectory.formats.codex.reader import READER

__all__ = ["READER"]
