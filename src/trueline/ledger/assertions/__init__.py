"""Sentences in which the agent says that something was done or holds."""
