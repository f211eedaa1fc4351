"""What can be said of a piece of shell text's exit status before it runs.

A script's recorded status is one number.  These are the questions that decide whose it is:
can this fail, does this always fail, does this leave the script.
"""

from collections.abc import Callable, Set
from typing import Final, Literal

from trueline.ledger.shell.grammar import (
    AndOr,
    Block,
    Function,
    Group,
    If,
    Loop,
    Node,
    Pipeline,
    Simple,
)

INFALLIBLE: Final = frozenset(
    {"echo", "printf", "true", ":", "set", "shopt", "trap", "umask", "alias", "pwd",
     "date", "sleep"}
)  # fmt: skip
"""Programs that succeed in practice, whatever stands behind them."""

SOFT: Final = INFALLIBLE | {"cat", "head", "tail", "logger", "clear"}
"""Programs put behind `||` to turn a failure into output."""

FILTERS: Final = frozenset({"tail", "cat", "tee", "wc", "sort", "tr", "cut", "nl", "uniq"})
"""Programs that succeed on whatever is piped into them."""

DECLARATIONS: Final = frozenset({"export", "local", "declare", "typeset", "readonly"})

MAX_DEPTH: Final = 64
"""Nesting that is looked through for exits."""

Calls = Callable[[str], Set[str]]

Exit = Literal["", "zero", "failure", "status", "other"]


def program_of(node: Node) -> str:
    """Return the program of a simple command, empty for anything else."""
    return node.words[0].text if isinstance(node, Simple) and node.words else ""


def _last(block: Block) -> Node | None:
    """Return the statement whose status `block` returns, None where it is in the background."""
    if not block.statements:
        return None
    node, is_background = block.statements[-1]
    return None if is_background else node


def is_infallible(node: Node, programs: frozenset[str] = INFALLIBLE) -> bool:
    """Return whether `node` succeeds whatever happens and does not leave the script failing."""
    if isinstance(node, Simple):
        if not node.words:
            return not node.substitutions
        program = node.words[0].text
        if program in ("exit", "return"):
            return exit_of(node) == "zero"
        if program in ("cat", "head", "tail") and any(r.operator == "<" for r in node.redirects):
            return False
        return program in programs or program in DECLARATIONS
    if isinstance(node, Group):
        last = _last(node.body)
        return (
            last is not None
            and is_infallible(last, programs)
            and not any(exits_in(statement) for statement, _ in node.body.statements[:-1])
        )
    if isinstance(node, Pipeline):
        return not node.is_negated and is_infallible(node.items[-1], programs)
    if isinstance(node, AndOr):
        if any(exits_in(item) - {"zero"} for item in node.items):
            return False
        if node.operators[-1] == "||":
            return is_infallible(node.items[-1], programs)
        return all(is_infallible(item, programs) for item in node.items)
    return False


def exit_of(node: Node) -> Exit:
    """Return how a plain `exit` or `return` leaves, empty where `node` is neither.

    `status` hands on the status of the command before it; `other` is not known.
    """
    if program_of(node) not in ("exit", "return"):
        return ""
    assert isinstance(node, Simple)
    if len(node.words) < 2:
        return "status"
    code = node.words[1].text
    if code.isascii() and code.isdigit() and len(code) < 6:
        return "zero" if int(code) % 256 == 0 else "failure"
    return "status" if code in ("$?", "${?}") else "other"


def is_failure(node: Node) -> bool:
    """Return whether `node`, run because something failed, is certain to end in failure."""
    if isinstance(node, Simple):
        return program_of(node) == "false" or exit_of(node) == "failure"
    if isinstance(node, Group):
        last = _last(node.body)
        earlier = [item for item, _ in node.body.statements[:-1]]
        leaves = any(exits_in(item) - {"failure"} for item in earlier)
        return last is not None and is_failure(last) and not leaves
    return False


def hands_on_failure(node: Node) -> bool:
    """Return whether `node` behind `||` fails: `exit`, `exit 1`, `false`, `{ …; exit 1; }`."""
    return is_failure(node) or exit_of(node) == "status"


def exits_in(node: Node, calls: Calls | None = None, depth: int = 0) -> set[str]:
    """Return how `node` may leave the script or function that it stands in.

    Args:
        node: what runs.
        calls: returns how a call of the function of that name may leave the script.
        depth: how many nodes enclose it, limited to `MAX_DEPTH`.

    Returns:
        Of `zero`, `failure`, `status` (that of the command before, only for `node` itself) and
        `other`; the same behind `return ` where a function is left, not the script.
    """
    found: set[str] = set()
    if depth > MAX_DEPTH:
        return {"other"}
    for item in _parts(node):
        if not isinstance(item, Simple):
            found |= exits_in(item, calls, depth + 1)
            continue
        kind = exit_of(item)
        if not kind:
            if calls is not None:
                found |= calls(program_of(item))
            continue
        if kind == "status" and item is not node:
            is_told = (
                isinstance(node, AndOr) and item is node.items[-1] and node.operators[-1] == "||"
            )
            kind = "failure" if is_told else "other"
        found.add(f"return {kind}" if program_of(item) == "return" else kind)
    return found


def _parts(node: Node) -> list[Node]:
    """Return the parts of `node` that run in the same shell."""
    if isinstance(node, Simple):
        return [node]
    if isinstance(node, AndOr):
        return node.items
    if isinstance(node, Pipeline):
        return node.items if len(node.items) == 1 else []
    if isinstance(node, Function):
        return []
    blocks: list[Block] = []
    if isinstance(node, Group):
        blocks = [] if node.is_subshell else [node.body]
    elif isinstance(node, If):
        blocks = [block for pair in node.branches for block in pair]
        blocks += [node.otherwise] if node.otherwise else []
    elif isinstance(node, Loop):
        blocks = [node.body] if node.condition is None else [node.condition, node.body]
    else:
        blocks = node.bodies
    return [
        item for block in blocks for item, is_background in block.statements if not is_background
    ]


def variable_exit(node: Node) -> str:
    """Return what status `node` reports where it reports a recorded one, else an empty text.

    `exit $rc`, `[ $rc -eq 0 ]`, `test "$?" = 0` and the like; the answer is the expansion
    without its dollar sign and braces: `rc`, `?`, `PIPESTATUS[0]`.
    """
    program = program_of(node)
    if not program or not isinstance(node, Simple):
        return ""
    words = [word.text for word in node.words[1:]]
    if program in ("exit", "return"):
        return _expansion(words[0]) if len(words) == 1 else ("?" if not words else "")
    if program in ("[", "test", "[["):
        words = words[:-1] if program == "[" else words
        if len(words) == 3 and words[1] in ("-eq", "=", "==") and words[2] == "0":
            return _expansion(words[0])
    if program == "((":
        inside = node.text.strip("() ").replace(" ", "")
        if inside.endswith("==0"):
            return inside[:-3].lstrip("$")
    return ""


def _expansion(word: str) -> str:
    """Return the name in `$name` or `${name}`, empty where the word is anything else."""
    if not word.startswith("$"):
        return ""
    if word.startswith("${") and word.endswith("}"):
        return word[2:-1]
    return word[1:] if word[1:].replace("_", "a").isalnum() or word == "$?" else ""


def recorded_status(node: Node) -> tuple[str, str]:
    """Return (variable, expansion) where `node` is `variable=$?` or the like, else empty texts."""
    if not isinstance(node, Simple) or (node.words and node.words[0].text not in DECLARATIONS):
        return "", ""
    pairs = node.assignments
    if len(node.words) == 2 and "=" in node.words[1].text:
        name, _, value = node.words[1].text.partition("=")
        pairs = [(name, value)]
    if len(pairs) != 1:
        return "", ""
    return pairs[0][0], _expansion(pairs[0][1])
