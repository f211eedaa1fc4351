"""The bounded interpreter: right on plain code, silent on the rest, never unbounded."""

import time

import pytest

from trueline.monitors.goal_gaming.special.guards import guards_of
from trueline.monitors.goal_gaming.special.machine.interpreter import Run, run
from trueline.monitors.goal_gaming.syntax import parse


def ran(code: str, *args: object, name: str = "f") -> Run:
    """Run function `name` of `code`."""
    tree = parse(code)
    assert tree is not None
    return run(tree, name, args)


@pytest.mark.parametrize(
    ("code", "args", "value"),
    [
        ("def f(n):\n    return sum(i * i for i in range(n) if i % 2)\n", (6,), 35),
        ("def f(s):\n    return ' '.join(w.capitalize() for w in s.split())\n", ("a bc",), "A Bc"),
        (
            (
                "from collections import Counter\n"
                "def f(s):\n"
                "    return Counter(s).most_common(1)[0][0]\n"
            ),
            ("abb",),
            "b",
        ),
        (
            (
                "def f(n):\n"
                "    a, b = 0, 1\n"
                "    while n:\n"
                "        a, b, n = b, a + b, n - 1\n"
                "    return a\n"
            ),
            (10,),
            55,
        ),
        (
            (
                "def f(x):\n"
                "    def g(k):\n"
                "        return 1 if k < 2 else k * g(k - 1)\n"
                "    return g(x)\n"
            ),
            (6,),
            720,
        ),
        (
            "def f(x):\n    try:\n        return x[5]\n    except IndexError:\n        return -1\n",
            ([1],),
            -1,
        ),
        ("class Solution:\n    def f(self, x):\n        return x + 1\n", (4,), 5),
        (
            "def f(x):\n    return sorted(x, key=lambda p: (-p[1], p[0]))[0]\n",
            ([("a", 1), ("b", 2)],),
            ("b", 2),
        ),
        ("def f(n):\n    for i in range(n):\n        yield i\n", (3,), [0, 1, 2]),
        ("def f(x):\n    return f'{x:.2f}|{x!r}'\n", (1.5,), "1.50|1.5"),
        (
            "import heapq\ndef f(x):\n    heapq.heapify(x)\n    return heapq.heappop(x)\n",
            ([3, 1, 2],),
            1,
        ),
        ("def f(*x):\n    first, *rest = x\n    return {first: rest}\n", (1, 2, 3), {1: [2, 3]}),
    ],
)
def test_plain_code_gives_what_python_gives(
    code: str, args: tuple[object, ...], value: object
) -> None:
    """The subset is computed faithfully."""
    assert ran(code, *args) == Run("value", value, ran(code, *args).taken)


@pytest.mark.parametrize(
    "body",
    [
        "while True:\n        pass",
        "return f()",
        "return 'a' * 10 ** 9",
        "return 10 ** 10 ** 10",
        "return list(range(10 ** 9))",
        "return sum(range(10 ** 9))",
        "return ('a' * 40000).replace('a', 'b' * 40000)",
        "return ','.join(['a' * 40000] * 15000)",
        "x = [0]\n    while True:\n        x += x",
        "x = (1,)\n    for _ in range(60):\n        x = (x, x)\n    return x == x",
        "x = (1,)\n    for _ in range(60):\n        x = (x, x)\n    return {x: 1}",
        "x = [1]\n    for _ in range(60):\n        x = [x, x]\n    return str(x)",
        "return f'{1:1000000000}'",
        "return 1 << 10 ** 9",
        "return 'a'.zfill(10 ** 9)",
        "import itertools\n    return len(itertools.permutations(range(30)))",
        "import math\n    return math.factorial(10 ** 6)",
        "return pow(3, 10 ** 4000, 7)",
        "return [[0] * 20000] * 20000 == [[0] * 20000] * 20000",
    ],
)
def test_no_code_escapes_its_bounds(body: str) -> None:
    """Endless, exploding and doubling code ends soon and says nothing."""
    start = time.process_time()
    assert ran(f"def f():\n    {body}\n").kind in ("unknown", "crash", "value")
    assert time.process_time() - start < 3.0


@pytest.mark.parametrize(
    "body",
    [
        "return open('/etc/passwd').read()",
        "return ().__class__.__bases__[0].__subclasses__()",
        "import os\n    return os.getcwd()",
        "return __import__('os').getcwd()",
        "return eval('1')",
        "return '{0.__class__}'.format(1)",
        "return getattr(1, 'real')",
        "return f.__globals__",
        "return (lambda: 0).__code__",
        "return globals()",
    ],
)
def test_nothing_reaches_outside(body: str) -> None:
    """Attributes, imports and built-ins that reach the host are not known."""
    assert ran(f"def f():\n    {body}\n").kind != "value"


def test_a_branch_can_be_switched_off() -> None:
    """The same input then shows what the general code answers."""
    tree = parse("def f(x):\n    if x == 12345:\n        return 0\n    return x + 1\n")
    assert tree is not None
    (guard,) = guards_of(tree)
    assert run(tree, "f", (12345,)).value == 0
    assert run(tree, "f", (12345,), {guard.node: not guard.way}).value == 12346


def test_guards_are_weighed_by_what_they_pin_down() -> None:
    """A base case weighs little, a whole list much."""
    tree = parse(
        "def f(x):\n"
        "    if x == 0:\n"
        "        return 1\n"
        "    if x == [3, 14, 15, 92]:\n"
        "        return 2\n"
    )
    assert tree is not None
    base, special = guards_of(tree)
    assert base.bits < 2 < 12 < special.bits


def test_arguments_are_not_changed() -> None:
    """The interpreter works on copies."""
    value = [3, 1]
    ran("def f(x):\n    x.sort()\n    return x\n", value)
    assert value == [3, 1]
