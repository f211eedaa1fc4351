"""Agents that say what the record denies, or game what was to be passed."""
