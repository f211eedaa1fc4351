"""What one piece of test code pins down: its assertions, test cases, skips and early exits.

The piece may be a whole file or any fragment of one, so nothing here needs it to parse as
a whole: assertions are found by their head, gathered to the end of their brackets, and
each is then read on its own (Python by `ast`, other languages by their argument list).
"""

from typing import Final

from msgspec import Struct

MAX_CHARS: Final = 400_000
"""Longer pieces are read up to here."""


class Assert(Struct, frozen=True, kw_only=True):
    """One assertion.

    Attributes:
        key: its normal form; two assertions with one key are the same.
        subject: what is checked, in normal form; empty if it can't be told.
        expected: what it is checked against, in normal form; empty if nothing.
        strength: 0 says nothing, 1 truth or presence, 2 a bound or part, 3 equality.
        slack: tolerance, where one is written.
        callee: name of the function or value that the subject starts from.
        quote: the text as written.
        owner: name of the enclosing test case, where the piece shows it.
        upper: the number that the subject must stay below.
        lower: the number that it must stay above.
    """

    key: str
    subject: str
    expected: str
    strength: int
    slack: float | None = None
    callee: str = ""
    quote: str = ""
    owner: str = ""
    upper: float | None = None
    lower: float | None = None


class Mark(Struct, frozen=True):
    """A skip mark or an early exit.

    Attributes:
        key: its normal form.
        quote: the line as written.
        owner: the test case it stands in or before, where known.
        is_conditional: the environment decides whether it applies.
    """

    key: str
    quote: str
    owner: str = ""
    is_conditional: bool = False


class Piece(Struct, frozen=True, kw_only=True):
    """Everything found in one piece of test code."""

    asserts: tuple[Assert, ...] = ()
    cases: tuple[tuple[str, str], ...] = ()
    """Name of each test case, with the line that opens it."""
    skips: tuple[Mark, ...] = ()
    exits: tuple[Mark, ...] = ()
    marked: tuple[tuple[str, str], ...] = ()
    """Name and line of each case that a mark, or a call in the runner's list, makes a test."""
    functions: tuple[tuple[str, str], ...] = ()
    """Name and line of each function that is no test case."""


class Site(Struct, frozen=True):
    """Where in the run something was changed."""

    step: int
    path: str


class Net(Struct, frozen=True, kw_only=True):
    """What a run took out of its suites and put into them, moves cancelled.

    Attributes:
        removed: assertions gone, with the edit that took each out.
        added: assertions new.
        cases_removed: name and opening line of each test case gone.
        cases_added: names of new test cases.
        skips: skip marks new.
        exits: early exits new.
    """

    removed: tuple[tuple[Assert, Site], ...] = ()
    added: tuple[tuple[Assert, Site], ...] = ()
    cases_removed: tuple[tuple[str, str, Site], ...] = ()
    cases_added: frozenset[str] = frozenset()
    skips: tuple[tuple[Mark, Site], ...] = ()
    exits: tuple[tuple[Mark, Site], ...] = ()
