"""The syntax tree of shell text: what stands where, before anything is said about running it.

Plain structs, quick to make: a tree lives only while one script is read.
"""

from msgspec import Struct

from trueline.ledger.shell.model import Redirect, Word


class Block(Struct):
    """Statements in order, each with whether `&` follows it."""

    statements: list[tuple["Node", bool]] = []


class Simple(Struct):
    """One simple command as written: assignments, words, redirections, substitutions in it."""

    text: str = ""
    words: list[Word] = []
    assignments: list[tuple[str, str]] = []
    redirects: list[Redirect] = []
    substitutions: list[Block] = []


class Pipeline(Struct):
    """Commands joined by `|`, or one command behind `!`."""

    items: list["Node"]
    is_negated: bool = False


class AndOr(Struct):
    """Commands joined by `&&` and `||`, which bind equally and to the left."""

    items: list["Node"]
    operators: list[str]


class Group(Struct):
    """`( … )` or `{ … }` with its redirections."""

    body: Block
    is_subshell: bool
    redirects: list[Redirect] = []
    substitutions: list[Block] = []


class If(Struct):
    """`if … then … elif … else … fi`."""

    branches: list[tuple[Block, Block]]
    otherwise: Block | None = None
    redirects: list[Redirect] = []
    substitutions: list[Block] = []


class Loop(Struct):
    """`for`, `select`, `while` and `until`; only the last two have a condition."""

    condition: Block | None
    body: Block
    redirects: list[Redirect] = []
    substitutions: list[Block] = []


class Case(Struct):
    """`case … in … esac`: one block for each of its items."""

    bodies: list[Block]
    redirects: list[Redirect] = []
    substitutions: list[Block] = []


class Function(Struct):
    """A function's definition, which runs nothing by itself."""

    name: str
    body: "Node"


Compound = Group | If | Loop | Case
Node = Simple | Pipeline | AndOr | Group | If | Loop | Case | Function
