"""Trueline keeps AI agents true to what they were asked to do.

It reads the record of what an agent did, interprets it once into a ledger, and
lets monitors say what the record does not bear out.  Nothing here imports a
heavy module: `import trueline` costs a few milliseconds.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]
