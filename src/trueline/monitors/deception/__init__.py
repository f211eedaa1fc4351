"""Deception: what the agent said, held against what the record shows."""
