"""What a shell remembers from one statement to the next, and what surrounds each of them."""

import posixpath

from msgspec import Struct

from trueline.ledger.model import ExitLink
from trueline.ledger.shell.grammar import Node
from trueline.ledger.shell.model import Redirect


class Context(Struct, frozen=True, kw_only=True):
    """What surrounds a node.

    Attributes:
        link: what the script's status says of the status of this node.
        abort: what it says of a command whose failure ends this shell at once.
        errexit_off: failures here do not end the shell even under `set -e`.
        is_function: it is the body of a function, which `return` leaves.
        level: how many scripts and functions enclose it.
    """

    link: ExitLink = "own"
    abort: ExitLink = "implied"
    errexit_off: bool = False
    is_masked: bool = False
    is_conditional: bool = False
    is_looped: bool = False
    is_substitution: bool = False
    is_background: bool = False
    is_piped: bool = False
    redirects: tuple[Redirect, ...] = ()
    stdin: str | None = None
    via: tuple[str, ...] = ()
    is_function: bool = False
    level: int = 0


class Shell:
    """What a shell remembers from one statement to the next.

    Attributes:
        directory: where it stands, as far as `cd` in the script says.
        errexit: `set -e` is in force.
        functions: the bodies of the functions defined so far.
        is_trapped: a trap makes the script end with zero whatever happens.
        is_unsure: an option was set under a condition; nothing can be said of statuses.
        pipefail: `set -o pipefail` is in force.
        stack: directories kept by `pushd`.
    """

    __slots__ = (
        "directory",
        "errexit",
        "functions",
        "is_trapped",
        "is_unsure",
        "pipefail",
        "stack",
    )

    def __init__(self) -> None:
        self.errexit = False
        self.pipefail = False
        self.directory = ""
        self.is_trapped = False
        self.is_unsure = False
        self.functions: dict[str, Node] = {}
        self.stack: list[str] = []

    def copy(self) -> "Shell":
        """Return a subshell's own state."""
        other = Shell()
        other.errexit, other.pipefail = self.errexit, self.pipefail
        other.directory, other.is_trapped = self.directory, self.is_trapped
        other.is_unsure = self.is_unsure
        other.functions, other.stack = dict(self.functions), list(self.stack)
        return other


def weaker(link: ExitLink) -> ExitLink:
    """Return `link` where another command can fail too."""
    return "implied" if link == "own" else link


def weakest(first: ExitLink, second: ExitLink) -> ExitLink:
    """Return the link that says less."""
    if "hidden" in (first, second):
        return "hidden"
    return "implied" if "implied" in (first, second) else "own"


def apply_options(words: list[str], shell: Shell) -> None:
    """Apply `set -e`, `set +e`, `set -o pipefail` and joined forms."""
    for index, word in enumerate(words):
        if word[:1] not in ("-", "+") or word in ("-", "--"):
            continue
        is_on = word[0] == "-"
        if "e" in word[1:] and word[1:].isalpha():
            shell.errexit = is_on
        if "o" in word[1:] and index + 1 < len(words):
            if words[index + 1] == "pipefail":
                shell.pipefail = is_on
            elif words[index + 1] == "errexit":
                shell.errexit = is_on


def change_directory(program: str, words: list[str], shell: Shell) -> None:
    """Apply `cd`, `pushd` or `popd` with the arguments `words`."""
    if program == "popd":
        shell.directory = shell.stack.pop() if shell.stack else ""
        return
    if program == "pushd":
        shell.stack.append(shell.directory)
    if words and words[-1] == "-":
        shell.directory = ""
        return
    target = next((word for word in words if not word.startswith("-")), "")
    shell.directory = posixpath.join(shell.directory, target) if target else "~"
