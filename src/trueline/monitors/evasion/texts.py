"""The shell text of the calls worth a look."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from trueline.ledger import Ledger
from trueline.ledger.calls import command_line
from trueline.ledger.model import Effect
from trueline.trajectory import Step

_NAMES = ("command", "cmd", "script", "code", "commands", "input")


class ShellCall(Struct, frozen=True):
    """One call and the shell text it runs."""

    step: int
    text: str


def shell_calls(
    ledger: Ledger, is_watched: Callable[[Effect], bool], needles: Sequence[str]
) -> Iterator[ShellCall]:
    """Yield the calls with a watched effect, or whose text holds a needle, in order.

    Args:
        ledger: the run.
        is_watched: whether an effect makes its call worth a look.
        needles: rare words.
    """
    watched: set[int] = set()
    shells: dict[str, str] = {}
    steps = ledger.steps
    for effect in ledger.effects:
        if not effect.command:
            continue
        step = steps[effect.step]
        if step.tool not in shells:
            shells[step.tool] = _argument(step, effect.command)
        if is_watched(effect):
            watched.add(effect.step)
    for step in steps:
        if step.kind != "call":
            continue
        text = _text(step, shells)
        if text and (step.index in watched or any(needle in text for needle in needles)):
            yield ShellCall(step.index, text)


def _argument(step: Step, command: str) -> str:
    """Return the argument of a tool that holds its shell text; `""` where none does."""
    for name, value in (step.arguments or {}).items():
        if isinstance(value, str) and command in value:
            return name
        if isinstance(value, list) and value and command in command_line(value):
            return name
    return ""


def _text(step: Step, shells: dict[str, str]) -> str:
    arguments = step.arguments
    if not arguments:
        return step.text if step.tool in shells else ""
    name = shells.get(step.tool)
    if name is None:
        name = next((key for key in _NAMES if key in arguments), "")
    value = arguments.get(name)
    if isinstance(value, str):
        return value
    return command_line(value) if isinstance(value, list) and value else ""
