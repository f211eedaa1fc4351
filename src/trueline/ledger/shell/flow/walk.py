"""Which commands a script runs, under what conditions, and whose status the script returns.

The recorded exit status of a call is one number for everything in it.  This room walks the
syntax tree in order and says of each command what that number says of it: it is zero if and
only if the command succeeded (`own`), zero implies that it succeeded (`implied`), or it says
nothing (`hidden`).  When in doubt the answer is `hidden`.

**Covers** lists, pipelines with and without `pipefail`, `&&`, `||`, `!`, `set -e`, guards such
as `|| exit 1`, statuses kept in variables, `PIPESTATUS`, subshells, groups, conditions, loops,
functions, traps, substitutions and wrappers.  **Does not cover** `set -E`, `ERR` traps, exits
out of a function two calls deep, and what variables hold.
"""

from collections.abc import Set
from typing import Final

from msgspec.structs import replace

from trueline.ledger.model import ExitLink
from trueline.ledger.shell.flow.plans import Plan, condition_link, is_negation, sure_prefixes
from trueline.ledger.shell.flow.shells import (
    Context,
    Shell,
    apply_options,
    change_directory,
    weaker,
    weakest,
)
from trueline.ledger.shell.flow.statuses import (
    FILTERS,
    INFALLIBLE,
    SOFT,
    exit_of,
    exits_in,
    hands_on_failure,
    is_infallible,
    program_of,
)
from trueline.ledger.shell.flow.wrappers import MAX_LAYERS, Peeled, find_actions, peel, wrappers
from trueline.ledger.shell.grammar import (
    AndOr,
    Block,
    Case,
    Function,
    Grammar,
    Group,
    If,
    Loop,
    Node,
    Pipeline,
    Simple,
)
from trueline.ledger.shell.model import Redirect, SimpleCommand, Word

MAX_COMMANDS: Final = 2_000
"""Commands that one script yields; the rest is reported."""

MAX_VISITS: Final = 8_000
"""Nodes looked at in one script: functions that call each other cannot multiply."""

_PIPE_INFALLIBLE: Final = INFALLIBLE | FILTERS


class Flow:
    """Walks a syntax tree and collects the commands that it runs.

    Attributes:
        commands: what was found, in order.
        problems: what could not be understood.
        visits: how many nodes were looked at.
    """

    def __init__(self, problems: list[str]) -> None:
        self.commands: list[SimpleCommand] = []
        self.problems = problems
        self.visits = 0
        self._function_exits: dict[int, frozenset[str]] = {}
        self._calls: list[str] = []

    def block(self, block: Block, context: Context, shell: Shell) -> None:
        """Walk the statements of one list."""
        statements = block.statements
        if len(statements) == 1 and not statements[0][1] and not shell.is_trapped:
            self.node(statements[0][0], context, shell)
            return
        plan = Plan(statements)
        leak: ExitLink = "own"
        for node, _ in statements:
            if isinstance(node, Function):
                shell.functions.setdefault(node.name, node.body)
        leaks: list[ExitLink] = [self._leak(node, shell) for node, _ in statements]
        for index, (node, is_background) in enumerate(statements):
            inner = plan.context(index, context, shell, leak)
            if is_background:
                self.node(node, replace(inner, is_background=True), shell.copy(), plan.pick(index))
                continue
            guard = plan.guard(index, context)
            if guard is not None:
                inner = replace(inner, link=weakest(guard, leak))
            elif plan.owns(index):
                inner = replace(inner, link=plan.later(index, leaks, inner.link))
            self.node(node, inner, shell, plan.pick(index))
            leak = weakest(leak, leaks[index])
            if shell.errexit and not context.errexit_off and not is_infallible(node):
                leak = weakest(leak, "implied")

    def _leak(self, node: Node, shell: Shell) -> ExitLink:
        """Return what the status still says of later statements, since `node` may leave."""
        if isinstance(node, Simple) and not shell.functions:
            kind = exit_of(node)
            return "own" if not kind else "implied" if kind == "failure" else "hidden"
        self.visits += 1
        if self.visits > MAX_VISITS:
            return "hidden"
        found = exits_in(node, lambda name: self._exits(name, shell))
        if not found:
            return "own"
        return "implied" if found <= {"failure", "return failure"} else "hidden"

    def _exits(self, name: str, shell: Shell) -> Set[str]:
        """Return how a call of `name` may leave the script; a `return` leaves only itself."""
        body = shell.functions.get(name)
        if body is None:
            return _NO_EXITS
        known = self._function_exits.get(id(body))
        if known is None:
            self._function_exits[id(body)] = frozenset({"other"})  # until known: it calls itself
            found = exits_in(body, lambda inner: self._exits(inner, shell))
            known = frozenset(kind for kind in found if not kind.startswith("return"))
            self._function_exits[id(body)] = known
        return known

    def node(self, node: Node, context: Context, shell: Shell, pick: int = -1) -> None:
        """Walk one node; `pick` is the element of a pipeline whose status counts, -1 the last."""
        self.visits += 1
        if self.visits > MAX_VISITS:
            if self.visits == MAX_VISITS + 1:
                self.problems.append("too many calls of functions")
            return
        if isinstance(node, Simple):
            self.simple(node, context, shell)
        elif isinstance(node, AndOr):
            self._and_or(node, context, shell)
        elif isinstance(node, Pipeline):
            self._pipeline(node, context, shell, pick)
        elif isinstance(node, Function):
            shell.functions[node.name] = node.body
            shell.is_unsure = shell.is_unsure or context.is_conditional
        else:
            self._substitutions(node.substitutions, context, shell)
            if node.redirects:
                context = replace(
                    context,
                    redirects=context.redirects + tuple(node.redirects),
                    stdin=_stdin(node.redirects, context.stdin),
                )
            self._compound(node, context, shell)

    def _compound(self, node: Group | If | Loop | Case, context: Context, shell: Shell) -> None:
        """Walk a compound command."""
        if isinstance(node, Group):
            if node.is_subshell:
                context = replace(context, abort=weaker(context.link))
                self.block(node.body, context, shell.copy())
            else:
                self.block(node.body, context, shell)
        elif isinstance(node, If):
            self._if(node, context, shell)
        elif isinstance(node, Loop):
            self._loop(node, context, shell)
        else:
            inner = replace(context, link="hidden", abort="hidden", is_conditional=True)
            for body in node.bodies:
                self.block(body, inner, shell)

    def _substitutions(self, blocks: list[Block], context: Context, shell: Shell) -> None:
        """Walk the commands inside substitutions, whose status nobody sees."""
        for block in blocks:
            self._substitution(block, replace(context, link="hidden"), shell)

    def _substitution(self, block: Block, context: Context, shell: Shell) -> None:
        """Walk one substitution under `context`."""
        inner = replace(
            context,
            abort=weaker(context.link),
            is_substitution=True,
            redirects=(),
            stdin=None,
            errexit_off=context.errexit_off,
        )
        self.block(block, inner, shell.copy())

    def _and_or(self, node: AndOr, context: Context, shell: Shell) -> None:
        """Walk a chain of `&&` and `||`, which bind equally and to the left."""
        count = len(node.items)
        links: list[ExitLink] = ["hidden"] * count
        masks = [False] * count
        conditional = [False] * count
        link, is_masked = context.link, context.is_masked
        is_sure = sure_prefixes(node)
        for index in range(count - 1, 0, -1):
            item, operator = node.items[index], node.operators[index - 1]
            masks[index] = is_masked
            if operator == "&&":
                links[index] = link if is_sure[index] else weaker(link)
                link = link if is_infallible(item) else weaker(link)
                continue
            conditional[index] = True
            if not hands_on_failure(item):
                link = "hidden"
                is_masked = is_masked or is_infallible(item, SOFT)
        links[0], masks[0] = link, is_masked
        leak: ExitLink = "own"
        for index, item in enumerate(node.items):
            inner = replace(
                context,
                link=weakest(links[index], leak),
                is_masked=masks[index],
                is_conditional=context.is_conditional or conditional[index],
                errexit_off=context.errexit_off or index < count - 1,
            )
            if program_of(item) == "set" and not is_sure[index]:
                shell.is_unsure = True
            self.node(item, inner, shell)
            leak = weakest(leak, self._leak(item, shell))

    def _pipeline(self, node: Pipeline, context: Context, shell: Shell, pick: int) -> None:
        """Walk a pipeline."""
        items = node.items
        last = len(items) - 1
        if node.is_negated:
            context = replace(context, link="hidden", errexit_off=True)
        counted = pick if 0 <= pick <= last else last
        is_all = shell.pipefail and (pick < 0 or pick > last)
        fallible = [i for i, item in enumerate(items) if not is_infallible(item, _PIPE_INFALLIBLE)]
        stdin = context.stdin
        for index, item in enumerate(items):
            link: ExitLink = context.link if index == counted else "hidden"
            if is_all:
                others = any(i != index for i in fallible)
                link = weaker(context.link) if others else context.link
            inner = replace(
                context,
                link=link,
                abort=weaker(link),
                is_piped=context.is_piped or index < last,
                stdin=stdin,
            )
            self.node(item, inner, shell if last == 0 else shell.copy())
            stdin = piped_text(item)

    def _if(self, node: If, context: Context, shell: Shell) -> None:
        """Walk an `if`: the condition's status is seen only where a branch hands it on."""
        seen = condition_link(node, context.link)
        branch = replace(context, link="hidden", abort="hidden", is_conditional=True)
        for index, (condition, body) in enumerate(node.branches):
            inner = replace(
                context if index == 0 else branch,
                link=seen if index == 0 else "hidden",
                errexit_off=True,
            )
            if index == 0 and seen != "hidden" and is_negation(condition):
                pipeline = condition.statements[0][0]
                assert isinstance(pipeline, Pipeline)
                self.node(Pipeline(pipeline.items), inner, shell)
            else:
                self.block(condition, inner, shell)
            self.block(body, branch, shell)
        if node.otherwise is not None:
            self.block(node.otherwise, branch, shell)

    def _loop(self, node: Loop, context: Context, shell: Shell) -> None:
        """Walk a loop: its status is that of its last round only."""
        inner = replace(context, link="hidden", abort="hidden", is_looped=True)
        if node.condition is not None:
            self.block(node.condition, replace(inner, errexit_off=True), shell)
            inner = replace(inner, is_conditional=True)
        self.block(node.body, inner, shell)

    def simple(self, node: Simple, context: Context, shell: Shell) -> None:
        """Walk a simple command: its substitutions, then itself."""
        if node.substitutions:
            if not node.words and len(node.substitutions) == 1 and node.assignments:
                self._substitution(node.substitutions[0], context, shell)
            else:
                self._substitutions(node.substitutions, context, shell)
        if not node.words:
            if node.redirects:
                self._emit(node, (), context, shell)
            return
        program = node.words[0].text
        if program in shell.functions:
            self._call(program, node, context, shell)
            return
        if program in _STATEFUL:
            self._remember(program, node, context, shell)
        self._run(node, tuple(node.words), context, shell)

    def _call(self, name: str, node: Simple, context: Context, shell: Shell) -> None:
        """Walk the body of a function where it is called."""
        if name in self._calls or len(self._calls) > MAX_LAYERS:
            self.problems.append(f"the function {name!r} calls itself")
            return
        self._calls.append(name)
        redirects = context.redirects + tuple(node.redirects)
        inner = replace(context, redirects=redirects, is_function=True)
        self.node(shell.functions[name], inner, shell)
        self._calls.pop()

    def _run(self, node: Simple, words: tuple[Word, ...], context: Context, shell: Shell) -> None:
        """Peel wrappers off `words`, then record the command or walk the script inside."""
        assignments: tuple[tuple[str, str], ...] = ()
        for _ in range(MAX_LAYERS):
            program = words[0].text
            if program.rsplit("/", 1)[-1] not in wrappers():
                break
            inside = peel(words)
            if inside is None:
                break
            context = replace(
                context,
                via=(*context.via, inside.via),
                link="hidden"
                if inside.link == "hidden"
                else weaker(context.link)
                if inside.link == "implied"
                else context.link,
                is_looped=context.is_looped or inside.is_looped,
            )
            assignments += inside.assignments
            if inside.scripts:
                self._scripts(node, inside, context, shell)
                return
            words = inside.words
        if words[0].text == "find":
            self._emit(node, words, context, shell, assignments)
            if len(context.via) > MAX_LAYERS:
                self.problems.append("commands in commands nested too deeply")
                return
            for inner, link in find_actions(words):
                via = replace(
                    context,
                    via=(*context.via, "find -exec"),
                    link="hidden" if link == "hidden" else weaker(context.link),
                    is_looped=True,
                )
                self._run(node, inner, via, shell)
            return
        self._emit(node, words, context, shell, assignments)

    def _scripts(self, node: Simple, inside: Peeled, context: Context, shell: Shell) -> None:
        """Walk the shell text inside a wrapper."""
        if context.level >= MAX_LAYERS:
            self.problems.append("scripts in scripts nested too deeply")
            return
        redirects = context.redirects + tuple(node.redirects)
        for text in inside.scripts:
            reader = Grammar(text, context.level + 1, self.problems)
            block = reader.script()
            inner = replace(context, redirects=redirects, level=context.level + 1)
            if len(inside.scripts) > 1:
                inner = replace(inner, link=weaker(inner.link))
            if inside.is_new_shell:
                new = Shell()
                new.directory = shell.directory if "ssh" not in inside.via else ""
                new.errexit, new.pipefail = inside.errexit, inside.pipefail
                inner = replace(inner, abort=weaker(inner.link))
                self.block(block, inner, new)
            else:
                self.block(block, inner, shell)

    def _emit(
        self,
        node: Simple,
        words: tuple[Word, ...],
        context: Context,
        shell: Shell,
        assignments: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Record one command."""
        if len(self.commands) >= MAX_COMMANDS:
            if len(self.commands) == MAX_COMMANDS and "too many commands" not in self.problems:
                self.problems.append("too many commands")
            return
        self.commands.append(
            SimpleCommand(
                words=words,
                text=node.text,
                assignments=(*node.assignments, *assignments),
                redirects=(*node.redirects, *context.redirects),
                stdin=_stdin(node.redirects, context.stdin) if node.redirects else context.stdin,
                exit_link="hidden" if shell.is_trapped or shell.is_unsure else context.link,
                is_masked=context.is_masked or shell.is_trapped,
                is_conditional=context.is_conditional,
                is_looped=context.is_looped,
                is_substitution=context.is_substitution,
                is_background=context.is_background,
                is_piped=context.is_piped,
                via=context.via,
                directory=shell.directory,
            )
        )

    def _remember(self, program: str, node: Simple, context: Context, shell: Shell) -> None:
        """Apply what a builtin changes in the shell."""
        words = [word.text for word in node.words[1:]]
        if program == "set":
            apply_options(words, shell)
            shell.is_unsure = shell.is_unsure or context.is_conditional
        elif program == "trap":
            self._trap(words, context, shell)
        elif not context.is_conditional:
            change_directory(program, words, shell)

    def _trap(self, words: list[str], context: Context, shell: Shell) -> None:
        """Walk what a trap runs; one that exits with zero hides every failure."""
        words = [word for word in words if word != "--"]
        if len(words) < 2 or words[0] in ("-", "", "-p", "-l"):
            return
        if context.level >= MAX_LAYERS:
            return
        block = Grammar(words[0], context.level + 1, self.problems).script()
        inner = replace(
            context, link="hidden", is_conditional=True, via=(*context.via, "trap"),
            level=context.level + 1,
        )  # fmt: skip
        self.block(block, inner, shell.copy())
        signals = {word.upper().removeprefix("SIG") for word in words[1:]}
        if signals & {"EXIT", "0", "ERR"} and any(
            exit_of(item) == "zero" for item, _ in block.statements
        ):
            shell.is_trapped = True


_NO_EXITS: Final[frozenset[str]] = frozenset()
_STATEFUL: Final = frozenset({"set", "trap", "cd", "pushd", "popd"})


def _stdin(redirects: list[Redirect], otherwise: str | None) -> str | None:
    """Return the text fed to a command by its own redirections."""
    for redirect in reversed(redirects):
        if redirect.is_heredoc:
            return redirect.target
        if redirect.operator.endswith("<<<"):
            return redirect.target + "\n"
        if redirect.operator in ("<", "0<"):
            return None
    return otherwise


def piped_text(node: Node) -> str | None:
    """Return the text that `echo` or `printf` writes into a pipe, None where unknown."""
    program = program_of(node)
    if program not in ("echo", "printf", "cat") or not isinstance(node, Simple):
        return None
    if program == "cat":
        return _stdin(node.redirects, None) if len(node.words) == 1 else None
    words = node.words[1:]
    while words and words[0].text in ("-n", "-e", "-E", "-ne", "-en"):
        words = words[1:]
    if not all(word.is_static for word in words):
        return None
    text = " ".join(word.text for word in words)
    return text + "\n" if program == "echo" else text
