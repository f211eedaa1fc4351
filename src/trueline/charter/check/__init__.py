"""Does a charter say what its owner means: each rule proven by its examples, none for nothing."""

from trueline.charter.check.proof import CharterCheck, Remark, check_charter

__all__ = ["CharterCheck", "Remark", "check_charter"]
