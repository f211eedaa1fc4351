"""Frozen nouns and small mechanisms that every floor above may use."""
