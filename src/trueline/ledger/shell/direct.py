"""The direct way through plain shell text, for the great majority of what agents type.

Reading any shell text there is takes a grammar that looks at every character and a walk that
asks of every node what may leave the script.  Most commands need neither: they are plain
or simply quoted words, joined by `|`, `&&`, `||` and `;`, with a redirection here and there.
Those are cut into words here, in one pass of string methods.  Whose status such a line returns
depends on its joints and on a few programs (`echo`, `tail`, `false`, …) alone, so the grammar
and the walk themselves are asked once for each such *shape* (`x && x | tail`), and their answer
is remembered.  Wrappers, `cd` and `find -exec` are taken by the walk, as ever.

The answer is the one that the whole way gives, or None: escapes, expansions, substitutions,
heredocs, groups, comments, several lines, and programs that change how the shell goes on are
not for this room.
"""

from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from trueline.ledger.shell.flow import Context, Flow, Shell
from trueline.ledger.shell.flow.statuses import DECLARATIONS, SOFT
from trueline.ledger.shell.flow.walk import piped_text
from trueline.ledger.shell.grammar import Grammar, Simple
from trueline.ledger.shell.grammar.compounds import OPENERS
from trueline.ledger.shell.grammar.statements import CLOSERS
from trueline.ledger.shell.model import Redirect, SimpleCommand, Word

MAX_LINE: Final = 2_000
"""Longer text is read the whole way: it may hold more commands than the whole way lets pass."""

_QUOTED: Final = "\x00"
"""Stands for each character of a quoted part, quotes included, while a line is cut."""

_AND, _OR = "(", ")"
"""Stand for the first character of `&&` and `||`, and `;` for the second, while a line is cut."""

_JOINTS: Final = {_AND: " && ", _OR: " || ", ";": " ; "}
_OUTPUTS: Final = ("2>>", "2>", "1>>", "1>", "&>>", "&>", ">>", ">")
"""Operators with a file behind them, the longer of those that begin alike first."""

_DUPLICATIONS: Final = {"2>&1": ("2>&", "1"), ">&2": (">&", "2"), "1>&2": ("1>&", "2")}
_ODD: Final = OPENERS | CLOSERS | {"exit", "return", "set", "trap", "wait", "time", "!"}
"""First words with which a line is no plain one."""

_ASKING: Final = frozenset({"[", "test"})
"""Programs that may ask for the status of the command before."""

_MOVING: Final = frozenset({"cd", "pushd", "popd"})
_TELLING: Final = SOFT | DECLARATIONS | _MOVING | {"false"}
"""Programs whose names alone change what a line's status says."""


def direct_commands(text: str) -> list[SimpleCommand] | None:
    """Return the commands that plain `text` runs, None where it is not plain enough.

    Never raises.
    """
    if len(text) > MAX_LINE:
        return None
    nodes: list[Simple] = []
    shape = _cut(text, nodes)
    contexts = _contexts(shape) if shape else None
    if contexts is None:
        return None
    flow, shell = Flow([]), Shell()
    for index, node in enumerate(nodes):
        context = contexts[index]
        if context.stdin is not None:
            context = replace(context, stdin=piped_text(nodes[index - 1]))
        flow.simple(node, context, shell)
    # What a script in quotes does depends on more than a shape says.
    return None if flow.visits or flow.problems else flow.commands


@lru_cache(maxsize=1024)
def _contexts(shape: str) -> tuple[Context, ...] | None:
    """Return what surrounds each command of a line of this shape, None if it is not plain.

    Standard input that is known stands for what the command before prints.
    """
    flow = Flow([])
    flow.block(Grammar(shape).script(), Context(), Shell())
    found: list[Context] = []
    was_piped = False
    for command in flow.commands:
        if command.program in _MOVING and (was_piped or command.is_piped):
            return None  # it moves a subshell only
        was_piped = command.is_piped
        found.append(
            Context(
                link=command.exit_link,
                is_masked=command.is_masked,
                is_conditional=command.is_conditional,
                is_background=command.is_background,
                is_piped=command.is_piped,
                stdin=command.stdin,
            )
        )
    return tuple(found)


def _cut(text: str, nodes: list[Simple]) -> str:
    """Cut a line into `nodes`; return its shape, empty where it is not plain.

    A shape is the line itself with `x` in place of most commands, a program for the others.
    """
    masked = _masked(text).rstrip(" \n")
    if not masked or _is_hard(masked):
        return ""
    is_background = masked[-1] == "&" and masked[-2:] != "&&"
    line = masked[:-1].rstrip(" ") if is_background else masked.removesuffix(";")
    line = line.replace("&&", _AND + ";").replace("||", _OR + ";")
    shape = ""
    position = 0
    for part in line.split(";"):
        mark = part[-1:] if part[-1:] in _JOINTS else ";"
        for piped in part.removesuffix(mark).split("|"):
            node = _command(text, position, piped)
            if node is None:
                return ""
            position += len(piped) + 1
            nodes.append(node)
            program = node.words[0].text
            shape += (program if program in _TELLING else "x") + " | "
        shape = shape[:-3] + _JOINTS[mark]
        position += mark != ";"
    return shape[:-3] + " &" if is_background else shape


def _masked(text: str) -> str:
    """Return `text` with its quoted parts blotted out, empty where they are not plain."""
    double, single = text.find('"'), text.find("'")
    if double == single:  # neither
        return text
    pieces: list[str] = []
    i = 0
    while double >= 0 or single >= 0:
        is_double = single < 0 or 0 <= double < single
        start = double if is_double else single
        close = text.find(text[start], start + 1)
        if close < 0 or (is_double and not _is_verbatim(text[start + 1 : close])):
            return ""
        pieces += (text[i:start], _QUOTED * (close + 1 - start))
        i = close + 1
        if 0 <= double < i:
            double = text.find('"', i)
        if 0 <= single < i:
            single = text.find("'", i)
    pieces.append(text[i:])
    return "".join(pieces)


def _is_verbatim(inside: str) -> bool:
    """Return whether the inside of double quotes stands for itself."""
    if "$" in inside or "`" in inside:
        return False
    # A backslash is itself but before `$`, a backtick, a double quote, another, or a newline.
    return "\\" not in inside or not (inside.endswith("\\") or "\\\\" in inside or "\\\n" in inside)


def _is_hard(masked: str) -> bool:
    """Return whether anything outside quotes needs the grammar."""
    return (
        "$" in masked
        or "\\" in masked
        or "\n" in masked
        or "(" in masked
        or ")" in masked
        or "<" in masked
        or "#" in masked
        or "`" in masked
        or "\t" in masked
        or "\r" in masked
    )


def _command(text: str, position: int, masked: str) -> Simple | None:
    """Read one simple command, None where it is not plain.

    Args:
        text: the whole line.
        position: where the command's part of it begins.
        masked: that part, blotted.
    """
    redirects: list[Redirect] = []
    if _QUOTED in masked or ">" in masked or "&" in masked:
        words = _words(text, position, masked, redirects)
    else:
        words = [Word(word) for word in masked.split(" ") if word]
    if not words:
        return None
    assignments = _assignments(masked, words) if "=" in words[0].text else []
    if not words:
        return None
    program = words[0].text
    if program in _ODD or "=" in program or (program in _ASKING and "$" in text):
        return None
    start = position + len(masked) - len(masked.lstrip(" "))
    stop = position + len(masked.rstrip(" "))
    return Simple(text[start:stop], words, assignments, redirects)


def _assignments(masked: str, words: list[Word]) -> list[tuple[str, str]]:
    """Take the assignments in front of a program out of `words`."""
    found: list[tuple[str, str]] = []
    while words:
        masked = masked.lstrip(" ")
        name, sign, value = words[0].text.partition("=")
        # No part of the name may be quoted, nor a redirection stand before it.
        if not sign or not masked.startswith(name + sign):
            break
        if not name.isidentifier() or not name.isascii():
            break
        found.append((name, value))
        del words[0]
        masked = masked.partition(" ")[2]
    return found


def _words(text: str, position: int, masked: str, redirects: list[Redirect]) -> list[Word]:
    """Read the words and redirections of one command; no words where it is not plain."""
    words: list[Word] = []
    operator = ""
    for part in masked.split(" "):
        token, position = part, position + len(part) + 1
        if not token:
            continue
        if ">" in token or "&" in token:
            sign, token = _redirection(token)
            if operator or not sign:
                return []
            operator = sign
            if not token:
                continue  # the next word is its target
        if _QUOTED in token:
            token = _unquoted(text[position - 1 - len(token) : position - 1])
        if operator:
            redirects.append(Redirect(operator=operator, target=token))
            operator = ""
        else:
            words.append(Word(token))
    return [] if operator else words


def _redirection(token: str) -> tuple[str, str]:
    """Return the operator and target of a redirection, no operator where it is not plain."""
    found = _DUPLICATIONS.get(token)
    if found is not None:
        return found
    for operator in _OUTPUTS:
        if token.startswith(operator):
            target = token[len(operator) :]
            return ("", "") if ">" in target or "&" in target else (operator, target)
    return "", ""


def _unquoted(word: str) -> str:
    """Return a word without its quotes, each of which is closed."""
    quote = word[0]
    if quote in "\"'" and word.find(quote, 1) == len(word) - 1:
        return word[1:-1]
    pieces: list[str] = []
    quote = ""
    for char in word:
        if char == quote:
            quote = ""
        elif not quote and char in "\"'":
            quote = char
        else:
            pieces.append(char)
    return "".join(pieces)
