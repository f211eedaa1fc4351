"""Whose status a list of statements returns, decided before the list is walked.

The last statement returns it, unless it hands on another's (`exit $?`, `exit $rc`,
`[ $? -eq 0 ]`, `exit ${PIPESTATUS[0]}`, `wait $!`), and unless a statement before it leaves the
script.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from trueline.ledger.model import ExitLink
from trueline.ledger.shell.flow.shells import Context, Shell, weaker, weakest
from trueline.ledger.shell.flow.statuses import (
    exit_of,
    exits_in,
    hands_on_failure,
    is_failure,
    is_infallible,
    program_of,
    recorded_status,
    variable_exit,
)
from trueline.ledger.shell.grammar import AndOr, Block, If, Node, Pipeline, Simple


class Plan:
    """What is known of one list before it is walked: whose status its last statement returns."""

    __slots__ = ("_end", "_owner", "_pick", "_statements", "is_zero")

    def __init__(self, statements: list[tuple[Node, bool]]) -> None:
        self._statements = statements
        self._end = next(
            (
                i
                for i, (node, is_background) in enumerate(statements)
                if not is_background and exit_of(node)
            ),
            len(statements) - 1,
        )
        self._owner, self._pick = self._end, -1
        self.is_zero = False
        if statements:
            self._find_owner()

    def _find_owner(self) -> None:
        """Find the statement whose status the list returns."""
        end, is_background = self._statements[self._end]
        if is_background:
            return
        kind = exit_of(end)
        if kind == "zero" or program_of(end) in ("true", ":"):
            self.is_zero = True
        if kind in ("zero", "failure"):
            return
        reported = variable_exit(end)
        if not reported:
            if program_of(end) == "wait" and self._end:
                self._wait(end)
            return
        before = self._end
        if reported != "?" and not reported.startswith("PIPESTATUS"):
            before, reported = self._recorded(reported)
        if before < 1 or self._statements[before - 1][1]:
            return
        if reported == "?":
            self._owner = before - 1
        elif reported.startswith("PIPESTATUS"):
            digits = reported[len("PIPESTATUS") :].strip("[]")
            node = self._statements[before - 1][0]
            count = len(node.items) if isinstance(node, Pipeline) else 1
            if isinstance(node, Simple | Pipeline) and (digits.isdigit() or not digits):
                pick = int(digits[:3] or "0")
                if pick < count:
                    self._owner, self._pick = before - 1, pick

    def _recorded(self, name: str) -> tuple[int, str]:
        """Return the statement that put a status into variable `name`, and which status."""
        for index in range(self._end - 1, 0, -1):
            variable, source = recorded_status(self._statements[index][0])
            if variable == name:
                return index, source
        return -1, ""

    def _wait(self, end: Node) -> None:
        """Let `wait $!` return the status of the background command before it."""
        assert isinstance(end, Simple)
        is_one = len(end.words) == 2 and end.words[1].text in ("$!", "%1", "%%", "%+")
        if is_one and self._statements[self._end - 1][1]:
            self._owner = self._end - 1

    def pick(self, index: int) -> int:
        """Return the element of the pipeline at `index` whose status is asked for, -1 for none."""
        return self._pick if index == self._owner else -1

    def owns(self, index: int) -> bool:
        """Return whether the list returns the status of the statement at `index`, kept aside."""
        return index == self._owner and index < self._end

    def later(self, index: int, leaks: Sequence[ExitLink], link: ExitLink) -> ExitLink:
        """Return `link` less what statements between `index` and the end may do to it."""
        for leak in leaks[index + 1 : self._end]:
            link = weakest(link, leak)
        return link

    def guard(self, index: int, context: Context) -> ExitLink | None:
        """Return what the status says of a check at `index` that ends the script, None if none.

        Such a check is `a || exit 1`, or an `if` whose failing branch exits.
        """
        if index >= self._end or self._statements[index][1]:
            return None
        node = self._statements[index][0]
        leaver: Node | None = None
        if isinstance(node, AndOr):
            if node.operators[-1] == "||" and hands_on_failure(node.items[-1]):
                leaver = node.items[-1]
        elif isinstance(node, If) and condition_link(node, "implied") != "hidden":
            branch = node.branches[0][1] if is_negation(node.branches[0][0]) else node.otherwise
            leaver = branch.statements[-1][0] if branch and branch.statements else None
        if leaver is None:
            return None
        found = exits_in(leaver)
        if found <= {"failure", "status"} and found:
            return context.abort
        if found <= {"return failure", "return status"} and found and context.is_function:
            return weaker(context.link)
        return None

    def context(self, index: int, context: Context, shell: Shell, leak: ExitLink) -> Context:
        """Return the context of the statement at `index`.

        Args:
            index: position in the list.
            context: that of the whole list.
            shell: the options in force.
            leak: what the list's status says of this statement at most, since others may have
                ended the script: `implied` after a failing exit, `hidden` after any other.
        """
        node, is_background = self._statements[index]
        is_checked = shell.errexit and not context.errexit_off and not is_background
        is_masked = context.is_masked
        link: ExitLink = "hidden"
        if index == self._owner and not self.is_zero:
            link = context.link
        elif index == self._end:
            return context
        elif self.is_zero and index < self._end and not is_checked:
            is_masked = True
        if link == "hidden" and is_checked and (not isinstance(node, AndOr) or ends_sure(node)):
            link = context.abort
        link = weakest(link, leak)
        if link == context.link and is_masked == context.is_masked:
            return context
        return replace(context, link=link, is_masked=is_masked)


def ends_sure(node: AndOr) -> bool:
    """Return whether only the last command of a chain can fail."""
    return node.operators[-1] == "&&" and all(is_infallible(item) for item in node.items[:-1])


def sure_prefixes(node: AndOr) -> list[bool]:
    """Return for each item whether everything before it in the chain is certain to succeed."""
    sure = [True]
    for index, item in enumerate(node.items[:-1]):
        operator = node.operators[index - 1] if index else "&&"
        succeeds = is_infallible(item)
        sure.append(sure[-1] and succeeds if operator == "&&" else sure[-1] or succeeds)
    return sure


def is_negation(condition: Block) -> bool:
    """Return whether a condition is one negated pipeline."""
    statements = condition.statements
    return (
        len(statements) == 1
        and isinstance(statements[0][0], Pipeline)
        and statements[0][0].is_negated
    )


def condition_link(node: If, link: ExitLink) -> ExitLink:
    """Return what the status says of an `if`'s condition: something only if a branch fails."""
    if len(node.branches) != 1 or len(node.branches[0][0].statements) != 1:
        return "hidden"
    condition, body = node.branches[0]
    body_ends = body.statements[-1][0] if body.statements else None
    if is_negation(condition):
        is_told = body_ends is not None and is_failure(body_ends)
        is_fine = node.otherwise is None or _is_harmless(node.otherwise)
        return link if is_told and is_fine else "hidden"
    if node.otherwise is None or not node.otherwise.statements:
        return "hidden"
    is_told = is_failure(node.otherwise.statements[-1][0])
    return link if is_told and _is_harmless(body) else "hidden"


def _is_harmless(block: Block) -> bool:
    """Return whether every statement of `block` is certain to succeed."""
    return all(is_infallible(node) for node, _ in block.statements)
