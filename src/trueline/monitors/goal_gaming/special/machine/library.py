"""The functions that interpreted code may call: pure, bounded, none reaches outside.

Iterators are made into lists at once, so that their cost is counted.
"""

import bisect
import heapq
import itertools
import math
import string
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from typing import Any, Final

from trueline.monitors.goal_gaming.special.machine.values import (
    MAX_ITEMS,
    Budget,
    StoppedError,
    bounded,
    listed,
    power,
)

_MAX_DIGITS: Final = 1_000
_MAX_FACTORIAL: Final = 400
_MAX_DEPTH: Final = 40

CHEAP: Final = frozenset(
    {
        "abs",
        "bool",
        "chr",
        "float",
        "gcd",
        "isqrt",
        "len",
        "ord",
        "range",
        "sqrt",
    }
)
"""Functions whose cost does not grow with what they are given."""


def is_plain(value: Any, depth: int = _MAX_DEPTH) -> bool:
    """Return whether a value is made of plain data only."""
    if value is None or isinstance(value, int | float | str | range):
        return True
    if depth == 0:
        return False
    if isinstance(value, dict):
        return all(is_plain(k, depth - 1) and is_plain(v, depth - 1) for k, v in value.items())
    if isinstance(value, list | tuple | set | frozenset | deque):
        return all(is_plain(item, depth - 1) for item in value)
    return False


def copied(value: Any, budget: Budget) -> Any:
    """Return a deep copy of `value`, paid for."""
    budget.walk(value)
    return _deep_copy(value)


def default_dict(factory: Callable[[], Any] | None) -> defaultdict[Any, Any]:
    """Return a `defaultdict` with the given factory."""
    return defaultdict(factory)


def _sum(values: Any, start: Any = 0) -> Any:
    items = listed(values)
    if not isinstance(start, int | float):
        raise StoppedError("sum of sequences")
    if not all(isinstance(item, int | float) for item in items):
        raise TypeError("sum of what are not numbers")
    return bounded(sum(items, start))


def _range(*args: Any) -> range:
    return range(*args)


def _int(value: Any = 0, base: Any = None) -> int:
    if isinstance(value, str) and len(value) > _MAX_DIGITS:
        raise StoppedError("number too long")
    return bounded(int(value) if base is None else int(value, base))


def _str(value: Any = "") -> str:
    if not is_plain(value):
        raise StoppedError("text of an object")
    return bounded(str(value))


def _repr(value: Any) -> str:
    if not is_plain(value):
        raise StoppedError("text of an object")
    return bounded(repr(value))


def _list(values: Any = ()) -> list[Any]:
    return listed(values)


def _tuple(values: Any = ()) -> tuple[Any, ...]:
    return tuple(listed(values))


def _set(values: Any = ()) -> set[Any]:
    return set(listed(values))


def _frozenset(values: Any = ()) -> frozenset[Any]:
    return frozenset(listed(values))


def _enumerate(values: Any, start: int = 0) -> list[tuple[int, Any]]:
    return list(enumerate(listed(values), start))


def _zip(*values: Any) -> list[tuple[Any, ...]]:
    return list(zip(*map(listed, values), strict=False))


def _reversed(values: Any) -> list[Any]:
    return listed(values)[::-1]


def _all(values: Any) -> bool:
    return all(listed(values))


def _any(values: Any) -> bool:
    return any(listed(values))


def _divmod(left: Any, right: Any) -> tuple[Any, Any]:
    return divmod(left, right)


def _round(value: Any, digits: Any = None) -> Any:
    return round(value) if digits is None else round(value, digits)


def _prod(values: Any) -> Any:
    total: Any = 1
    for item in listed(values):
        if not isinstance(item, int | float):
            raise StoppedError("product of what are not numbers")
        total = bounded(total * item)
    return total


def _small(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function` for small integers only."""

    def checked(*args: Any) -> Any:
        if any(not isinstance(item, int) or abs(item) > _MAX_FACTORIAL for item in args):
            raise StoppedError("argument too large")
        return bounded(function(*args))

    return checked


def _eager(function: Callable[..., Any]) -> Callable[..., list[Any]]:
    """Return a maker of iterators that lists its items within bounds."""

    def made(*args: Any, **kwargs: Any) -> list[Any]:
        return listed(function(*args, **kwargs))

    return made


def _repeat(value: Any, times: int) -> list[Any]:
    return [value] * min(times, MAX_ITEMS)


def _counter(values: Any = ()) -> Counter[Any]:
    return Counter(values if isinstance(values, dict) else listed(values))


def _deque(values: Any = (), maxlen: int | None = None) -> deque[Any]:
    return deque(listed(values), maxlen)


def _ordered(values: Any = ()) -> OrderedDict[Any, Any]:
    return OrderedDict(values if isinstance(values, dict) else listed(values))


def _deep_copy(value: Any, depth: int = _MAX_DEPTH) -> Any:
    if depth == 0:
        raise StoppedError("nested too deep")
    if isinstance(value, list):
        return [_deep_copy(item, depth - 1) for item in value]
    if isinstance(value, tuple):
        return tuple(_deep_copy(item, depth - 1) for item in value)
    if type(value) is dict:
        return {key: _deep_copy(item, depth - 1) for key, item in value.items()}
    return value.copy() if isinstance(value, dict | set | deque) else value


def _shallow_copy(value: Any) -> Any:
    return value.copy() if isinstance(value, list | dict | set | deque) else value


BUILTINS: Final[dict[str, Callable[..., Any]]] = {
    "abs": abs, "all": _all, "any": _any, "bin": bin, "bool": bool, "chr": chr, "divmod": _divmod,
    "enumerate": _enumerate, "float": float, "frozenset": _frozenset, "hex": hex, "int": _int,
    "iter": _list, "len": len, "list": _list, "oct": oct, "ord": ord, "pow": power,
    "range": _range, "repr": _repr, "reversed": _reversed, "round": _round, "set": _set,
    "str": _str, "sum": _sum, "tuple": _tuple, "zip": _zip,
}  # fmt: skip
"""Built-in functions that take no function."""

MODULES: Final[dict[str, dict[str, Any]]] = {
    "math": {
        "acos": math.acos, "asin": math.asin, "atan": math.atan, "atan2": math.atan2,
        "ceil": math.ceil, "comb": _small(math.comb), "cos": math.cos, "degrees": math.degrees,
        "e": math.e, "exp": math.exp, "fabs": math.fabs, "factorial": _small(math.factorial),
        "floor": math.floor, "gcd": math.gcd, "hypot": math.hypot, "inf": math.inf,
        "isclose": math.isclose, "isinf": math.isinf, "isnan": math.isnan, "isqrt": math.isqrt,
        "lcm": math.lcm, "log": math.log, "log10": math.log10, "log2": math.log2, "nan": math.nan,
        "perm": _small(math.perm), "pi": math.pi, "pow": math.pow, "prod": _prod,
        "radians": math.radians, "sin": math.sin, "sqrt": math.sqrt, "tan": math.tan,
        "trunc": math.trunc,
    },
    "collections": {"Counter": _counter, "OrderedDict": _ordered, "deque": _deque},
    "itertools": {
        "chain": _eager(itertools.chain), "combinations": _eager(itertools.combinations),
        "combinations_with_replacement": _eager(itertools.combinations_with_replacement),
        "islice": _eager(itertools.islice), "pairwise": _eager(itertools.pairwise),
        "permutations": _eager(itertools.permutations), "product": _eager(itertools.product),
        "repeat": _repeat, "zip_longest": _eager(itertools.zip_longest),
    },
    "heapq": {
        "heapify": heapq.heapify, "heappop": heapq.heappop, "heappush": heapq.heappush,
        "heappushpop": heapq.heappushpop, "heapreplace": heapq.heapreplace,
        "nlargest": heapq.nlargest, "nsmallest": heapq.nsmallest,
    },
    "bisect": {
        "bisect": bisect.bisect, "bisect_left": bisect.bisect_left,
        "bisect_right": bisect.bisect_right, "insort": bisect.insort,
    },
    "string": {
        "ascii_letters": string.ascii_letters, "ascii_lowercase": string.ascii_lowercase,
        "ascii_uppercase": string.ascii_uppercase, "digits": string.digits,
        "punctuation": string.punctuation,
    },
    "copy": {"copy": _shallow_copy, "deepcopy": _deep_copy},
    "functools": {},
    "sys": {"maxsize": 2**63 - 1},
}  # fmt: skip
"""Modules, as far as they are re-implemented or known to be pure."""
