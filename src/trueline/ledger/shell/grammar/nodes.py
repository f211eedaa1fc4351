"""The syntax tree of shell text: what stands where, before anything is said about running it.

Plain slotted classes: a tree lives only while one script is read.
"""

from dataclasses import dataclass, field

from trueline.ledger.shell.model import Redirect, Word


@dataclass(slots=True)
class Block:
    """Statements in order, each with whether `&` follows it."""

    statements: list[tuple["Node", bool]] = field(default_factory=list["tuple[Node, bool]"])


@dataclass(slots=True)
class Simple:
    """One simple command as written: assignments, words, redirections, substitutions in it."""

    text: str = ""
    words: list[Word] = field(default_factory=list[Word])
    assignments: list[tuple[str, str]] = field(default_factory=list["tuple[str, str]"])
    redirects: list[Redirect] = field(default_factory=list[Redirect])
    substitutions: list[Block] = field(default_factory=list[Block])


@dataclass(slots=True)
class Pipeline:
    """Commands joined by `|`, or one command behind `!`."""

    items: list["Node"]
    is_negated: bool = False


@dataclass(slots=True)
class AndOr:
    """Commands joined by `&&` and `||`, which bind equally and to the left."""

    items: list["Node"]
    operators: list[str]


@dataclass(slots=True)
class Group:
    """`( … )` or `{ … }` with its redirections."""

    body: Block
    is_subshell: bool
    redirects: list[Redirect] = field(default_factory=list[Redirect])
    substitutions: list[Block] = field(default_factory=list[Block])


@dataclass(slots=True)
class If:
    """`if … then … elif … else … fi`."""

    branches: list[tuple[Block, Block]]
    otherwise: Block | None = None
    redirects: list[Redirect] = field(default_factory=list[Redirect])
    substitutions: list[Block] = field(default_factory=list[Block])


@dataclass(slots=True)
class Loop:
    """`for`, `select`, `while` and `until`; only the last two have a condition."""

    condition: Block | None
    body: Block
    redirects: list[Redirect] = field(default_factory=list[Redirect])
    substitutions: list[Block] = field(default_factory=list[Block])


@dataclass(slots=True)
class Case:
    """`case … in … esac`: one block for each of its items."""

    bodies: list[Block]
    redirects: list[Redirect] = field(default_factory=list[Redirect])
    substitutions: list[Block] = field(default_factory=list[Block])


@dataclass(slots=True)
class Function:
    """A function's definition, which runs nothing by itself."""

    name: str
    body: "Node"


Compound = Group | If | Loop | Case
Node = Simple | Pipeline | AndOr | Group | If | Loop | Case | Function
