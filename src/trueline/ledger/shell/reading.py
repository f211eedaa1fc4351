"""Shell text in, the commands it runs out: the one door to the grammar and the flow."""

from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from trueline.ledger.shell.flow.shells import Context, Shell
from trueline.ledger.shell.flow.walk import Flow
from trueline.ledger.shell.grammar import Grammar
from trueline.ledger.shell.model import Script

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
    block = Grammar(text, 0, problems).script()
    flow = Flow(problems)
    flow.block(block, Context(), Shell())
    language = _foreign(flow)
    if language:
        problems.append(f"looks like {language}, not a POSIX shell")
    commands = flow.commands
    if problems:  # what was not read may decide the status
        commands = [replace(command, exit_link="hidden") for command in commands]
    return Script(commands=tuple(commands), is_partial=bool(problems), problems=tuple(problems))


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


def _foreign(flow: Flow) -> str:
    """Return the name of another shell whose commands these look like, or an empty text."""
    for command in flow.commands:
        program = command.program
        verb, dash, noun = program.partition("-")
        if dash and noun[:1].isupper() and verb in _CMDLET_VERBS:
            return "PowerShell"
        if program.startswith(("$env:", "$PS")):
            return "PowerShell"
        words = command.words
        if program in ("dir", "del", "copy", "xcopy", "rd", "md") and any(
            len(word.text) == 2 and word.text[0] == "/" for word in words[1:]
        ):
            return "cmd.exe"
        if program == "cd" and len(words) > 1 and words[1].text.lower() == "/d":
            return "cmd.exe"
    return ""
