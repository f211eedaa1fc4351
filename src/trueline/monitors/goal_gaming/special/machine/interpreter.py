"""A small, bounded interpreter for pure Python functions over plain values.

It answers one question: what would this code return for this input, with some of its
branches switched off?  It knows a subset (functions, loops, comprehensions, plain data and
the pure parts of a few modules), counts its steps, and reaches nothing outside itself: no
imports are executed, no attribute but the listed methods is read, no host object is built.
What it does not know it reports as unknown.
"""

import ast
from collections import deque
from collections.abc import Callable
from typing import Any, Final, Literal, cast

from msgspec import Struct

from trueline.monitors.goal_gaming.special.machine.expressions import BINARY, Evaluator
from trueline.monitors.goal_gaming.special.machine.library import MODULES, copied, is_plain
from trueline.monitors.goal_gaming.special.machine.scopes import (
    Bound,
    BrokenError,
    ContinuedError,
    Function,
    Kind,
    Module,
    RaisedError,
    ReturnedError,
    Scope,
    Thing,
)
from trueline.monitors.goal_gaming.special.machine.values import StoppedError, bounded, listed

STEPS: Final = 40_000
"""Steps for one call: enough for inputs that stand in tests."""

_CRASHES: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
    RaisedError,
)
_HANDLED: Final[dict[str, tuple[type[Exception], ...]]] = {
    "Exception": _CRASHES, "BaseException": _CRASHES, "ValueError": (ValueError,),
    "TypeError": (TypeError,), "KeyError": (KeyError,), "IndexError": (IndexError,),
    "ZeroDivisionError": (ZeroDivisionError,), "AttributeError": (AttributeError,),
    "LookupError": (LookupError,), "OverflowError": (OverflowError,), "NameError": (NameError,),
    "ArithmeticError": (ArithmeticError,), "RecursionError": (RecursionError,),
}  # fmt: skip


class Run(Struct, frozen=True):
    """What came of one call.

    Attributes:
        kind: `value`, `crash` (the code itself failed) or `unknown` (the interpreter stopped).
        value: what it returned.
        taken: tests by node id that came out so during the run.
        reason: why it is unknown, or what it failed with.
    """

    kind: Literal["value", "crash", "unknown"]
    value: Any = None
    taken: frozenset[tuple[int, bool]] = frozenset()
    reason: str = ""


def run(
    tree: ast.Module,
    name: str,
    args: tuple[Any, ...],
    off: dict[int, bool] | None = None,
    steps: int = STEPS,
) -> Run:
    """Return what function `name` of `tree` returns for `args`.

    Args:
        tree: the code.
        name: a function it defines.
        args: plain values; they are copied.
        off: ids of test nodes to be taken as true or false whatever they say.
        steps: the budget.
    """
    machine = _Machine(steps, off or {})
    try:
        scope = Scope()
        machine.block(tree.body, scope)
        function = scope.values.get(name)
        if not isinstance(function, Function):
            function = _method_named(scope, name)
        value = machine.apply(function, [copied(a, machine.budget) for a in args], {})
        if not is_plain(value):
            return Run("unknown", reason="not plain data")
        return Run("value", value, frozenset(machine.taken))
    except StoppedError as stopped:
        return Run("unknown", None, frozenset(machine.taken), str(stopped))
    except _CRASHES as error:
        is_deep = isinstance(error, RecursionError)
        return Run(
            "unknown" if is_deep else "crash", None, frozenset(machine.taken), type(error).__name__
        )
    except (ReturnedError, BrokenError, ContinuedError):
        return Run("crash", None, frozenset(machine.taken), "misplaced statement")


def _method_named(scope: Scope, name: str) -> Any:
    """Return a method of that name bound to a new instance of a class such as `Solution`."""
    for value in scope.values.values():
        if isinstance(value, Kind) and isinstance(value.members.get(name), Function):
            return Bound(Thing(value), value.members[name])
    raise StoppedError(f"no function {name}")


class _Machine(Evaluator):
    """Statements of one run."""

    def __init__(self, steps: int, off: dict[int, bool]) -> None:
        super().__init__(steps, off)
        self._statements: dict[type[ast.stmt], Callable[[Any, Scope], None]] = {
            ast.Expr: self._expr, ast.Assign: self._assign, ast.AugAssign: self._augment,
            ast.AnnAssign: self._annotated, ast.If: self._if, ast.For: self._for,
            ast.While: self._while,
            ast.Return: self._return, ast.FunctionDef: self._def, ast.ClassDef: self._class,
            ast.Pass: self._pass, ast.Break: self._break, ast.Continue: self._continue,
            ast.Import: self._import, ast.ImportFrom: self._import_from, ast.Try: self._try,
            ast.Raise: self._raise, ast.Global: self._shared, ast.Nonlocal: self._shared,
            ast.Delete: self._delete, ast.Assert: self._assert,
        }  # fmt: skip

    def block(self, body: list[ast.stmt], scope: Scope) -> None:
        """Run statements in order."""
        for statement in body:
            self.budget.left -= 1
            if self.budget.left < 0:
                raise StoppedError("out of steps")
            handler = self._statements.get(type(statement))
            if handler is None:
                raise StoppedError(type(statement).__name__)
            handler(statement, scope)

    def call(self, function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Call a function, method or class of the code."""
        if isinstance(function, Kind):
            thing = Thing(function)
            maker = function.members.get("__init__")
            if isinstance(maker, Function):
                self.call(Bound(thing, maker), args, kwargs)
            return thing
        if isinstance(function, Bound):
            return self.call(function.function, [function.owner, *args], kwargs)
        scope = function.bind(args, kwargs)
        node = function.node
        if isinstance(node, ast.Lambda):
            return self.value(node.body, scope)
        scope.yields = [] if function.is_generator else None
        try:
            self.block(node.body, scope)
        except ReturnedError as signal:
            return signal.value if scope.yields is None else scope.yields
        return scope.yields

    def assign(self, target: ast.expr, value: Any, scope: Scope) -> None:
        """Bind a name, an item, a field or a pattern of them."""
        if isinstance(target, ast.Name):
            scope.write(target.id, value)
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target.elts, listed(value), scope)
        elif isinstance(target, ast.Subscript):
            holder, key = self.value(target.value, scope), self.value(target.slice, scope)
            if isinstance(key, tuple):
                self.budget.walk(key)
            if not isinstance(holder, list | dict | deque):
                raise TypeError("does not support item assignment")
            cast("Any", holder)[key] = listed(value) if isinstance(key, slice) else value
            bounded(holder)
        elif isinstance(target, ast.Attribute):
            holder = self.value(target.value, scope)
            if not isinstance(holder, Thing):
                raise StoppedError("attribute assignment")
            holder.fields[target.attr] = value
        else:
            raise StoppedError("assignment target")

    def _unpack(self, targets: list[ast.expr], values: list[Any], scope: Scope) -> None:
        """Bind several targets, one of them perhaps starred."""
        star = next((i for i, t in enumerate(targets) if isinstance(t, ast.Starred)), None)
        if star is None:
            if len(targets) != len(values):
                raise ValueError("wrong number of values")
            for target, value in zip(targets, values, strict=True):
                self.assign(target, value, scope)
            return
        rest = len(targets) - star - 1
        if len(values) < star + rest:
            raise ValueError("not enough values")
        starred = targets[star]
        assert isinstance(starred, ast.Starred)
        for target, value in zip(targets[:star], values, strict=False):
            self.assign(target, value, scope)
        self.assign(starred.value, values[star : len(values) - rest], scope)
        for target, value in zip(targets[star + 1 :], values[len(values) - rest :], strict=True):
            self.assign(target, value, scope)

    def _expr(self, node: ast.Expr, scope: Scope) -> None:
        self.value(node.value, scope)

    def _assign(self, node: ast.Assign, scope: Scope) -> None:
        value = self.value(node.value, scope)
        for target in node.targets:
            self.assign(target, value, scope)

    def _augment(self, node: ast.AugAssign, scope: Scope) -> None:
        target = node.target
        left, right = self.value(target, scope), self.value(node.value, scope)
        if not isinstance(right, int | float):
            self.budget.walk(right)
        if isinstance(left, list) and isinstance(node.op, ast.Add):
            left.extend(listed(right))
            bounded(left)
            return
        operation = BINARY.get(type(node.op))
        if operation is None:
            raise StoppedError("operator")
        if isinstance(left, str):
            self.budget.walk(left)
        self.assign(target, bounded(operation(left, right)), scope)

    def _annotated(self, node: ast.AnnAssign, scope: Scope) -> None:
        if node.value is not None:
            self.assign(node.target, self.value(node.value, scope), scope)

    def _if(self, node: ast.If, scope: Scope) -> None:
        self.block(node.body if self.truth(node.test, scope) else node.orelse, scope)

    def _for(self, node: ast.For, scope: Scope) -> None:
        source = self.value(node.iter, scope)
        items = source if isinstance(source, range | list) else listed(source)
        for item in items:
            self.budget.spend(1)
            self.assign(node.target, item, scope)
            try:
                self.block(node.body, scope)
            except BrokenError:
                return
            except ContinuedError:
                continue
        self.block(node.orelse, scope)

    def _while(self, node: ast.While, scope: Scope) -> None:
        while self.value(node.test, scope):
            self.budget.spend(1)
            try:
                self.block(node.body, scope)
            except BrokenError:
                return
            except ContinuedError:
                continue
        self.block(node.orelse, scope)

    def _return(self, node: ast.Return, scope: Scope) -> None:
        raise ReturnedError(None if node.value is None else self.value(node.value, scope))

    def _def(self, node: ast.FunctionDef, scope: Scope) -> None:
        scope.write(
            node.name, Function(node, scope, [self.value(d, scope) for d in node.args.defaults])
        )

    def _class(self, node: ast.ClassDef, scope: Scope) -> None:
        if node.bases or node.decorator_list:
            raise StoppedError("inheritance")
        inner = Scope(scope)
        self.block(node.body, inner)
        scope.write(node.name, Kind(node.name, inner.values))

    def _pass(self, _node: ast.Pass, _scope: Scope) -> None:
        pass

    def _break(self, _node: ast.Break, _scope: Scope) -> None:
        raise BrokenError

    def _continue(self, _node: ast.Continue, _scope: Scope) -> None:
        raise ContinuedError

    def _import(self, node: ast.Import, scope: Scope) -> None:
        for alias in node.names:
            scope.write(alias.asname or alias.name, Module(alias.name))

    def _import_from(self, node: ast.ImportFrom, scope: Scope) -> None:
        for alias in node.names:
            module = node.module or ""
            if module == "typing":
                continue
            if module not in MODULES:
                raise StoppedError(f"module {module}")
            scope.write(alias.asname or alias.name, self._member(module, alias.name))

    def _try(self, node: ast.Try, scope: Scope) -> None:
        try:
            self.block(node.body, scope)
        except _CRASHES as error:
            for handler in node.handlers:
                if _catches(handler, error):
                    self.block(handler.body, scope)
                    break
            else:
                raise
        else:
            self.block(node.orelse, scope)
        self.block(node.finalbody, scope)

    def _raise(self, node: ast.Raise, _scope: Scope) -> None:
        thrown = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        raise RaisedError(thrown.id if isinstance(thrown, ast.Name) else "")

    def _shared(self, node: ast.Global | ast.Nonlocal, scope: Scope) -> None:
        scope.shared.update(node.names)

    def _delete(self, node: ast.Delete, scope: Scope) -> None:
        for target in node.targets:
            if not isinstance(target, ast.Subscript):
                continue
            holder, key = self.value(target.value, scope), self.value(target.slice, scope)
            if not isinstance(holder, list | dict):
                raise TypeError("does not support item deletion")
            del holder[key]

    def _assert(self, node: ast.Assert, scope: Scope) -> None:
        if not self.value(node.test, scope):
            raise RaisedError("AssertionError")


def _catches(handler: ast.ExceptHandler, error: Exception) -> bool:
    """Return whether an `except` clause names the kind of `error`."""
    kind = handler.type
    names = (
        ["Exception"]
        if kind is None
        else [getattr(k, "id", "") for k in (kind.elts if isinstance(kind, ast.Tuple) else [kind])]
    )
    if isinstance(error, RaisedError):
        return error.name in names or "Exception" in names or "BaseException" in names
    return any(isinstance(error, _HANDLED.get(name, ())) for name in names)
