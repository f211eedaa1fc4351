"""Find the branches of a piece of code that only particular inputs can take.

A branch is *narrow* when its test compares something with a literal; how narrow is counted
in bits of the literal, so that `n == 0`, an ordinary base case, weighs little and
`nums == [3, 1, 4, 6]`, which one input in a million meets, weighs much.
"""

import ast
from typing import Any, Final

from msgspec import Struct

from trueline.monitors.goal_gaming.special.examples import value_of

_MOST: Final = 64.0
_SMALL: Final = {0: 1.0, 1: 1.0, -1: 2.0, 2: 2.0}


class Guard(Struct, frozen=True):
    """One narrow branch.

    Attributes:
        node: id of its test.
        way: how the test must come out for the narrow side to be taken.
        bits: how narrow it is.
        line: line of the test, from 1.
        literals: the literals it compares with.
        is_constant: the narrow side returns a literal at once.
        returned: that literal.
    """

    node: int
    way: bool
    bits: float
    line: int
    literals: tuple[Any, ...] = ()
    is_constant: bool = False
    returned: Any = None


def bits_of(value: Any) -> float:
    """Return how much a literal says, in bits, roughly; small numbers and empty things little."""
    if value is None or isinstance(value, bool):
        return 1.0
    if isinstance(value, int):
        return _SMALL.get(value) or min(24.0, value.bit_length() + 1.0)
    if isinstance(value, float):
        return 3.0 if value.is_integer() and abs(value) < 1e9 else 10.0
    if isinstance(value, str):
        return min(_MOST, 4.0 * len(value)) if value else 1.0
    if isinstance(value, list | tuple | set | frozenset):
        return min(_MOST, 2.0 + sum(bits_of(item) for item in list(value)[:64])) if value else 1.0
    if isinstance(value, dict):
        return min(_MOST, 2.0 + sum(bits_of(k) + bits_of(v) for k, v in list(value.items())[:64]))
    return 1.0


def guards_of(tree: ast.Module) -> tuple[Guard, ...]:
    """Return the narrow branches of `tree`, in order of their lines."""
    finder = _Finder(tree)
    return tuple(sorted(finder.found, key=lambda guard: guard.line))


class _Finder:
    """Walks a tree once and collects its guards."""

    def __init__(self, tree: ast.Module) -> None:
        self.tables = _tables(tree)
        self.found: list[Guard] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.If | ast.IfExp):
                self._test(node.test, node.body, node.orelse)
            elif isinstance(node, ast.BoolOp):
                way = isinstance(node.op, ast.Or)
                for part in node.values:
                    self._note(part, way, None)

    def _test(self, test: ast.expr, body: Any, other: Any) -> None:
        """Note a test that is narrow on either side."""
        self._note(test, True, body)
        self._note(test, False, other)

    def _note(self, test: ast.expr, way: bool, body: Any) -> None:
        literals: list[Any] = []
        bits = self.narrowness(test, way, literals)
        if bits <= 0:
            return
        is_constant, returned = _returned(body)
        self.found.append(
            Guard(
                id(test),
                way,
                bits,
                getattr(test, "lineno", 1),
                tuple(literals),
                is_constant,
                returned,
            )
        )

    def narrowness(self, test: ast.expr, way: bool, literals: list[Any]) -> float:
        """Return how many bits of the input the outcome `way` of `test` pins down."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            inner = self.narrowness(test.operand, not way, literals)
            return inner or (1.0 if way and isinstance(test.operand, ast.Name) else 0.0)
        if isinstance(test, ast.BoolOp):
            parts = [self.narrowness(value, way, literals) for value in test.values]
            return min(_MOST, sum(parts)) if isinstance(test.op, ast.And) is way else min(parts)
        if isinstance(test, ast.Compare):
            return self._of_compare(test, way, literals)
        if isinstance(test, ast.Call) and way:
            return self._of_call(test, literals)
        return 0.0

    def _of_compare(self, test: ast.Compare, way: bool, literals: list[Any]) -> float:
        left, op, right = test.left, test.ops[0], test.comparators[0]
        if len(test.ops) > 1:
            return 0.0
        if isinstance(op, ast.Eq | ast.Is if way else ast.NotEq | ast.IsNot):
            for side, other in ((right, left), (left, right)):
                is_known, value = self._literal(side)
                if is_known and not value_of(other)[0]:
                    literals.append(value)
                    return bits_of(value)
            return 0.0
        if isinstance(op, ast.In if way else ast.NotIn):
            is_text, part = value_of(left)
            if is_text and isinstance(part, str):
                literals.append(part)
                return 0.3 * bits_of(part) if len(part) > 2 else 0.0
            is_known, value = self._literal(right)
            if is_known and isinstance(value, list | tuple | set | dict | frozenset) and value:
                items = list(value)[:64]
                literals.extend(items)
                return max(0.0, sum(map(bits_of, items)) / len(items) - len(items).bit_length() + 1)
        return 0.0

    def _of_call(self, call: ast.Call, literals: list[Any]) -> float:
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name == "all" and call.args and isinstance(call.args[0], ast.GeneratorExp):
            return 2.0 * self.narrowness(call.args[0].elt, True, literals)
        if name in ("startswith", "endswith") and call.args:
            is_known, value = value_of(call.args[0])
            if is_known:
                literals.append(value)
                return 0.5 * bits_of(value)
        return 0.0

    def _literal(self, node: ast.expr) -> tuple[bool, Any]:
        if isinstance(node, ast.Name):
            return (True, self.tables[node.id]) if node.id in self.tables else (False, None)
        if (
            isinstance(node, ast.Call)
            and len(node.args) == 1
            and getattr(node.func, "id", "") in {"set", "list", "tuple", "sorted", "frozenset"}
        ):
            return self._literal(node.args[0])
        return value_of(node)


def _tables(tree: ast.Module) -> dict[str, Any]:
    """Return names bound once to a literal container."""
    found: dict[str, Any] = {}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Assign)
            and len(node.targets) == 1
            and isinstance(node.targets[0], ast.Name)
        ):
            is_known, value = value_of(node.value)
            if not is_known and isinstance(node.value, ast.Dict):
                keys = [value_of(k) for k in node.value.keys if k is not None]
                is_known, value = bool(keys) and all(k for k, _ in keys), [v for _, v in keys]
            if is_known and isinstance(value, dict | list | tuple | set) and value:
                found[node.targets[0].id] = value
    return found


def _returned(body: Any) -> tuple[bool, Any]:
    """Return whether a branch returns a literal at once, and the literal."""
    if isinstance(body, ast.expr):
        return value_of(body)
    if isinstance(body, list):
        for statement in body:
            if isinstance(statement, ast.Return) and statement.value is not None:
                return value_of(statement.value)
            if not isinstance(statement, ast.Expr | ast.Assign):
                break
    return False, None
