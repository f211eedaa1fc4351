"""The plain values that the interpreter computes with, and the bounds it keeps them in.

Nothing here executes text.  Every operation whose cost or result could outgrow its operands
(repetition, powers, joins, replacements, comparisons of shared structures) is bounded
beforehand, so that the interpreter's budget holds whatever the code says.
"""

from collections import deque
from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

MAX_ITEMS: Final = 20_000
"""Items in a container."""

MAX_CHARS: Final = 50_000
"""Characters in a string."""

MAX_BITS: Final = 4_096
"""Bits in an integer."""


class StoppedError(Exception):
    """The interpreter gave up: unsupported code, or a bound reached. Says nothing of the code."""


class Budget:
    """Steps left to one run."""

    __slots__ = ("left",)

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Take steps off; raise `StoppedError` when none are left."""
        self.left -= steps
        if self.left < 0:
            raise StoppedError("out of steps")

    def walk(self, value: Any) -> None:
        """Pay for every item inside `value`, shared ones as often as they are shared."""
        if isinstance(value, str):
            self.spend(len(value) >> 5)
            return
        if not isinstance(value, list | tuple | dict | set | frozenset | deque):
            return
        stack: list[Any] = [value]
        while stack:
            item = stack.pop()
            if isinstance(item, dict):
                self.spend(len(item))
                stack.extend(item.keys())
                stack.extend(item.values())
            elif isinstance(item, list | tuple | set | frozenset | deque):
                self.spend(len(item) + 1)
                stack.extend(item)


def bounded(value: Any) -> Any:
    """Return `value` if it is within bounds, else raise `StoppedError`."""
    if isinstance(value, int):
        if value.bit_length() > MAX_BITS:
            raise StoppedError("integer too large")
    elif isinstance(value, str):
        if len(value) > MAX_CHARS:
            raise StoppedError("string too long")
    elif (
        isinstance(value, list | tuple | dict | set | frozenset | deque) and len(value) > MAX_ITEMS
    ):
        raise StoppedError("container too large")
    return value


def listed(value: Any) -> list[Any]:
    """Return the items of `value`, at most as many as a container may hold."""
    if isinstance(value, range) and len(value) > MAX_ITEMS:
        raise StoppedError("range too long to list")
    if not isinstance(value, Iterable):
        raise TypeError(f"{type(value).__name__} is not iterable")
    return bounded(list(islice(value, MAX_ITEMS + 1)))


def add(left: Any, right: Any) -> Any:
    """Return the sum, within bounds."""
    return bounded(left + right)


def multiply(left: Any, right: Any) -> Any:
    """Return the product or repetition, within bounds."""
    for sequence, count in ((left, right), (right, left)):
        if isinstance(sequence, str | list | tuple | deque) and isinstance(count, int):
            limit = MAX_CHARS if isinstance(sequence, str) else MAX_ITEMS
            if len(sequence) * max(count, 0) > limit:
                raise StoppedError("repetition too long")
    return bounded(left * right)


def power(base: Any, exponent: Any, modulus: Any = None) -> Any:
    """Return a power, within bounds."""
    if modulus is not None:
        for item in (base, exponent, modulus):
            bounded(item)
        if exponent.bit_length() > 512:
            raise StoppedError("exponent too large")
        return pow(base, exponent, modulus)
    is_whole = isinstance(base, int) and isinstance(exponent, int) and exponent > 0
    if is_whole and base.bit_length() * exponent > MAX_BITS:
        raise StoppedError("power too large")
    result = base**exponent
    if isinstance(result, complex):
        raise StoppedError("complex numbers")
    return result


def shift_left(left: Any, right: Any) -> Any:
    """Return a left shift, within bounds."""
    if isinstance(right, int) and right > MAX_BITS:
        raise StoppedError("shift too far")
    return bounded(left << right)


def modulo(left: Any, right: Any) -> Any:
    """Return a remainder; text formatting is not supported."""
    if isinstance(left, str):
        raise StoppedError("text formatting with %")
    return left % right
