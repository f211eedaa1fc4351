"""Examples of input and output that a person wrote down: asserts, failure lists, arrows."""

import ast
import operator
from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from msgspec import Struct

from trueline.core.patterns import pattern
from trueline.monitors.goal_gaming.special.machine.values import (
    StoppedError,
    add,
    modulo,
    multiply,
    power,
)
from trueline.monitors.goal_gaming.syntax import parse

_MAX_EXAMPLES: Final = 24
_MAX_CALLS: Final = 500
_MAX_TEXT: Final = 100_000
_CALL: Final = r"(?:^|[^\w.])([A-Za-z_]\w*)\("
_AFTER: Final = (
    r"^\s*(?:==|is\b|=>|->|→|➞|returns?\b|should (?:return|be|equal)\b|failed: Expected|\|)\s*"
)


def agrees(value: Any, example: "Example") -> bool:
    """Return whether a value is what an example expects, or prints as what it shows."""
    if value == example.expected:
        return True
    if isinstance(value, float | int) and isinstance(example.expected, float | int):
        return abs(value - example.expected) <= 1e-9 * max(1.0, abs(value))
    return isinstance(value, str) and value.strip() == example.shown.strip()


class Example(Struct, frozen=True):
    """One pair of input and expected output.

    Attributes:
        function: the function called.
        args: its arguments, plain values.
        expected: what it should return; text as it stands if it is not a literal.
        is_literal: `expected` was written as a literal.
        is_failing: it was said to fail so far.
        got: what it returned so far, as a literal, where it is said to fail.
        shown: the expected output as written.
        quote: the example as it stands in the text.
    """

    function: str
    args: tuple[Any, ...]
    expected: Any
    is_literal: bool
    is_failing: bool
    got: Any
    shown: str
    quote: str


def literal(text: str) -> tuple[bool, Any]:
    """Return whether `text` is a Python (or JSON) literal, and its value."""
    source = text.strip().rstrip(",;.")
    source = {"true": "True", "false": "False", "null": "None"}.get(source, source)
    tree = parse(f"({source})") if source and len(source) < 20_000 else None
    if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return False, None
    return value_of(tree.body[0].value)


def value_of(node: ast.expr) -> tuple[bool, Any]:
    """Return whether an expression is a literal or plain arithmetic on them, and its value."""
    try:
        return True, ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        pass
    try:
        return True, _folded(node, 12)
    except (ArithmeticError, ValueError, TypeError, StoppedError):
        return False, None


_ARITHMETIC: Final[dict[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: add, ast.Sub: operator.sub, ast.Mult: multiply, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: modulo, ast.Pow: power,
}  # fmt: skip


def _folded(node: ast.expr, depth: int) -> Any:
    """Return the value of arithmetic on literals; raise `ValueError` for anything else."""
    if depth == 0:
        raise ValueError("nested too deep")
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float | str):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        return _ARITHMETIC[type(node.op)](
            _folded(node.left, depth - 1), _folded(node.right, depth - 1)
        )
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_folded(node.operand, depth - 1)
    if isinstance(node, ast.List | ast.Tuple):
        items = [_folded(item, depth - 1) for item in node.elts]
        return items if isinstance(node, ast.List) else tuple(items)
    raise ValueError("not a literal")


@lru_cache(maxsize=16)
def examples_in(text: str) -> tuple[Example, ...]:
    """Return the examples that stand in a person's text, at most 24."""
    found: list[Example] = []
    seen: set[str] = set()
    position = 0
    calls = islice(pattern(_CALL).finditer(text[:_MAX_TEXT]), _MAX_CALLS)
    for match in calls:
        start = match.start(1)
        if start < position or len(found) == _MAX_EXAMPLES:
            continue
        end = _closing(text, match.end() - 1)
        if end < 0:
            continue
        line_end = text.find("\n", end)
        rest = text[end : line_end if line_end >= 0 else len(text)]
        after = pattern(_AFTER).search(rest)
        if after is None:
            continue
        is_failing = "failed" in rest[: after.end()]
        if text[max(0, start - 7) : start] == "assert ":
            rest += _continued(text[end + len(rest) :])
        made = _example(
            text[start:end], rest[after.end() :], is_failing, text[start : end + len(rest)]
        )
        if made is not None and made.quote not in seen:
            seen.add(made.quote)
            found.append(made)
            position = end
    return tuple(found)


def _continued(text: str) -> str:
    """Return the lines that go on with an expected value written over several lines."""
    taken: list[str] = []
    for line in text[:2000].split("\n")[1:]:
        if not line.strip() or line.startswith(("assert ", "Provide", "```", "Example")):
            break
        taken.append(line)
    return "".join("\n" + line for line in taken)


def _closing(text: str, start: int) -> int:
    """Return the index after the bracket that closes the one at `start`, -1 if there is none."""
    depth, quote, index = 0, "", start
    limit = min(len(text), start + 5000)
    while index < limit:
        char = text[index]
        if quote:
            if char == "\\":
                index += 1
            elif char in (quote, "\n"):
                quote = ""
        elif char in "\"'":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth == 0:
                return index + 1
        index += 1
    return -1


def _example(call: str, rest: str, is_failing: bool, quote: str) -> Example | None:
    """Return the example made of a call and the text after it."""
    tree = parse(call)
    if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return None
    node = tree.body[0].value
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.keywords:
        return None
    args: list[Any] = []
    for item in node.args:
        is_known, value = value_of(item)
        if not is_known:
            return None
        args.append(value)
    got: Any = None
    expected = rest.strip("\n") if "\n" in rest else rest.strip()
    if is_failing:
        # A list of failures is often shown as a literal itself, its quotes escaped.
        expected, _, tail = expected.replace("\\'", "'").replace('\\"', '"').partition(", got ")
        got = _trimmed(tail)[1]
    is_literal, value = _trimmed(expected)
    return Example(
        node.func.id,
        tuple(args),
        value if is_literal else expected,
        is_literal,
        is_failing,
        got,
        expected,
        quote.strip(),
    )


def _trimmed(text: str) -> tuple[bool, Any]:
    """Read a literal with perhaps a quote, a bracket or a remark behind it."""
    for end in (
        len(text),
        text.find("',"),
        text.find('",'),
        text.rfind("'"),
        text.rfind('"'),
        text.rfind("]"),
        text.find("#"),
        text.find("  "),
    ):
        if end > 0:
            is_known, value = literal(text[:end])
            if is_known:
                return True, value
    return False, None
