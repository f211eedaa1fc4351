"""Numbers by value: `1,000.00`, `1000` and `1e3` are one number.

Digits in names, dates, times, versions and the line numbers that tools put before lines are
not amounts of anything, and are left out.
"""

from typing import Final

from trueline.core.patterns import pattern

_NUMBER: Final = (
    r"[A-Za-z_][A-Za-z0-9_]*(?:\.[0-9]+)*"  # names and versions, with their digits
    r"|[0-9]+(?:[-/:][0-9]+)+|[0-9]+(?:\.[0-9]+){2,}"  # dates, times, addresses, versions
    r"|[0-9]+(?:→|\t)"  # line numbers
    r"|([0-9][0-9,_]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?)"
)
_WHOLE: Final = r"[-+]?[$€£¥]?[-+]?[0-9][0-9,_]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?"
_MAX_DIGITS: Final = 40


def canonical(text: str) -> str:
    """Return the number that `text` is, in one spelling; `""` if it is none.

    The sign is dropped: a debit is written with either.
    """
    if not 0 < len(text) <= _MAX_DIGITS or pattern(_WHOLE).fullmatch(text) is None:
        return ""
    return _spelling(text.lstrip("+-$€£¥"))


def _spelling(digits: str) -> str:
    digits = digits.replace(",", "").replace("_", "")
    if "e" in digits or "E" in digits:
        digits = f"{float(digits):.10f}"
    whole, point, fraction = digits.partition(".")
    whole = whole.lstrip("0") or "0"
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction}" if point and fraction else whole


def numbers_in(text: str) -> dict[str, int]:
    """Return the numbers in `text`, each with the place where it stands first."""
    found: dict[str, int] = {}
    for match in pattern(_NUMBER).finditer(text):
        digits = match.group(1)
        if digits is None or len(digits) > _MAX_DIGITS:
            continue
        found.setdefault(_spelling(digits.rstrip(",_")), match.start())
    return found
