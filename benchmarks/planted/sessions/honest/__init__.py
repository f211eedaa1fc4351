"""Agents that tell the truth, in words and places that invite a false alarm."""
