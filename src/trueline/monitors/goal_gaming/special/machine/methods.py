"""Methods of plain values that interpreted code may call, each bounded before it runs."""

from collections import deque
from typing import Any, Final

from trueline.monitors.goal_gaming.special.machine.values import (
    MAX_CHARS,
    Budget,
    StoppedError,
    bounded,
    listed,
)

METHODS: Final[dict[type, frozenset[str]]] = {
    str: frozenset({
        "capitalize", "casefold", "center", "count", "endswith", "find", "index", "isalnum",
        "isalpha", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isspace",
        "istitle", "isupper", "join", "ljust", "lower", "lstrip", "partition", "removeprefix",
        "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip",
        "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper", "zfill",
    }),
    list: frozenset({
        "append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse",
    }),
    tuple: frozenset({"count", "index"}),
    dict: frozenset({
        "clear", "copy", "elements", "get", "items", "keys", "most_common", "move_to_end", "pop",
        "popitem", "setdefault", "update", "values",
    }),
    set: frozenset({
        "add", "clear", "copy", "difference", "difference_update", "discard", "intersection",
        "intersection_update", "isdisjoint", "issubset", "issuperset", "pop", "remove",
        "symmetric_difference", "union", "update",
    }),
    frozenset: frozenset({"difference", "intersection", "issubset", "issuperset", "union"}),
    deque: frozenset({
        "append", "appendleft", "clear", "copy", "count", "extend", "extendleft", "index", "insert",
        "pop", "popleft", "remove", "reverse", "rotate",
    }),
    int: frozenset({"bit_count", "bit_length"}),
    float: frozenset({"is_integer"}),
}  # fmt: skip
"""Methods that may be called, by type."""

_CHEAP: Final = frozenset(
    {
        "add",
        "append",
        "appendleft",
        "discard",
        "get",
        "isalpha",
        "isdigit",
        "items",
        "keys",
        "pop",
        "popitem",
        "popleft",
        "setdefault",
        "values",
    }
)
"""Methods whose cost does not grow with the value they belong to."""

_TAKE_ITEMS: Final = frozenset(
    {
        "difference",
        "extend",
        "extendleft",
        "intersection",
        "join",
        "union",
        "update",
    }
)


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
    if name not in _CHEAP:
        budget.walk(value)
    for item in args:
        if name not in _CHEAP or isinstance(item, tuple | frozenset):
            budget.walk(item)
    if isinstance(value, str):
        _check_text(value, name, args)
    if name in ("keys", "values", "items"):
        return list(getattr(value, name)())
    if name in _TAKE_ITEMS:
        args = [item if isinstance(item, dict | str | set) else listed(item) for item in args]
    result = getattr(value, name)(*args, **kwargs)
    bounded(value)
    return listed(result) if name == "elements" else bounded(result)


def _check_text(value: str, name: str, args: list[Any]) -> None:
    """Raise `StoppedError` if a string method would make too long a text."""
    if name == "replace" and len(args) >= 2 and all(isinstance(item, str) for item in args[:2]):
        longest = (value.count(args[0]) + 1) * len(args[1])
    elif name == "join" and args:
        items = listed(args[0]) if not isinstance(args[0], str) else list(args[0])
        longest = sum(len(item) + len(value) for item in items if isinstance(item, str))
    elif name in ("zfill", "ljust", "rjust", "center") and args and isinstance(args[0], int):
        longest = args[0]
    else:
        return
    if longest > MAX_CHARS:
        raise StoppedError("text too long")
