"""Functions that take functions: sorting, mapping, reducing, whose keys the interpreter runs."""

from collections.abc import Callable
from typing import Any, Final, Protocol

from trueline.monitors.goal_gaming.special.machine.library import default_dict
from trueline.monitors.goal_gaming.special.machine.scopes import RaisedError
from trueline.monitors.goal_gaming.special.machine.values import (
    Budget,
    StoppedError,
    add,
    listed,
)

TYPES: Final[dict[str, type]] = {
    "int": int, "str": str, "list": list, "tuple": tuple, "dict": dict, "set": set, "float": float,
    "bool": bool, "frozenset": frozenset,
}  # fmt: skip
"""Types that interpreted code may name."""


class Caller(Protocol):
    """The part of the interpreter that calls functions."""

    budget: Budget

    def apply(self, function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Call whatever can be called."""
        ...


def is_library(value: Any) -> bool:
    """Return whether a value stands for a function of the library."""
    return isinstance(value, tuple) and len(value) in (2, 3) and value[0] in ("builtin", "member")


def sort(caller: Caller, items: list[Any], kwargs: dict[str, Any]) -> list[Any]:
    """Return items sorted, keys computed by the interpreter."""
    if set(kwargs) - {"key", "reverse"}:
        raise TypeError("unexpected argument")
    keys = _keys(caller, items, kwargs)
    order = sorted(range(len(items)), key=keys.__getitem__, reverse=bool(kwargs.get("reverse")))
    return [items[index] for index in order]


def _keys(caller: Caller, items: list[Any], kwargs: dict[str, Any]) -> list[Any]:
    """Return the sort key of each item, paid for."""
    caller.budget.walk(items)
    key = kwargs.get("key")
    if key is None:
        return items
    keys = [caller.apply(key, [item], {}) for item in items]
    caller.budget.walk(keys)
    return keys


def _sorted(caller: Caller, args: list[Any], kwargs: dict[str, Any]) -> list[Any]:
    return sort(caller, listed(args[0]), kwargs)


def _extreme(caller: Caller, args: list[Any], kwargs: dict[str, Any], *, least: bool) -> Any:
    """Return the least or greatest item."""
    items = listed(args[0]) if len(args) == 1 else args
    if not items and "default" in kwargs:
        return kwargs["default"]
    keys = _keys(caller, items, kwargs)
    pick = min if least else max
    return items[pick(range(len(items)), key=keys.__getitem__)]


def _min(caller: Caller, args: list[Any], kwargs: dict[str, Any]) -> Any:
    return _extreme(caller, args, kwargs, least=True)


def _max(caller: Caller, args: list[Any], kwargs: dict[str, Any]) -> Any:
    return _extreme(caller, args, kwargs, least=False)


def _map(caller: Caller, args: list[Any], kwargs: dict[str, Any]) -> list[Any]:
    rows = zip(*map(listed, args[1:]), strict=False)
    return [caller.apply(args[0], list(row), kwargs) for row in rows]


def _filter(caller: Caller, args: list[Any], kwargs: dict[str, Any]) -> list[Any]:
    test = args[0]
    return [x for x in listed(args[1]) if (x if test is None else caller.apply(test, [x], kwargs))]


def _isinstance(_caller: Caller, args: list[Any], _kwargs: dict[str, Any]) -> bool:
    kinds = args[1] if isinstance(args[1], tuple) and not is_library(args[1]) else (args[1],)
    return any(is_library(kind) and isinstance(args[0], TYPES.get(kind[-1], ())) for kind in kinds)


def _next(_caller: Caller, args: list[Any], _kwargs: dict[str, Any]) -> Any:
    items = listed(args[0])
    if items:
        return items[0]
    if len(args) > 1:
        return args[1]
    raise RaisedError("StopIteration")


def _dict(_caller: Caller, args: list[Any], kwargs: dict[str, Any]) -> dict[Any, Any]:
    source = args[0] if args else {}
    return {**(dict(source) if isinstance(source, dict) else dict(listed(source))), **kwargs}


def _print(_caller: Caller, _args: list[Any], _kwargs: dict[str, Any]) -> None:
    return None


def _reduce(caller: Caller, args: list[Any], _kwargs: dict[str, Any]) -> Any:
    items = listed(args[1])
    total = args[2] if len(args) > 2 else items.pop(0)
    for item in items:
        total = caller.apply(args[0], [total, item], {})
    return total


def _accumulate(caller: Caller, args: list[Any], kwargs: dict[str, Any]) -> list[Any]:
    if kwargs:
        raise StoppedError("accumulate with keywords")
    totals: list[Any] = []
    for item in listed(args[0]):
        if not totals:
            totals.append(item)
        elif len(args) > 1:
            totals.append(caller.apply(args[1], [totals[-1], item], {}))
        else:
            totals.append(add(totals[-1], item))
    return totals


def _default_dict(caller: Caller, args: list[Any], _kwargs: dict[str, Any]) -> Any:
    if not args or args[0] is None:
        return default_dict(None)
    factory = args[0]
    if is_library(factory) and factory[-1] in TYPES:
        return default_dict(TYPES[factory[-1]])
    return default_dict(lambda: caller.apply(factory, [], {}))


HIGHER: Final[dict[str, Callable[[Caller, list[Any], dict[str, Any]], Any]]] = {
    "accumulate": _accumulate, "defaultdict": _default_dict, "dict": _dict, "filter": _filter,
    "isinstance": _isinstance, "map": _map, "max": _max, "min": _min, "next": _next,
    "print": _print, "reduce": _reduce, "sorted": _sorted,
}  # fmt: skip
"""Functions that the interpreter itself must help to run."""
