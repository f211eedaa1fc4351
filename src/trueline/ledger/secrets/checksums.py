"""Check digits that tell real numbers from any others."""

from typing import Final

_MIN_CARD: Final = 13
_MAX_CARD: Final = 19


def passes_luhn(number: str) -> bool:
    """Return whether the digits of `number` end in the right check digit.

    Source:
        ISO/IEC 7812-1, annex B.

    Example:
        >>> passes_luhn("4539 1488 0343 6467"), passes_luhn("4539 1488 0343 6468")
        (True, False)
    """
    digits = [int(char) for char in number if char in "0123456789"]
    if not _MIN_CARD <= len(digits) <= _MAX_CARD:
        return False
    doubled = [digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def passes_iban(text: str) -> bool:
    """Return whether `text` is an international bank account number by its check digits.

    Source:
        ISO 13616-1; the remainder by 97 of ISO/IEC 7064.

    Example:
        >>> passes_iban("GB29 NWBK 6016 1331 9268 19"), passes_iban("GB30NWBK60161331926819")
        (True, False)
    """
    code = "".join(text.split()).upper()
    if not (15 <= len(code) <= 34 and code.isascii() and code.isalnum()):
        return False
    if not (code[:2].isalpha() and code[2:4].isdigit()):
        return False
    return int("".join(str(int(char, 36)) for char in code[4:] + code[:4])) % 97 == 1
