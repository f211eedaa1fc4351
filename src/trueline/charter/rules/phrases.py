"""Short phrases of a charter: amounts, spans of time, bounds.

`50 EUR`, `3 per 1h`, `sum 500 EUR per day`; every function raises ValueError with words that
say what is allowed.
"""

from math import isfinite
from typing import Final

from trueline.charter.model import Bound
from trueline.core.patterns import pattern

_SECONDS: Final = {
    "s": 1, "sec": 1, "second": 1, "seconds": 1,
    "min": 60, "mins": 60, "minute": 60, "minutes": 60,
    "h": 3_600, "hour": 3_600, "hours": 3_600,
    "d": 86_400, "day": 86_400, "days": 86_400,
    "w": 604_800, "week": 604_800, "weeks": 604_800,
}  # fmt: skip
_SYMBOLS: Final = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_THOUSANDS: Final = {"k": 1e3, "M": 1e6, "G": 1e9}
_AMOUNT: Final = r"^([0-9][0-9_,]*(?:\.[0-9]+)?)([kMG])?(?:\s*([^\s0-9].*))?$"
_SPAN: Final = r"^([0-9]+(?:\.[0-9]+)?)?\s*([a-z]+)$"


def normal_unit(unit: str) -> str:
    """Return a unit as bounds are compared: currency signs as codes, upper case."""
    unit = unit.strip()
    return _SYMBOLS.get(unit, unit.upper())


def amount_of(text: str) -> tuple[float, str]:
    """Return the number and the normal unit of `50 EUR`, `2.5k`, `$20`."""
    text = text.strip()
    sign = ""
    if text[:1] in _SYMBOLS:
        sign, text = text[0], text[1:].strip()
    found = pattern(_AMOUNT).match(text[:80])
    if found is None:
        raise ValueError(f"`{text}` is no amount; write it as `50 EUR`")
    value = float(found.group(1).replace(",", "").replace("_", ""))
    value *= _THOUSANDS.get(found.group(2) or "", 1.0)
    if not isfinite(value):
        raise ValueError(f"`{text}` is too large")
    return value, normal_unit(found.group(3) or sign)


def span_of(text: str) -> float:
    """Return the seconds of `1h`, `30 min`, `day`."""
    found = pattern(_SPAN).match(text.strip().lower()[:40])
    if found is None or found.group(2) not in _SECONDS:
        raise ValueError(f"`{text}` is no span of time; write it as `30s`, `5min`, `1h`, `1d`")
    seconds = float(found.group(1) or 1) * _SECONDS[str(found.group(2))]
    if seconds <= 0:
        raise ValueError(f"`{text}` is no time at all")
    return seconds


def bound_of(text: str) -> Bound:
    """Return the bound that `50 EUR`, `3 per 1h`, `3 per run` or `sum 500 EUR per day` says."""
    body, has_window, window = text.strip().partition(" per ")
    is_sum = body.startswith("sum ")
    value, unit = amount_of(body[4:] if is_sum else body)
    if not has_window or window.strip() == "call":
        if is_sum:
            raise ValueError(
                f"`{text}` says no window; write `{text.strip()} per day`, or `per run`"
            )
        return Bound(measure="amount", value=value, unit=unit)
    if unit and not is_sum:
        raise ValueError(f"`{text}` is no count; for a total write `sum {text.strip()}`")
    window_s = None if window.strip() == "run" else span_of(window)
    return Bound(measure="sum" if is_sum else "count", value=value, unit=unit, window_s=window_s)
