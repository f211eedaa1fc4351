"""What running code is made of: scopes, functions, classes, and the signals that end a block."""

import ast
from typing import Any

from trueline.monitors.goal_gaming.special.machine.values import StoppedError


class ReturnedError(Exception):
    """A `return` statement, with its value."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class BrokenError(Exception):
    """A `break` statement."""


class ContinuedError(Exception):
    """A `continue` statement."""


class RaisedError(Exception):
    """A `raise` statement of the interpreted code.

    Attributes:
        name: name of the exception class raised.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Scope:
    """Names of one function call, or of the module."""

    __slots__ = ("outer", "shared", "values", "yields")

    def __init__(self, outer: "Scope | None" = None) -> None:
        self.values: dict[str, Any] = {}
        self.outer = outer
        self.shared: set[str] = set()
        self.yields: list[Any] | None = None

    def read(self, name: str) -> Any:
        """Return the value of `name`; raise `KeyError` if no scope has it."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.values:
                return scope.values[name]
            scope = scope.outer
        raise KeyError(name)

    def write(self, name: str, value: Any) -> None:
        """Set `name` here, or where `nonlocal` or `global` says."""
        if name in self.shared:
            scope = self.outer
            while scope is not None:
                if name in scope.values:
                    scope.values[name] = value
                    return
                scope = scope.outer
        self.values[name] = value


class Function:
    """A function of the interpreted code."""

    __slots__ = ("defaults", "is_generator", "node", "scope")

    def __init__(
        self, node: ast.FunctionDef | ast.Lambda, scope: Scope, defaults: list[Any]
    ) -> None:
        self.node = node
        self.scope = scope
        self.defaults = defaults
        self.is_generator = isinstance(node, ast.FunctionDef) and _yields(node)

    def bind(self, args: list[Any], kwargs: dict[str, Any]) -> Scope:
        """Return the scope of one call."""
        spec = self.node.args
        names = [a.arg for a in (*spec.posonlyargs, *spec.args)]
        if spec.kwonlyargs or spec.kwarg is not None:
            raise StoppedError("keyword-only parameters")
        scope = Scope(self.scope)
        if len(args) > len(names) and spec.vararg is None:
            raise TypeError("too many arguments")
        for name, value in zip(names, args, strict=False):
            scope.values[name] = value
        if spec.vararg is not None:
            scope.values[spec.vararg.arg] = tuple(args[len(names) :])
        for name, value in kwargs.items():
            if name not in names or name in scope.values:
                raise TypeError(f"unexpected argument {name}")
            scope.values[name] = value
        first = len(names) - len(self.defaults)
        for position, name in enumerate(names):
            if name not in scope.values:
                if position < first:
                    raise TypeError(f"missing argument {name}")
                scope.values[name] = self.defaults[position - first]
        return scope


class Kind:
    """A class of the interpreted code; only plain methods, no inheritance."""

    __slots__ = ("members", "name")

    def __init__(self, name: str, members: dict[str, Any]) -> None:
        self.name = name
        self.members = members


class Thing:
    """An instance of a class of the interpreted code."""

    __slots__ = ("fields", "kind")

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.fields: dict[str, Any] = {}


class Bound:
    """A method with its instance."""

    __slots__ = ("function", "owner")

    def __init__(self, owner: Thing, function: Function) -> None:
        self.owner = owner
        self.function = function


class Module:
    """A module of the library."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


def _yields(node: ast.AST) -> bool:
    """Return whether a function's own body yields."""
    stack: list[ast.AST] = list(ast.iter_child_nodes(node))
    while stack:
        item = stack.pop()
        if isinstance(item, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            stack.extend(ast.iter_child_nodes(item))
    return False
