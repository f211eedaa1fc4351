"""The user's own words read: what they ask for, forbid, limit, delegate and confirm."""

from trueline.charter.asking.model import Ask, Delegation, Limit, Prohibition

__all__ = ["Ask", "Delegation", "Limit", "Prohibition"]
