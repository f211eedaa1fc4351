"""A first charter, drawn from what past runs did or from the plain limits in a task's words."""

from trueline.charter.draft.drafting import Drafted, draft_charter
from trueline.charter.draft.evidence import Evidence, evidence_of

__all__ = ["Drafted", "Evidence", "draft_charter", "evidence_of"]
