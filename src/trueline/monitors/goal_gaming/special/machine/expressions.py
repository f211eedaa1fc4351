"""Evaluate expressions of the interpreted code; statements are in `interpreter`."""

import ast
import operator
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, Final, cast

from trueline.monitors.goal_gaming.special.machine.higher import HIGHER, TYPES, is_library, sort
from trueline.monitors.goal_gaming.special.machine.library import (
    BUILTINS,
    CHEAP,
    MODULES,
    is_plain,
)
from trueline.monitors.goal_gaming.special.machine.methods import call_method
from trueline.monitors.goal_gaming.special.machine.scopes import (
    Bound,
    Function,
    Kind,
    Module,
    Scope,
    Thing,
)
from trueline.monitors.goal_gaming.special.machine.values import (
    Budget,
    StoppedError,
    add,
    bounded,
    listed,
    modulo,
    multiply,
    power,
    shift_left,
)

BINARY: Final[dict[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: add, ast.Sub: operator.sub, ast.Mult: multiply, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: modulo, ast.Pow: power, ast.LShift: shift_left,
    ast.RShift: operator.rshift, ast.BitAnd: operator.and_, ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}  # fmt: skip
_COMPARE: Final[dict[type[ast.cmpop], Callable[[Any, Any], Any]]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Is: operator.is_, ast.IsNot: operator.is_not,
    ast.In: lambda a, b: a in b, ast.NotIn: lambda a, b: a not in b,
}  # fmt: skip
_UNARY: Final[dict[type[ast.unaryop], Callable[[Any], Any]]] = {
    ast.Not: operator.not_, ast.USub: operator.neg, ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
}  # fmt: skip


class Evaluator:
    """Expressions of one run.

    Attributes:
        budget: steps left.
        off: ids of nodes whose test is to count as the given value.
        taken: ids of tests that came out true (or false for negated ones) during the run.
    """

    def __init__(self, steps: int, off: dict[int, bool]) -> None:
        self.budget = Budget(steps)
        self.off = off
        self.taken: set[tuple[int, bool]] = set()
        self._table: dict[type[ast.AST], Callable[[Any, Scope], Any]] = {
            ast.Constant: self._constant, ast.Name: self._name, ast.BinOp: self._binary,
            ast.BoolOp: self._boolean, ast.Compare: self._compare, ast.Call: self._call,
            ast.Subscript: self._subscript, ast.Attribute: self._attribute, ast.List: self._list,
            ast.Tuple: self._tuple, ast.Dict: self._dict, ast.Set: self._set,
            ast.UnaryOp: self._unary,
            ast.IfExp: self._either, ast.ListComp: self._list_comp, ast.SetComp: self._set_comp,
            ast.GeneratorExp: self._list_comp, ast.DictComp: self._dict_comp,
            ast.Lambda: self._lambda,
            ast.JoinedStr: self._joined, ast.NamedExpr: self._named, ast.Slice: self._slice,
            ast.Yield: self._yield, ast.YieldFrom: self._yield_from,
        }  # fmt: skip

    def value(self, node: ast.expr, scope: Scope) -> Any:
        """Return the value of `node`."""
        self.budget.left -= 1
        if self.budget.left < 0:
            raise StoppedError("out of steps")
        handler = self._table.get(type(node))
        if handler is None:
            raise StoppedError(type(node).__name__)
        return handler(node, scope)

    def truth(self, node: ast.expr, scope: Scope) -> bool:
        """Return whether a test holds, unless it is switched off; note how it came out."""
        forced = self.off.get(id(node))
        if forced is not None:
            return forced
        held = bool(self.value(node, scope))
        self.taken.add((id(node), held))
        return held

    def call(self, function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Call a function of the code; the interpreter of statements does it."""
        raise NotImplementedError

    def assign(self, target: ast.expr, value: Any, scope: Scope) -> None:
        """Bind a target; the interpreter of statements does it."""
        raise NotImplementedError

    def _constant(self, node: ast.Constant, _scope: Scope) -> Any:
        if not isinstance(node.value, int | float | str | None):
            raise StoppedError("constant")
        return bounded(node.value)

    def _name(self, node: ast.Name, scope: Scope) -> Any:
        try:
            return scope.read(node.id)
        except KeyError:
            pass
        if node.id in BUILTINS or node.id in HIGHER or node.id in TYPES:
            return ("builtin", node.id)
        raise NameError(node.id)

    def _binary(self, node: ast.BinOp, scope: Scope) -> Any:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if not isinstance(left, int | float) or not isinstance(right, int | float):
            self.budget.walk(left)
            self.budget.walk(right)
        return bounded(BINARY.get(type(node.op), _unknown)(left, right))

    def _boolean(self, node: ast.BoolOp, scope: Scope) -> Any:
        want = isinstance(node.op, ast.Or)
        value: Any = None
        for item in node.values:
            forced = self.off.get(id(item))
            value = self.value(item, scope) if forced is None else forced
            if forced is None:
                self.taken.add((id(item), bool(value)))
            if bool(value) is want:
                return value
        return value

    def _compare(self, node: ast.Compare, scope: Scope) -> Any:
        left = self.value(node.left, scope)
        for op, other in zip(node.ops, node.comparators, strict=True):
            right = self.value(other, scope)
            if not isinstance(left, int | float) or not isinstance(right, int | float):
                self.budget.walk(left)
                self.budget.walk(right)
            if not _COMPARE[type(op)](left, right):
                return False
            left = right
        return True

    def _unary(self, node: ast.UnaryOp, scope: Scope) -> Any:
        return _UNARY[type(node.op)](self.value(node.operand, scope))

    def _either(self, node: ast.IfExp, scope: Scope) -> Any:
        return self.value(node.body if self.truth(node.test, scope) else node.orelse, scope)

    def _items(self, nodes: list[ast.expr], scope: Scope) -> list[Any]:
        found: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                found += listed(self.value(node.value, scope))
            else:
                found.append(self.value(node, scope))
        return bounded(found)

    def _list(self, node: ast.List, scope: Scope) -> Any:
        return self._items(node.elts, scope)

    def _tuple(self, node: ast.Tuple, scope: Scope) -> Any:
        return tuple(self._items(node.elts, scope))

    def _set(self, node: ast.Set, scope: Scope) -> Any:
        items = self._items(node.elts, scope)
        self.budget.walk(items)
        return set(items)

    def _dict(self, node: ast.Dict, scope: Scope) -> Any:
        made: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                made.update(self.value(value, scope))
                continue
            name = self.value(key, scope)
            self.budget.walk(name)
            made[name] = self.value(value, scope)
        return bounded(made)

    def _lambda(self, node: ast.Lambda, scope: Scope) -> Any:
        return Function(node, scope, [self.value(d, scope) for d in node.args.defaults])

    def _named(self, node: ast.NamedExpr, scope: Scope) -> Any:
        value = self.value(node.value, scope)
        self.assign(node.target, value, scope)
        return value

    def _joined(self, node: ast.JoinedStr, scope: Scope) -> Any:
        parts: list[str] = []
        for item in node.values:
            if isinstance(item, ast.Constant):
                parts.append(str(item.value))
                continue
            assert isinstance(item, ast.FormattedValue)
            value = self.value(item.value, scope)
            if not is_plain(value) or item.conversion not in (-1, 115, 114):
                raise StoppedError("formatting")
            self.budget.walk(value)
            spec = item.format_spec
            if spec is None:
                parts.append(repr(value) if item.conversion == 114 else str(value))
                continue
            text = self._joined(spec, scope) if isinstance(spec, ast.JoinedStr) else ""
            if (
                len(text) > 8
                or not isinstance(value, int | float | str)
                or sum(c.isdigit() for c in text) > 3
            ):
                raise StoppedError("formatting")
            parts.append(format(value, text))
        return bounded("".join(parts))

    def _slice(self, node: ast.Slice, scope: Scope) -> slice:
        lower, upper, step = (
            None if part is None else self.value(part, scope)
            for part in (node.lower, node.upper, node.step)
        )
        return slice(lower, upper, step)

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Any:
        holder = self.value(node.value, scope)
        key = self.value(node.slice, scope)
        if isinstance(key, tuple):
            self.budget.walk(key)
        if not isinstance(holder, str | list | tuple | dict | range | deque):
            raise TypeError("not subscriptable")
        if isinstance(key, slice):
            self.budget.spend(len(holder) >> 4)
        return cast("Any", holder)[key]

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Any:
        holder = self.value(node.value, scope)
        if isinstance(holder, Module):
            return self._member(holder.name, node.attr)
        if isinstance(holder, Thing):
            if node.attr in holder.fields:
                return holder.fields[node.attr]
            member = holder.kind.members.get(node.attr)
            if isinstance(member, Function):
                return Bound(holder, member)
            if node.attr in holder.kind.members:
                return member
            raise AttributeError(node.attr)
        if isinstance(holder, Kind) and node.attr in holder.members:
            return holder.members[node.attr]
        raise StoppedError(f"attribute {node.attr}")

    def _member(self, module: str, name: str) -> Any:
        """Return a member of a known module."""
        known = MODULES.get(module)
        if known is not None and name in HIGHER:
            return ("builtin", name)
        if known is None or name not in known:
            raise StoppedError(f"{module}.{name}")
        value = known[name]
        return ("member", module, name) if callable(value) else value

    def _call(self, node: ast.Call, scope: Scope) -> Any:
        args = self._items(node.args, scope)
        kwargs: dict[str, Any] = {}
        for keyword in node.keywords:
            if keyword.arg is None:
                raise StoppedError("** arguments")
            kwargs[keyword.arg] = self.value(keyword.value, scope)
        func = node.func
        if isinstance(func, ast.Attribute):
            holder: Any = self.value(func.value, scope)
            if not isinstance(holder, Module | Thing | Kind) and not is_library(holder):
                return self._method(holder, func.attr, args, kwargs)
            if is_library(holder):
                return self._of_type(holder, func.attr, args)
        return self.apply(self.value(func, scope), args, kwargs)

    def _of_type(self, holder: Any, name: str, args: list[Any]) -> Any:
        """Call a method through its type, such as `str.upper(s)` or `dict.fromkeys(keys)`."""
        if holder[-1] == "dict" and name == "fromkeys" and args:
            return dict.fromkeys(listed(args[0]), args[1] if len(args) > 1 else None)
        if holder[-1] in TYPES and args and isinstance(args[0], TYPES[holder[-1]]):
            return self._method(args[0], name, args[1:], {})
        raise StoppedError("method of a type")

    def _method(self, holder: Any, name: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Call a method of a plain value."""
        if name == "sort" and isinstance(holder, list):
            holder[:] = sort(self, holder, kwargs)
            return None
        return call_method(holder, name, args, kwargs, self.budget)

    def apply(self, function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Call whatever can be called."""
        if isinstance(function, Function | Bound | Kind):
            return self.call(function, args, kwargs)
        if is_library(function):
            name = function[-1]
            if function[0] == "builtin" and name in HIGHER:
                return HIGHER[name](self, args, kwargs)
            known = BUILTINS if function[0] == "builtin" else MODULES[function[1]]
            if name not in known:
                raise StoppedError(name)
            if name not in CHEAP:
                for item in args:
                    self.budget.walk(item)
            return bounded(known[name](*args, **kwargs))
        raise TypeError("not callable")

    def _rows(self, generators: list[ast.comprehension], scope: Scope) -> Iterator[Scope]:
        """Yield the scope of each round of a comprehension."""
        if not generators:
            yield scope
            return
        first, rest = generators[0], generators[1:]
        for item in listed(self.value(first.iter, scope)):
            inner = Scope(scope)
            self.assign(first.target, item, inner)
            if all(self.value(test, inner) for test in first.ifs):
                yield from self._rows(rest, inner)

    def _list_comp(self, node: ast.ListComp | ast.GeneratorExp, scope: Scope) -> Any:
        return bounded([self.value(node.elt, row) for row in self._rows(node.generators, scope)])

    def _set_comp(self, node: ast.SetComp, scope: Scope) -> Any:
        items = [self.value(node.elt, row) for row in self._rows(node.generators, scope)]
        self.budget.walk(items)
        return set(items)

    def _dict_comp(self, node: ast.DictComp, scope: Scope) -> Any:
        made: dict[Any, Any] = {}
        for row in self._rows(node.generators, scope):
            key = self.value(node.key, row)
            self.budget.walk(key)
            made[key] = self.value(node.value, row)
        return made

    def _yield(self, node: ast.Yield, scope: Scope) -> Any:
        if scope.yields is None:
            raise StoppedError("yield outside a function")
        scope.yields.append(None if node.value is None else self.value(node.value, scope))

    def _yield_from(self, node: ast.YieldFrom, scope: Scope) -> Any:
        if scope.yields is None:
            raise StoppedError("yield outside a function")
        scope.yields.extend(listed(self.value(node.value, scope)))


def _unknown(_left: Any, _right: Any) -> Any:
    """Stop at an operator that is not known."""
    raise StoppedError("operator")
