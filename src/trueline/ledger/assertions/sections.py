"""Parts of a message that assert nothing as a whole: plans, criteria, what others said.

A heading such as "Next steps" silences everything up to the next heading; a line that ends
with a colon and speaks of what will, should or could be silences the list below it. Ticked
boxes speak even there. Tables that compare (before, expected) are left out.

A label such as "Modified files:" is the opposite: every path that begins an item below it is
said to have been modified.
"""

from typing import Final

from trueline.ledger.assertions.classes import CLASSES, EDGES, UNARY_KINDS, chars
from trueline.ledger.assertions.markdown import Line

_PLANNED: Final = chars("PLAN", "MODAL", "YOU", "COND", "SHOULD", "HISTORY", "BEFORE", "HEDGE")
_HEADED: Final = chars("PLAN", "MODAL", "HISTORY", "BEFORE")
_FOREIGN: Final = chars("PERSON")
_SAID: Final = chars("SAY")
_LISTED: Final = chars("CREATED", "CHANGED", "DELETED")
_LABEL: Final = _LISTED | chars("FILES", "PART", "NUM", "ALL", "OTHER")
_PLAIN: Final = frozenset(EDGES) | chars("ADV", "YES", "DET")
_LONGEST_LABEL: Final = 4
_LEADS: Final = EDGES + "".join(chars("ADV", "YES", "SO", "SUCCESS"))
_AUXILIARIES: Final = chars("FIRST", "WE", "HAVE", "ADV", "STILL", "SUCCESS", "ALL", "DID")
_FIRST_VERB: Final = 6
_ASKED: Final = chars("YOU")
_READ: Final = chars("READ", "READS", "CHECKED", "CREATED")
_FINISHED: Final = chars("DONE", "COMPLETE", "FIXED")
_UNREAL: Final = chars("MODAL", "COND", "SHOULD", "HEDGE", "BEFORE", "HISTORY")
"""What no deed in a label makes real."""
_NEW: Final = ("**new files", "new files", "### new files", "new modules", "**new modules")
_CHANGING: Final = chars("HISTORY", "BEFORE", "INSTEAD")
_STATUS_HEADS: Final = frozenset(("status", "state", "estado", "statut", "état", "状态"))
_COMPARED: Final = chars("HISTORY", "BEFORE", "PLAN", "INSTEAD")


class Sections:
    """Follows headings, labels and tables down a message.

    Attributes:
        listing: the class of what is said of the paths listed here, empty outside such lists.
    """

    def __init__(self) -> None:
        self._heading = 0
        self._is_list_silent = False
        self._is_table_silent = False
        self._was_row = False
        self._was_item = False
        self.listing = ""

    def leave_paragraph(self) -> None:
        """Note a blank line: it ends tables and lists that have begun."""
        self._was_row = self._is_table_silent = False

    def is_silenced(self, line: Line, classes: str, *, is_wrapped: bool) -> bool:
        """Return whether `line`, with these classes, asserts nothing because of where it stands."""
        if line.level or (classes.endswith("::") and not is_wrapped):
            self.listing = _listing(line.text, classes)
        elif not line.is_item and not line.is_row:
            self.listing = ""
        if line.level:
            return self._enter_heading(line.level, classes) or bool(self.listing)
        if line.is_row:
            return self._enter_row(line.text, classes) or bool(self._heading)
        self._was_row = False
        if line.is_ticked:
            return False
        if self._heading and not self._is_own_heading(line, classes):
            return True
        if line.is_item:
            self._was_item = True
            return self._is_list_silent
        if classes.endswith("::") and not is_wrapped:
            self._is_list_silent = _is_plan(classes)
            self._was_item = False
            return self._is_list_silent or bool(self.listing)
        if self._was_item and not line.text.startswith((" ", "\t")):
            self._is_list_silent = self._was_item = False
        return False

    def _is_own_heading(self, line: Line, classes: str) -> bool:
        """Return whether a bold label on its own line ends the silence of a heading before it."""
        if (
            not line.is_item
            and line.text.startswith("**")
            and line.text.rstrip(": ").endswith("**")
        ):
            self._heading = 0 if _PLANNED.isdisjoint(classes) else 9
            return not self._heading
        return False

    def _enter_heading(self, level: int, classes: str) -> bool:
        """Begin or end a silent section; return whether the heading itself is silent."""
        self._is_list_silent = False
        if self._heading and level > self._heading:
            return True
        self._heading = 0 if _HEADED.isdisjoint(classes) else level
        return bool(self._heading)

    def _enter_row(self, text: str, classes: str) -> bool:
        """Return whether this row belongs to a table that compares or is planned."""
        if not self._was_row:
            self._was_row = True
            is_compared = not _COMPARED.isdisjoint(classes)
            self._is_table_silent = is_compared and not _has_status(text, classes)
        return self._is_table_silent


def _has_status(text: str, classes: str) -> bool:
    """Return whether a table's head names a column of statuses ("| Task | Status |")."""
    if not _CHANGING.isdisjoint(classes):
        return False
    cells = text.lower().split("|")
    return any(cell.strip(" *") in _STATUS_HEADS for cell in cells)


def _listing(text: str, classes: str) -> str:
    """Return what a heading or label says of the files listed below it, empty for nothing."""
    bare = "".join(mark for mark in classes if mark not in _PLAIN)
    if len(bare) > _LONGEST_LABEL or not _LABEL.issuperset(bare):
        return ""
    verbs = [mark for mark in bare if mark in _LISTED]
    if len(verbs) == 1 and (len(bare) == 1 or CLASSES["FILES"] in bare):
        return verbs[0]
    return CLASSES["CREATED"] if text.lower().startswith(_NEW) else ""


def _is_plan(classes: str) -> bool:
    """Return whether a label announces what is to come or what others said.

    "I've completed the cleanup you asked for:" tells a deed of the agent, whatever was asked.
    """
    if _tells_deed(classes):
        return False
    if not _PLANNED.isdisjoint(classes):
        return True
    return not _FOREIGN.isdisjoint(classes) and not _SAID.isdisjoint(classes)


def _tells_deed(classes: str) -> bool:
    """Return whether a label begins with an act of the agent that finishes what was asked."""
    label = classes.lstrip(_LEADS)
    place = next((i for i, mark in enumerate(label[:_FIRST_VERB]) if mark in UNARY_KINDS), -1)
    if place < 0 or not _AUXILIARIES.issuperset(label[:place]):
        return False
    rest = label[place + 1 :]
    silencing = _PLANNED - _ASKED if label[place] not in _FINISHED else _UNREAL
    return silencing.isdisjoint(rest) and not (label[place] in _READ and CLASSES["THAT"] in rest)
