"""What a clause that a rule found means: whether it asserts, of what kind, and about what."""
