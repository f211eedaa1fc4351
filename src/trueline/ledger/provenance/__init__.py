"""Where the values in calls come from: the user, the system, the agent, or a tool's result."""

from trueline.ledger.provenance.origins import Provenance

__all__ = ["Provenance"]
