"""Numbers by value: `1,000.00`, `1000` and `1e3` are one number.

Digits in names, dates, times, versions and the line numbers that tools put before lines are
not amounts of anything, and are left out.
"""

from typing import Final

_MAX_DIGITS: Final = 40
_CURRENCIES: Final = "$€£¥"
_LINE_MARK: Final = "→"
_KEPT: Final = frozenset(".,:/-_+%" + _CURRENCIES)
_SEPARATORS: Final = str.maketrans(
    {
        **{chr(code): " " for code in range(0x80) if not chr(code).isalnum()},
        **{char: char for char in _KEPT},
        "\t": _LINE_MARK,
    }
)
_EDGES: Final = ".,:/-_+%" + _CURRENCIES


def canonical(text: str) -> str:
    """Return the number that `text` is, in one spelling; `""` if it is none.

    The sign is dropped: a debit is written with either.
    """
    if not 0 < len(text) <= _MAX_DIGITS:
        return ""
    digits = text.lstrip("+-").lstrip(_CURRENCIES).lstrip("+-")
    return _spelling(digits) if digits.isascii() and digits[:1].isdigit() else ""


def _spelling(digits: str) -> str:
    """Return the one spelling of digits with separators, point and exponent; `""` if none."""
    digits = digits.replace(",", "").replace("_", "")
    mantissa, exponent, power = digits.replace("E", "e").partition("e")
    if exponent:
        if not power.lstrip("+-").isdigit() or len(power) > 3 or len(mantissa) > 20:
            return ""
        if not mantissa.replace(".", "", 1).isdigit():
            return ""
        digits = f"{float(digits):.10f}"
    whole, _, fraction = digits.partition(".")
    if not whole.isdigit() or (fraction and not fraction.isdigit()):
        return ""
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def numbers_in(text: str) -> dict[str, str]:
    """Return the numbers in `text`, each with the way it is written there first."""
    found: dict[str, str] = {}
    for piece in text.translate(_SEPARATORS).split():
        written = piece.rsplit(_LINE_MARK, 1)[-1] if _LINE_MARK in piece else piece
        written = written.strip(_EDGES)
        if not written[:1].isdigit() or len(written) > _MAX_DIGITS or not written.isascii():
            continue
        spelling = _spelling(written)
        if spelling:
            found.setdefault(spelling, written)
    return found
