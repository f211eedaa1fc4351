"""Sentences in which the agent says that something was done or holds.

**Covers** first-person and subject-less past forms ("I added", "Fixed the bug"), passives without
another doer, statements that checks pass or fail with their counts, lists, labels, tables and
tick marks, in the languages that have a file in `wording/`.
**Does not cover** irony, statements spread over several sentences ("It does. All of them."), and
wording that its data files do not know; what is in doubt is left out.

A language is added by writing its file in `wording/` (`wording.py` says what stands in it) and
adding its code to `Language` in `ledger/model.py` and `LANGUAGES` in `wording.py`.
"""

from trueline.ledger.assertions.assertions import assertions_in, assertions_of

__all__ = ["assertions_in", "assertions_of"]
