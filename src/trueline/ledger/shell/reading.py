"""Shell text in, the commands it runs out: the one door to the grammar and the flow."""

from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from trueline.ledger.shell.direct import direct_commands
from trueline.ledger.shell.flow.shells import Context, Shell
from trueline.ledger.shell.flow.walk import Flow
from trueline.ledger.shell.grammar import Grammar
from trueline.ledger.shell.model import Script, SimpleCommand

MAX_CHARS: Final = 256 * 1024
"""Longer text is read up to here."""


@lru_cache(maxsize=4096)
def parse(text: str) -> Script:
    """Return the commands that `text` runs, in the order written.

    Never raises.  Text that is not shell, is too long or nested too deeply gives a partial
    script with what was understood and the problems in words.  Cost is linear in the text.
    """
    problems: list[str] = []
    if len(text) > MAX_CHARS:
        problems.append(f"longer than {MAX_CHARS} characters; the rest was not read")
        text = text[:MAX_CHARS]
    commands = direct_commands(text)
    if commands is None:
        commands = walked_commands(text, problems)
    language = _foreign(commands)
    if language:
        problems.append(f"looks like {language}, not a POSIX shell")
    if problems:  # what was not read may decide the status
        commands = [replace(command, exit_link="hidden") for command in commands]
    return Script(commands=tuple(commands), is_partial=bool(problems), problems=tuple(problems))


def walked_commands(text: str, problems: list[str]) -> list[SimpleCommand]:
    """Return the commands of any text, by the grammar and the walk; add to `problems`."""
    block = Grammar(text, 0, problems).script()
    flow = Flow(problems)
    flow.block(block, Context(), Shell())
    return flow.commands


_CMDLET_VERBS: Final = frozenset(
    [
        "Add",
        "Clear",
        "Compress",
        "Convert",
        "ConvertFrom",
        "ConvertTo",
        "Copy",
        "Expand",
        "Export",
        "ForEach",
        "Format",
        "Get",
        "Import",
        "Install",
        "Invoke",
        "Join",
        "Measure",
        "Move",
        "New",
        "Out",
        "Push",
        "Pop",
        "Read",
        "Remove",
        "Rename",
        "Resolve",
        "Restart",
        "Select",
        "Set",
        "Sort",
        "Split",
        "Start",
        "Stop",
        "Tee",
        "Test",
        "Uninstall",
        "Update",
        "Wait",
        "Where",
        "Write",
    ]
)


_SLASHED: Final = frozenset({"cd", "copy", "del", "dir", "md", "rd", "xcopy"})


def _foreign(commands: list[SimpleCommand]) -> str:
    """Return the name of another shell whose commands these look like, or an empty text."""
    for command in commands:
        program = command.program
        if "-" in program:
            verb, _, noun = program.partition("-")
            if noun[:1].isupper() and verb in _CMDLET_VERBS:
                return "PowerShell"
        elif program[:1] == "$" and program.startswith(("$env:", "$PS")):
            return "PowerShell"
        if program not in _SLASHED:
            continue
        words = command.words
        if program != "cd":
            if any(len(word.text) == 2 and word.text[0] == "/" for word in words[1:]):
                return "cmd.exe"
        elif len(words) > 1 and words[1].text.lower() == "/d":
            return "cmd.exe"
    return ""
