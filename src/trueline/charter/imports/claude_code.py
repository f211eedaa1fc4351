"""The `permissions` of Claude Code's settings, as a charter.

    {"permissions": {"allow": ["Bash(npm run:*)"], "ask": ["WebFetch(domain:example.com)"],
                     "deny": ["Read(./.env)"], "defaultMode": "default"}}

Deny goes before ask, and ask before allow, as in a charter.  File rules of reading and editing
follow gitignore there; commands are matched one by one, as effects are.

**Does not cover** hooks, sandboxing, `Tool(parameter:value)`, and the classifier of the mode
`auto`.

Source:
    https://code.claude.com/docs/en/permissions
"""

from collections.abc import Mapping
from typing import Any, Final

from trueline.charter.imports.model import Collected, Imported
from trueline.charter.model import Answer, Selector
from trueline.charter.rules.globs import MAX_GLOB
from trueline.core.display import one_line
from trueline.core.patterns import pattern
from trueline.errors import CharterError
from trueline.ledger.model import VERBS, Verb

_LISTS: Final[tuple[tuple[str, Answer], ...]] = (
    ("deny", "must_not"),
    ("ask", "must_ask"),
    ("allow", "may"),
)
_RULE: Final = r"(?s)^([A-Za-z0-9_.*-]+)(?:\((.*)\))?$"
_READERS: Final = ("Read", "Grep", "Glob", "LS", "NotebookRead")
_EDITORS: Final = ("Edit", "Write", "MultiEdit", "NotebookEdit")
_NEVER_CONSULTED: Final = ("Write", "MultiEdit", "NotebookEdit", "Glob", "LS", "Grep")
_FREE: Final[tuple[Verb, ...]] = ("read", "search", "ask", "plan", "finish", "delegate")
"""What needs no permission in any mode; tools that do more ask by their own rules."""

_READING: Final[tuple[Verb, ...]] = ("read", "search")
_EDITING: Final[tuple[Verb, ...]] = ("write",)
_CHANGING: Final[tuple[Verb, ...]] = ("write", "delete", "move")

_MODES: Final[dict[str, Answer]] = {
    "default": "must_ask",
    "acceptEdits": "must_ask",
    "auto": "must_ask",
    "plan": "must_not",
    "dontAsk": "must_not",
    "bypassPermissions": "may",
}
_ELSEWHERE: Final = ("additionalDirectories", "disableBypassPermissionsMode", "disableAutoMode")


def import_claude_code(settings: Any, name: str) -> Imported:
    """Return the charter of decoded settings.

    Raises:
        CharterError: the settings have no `permissions` of the known shape.
    """
    permissions = settings.get("permissions") if isinstance(settings, Mapping) else None
    if not isinstance(permissions, Mapping):
        raise CharterError(f"{name}: no `permissions` object; name a settings.json of Claude Code")
    found = Collected()
    for key, answer in _LISTS:
        rules = permissions.get(key, [])
        if not isinstance(rules, list):
            raise CharterError(f"{name}: `permissions.{key}` is no list")
        for rule in rules:
            _rule(rule, answer, found)
    if any(rule.answer == "may" and rule.selector.commands for rule in found.rules):
        outside = Selector(verbs=("write",), resources=("/**", "~/**"), commands=("*>*",))
        why = "a redirection out of the workspace is asked for, whatever the command"
        found.add("must_ask", outside, why)
    mode = str(permissions.get("defaultMode", "default"))
    answers = _otherwise(mode, found)
    for key in permissions:
        if key in _ELSEWHERE:
            found.leave(f"`{key}`", "is the host's to enforce, and says nothing of effects")
        elif key not in ("allow", "ask", "deny", "defaultMode"):
            found.leave(f"`{one_line(str(key), 60)}`", "is not known here")
    if settings.get("hooks"):
        found.leave("`hooks`", "run programs of their own; a charter cannot say what they decide")
    return found.charter(name, answers)


def _otherwise(mode: str, found: Collected) -> tuple[tuple[Verb, Answer], ...]:
    answer = _MODES.get(mode)
    if answer is None:
        found.leave(f"`defaultMode: {one_line(mode, 40)}`", "is not known; everything is asked for")
        answer = "must_ask"
    if mode == "acceptEdits":
        selector = Selector(verbs=("write",), resources=("*/**",), programs=_EDITORS)
        found.add("may", selector, "edits in the workspace are accepted (acceptEdits)")
    if mode == "auto":
        found.leave("`defaultMode: auto`", "a model decides there; here everything is asked for")
    if mode == "default":
        found.leave(
            "tools of MCP servers that no rule names",
            "are asked for there; here those that only read are not",
        )
    return tuple((verb, "may" if verb in _FREE else answer) for verb in VERBS)


def _rule(rule: Any, answer: Answer, found: Collected) -> None:
    match = pattern(_RULE).match(rule) if isinstance(rule, str) else None
    shown = f"{_shown(answer)} `{one_line(str(rule), 120)}`"
    if match is None or len(str(rule)) > MAX_GLOB:
        found.leave(shown, "is no permission rule of a known form")
        return
    tool, inner = str(match.group(1)), match.group(2)
    if inner in ("", "*"):
        inner = None
    if tool == "Bash":
        _bash(inner, answer, shown, found)
    elif tool in (*_READERS, *_EDITORS):
        _files(tool, inner, answer, shown, found)
    elif tool == "WebFetch" and inner is not None and inner.startswith("domain:"):
        host = inner.removeprefix("domain:").strip()
        selector = Selector(verbs=("fetch",), to=(host,), programs=("WebFetch",))
        found.add(answer, selector, _why(shown))
    elif inner is not None:
        _unsaid(tool, answer, shown, found)
    else:
        name = f"{tool}__*" if tool.startswith("mcp__") and tool.count("__") == 1 else tool
        found.add(answer, Selector(programs=(name,)), _why(shown))


def _bash(inner: str | None, answer: Answer, shown: str, found: Collected) -> None:
    """Take over a rule over shell commands: `npm run:*`, `npm run *`, `git * main`."""
    if inner is None:
        found.add(answer, Selector(commands=("?*",)), _why(shown))
        return
    command = " ".join(inner.split())
    if command.endswith(":*"):
        command = f"{command[:-2]} *"
    if any(char in command for char in "?{}"):
        if answer == "may":
            found.leave(shown, "`?`, `{` and `}` mean more in a charter's globs; left out")
            return
        found.leave(shown, "`?` stands for any one character here; made wider")
        command = command.replace("{", "?").replace("}", "?")
    words = command.removesuffix(" *")
    if answer != "may" and command.endswith(" *") and " " not in words and "*" not in words:
        found.add(answer, Selector(commands=("?*",), programs=(words,)), _why(shown))
        return
    found.add(answer, Selector(commands=(command,)), _why(shown))


def _files(tool: str, inner: str | None, answer: Answer, shown: str, found: Collected) -> None:
    """Take over a rule over files; those of reading and editing go for all such tools."""
    reads = tool in _READERS
    if inner is None:
        found.add(answer, Selector(programs=(tool,)), _why(shown))
        return
    if tool in _NEVER_CONSULTED:
        if answer == "may":
            found.leave(
                shown, f"paths are consulted in Read and Edit rules only; write `Edit({inner})`"
            )
            return
        found.leave(shown, "is never consulted by Claude Code; it is enforced here")
    globs = _paths(inner)
    if globs is None:
        found.leave(shown, "a pattern that a charter's globs do not have; " + _fate(answer))
        globs = None if answer == "may" else _paths(_widened(inner))
    if globs is None:
        return
    verbs = _READING if reads else _EDITING if answer == "may" else _CHANGING
    programs = () if answer != "may" else _READERS if reads else _EDITORS
    found.add(answer, Selector(verbs=verbs, resources=globs, programs=programs), _why(shown))


def _paths(glob: str) -> tuple[str, ...] | None:
    """Return the globs of a gitignore pattern, None where there are none."""
    if glob.startswith("!"):
        return None
    if any(char in glob for char in "[]{}\\") or ".." in glob.split("/"):
        return None
    if glob.startswith("//"):
        return _with_contents(glob[1:])
    if glob.startswith("~/"):
        return _with_contents(glob)
    if glob.startswith("/"):  # relative to the project, for its own settings
        return _with_contents(f".{glob}")
    if glob.startswith("./") or "/" in glob.rstrip("/"):
        return _with_contents(glob)
    name = glob.rstrip("/")
    return (f"**/{name}/**",)


def _widened(glob: str) -> str:
    """Return a pattern with nothing in it that a charter's globs lack; it means more."""
    glob = pattern(r"\[[^\]]*\]").sub("?", glob.lstrip("!"))
    glob = "".join("?" if char in "[]{}\\" else char for char in glob)
    return glob.rsplit("..", 1)[-1].lstrip("/") or "**" if ".." in glob else glob


def _with_contents(glob: str) -> tuple[str, ...]:
    """Return the globs of a path and, were it a folder, of all in it."""
    if glob.endswith(("/**", "/")):
        return (glob,)
    return (glob, f"{glob}/**") if "*" in glob.rsplit("/", 1)[-1] else (f"{glob}/**",)


def _unsaid(tool: str, answer: Answer, shown: str, found: Collected) -> None:
    """Leave out a permission with conditions of its own kind; ask where one forbids."""
    fate = "left out" if answer == "may" else "the tool is asked for"
    found.leave(shown, f"what stands in the brackets has no equal here; {fate}")
    if answer != "may":
        found.add("must_ask", Selector(programs=(tool,)), _why(shown))


def _fate(answer: Answer) -> str:
    return "left out" if answer == "may" else "made wider"


def _shown(answer: Answer) -> str:
    return next(key for key, one in _LISTS if one == answer)


def _why(shown: str) -> str:
    return f"Claude Code settings: {shown}"
