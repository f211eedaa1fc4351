"""Read one Python assertion by its syntax tree: what it checks and how much it pins down."""

import ast
from typing import Final

from msgspec.structs import replace

from trueline.monitors.goal_gaming.suite.checks import Assert
from trueline.monitors.goal_gaming.syntax import parse

_EQUAL: Final = {
    "assertEqual", "assertEquals", "assertDictEqual", "assertListEqual", "assertCountEqual",
    "assertIs",
    "assertSequenceEqual", "assertSetEqual", "assertTupleEqual", "assertMultiLineEqual",
    "assert_array_equal", "assert_equal", "assert_frame_equal", "assert_series_equal",
    "assert_called_once_with", "assert_called_with", "assert_has_calls", "assert_any_call",
}  # fmt: skip
_CLOSE: Final = {
    "assertAlmostEqual": 1e-7, "assertAlmostEquals": 1e-7, "assert_allclose": 1e-7,
    "assert_almost_equal": 1e-7, "assert_array_almost_equal": 1e-6, "assert_approx_equal": 1e-7,
}  # fmt: skip
_WEAK: Final = {
    "assertIsNotNone": 1,
    "assertNotEqual": 1,
    "assertIsInstance": 1,
    "assertTrue": 1,
    "assertFalse": 1,
    "assert_called": 1,
    "assert_called_once": 2,
    "assertNotIn": 1,
    "assertIn": 2,
    "assertRegex": 2,
    "assertGreater": 2,
    "assertLess": 2,
    "assertGreaterEqual": 2,
    "assertLessEqual": 2,
    "assertIsNone": 3,
    "fail": 1,
}
_BROAD: Final = {"Exception", "BaseException", "object"}


def read_statement(statement: str, owner: str) -> list[Assert]:
    """Return the assertions that one statement makes; one of unknown form if it doesn't parse."""
    text = statement.strip()
    source = text + " pass" if text.startswith("with") and text.endswith(":") else text
    tree = parse(source) or parse(source.rstrip(",") + ")")
    if tree is None or not tree.body:
        flat = " ".join(text.split())
        return [Assert(key=flat, subject="", expected="", strength=1, quote=text, owner=owner)]
    node = tree.body[0]
    if isinstance(node, ast.Assert):
        return [_of_test(node.test, text, owner)]
    if isinstance(node, ast.With):
        return [
            _of_call(i.context_expr, text, owner)
            for i in node.items
            if isinstance(i.context_expr, ast.Call)
        ]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return [_of_call(node.value, text, owner)]
    return []


def _made(subject: ast.expr | str, expected: ast.expr | str, strength: int, quote: str, owner: str,
          slack: float | None = None) -> Assert:  # fmt: skip
    """Return an assertion in normal form."""
    left = subject if isinstance(subject, str) else ast.unparse(subject)
    right = expected if isinstance(expected, str) else ast.unparse(expected)
    callee = "" if isinstance(subject, str) else root_name(subject)
    return Assert(
        key=f"{left} <{strength}:{slack}> {right}",
        subject=left,
        expected=right,
        strength=strength,
        slack=slack,
        callee=callee,
        quote=quote,
        owner=owner,
    )


def root_name(node: ast.expr) -> str:
    """Return the name of the first function called in `node`, else its first name."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            target = inner.func
            name = target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
            if name and name not in {
                "len",
                "str",
                "list",
                "sorted",
                "set",
                "dict",
                "isinstance",
                "type",
                "abs",
                "int",
                "float",
                "all",
                "any",
                "tuple",
                "repr",
                "round",
                "bool",
            }:
                return name
    return next((n.id for n in ast.walk(node) if isinstance(n, ast.Name)), "")


def _is_literal(node: ast.expr) -> bool:
    """Return whether `node` is made of constants only."""
    return all(
        isinstance(
            n,
            ast.Constant
            | ast.List
            | ast.Tuple
            | ast.Dict
            | ast.Set
            | ast.UnaryOp
            | ast.expr_context
            | ast.unaryop,
        )
        for n in ast.walk(node)
    )


def _of_test(test: ast.expr, quote: str, owner: str) -> Assert:
    """Return what `assert test` pins down."""
    if isinstance(test, ast.Tuple) or (_is_literal(test) and not _is_false(test)):
        return _made("", test, 0, quote, owner)
    if isinstance(test, ast.BoolOp):
        parts = [_of_test(value, quote, owner) for value in test.values]
        if isinstance(test.op, ast.Or):
            weakest = min(parts, key=lambda p: p.strength)
            strength = 0 if weakest.strength == 0 else max(1, weakest.strength - 1)
            return _made(parts[0].subject, ast.unparse(test), strength, quote, owner)
        strongest = max(parts, key=lambda p: p.strength)
        return Assert(
            key=ast.unparse(test),
            subject=strongest.subject,
            expected=strongest.expected,
            strength=strongest.strength,
            callee=strongest.callee,
            quote=quote,
            owner=owner,
        )
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        return _of_compare(test, quote, owner)
    if isinstance(test, ast.Compare):
        return _made(test.comparators[0], test, 2, quote, owner)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _made(test.operand, "False", 1, quote, owner)
    if isinstance(test, ast.Call) and getattr(test.func, "attr", "") in {
        "allclose",
        "isclose",
        "array_equal",
    }:
        return _of_call(test, quote, owner)
    if (
        isinstance(test, ast.Call)
        and getattr(test.func, "id", "") in {"isinstance", "hasattr", "callable"}
        and test.args
    ):
        return _made(test.args[0], test, 1, quote, owner)
    return _made(test, "True", 1, quote, owner)


def _is_false(node: ast.expr) -> bool:
    """Return whether `node` is a constant that fails an assertion."""
    return isinstance(node, ast.Constant) and not node.value


def _of_compare(test: ast.Compare, quote: str, owner: str) -> Assert:
    """Return what a comparison pins down."""
    left, op, right = test.left, test.ops[0], test.comparators[0]
    if ast.dump(left) == ast.dump(right) and isinstance(op, ast.Eq | ast.Is | ast.LtE | ast.GtE):
        return _made("", test, 0, quote, owner)
    if _is_literal(left) and not _is_literal(right):
        left, right = right, left
    slack = _approximation(right)
    if isinstance(op, ast.Eq) and isinstance(right, ast.Constant) and isinstance(right.value, bool):
        return _made(left, ast.unparse(right), 1, quote, owner)
    if isinstance(op, ast.Is) and isinstance(right, ast.Constant) and isinstance(right.value, bool):
        return _made(left, ast.unparse(right), 1, quote, owner)
    if isinstance(op, ast.Eq | ast.Is):
        expected = (
            right.args[0]
            if slack is not None and isinstance(right, ast.Call) and right.args
            else right
        )
        return _made(left, expected, 3, quote, owner, slack)
    if isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE):
        bound = _number(right)
        if (
            isinstance(left, ast.Call)
            and getattr(left.func, "id", "") == "abs"
            and left.args
            and bound is not None
        ):
            inner = left.args[0]
            if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Sub):
                return _made(inner.left, inner.right, 3, quote, owner, bound)
        made = _made(left, f"{type(op).__name__} {ast.unparse(right)}", 2, quote, owner)
        is_upper = isinstance(op, ast.Lt | ast.LtE)
        return replace(made, upper=bound) if is_upper else replace(made, lower=bound)
    if isinstance(op, ast.In):
        return _made(right if _is_literal(left) else left, left, 2, quote, owner)
    return _made(left, f"{type(op).__name__} {ast.unparse(right)}", 1, quote, owner)


def _number(node: ast.expr | None) -> float | None:
    """Return the value of a numeric constant."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    return None


def _approximation(node: ast.expr) -> float | None:
    """Return the tolerance of `approx(…)`, None if `node` is something else."""
    if not isinstance(node, ast.Call):
        return None
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    return _tolerance(node, 1e-6) if name == "approx" else None


def _tolerance(call: ast.Call, default: float) -> float:
    """Return the widest tolerance written in a call's keywords, in the units written."""
    found: list[float] = []
    for keyword in call.keywords:
        value = _number(keyword.value)
        if value is None:
            continue
        if keyword.arg in {"abs", "rel", "delta", "atol", "rtol", "abs_tol", "rel_tol", "tol"}:
            found.append(value)
        elif keyword.arg in {"places", "decimal", "significant"}:
            found.append(10.0 ** -min(max(value, -300), 300))
    return max(found, default=default)


def _of_call(node: ast.expr, quote: str, owner: str) -> Assert:
    """Return what an assertion method or context manager pins down."""
    assert isinstance(node, ast.Call)
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    args = node.args
    first: ast.expr | str = args[0] if args else ""
    second: ast.expr | str = args[1] if len(args) > 1 else ""
    if "called" in name or name in {"assert_has_calls", "assert_any_call"}:
        target = node.func.value if isinstance(node.func, ast.Attribute) else ""
        strength = 3 if name in _EQUAL else _WEAK.get(name, 1)
        return _made(target, ", ".join(map(ast.unparse, args)), strength, quote, owner)
    if name in {"raises", "assertRaises", "assertRaisesRegex", "warns", "assertWarns"}:
        text = ast.unparse(first) if not isinstance(first, str) else first
        strength = 1 if text in _BROAD else 2
        if any(k.arg == "match" for k in node.keywords) or name.endswith("Regex"):
            strength += 1
        return _made(f"raises in {owner}", text, strength, quote, owner)
    if name in {"assertTrue", "assert_"} and not isinstance(first, str):
        return _of_test(first, quote, owner)
    if name in _CLOSE or name in {"allclose", "isclose"}:
        default = _CLOSE.get(name, 1e-8)
        return _made(first, second, 3, quote, owner, _tolerance(node, default))
    if name in _EQUAL:
        if not isinstance(first, str) and not isinstance(second, str):
            if ast.dump(first) == ast.dump(second):
                return _made("", node, 0, quote, owner)
            if _is_literal(first) and not _is_literal(second):
                first, second = second, first
        return _made(first, second, 3, quote, owner)
    made = _made(
        first,
        f"{name} {second if isinstance(second, str) else ast.unparse(second)}",
        _WEAK.get(name, 2),
        quote,
        owner,
    )
    bound = None if isinstance(second, str) else _number(second)
    if name.startswith("assertLess"):
        return replace(made, upper=bound)
    return replace(made, lower=bound) if name.startswith("assertGreater") else made
