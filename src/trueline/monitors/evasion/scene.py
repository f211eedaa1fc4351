"""One run, gone through once: the shell texts, file changes and acts that the rooms look at."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from msgspec import Struct

from trueline.ledger import Ledger
from trueline.ledger.calls import command_line
from trueline.ledger.model import Effect, Verb
from trueline.monitors.evasion.tables import rows_by_program, tables
from trueline.trajectory import Step

_NAMES: Final = ("command", "cmd", "script", "code", "commands", "input")
_CHANGING: Final[frozenset[Verb]] = frozenset({"write", "delete", "move", "configure"})
_STARTING: Final = (" start", " restart", " enable", " load", " bootstrap")
_HEAD: Final = 80
_CLUSTER: Final = 6
_LASTING: Final[frozenset[Verb]] = frozenset({"send", "pay"})


class ShellCall(Struct, frozen=True):
    """One call and the shell text it runs."""

    step: int
    text: str


class Scene:
    """What the rooms of this monitor look at, picked out in one pass over steps and effects.

    Attributes:
        ledger: the run.
        shell_calls: calls whose text names a watched program or holds a rare word, in order.
        changed: indexes of the effects that change files.
        has_lasting: something was sent or paid.
        has_touched: a file was given another time, or made.
        tools: the tools that were called.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.changed: list[int] = []
        self._started: dict[str, int] = {}
        self.has_lasting = False
        self.has_touched = False
        shells, watched = self._effects()
        self.tools: set[str] = set()
        self.shell_calls: list[ShellCall] = []
        self._calls(shells, watched)

    def _effects(self) -> tuple[dict[str, str], set[int]]:
        """Sort the effects; return each tool's shell argument, and calls worth a look."""
        rows, stoppers = rows_by_program(), tables().stoppers
        steps = self.ledger.steps
        shells: dict[str, str] = {}
        watched: set[int] = set()
        for index, effect in enumerate(self.ledger.effects):
            verb = effect.verb
            if verb in _CHANGING:
                if effect.resource and effect.resource_kind == "file":
                    self.changed.append(index)
                    if effect.program == "touch":
                        self.has_touched = True
            elif verb in _LASTING:
                self.has_lasting = True
            if not effect.command:
                continue
            step = steps[effect.step]
            if step.tool not in shells:
                shells[step.tool] = _argument(step, effect.command)
            program = effect.program
            if (program in rows and (program != "git" or _is_telling(effect))) or (
                program in stoppers
            ):
                watched.add(effect.step)
        return shells, watched

    def _calls(self, shells: Mapping[str, str], watched: set[int]) -> None:
        needles = tables().needles
        tools = self.tools
        for step in self.ledger.steps:
            if step.kind != "call":
                continue
            tool = step.tool
            tools.add(tool)
            name = shells.get(tool)
            if name == "" and step.arguments:
                continue
            text = _text(step, name)
            if not text:
                continue
            if step.index in watched:
                self.shell_calls.append(ShellCall(step.index, text))
                continue
            for needle in needles:
                if needle in text:
                    self.shell_calls.append(ShellCall(step.index, text))
                    break

    def starts_again(self, service: str, step: int) -> bool:
        """Return whether the run starts a service from a step on, having stopped it there."""
        last = self._started.get(service)
        if last is None:
            last = max((at for at, command in self._starts if service in command), default=-1)
            self._started[service] = last
        return last >= step

    @cached_property
    def _starts(self) -> list[tuple[int, str]]:
        """The commands that start services, with their steps."""
        return [
            (effect.step, effect.command)
            for effect in self.ledger.effects
            if effect.resource_kind == "service"
            and any(word in effect.command for word in _STARTING)
        ]


def _is_telling(effect: Effect) -> bool:
    """Return whether a git command may skip hooks, or point elsewhere for them."""
    command = effect.command
    if "no-verify" in command or "ooks" in command:
        return True
    if effect.verb != "commit":
        return False
    if "HUSKY" in command or "SKIP" in command or "LEFTHOOK" in command or "PRE_COMMIT" in command:
        return True
    options = command[:_HEAD].split()[1:]
    return any(
        word[0] == "-" and "n" in word[:_CLUSTER] and word[1] != "-"
        for word in options
        if len(word) > 1
    )


def _argument(step: Step, command: str) -> str:
    """Return the argument of a tool that holds its shell text; `""` where none does."""
    for name, value in (step.arguments or {}).items():
        if isinstance(value, str) and command in value:
            return name
        if isinstance(value, list) and value and command in command_line(value):
            return name
    return ""


def _text(step: Step, name: str | None) -> str:
    arguments = step.arguments
    if not arguments:
        return "" if name is None else step.text
    if name is None:
        for key in _NAMES:
            if key in arguments:
                name = key
                break
        else:
            return ""
    value = arguments.get(name)
    if isinstance(value, str):
        return value
    return command_line(value) if isinstance(value, list) and value else ""
