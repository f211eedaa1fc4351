"""The functions and methods that the interpreter knows: pure, bounded, none reaches outside.

Iterators are made into lists at once, so that their cost is counted.
"""

import bisect
import heapq
import itertools
import math
import string
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable
from typing import Any, Final

from trueline.monitors.goal_gaming.special.values import (
    MAX_CHARS,
    MAX_ITEMS,
    Budget,
    StoppedError,
    bounded,
    power,
)

CHEAP: Final = frozenset({
    "len", "append", "appendleft", "pop", "popleft", "popitem", "get", "add", "discard", "isinstance",
    "keys", "items", "values", "setdefault", "abs", "ord", "chr", "isdigit", "isalpha", "bool", "range",
    "gcd", "sqrt", "isqrt", "float",
})  # fmt: skip
"""Names whose cost does not grow with what they are given."""

METHODS: Final[dict[type, frozenset[str]]] = {
    str: frozenset({
        "split", "join", "replace", "strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize",
        "swapcase", "startswith", "endswith", "find", "rfind", "index", "rindex", "count", "isdigit",
        "isalpha", "isalnum", "isupper", "islower", "isspace", "isnumeric", "isdecimal", "zfill", "ljust",
        "rjust", "center", "splitlines", "rsplit", "partition", "rpartition", "removeprefix",
        "removesuffix", "casefold", "isidentifier", "istitle",
    }),
    list: frozenset({"append", "extend", "pop", "insert", "remove", "index", "count", "reverse", "copy",
                     "clear"}),
    tuple: frozenset({"index", "count"}),
    dict: frozenset({"get", "keys", "values", "items", "pop", "setdefault", "update", "copy", "clear",
                     "popitem", "most_common", "elements", "move_to_end"}),
    set: frozenset({"add", "remove", "discard", "pop", "union", "intersection", "difference", "update",
                    "issubset", "issuperset", "copy", "clear", "symmetric_difference", "isdisjoint",
                    "difference_update", "intersection_update"}),
    frozenset: frozenset({"union", "intersection", "difference", "issubset", "issuperset"}),
    deque: frozenset({"append", "appendleft", "pop", "popleft", "extend", "extendleft", "rotate",
                      "clear", "copy", "count", "remove", "reverse", "index", "insert"}),
    int: frozenset({"bit_length", "bit_count"}),
    float: frozenset({"is_integer"}),
}  # fmt: skip
"""Methods that may be called, by type."""


def listed(value: Any) -> list[Any]:
    """Return the items of `value`, at most as many as a container may hold."""
    if isinstance(value, range) and len(value) > MAX_ITEMS:
        raise StoppedError("range too long to list")
    if not isinstance(value, Iterable):
        raise TypeError(f"{type(value).__name__} is not iterable")
    return bounded(list(itertools.islice(value, MAX_ITEMS + 1)))


def _sum(values: Any, start: Any = 0) -> Any:
    """Return a sum of numbers."""
    if not isinstance(start, int | float):
        raise StoppedError("sum of sequences")
    items = listed(values)
    if not all(isinstance(item, int | float) for item in items):
        raise TypeError("sum of what are not numbers")
    return bounded(sum(items, start))


def _range(*args: Any) -> range:
    """Return a range of integers."""
    return range(*args)


def _int(value: Any = 0, base: Any = None) -> int:
    """Return an integer from a number or text."""
    if isinstance(value, str) and len(value) > 1000:
        raise StoppedError("number too long")
    return bounded(int(value) if base is None else int(value, base))


def _str(value: Any = "") -> str:
    """Return text for a plain value."""
    if not is_plain(value):
        raise StoppedError("text of an object")
    return bounded(str(value))


def _repr(value: Any) -> str:
    """Return the literal for a plain value."""
    if not is_plain(value):
        raise StoppedError("text of an object")
    return bounded(repr(value))


def is_plain(value: Any, depth: int = 40) -> bool:
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


def _small(function: Callable[..., Any], limit: int) -> Callable[..., Any]:
    """Return `function` for integers up to `limit` only."""

    def checked(*args: Any) -> Any:
        if any(not isinstance(a, int) or abs(a) > limit for a in args):
            raise StoppedError("argument too large")
        return bounded(function(*args))

    return checked


def _product(function: Callable[..., Any]) -> Callable[..., list[Any]]:
    """Return an iterator maker that lists its items within bounds."""

    def made(*args: Any, **kwargs: Any) -> list[Any]:
        return listed(function(*args, **kwargs))

    return made


def _divmod(left: Any, right: Any) -> tuple[Any, Any]:
    """Return quotient and remainder of numbers."""
    return divmod(left, right)


def _round(value: Any, digits: Any = None) -> Any:
    """Return a number rounded."""
    return round(value) if digits is None else round(value, digits)


BUILTINS: Final[dict[str, Callable[..., Any]]] = {
    "len": len, "abs": abs, "int": _int, "str": _str, "repr": _repr, "bool": bool, "ord": ord, "chr": chr,
    "float": float, "range": _range, "list": lambda v=(): listed(v), "tuple": lambda v=(): tuple(listed(v)),
    "set": lambda v=(): set(listed(v)), "frozenset": lambda v=(): frozenset(listed(v)),
    "enumerate": lambda v, start=0: list(enumerate(listed(v), start)),
    "zip": lambda *vs: list(zip(*map(listed, vs), strict=False)), "reversed": lambda v: listed(v)[::-1],
    "sum": _sum, "all": lambda v: all(listed(v)), "any": lambda v: any(listed(v)), "divmod": _divmod,
    "round": _round, "pow": power, "bin": bin, "hex": hex, "oct": oct, "iter": listed,
    "hash": lambda _v: 0,
}  # fmt: skip
"""Built-in functions that take no function."""

MODULES: Final[dict[str, dict[str, Any]]] = {
    "math": {
        "sqrt": math.sqrt, "isqrt": math.isqrt, "gcd": math.gcd, "lcm": math.lcm, "ceil": math.ceil,
        "floor": math.floor, "log": math.log, "log2": math.log2, "log10": math.log10, "pi": math.pi,
        "e": math.e, "inf": math.inf, "nan": math.nan, "sin": math.sin, "cos": math.cos, "tan": math.tan,
        "atan": math.atan, "atan2": math.atan2, "hypot": math.hypot, "fabs": math.fabs, "trunc": math.trunc,
        "pow": math.pow, "factorial": _small(math.factorial, 400), "comb": _small(math.comb, 400),
        "perm": _small(math.perm, 400), "prod": lambda v: _product_of(v), "isclose": math.isclose,
        "degrees": math.degrees, "radians": math.radians, "exp": math.exp, "acos": math.acos,
        "asin": math.asin, "isinf": math.isinf, "isnan": math.isnan,
    },
    "collections": {
        "Counter": lambda v=(): Counter(v if isinstance(v, dict) else listed(v)),
        "deque": lambda v=(), maxlen=None: deque(listed(v), maxlen),
        "OrderedDict": lambda v=(): OrderedDict(v if isinstance(v, dict) else listed(v)),
    },
    "itertools": {
        "permutations": _product(itertools.permutations), "combinations": _product(itertools.combinations),
        "product": _product(itertools.product), "chain": _product(itertools.chain),
        "zip_longest": _product(itertools.zip_longest), "islice": _product(itertools.islice),
        "combinations_with_replacement": _product(itertools.combinations_with_replacement),
        "repeat": lambda v, n: [v] * min(n, MAX_ITEMS), "pairwise": _product(itertools.pairwise),
    },
    "heapq": {"heappush": heapq.heappush, "heappop": heapq.heappop, "heapify": heapq.heapify,
              "nsmallest": heapq.nsmallest, "nlargest": heapq.nlargest, "heappushpop": heapq.heappushpop,
              "heapreplace": heapq.heapreplace},
    "bisect": {"bisect_left": bisect.bisect_left, "bisect_right": bisect.bisect_right,
               "bisect": bisect.bisect, "insort": bisect.insort},
    "string": {"ascii_lowercase": string.ascii_lowercase, "ascii_uppercase": string.ascii_uppercase,
               "ascii_letters": string.ascii_letters, "digits": string.digits,
               "punctuation": string.punctuation},
    "copy": {"deepcopy": lambda v: _copied(v), "copy": lambda v: v[:] if isinstance(v, list) else v.copy()},
    "typing": {}, "functools": {}, "sys": {"maxsize": 2**63 - 1},
}  # fmt: skip
"""Modules, as far as they are re-implemented or known to be pure."""


def _product_of(values: Any) -> Any:
    """Return a product of numbers."""
    total: Any = 1
    for item in listed(values):
        if not isinstance(item, int | float):
            raise StoppedError("product of what are not numbers")
        total = bounded(total * item)
    return total


def _copied(value: Any, depth: int = 40) -> Any:
    """Return a deep copy of lists, dicts, sets and tuples."""
    if depth == 0:
        raise StoppedError("nested too deep")
    if isinstance(value, list):
        return [_copied(item, depth - 1) for item in value]
    if isinstance(value, tuple):
        return tuple(_copied(item, depth - 1) for item in value)
    if type(value) is dict:
        return {key: _copied(item, depth - 1) for key, item in value.items()}
    return value.copy() if isinstance(value, dict | set | deque) else value


def copied(value: Any, budget: Budget) -> Any:
    """Return a deep copy of `value`, paid for."""
    budget.walk(value)
    return _copied(value)


def default_dict(factory: Any = None, *rest: Any) -> defaultdict[Any, Any]:
    """Return a `defaultdict`, whose factory must be a known type or a zero-argument callable."""
    if rest:
        raise StoppedError("defaultdict with content")
    return defaultdict(factory)


def call_method(
    value: Any, name: str, args: list[Any], kwargs: dict[str, Any], budget: Budget
) -> Any:
    """Call a method of a plain value, within bounds.

    Raises:
        StoppedError: the method is not known, or a bound would be passed.
    """
    known = next((names for kind, names in METHODS.items() if isinstance(value, kind)), None)
    if known is None or name not in known:
        raise StoppedError(f"method {name}")
    if name not in CHEAP:
        budget.walk(value)
    for item in args:
        if name not in CHEAP or isinstance(item, tuple | frozenset):
            budget.walk(item)
    if isinstance(value, str):
        _check_text(value, name, args)
    if name in ("keys", "values", "items"):
        return list(getattr(value, name)())
    if name in ("extend", "extendleft", "union", "update", "join", "intersection", "difference"):
        args = [a if isinstance(a, dict | str | set) else listed(a) for a in args]
    result = getattr(value, name)(*args, **kwargs)
    bounded(value)
    return listed(result) if name == "elements" else bounded(result)


def _check_text(value: str, name: str, args: list[Any]) -> None:
    """Raise `StoppedError` if a string method would make too long a text."""
    if name == "replace" and len(args) >= 2 and all(isinstance(a, str) for a in args[:2]):
        if (value.count(args[0]) + 1) * len(args[1]) > MAX_CHARS:
            raise StoppedError("replacement too long")
    elif name == "join" and args:
        items = listed(args[0]) if not isinstance(args[0], str) else list(args[0])
        if sum(len(i) + len(value) for i in items if isinstance(i, str)) > MAX_CHARS:
            raise StoppedError("join too long")
    elif name in ("zfill", "ljust", "rjust", "center") and args and isinstance(args[0], int):
        if args[0] > MAX_CHARS:
            raise StoppedError("padding too long")
