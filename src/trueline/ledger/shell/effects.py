"""What shell text does to the world: each command mapped through the table of programs.

Redirections to files are writes of their own; text that could not be parsed adds an `execute`
effect that says so.  Nothing is run and no file is looked at: paths are joined to the directory
of an earlier `cd` as text.
"""

import posixpath
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from trueline.ledger.model import CHECK_VERBS, Effect
from trueline.ledger.shell.arguments import Act, acts_of
from trueline.ledger.shell.flow.shells import weaker
from trueline.ledger.shell.model import Redirect, SimpleCommand
from trueline.ledger.shell.reading import parse

MAX_EFFECTS: Final = 1_000
"""Effects of one text; more are dropped, and one that says so is added."""

_WRITING: Final = frozenset({">", ">>", ">|", "&>", "&>>", ">&"})
_NO_FILES: Final = frozenset(
    {"/dev/null", "/dev/stdout", "/dev/stderr", "/dev/tty", "/dev/fd/1", "/dev/fd/2", "-", ""}
)
_READ_HERE: Final = frozenset(
    {"ls", "ll", "la", "l", "tree", "du", "df", "exa", "eza", "lsd", "dir"}
)
"""Programs that read the working directory where no operand names another."""

_NO_PROGRAM: Final = ("$", "`")


@lru_cache(maxsize=4096)
def shell_effects(text: str) -> tuple[Effect, ...]:
    """Return the effects of `text`, in the order of its commands, with `step` 0.

    Never raises; a text without any effect (`cd`, `echo`) gives none.
    """
    script = parse(text)
    found: list[Effect] = []
    seen: set[tuple[str, str]] = set()
    for command in script.commands:
        found.extend(_effects(command))
        for redirect in command.redirects:
            _redirected(redirect, command, seen, found)
        if len(found) > MAX_EFFECTS:
            break
    if script.is_partial or len(found) > MAX_EFFECTS:
        del found[MAX_EFFECTS:]
        found.append(
            Effect(step=0, verb="execute", command=text[:256], is_unparsed=True, exit_link="hidden")
        )
    return tuple(found)


def _effects(command: SimpleCommand) -> list[Effect]:
    """Return the effects of one command without its redirections."""
    if not command.words:
        return []
    first = command.words[0]
    if not first.text:
        return []
    if not first.is_static and first.text.startswith(_NO_PROGRAM):
        name = first.text.rsplit("/", 1)[-1]
        if "/" not in first.text or name.startswith(_NO_PROGRAM):
            return [_effect(Act("execute", is_inferred=True), command, command.directory)]
    words = tuple([word.text for word in command.words])
    acts = acts_of(words, command.stdin)
    if not acts:
        return []
    directory = command.directory
    if "-C" in words[:-1] and words[0] in ("git", "make", "just", "pnpm", "ninja"):
        directory = posixpath.join(directory, words[words.index("-C") + 1])
    if len(acts) > 1:
        if acts[0].verb == "push":
            joined = " ".join([act.resource for act in acts])
            acts = (Act("push", joined, acts[0].kind, acts[0].is_irreversible),)
        elif len({act.verb for act in acts if act.verb in CHECK_VERBS}) > 1:
            command = replace(command, exit_link=weaker(command.exit_link))
    return [
        _effect(act, command, directory)
        for act in acts
        if act.resource or act.verb != "read" or act.kind != "file" or words[0] in _READ_HERE
    ]


def _effect(act: Act, command: SimpleCommand, directory: str) -> Effect:
    """Return the effect of one act of `command`."""
    resource = act.resource
    if directory and resource and act.kind == "file":
        resource = posixpath.join(directory, resource)
    return Effect(
        step=0,
        verb=act.verb,
        resource=resource,
        resource_kind=act.kind,
        program=act.program or command.program,
        command=command.text,
        is_reversible=False if act.is_irreversible else None,
        is_inferred=act.is_inferred,
        exit_link=command.exit_link,
        is_masked=command.is_masked,
        is_conditional=command.is_conditional,
        via=command.via,
    )


def _redirected(
    redirect: Redirect, command: SimpleCommand, seen: set[tuple[str, str]], found: list[Effect]
) -> None:
    """Add the effect of one redirection; a group's redirection counts once."""
    operator = redirect.operator.lstrip("0123456789")
    target = redirect.target
    if redirect.is_heredoc or target in _NO_FILES or target.startswith(("<(", ">(")):
        return
    if operator in _WRITING:
        if operator == ">&" and target.rstrip("-").isdigit():
            return
        act = Act("write", target, "file")
    elif operator == "<":
        act = Act("read", target, "file")
    else:
        return
    effect = _effect(act, command, command.directory)
    key = (act.verb, effect.resource)
    if key not in seen:
        seen.add(key)
        found.append(effect)
