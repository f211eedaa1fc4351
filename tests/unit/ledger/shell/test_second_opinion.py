"""An independent grammar's opinion: tree-sitter-bash finds the same commands where it parses."""

import random
from typing import Any

import pytest

from trueline.ledger.shell import parse

tree_sitter = pytest.importorskip("tree_sitter")
tree_sitter_bash = pytest.importorskip("tree_sitter_bash")

ATOMS = [
    "a1", "b1 -x 'y z'", 'c1 "q $v"', "d1 > out", "e1 2>&1", "X=1 f1 k", "g1 $(h1 i)", "j1 `k1`",
    "l1 < in", 'm1 "$(n1)"', "o1 <<< w", "p1 --opt=val", "q1 *.py", "r1 \\; s", "t1 <(u1)",
    "w1 ${x:-y}", "z1 $((1 + 2))", "cat <<E\nnot this\nE", "A1 $'t\\n'", "B1 {c,d}",
]  # fmt: skip


def script(rng: random.Random, depth: int = 0) -> str:
    """Return a well-formed script of nested constructs."""
    kind = rng.randrange(12) if depth < 3 else 11
    if kind < 2:
        return f"{rng.choice(ATOMS[:10])} && {script(rng, depth + 1)}"
    if kind < 3:
        return f"{rng.choice(ATOMS[:10])} | {rng.choice(ATOMS[:10])}"
    if kind < 5:
        return f"{script(rng, depth + 1)}\n{script(rng, depth + 1)}"
    if kind == 5:
        return f"( {script(rng, depth + 1)}\n)"
    if kind == 6:
        return f"if {rng.choice(ATOMS[:10])}; then\n{script(rng, depth + 1)}\nfi"
    if kind == 7:
        return f"for i in 1 2; do\n{script(rng, depth + 1)}\ndone"
    if kind == 8:
        return f"while {rng.choice(ATOMS[:10])}; do\n{script(rng, depth + 1)}\ndone"
    if kind == 9:
        return f"{{ {script(rng, depth + 1)}\n}} > all"
    return rng.choice(ATOMS)


def names_in(node: Any) -> list[str]:
    """Return the text of every command name below a node."""
    found: list[str] = []
    stack = [node]
    while stack:
        item = stack.pop()
        if item.type == "command_name":
            found.append(item.text.decode())
        stack.extend(item.children)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_both_grammars_find_the_same_commands(seed: int) -> None:
    """On well-formed scripts that the other grammar reads without error, names agree."""
    language = tree_sitter.Language(tree_sitter_bash.language())
    parser = tree_sitter.Parser(language)
    compared = 0
    for number in range(40):
        text = script(random.Random(seed * 1000 + number))
        root = parser.parse(text.encode()).root_node
        if root.has_error:
            continue
        ours = parse(text)
        assert not ours.is_partial, text
        assert sorted(command.program for command in ours.commands) == sorted(names_in(root)), text
        compared += 1
    assert compared >= 10
