"""What words and values name: amounts, addresses, numbers of things, dates, names.

The same readers look at the agent's words and at what its calls and their results hold, so
that both sides are compared in one form.
"""

from functools import lru_cache
from typing import Final

from msgspec import Struct

from trueline.core.patterns import pattern

_LONGEST: Final = 4000
_MOST: Final = 200
_NUMBER: Final = r"\d{1,3}(?:[,  ’']\d{3})+(?:\.\d{1,2})?|\d{1,9}(?:[.,]\d{1,2})?"
_CURRENCY: Final = (
    r"(?:usd|eur|gbp|chf|jpy|cny|rmb|aud|cad|euros?|dollars?|d[oó]lares|pounds?|francs?|yen|yuan"
    r"|€|£|\$)"
)
_AMOUNTS: Final = pattern(
    rf"(?i)[$€£¥]\s?({_NUMBER})\b|\b(?:usd|eur|gbp|chf)\s?({_NUMBER})\b"
    rf"|(?:^|[^\w.,-])({_NUMBER})\s?(?:{_CURRENCY}(?:$|[^\pL])|元|块)"
)
_NUMBERS: Final = pattern(rf"(?:^|[^\w.,-])(-?(?:{_NUMBER}))(?:$|[^\w]|[.,](?:\D|$))")
_ADDRESSES: Final = pattern(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IDS: Final = pattern(r"(?:^|[^\w@./-])#?([A-Za-z]{0,6}[-_]?\d[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*)\b")
_AROUND: Final = " \t.,;:!?()[]{}<>*_`'\"“”‘’«»-–—"
_MARKS: Final = "\"“`'‘"
_QUOTED: Final = pattern("[\"“”‘`']([^\"“”’`'\n]{3,60})[\"“”’`']")
_ISO: Final = pattern(r"\b\d{4}-(\d\d)-(\d\d)\b")
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar enero janvier", "february feb februar febrero février",
            "march mar märz marzo mars", "april apr abril avril", "may mai mayo",
            "june jun juni junio juin", "july jul juli julio juillet",
            "august aug agosto août", "september sep sept septiembre septembre",
            "october oct oktober octubre octobre", "november nov noviembre novembre",
            "december dec dezember diciembre décembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH_NAMED: Final = pattern(rf"(?i)\b(?:{_MONTH})\b")
_DAY_FIRST: Final = pattern(
    rf"(?i)\b(\d{{1,2}})(?:st|nd|rd|th|\.)?\s(?:of\s|de\s)?({_MONTH})(?:$|[^\pL])"
)
_MONTH_FIRST: Final = pattern(
    rf"(?i)(?:^|[^\pL])({_MONTH})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?(?:$|[^\d:])"
)
_PLAIN: Final = frozenset(
    (
        "the", "this", "that", "these", "those", "your", "their", "with", "from", "have", "been",
        "has", "had", "was", "were", "will", "for", "and", "new", "all", "both", "each", "also",
        "just", "only", "about", "into", "onto", "over", "successfully", "successful", "now",
        "then", "you", "him", "her", "them", "our", "its", "they", "she", "please", "request",
        "requested", "task", "account", "email", "message", "details", "information", "following",
        "additional", "confirmation", "confirmed", "accordingly", "customer", "user", "users",
        "und", "der", "die", "das", "den", "dem", "ein", "eine", "einen", "ihre", "ihr", "sie",
        "mit", "für", "von", "wurde", "wurden", "habe", "los", "las", "una", "uno", "para", "por",
        "con", "del", "les", "des", "une", "votre", "vous", "pour", "avec", "dans",
    )
)  # fmt: skip


class Objects(Struct, frozen=True, gc=False):
    """What some words name.

    Attributes:
        amounts: sums of money.
        addresses: mail addresses, lower case.
        ids: words with digits in them that number something, as written.
        names: other words that may tell one thing from another, lower case.
        quoted: what stands in quotation marks.
        dates: days as (month, day).
    """

    amounts: tuple[float, ...]
    addresses: tuple[str, ...]
    ids: tuple[str, ...]
    names: frozenset[str]
    quoted: tuple[str, ...]
    dates: tuple[tuple[int, int], ...]


def number_from(text: str) -> float:
    """Return the value of a number as people write it: `1,250.50`, `1.250` is 1.25, `12,5` 12.5."""
    plain = text.replace(" ", "").replace("’", "").replace("'", "").replace(" ", "")
    head, comma, tail = plain.rpartition(",")
    if comma and len(tail) != 3:
        plain = head.replace(",", "") + "." + tail
    return float(plain.replace(",", ""))


@lru_cache(maxsize=1024)
def objects_in(text: str) -> Objects:
    """Return what a sentence names."""
    text = text[:_LONGEST]
    has_digits = any(digit in text for digit in "0123456789")
    words = [word.strip(_AROUND).lower() for word in text.split()]
    names = frozenset(
        word
        for word in words
        if len(word) > 2 and word not in _PLAIN and word not in _MONTHS and not word.isdigit()
    )
    return Objects(
        amounts=tuple(amount for amount, _ in amounts_in(text)) if has_digits else (),
        addresses=_addresses(text) if "@" in text else (),
        ids=_ids(text) if has_digits else (),
        names=names,
        quoted=_quoted(text),
        dates=dates_in(text) if has_digits else (),
    )


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(found.lower() for found in _ADDRESSES.findall(text))


def _ids(text: str) -> tuple[str, ...]:
    found = (name for name in _IDS.findall(text) if len(name) >= 3 and not name.isdigit())
    return tuple(name for name in found if not _is_measure(name))


def _quoted(text: str) -> tuple[str, ...]:
    if not any(mark in text for mark in _MARKS):
        return ()
    return tuple(_QUOTED.findall(text))


def _is_measure(word: str) -> bool:
    """Return whether a word is a number with what it counts ("5pm", "30min", "2nd")."""
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return digits.isdigit() or word[:1].isdigit()


def amounts_in(text: str) -> list[tuple[float, int]]:
    """Return the sums of money in a text, each with where it stands."""
    found: list[tuple[float, int]] = []
    for match in _AMOUNTS.finditer(text):
        written = match.group(1) or match.group(2) or match.group(3)
        found.append((number_from(written), match.start()))
    return found


def numbers_in(text: str) -> frozenset[float]:
    """Return every number in a text that is no part of a longer word."""
    spaced = text[:_LONGEST].replace('"', " ").replace(":", " ")
    return frozenset(abs(number_from(found)) for found in _NUMBERS.findall(spaced)[:_MOST])


def dates_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return the days that a text names, as (month, day)."""
    found = {(int(month), int(day)) for month, day in _ISO.findall(text)}
    if not text.isascii() or _MONTH_NAMED.search(text) is not None:
        found |= {(_MONTHS[month.lower()], int(day)) for day, month in _DAY_FIRST.findall(text)}
        found |= {(_MONTHS[month.lower()], int(day)) for month, day in _MONTH_FIRST.findall(text)}
    return tuple(sorted(found))


def shape_of(name: str) -> str:
    """Return the form of an id: letters kept before the first digit, then `9` and `a`."""
    place = next((i for i, letter in enumerate(name) if letter.isdigit()), len(name))
    rest = "".join("9" if letter.isdigit() else "a" for letter in name[place:])
    return name[:place].upper() + rest
