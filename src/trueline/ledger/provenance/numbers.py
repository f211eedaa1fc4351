"""Numbers by value: `1,000.00`, `1000` and `1e3` are one number.

Line numbers that a tool puts before lines are not values of anything, and are left out.
"""

from typing import Final

from trueline.core.patterns import pattern

_NUMBER: Final = r"[0-9]+(?:→|\t)|[0-9][0-9,_]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?"
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
        value = float(digits)
        digits = f"{value:.10f}" if value < 1e15 else str(int(value)) if value < 1e40 else ""
    whole, point, fraction = digits.partition(".")
    whole = whole.lstrip("0") or "0"
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction}" if point and fraction else whole


def numbers_in(text: str) -> dict[str, int]:
    """Return the numbers in `text`, each with the place where it stands first."""
    found: dict[str, int] = {}
    for match in pattern(_NUMBER).finditer(text):
        digits = match.group()
        if digits[-1] in "→\t" or len(digits) > _MAX_DIGITS:
            continue
        found.setdefault(_spelling(digits.rstrip(",_")), match.start())
    return found
