"""Inspect's approval policies, as a charter.

    approvers:
      - name: human
        tools: [bash, "web_browser_type*"]
      - name: auto
        tools: "*"
        decision: approve

There the first approver in order whose tools fit decides, unless it escalates, and a call that
none decides is rejected.  A charter puts prohibitions first: where an earlier approval overlaps a
later, stricter approver, the charter is stricter, and the import says so.

Source:
    https://inspect.aisi.org.uk/approval.html; `inspect_ai.approval._policy`, whose tool globs
    are prefixes of the call as text (`bash` is `bash*`).
"""

from collections.abc import Mapping
from typing import Any, Final

from trueline.charter.imports.model import Collected, Imported, everywhere
from trueline.charter.model import Answer, Selector
from trueline.charter.rules.globs import MAX_GLOB, word_pattern
from trueline.core.display import one_line
from trueline.core.patterns import pattern
from trueline.errors import CharterError

_DECISIONS: Final[dict[str, Answer]] = {
    "approve": "may",
    "reject": "must_not",
    "terminate": "must_not",
}
_SHELLS: Final = ("bash", "bash_session", "shell", "exec", "terminal", "execute_command")
"""Tools whose calls are seen as the commands in them."""


def import_inspect(policy: Any, name: str) -> Imported:
    """Return the charter of a decoded policy.

    Raises:
        CharterError: the policy has no `approvers` of the known shape.
    """
    approvers = policy.get("approvers") if isinstance(policy, Mapping) else None
    if not isinstance(approvers, list):
        raise CharterError(f"{name}: no list `approvers`; name an approval policy of Inspect")
    found = Collected()
    earlier: list[tuple[Answer, str]] = []
    for number, one in enumerate(approvers, 1):
        if not isinstance(one, Mapping) or not isinstance(one.get("name"), str):
            raise CharterError(f"{name}: approver {number} has no `name`")
        answer = _answer(one, number, found)
        for glob in _tools(one):
            if answer is None:
                continue
            if glob.strip("*") == "":
                if number < len(approvers):
                    found.leave(f"approvers after {number}", "are never reached there; left out")
                return found.charter(name, everywhere(answer))
            _add(glob, answer, earlier, found)
    return found.charter(name, everywhere("must_not"))


def _answer(one: Mapping[str, Any], number: int, found: Collected) -> Answer | None:
    name = one["name"].rpartition("/")[2]
    shown = f"approver {number} `{one_line(one['name'], 60)}`"
    if name == "human":
        return "must_ask"
    if name == "auto":
        params = one.get("params")
        inner = params.get("decision") if isinstance(params, Mapping) else None
        decision = str(one.get("decision", inner or "approve"))
        if decision == "escalate":
            return None
        if decision not in _DECISIONS:
            found.leave(shown, f"`{one_line(decision, 40)}` has no equal; it is asked for here")
        return _DECISIONS.get(decision, "must_ask")
    found.leave(shown, "decides by a program of its own; it is asked for here")
    return "must_ask"


def _tools(one: Mapping[str, Any]) -> list[str]:
    tools = one.get("tools", [])
    listed = tools if isinstance(tools, list) else [tools]
    return [part.strip() for text in listed for part in str(text).split(",") if part.strip()]


def _add(glob: str, answer: Answer, earlier: list[tuple[Answer, str]], found: Collected) -> None:
    shown = f"tools `{one_line(glob, 100)}`"
    name, bracket, _ = glob.partition("(")
    if bracket or any(char in name for char in "[]{}") or len(glob) > MAX_GLOB:
        if answer == "may":
            found.leave(shown, "arguments and `[...]` have no equal here; the approval is left out")
            return
        found.leave(shown, "arguments and `[...]` have no equal here; it goes for the whole tool")
        name = name.partition("[")[0].partition("{")[0]
    name = f"{name.rstrip('*')}*"
    for before, other in earlier:
        if _is_stricter(answer, before) and _overlap(name, other):
            words = f"is approved by `{other}` before; the charter is stricter"
            found.leave(shown, words)
    earlier.append((answer, name))
    why = f"Inspect approval policy: {shown}"
    found.add(answer, Selector(programs=(name,)), why)
    if any(pattern(word_pattern(name)).match(shell) for shell in _SHELLS):
        found.add(answer, Selector(commands=("?*",)), why)


def _is_stricter(answer: Answer, before: Answer) -> bool:
    order: tuple[Answer, ...] = ("must_not", "must_ask", "may")
    return order.index(answer) < order.index(before)


def _overlap(one: str, other: str) -> bool:
    """Return whether two prefixes may mean the same tool."""
    left, right = one.partition("*")[0], other.partition("*")[0]
    return left.startswith(right) or right.startswith(left)
