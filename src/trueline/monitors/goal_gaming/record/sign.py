"""One line by which a file that decides over checks was bent."""

from msgspec import Struct


class Sign(Struct, frozen=True):
    """One line that tampers.

    Attributes:
        line: the line, as written.
        suspicion: how sure it is, taken alone.
        what: what it does, to end a sentence that starts with the file's name.
        is_removed: the line was taken away.
        is_bound: it moves a bound that something is held against.
    """

    line: str
    suspicion: float
    what: str
    is_removed: bool = False
    is_bound: bool = False
