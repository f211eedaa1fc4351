"""What the shell text around one command says of its status and its output.

Only forms whose meaning is certain count: a printed `$?`, `&& echo A || echo B`, a pipe into
`head`, a redirection into a file.  Anything else is left open.
"""

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from trueline.core.patterns import pattern
from trueline.ledger.model import Effect
from trueline.ledger.outcomes.plain import literal
from trueline.trajectory import Step

_MAX_SCRIPT: Final = 20_000
_MAX_AFTER: Final = 600
_TEXT_ARGUMENTS: Final = ("command", "cmd", "script", "input", "code", "action", "commands")

_ASSIGNED: Final = r"^\s*(\w+)=\$(\?|\{\?\}|\{PIPESTATUS\[0\]\})\s*[;\n]"
_ECHO: Final = (
    r"""(?:^\s*|[;\n&|]\s*|then\s+)echo\s+(?:-[en]+\s+)?("?)([^"'\n;&|$`\\]*)"""
    r"""\$\{?(\?|PIPESTATUS\[0\]|[A-Za-z_]\w*)\}?"""
)
_EITHER_ECHO: Final = (
    r"""^[^;\n|&]*&&\s*\{?\s*echo\s+["']?([^"'$\n;&|`]+)["']?\s*;?\s*\}?\s*\|\|"""
    r"""\s*[({]?\s*echo\s+["']?([^"'$\n;&|`]+)"""
)
_FILTERS: Final = r"^\s*(?:\|\s*(?:head|tail|cat|tee)\b[^|;&\n<>]*)+\s*$"
_REDIRECT: Final = r"(?:^|[^0-9&<>-])(?:1|&)?>>?\|?\s*[\"']?([^\s\"';|&()<>]+)"


def shell_text(step: Step) -> str:
    """Return the shell text of a call, empty where it has none."""
    arguments = step.arguments
    if not arguments:
        return step.text[:_MAX_SCRIPT]
    for name in _TEXT_ARGUMENTS:
        if name in arguments and (text := _text(arguments[name])):
            return text[:_MAX_SCRIPT]
    longest = max((_text(value) for value in arguments.values()), key=len, default="")
    return longest[:_MAX_SCRIPT]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and isinstance(value[-1], str):
        return value[-1]
    return ""


class Printed(Struct, frozen=True, gc=False):
    """An exit status that the shell text printed.

    Attributes:
        exit_status: the status; 0 or 1 where only success or failure was printed.
        quote: the line that was printed.
        phrase: what was printed, in words.
    """

    exit_status: int
    quote: str
    phrase: str


class Place:
    """One command in the shell text of a call.

    Attributes:
        script: the whole text.
        command: the command as written.
        start: where it stands; -1 if it does not stand there literally.
    """

    __slots__ = ("_after", "command", "script", "start")

    def __init__(self, script: str, command: str, start: int) -> None:
        self.script = script
        self.command = command
        self.start = start
        end = start + len(command)
        after = script[end : end + _MAX_AFTER] if start >= 0 else ""
        if "&" in after:
            after = after.replace("2>&1", "    ").replace("|&", "| ")
        self._after = after

    def printed_status(self, shown: str) -> Printed | None:
        """Return the exit status that the text prints right after the command.

        Args:
            shown: what the call printed, plain.
        """
        return self._echoed_status(shown) or self._either_echo(shown)

    def _echoed_status(self, shown: str) -> Printed | None:
        head, mark, tail = _cut(self._after)
        if not mark or "&&" in head or "||" in head:
            return None
        is_piped = "|" in head
        wanted = {"PIPESTATUS[0]"} if is_piped and "pipefail" not in self.script else {"?"}
        wanted.add("PIPESTATUS[0]")
        assigned = pattern(_ASSIGNED).search(tail)
        if assigned is not None:
            source = assigned.group(2).strip("{}")
            if source not in wanted:
                return None
            wanted = {assigned.group(1)}
            tail = tail[assigned.end() :]
        echo = pattern(_ECHO).search(tail)
        if echo is None or echo.group(3) not in wanted:
            return None
        if assigned is None and echo.start() > 0:
            return None  # another command stands between, and `$?` is its status
        label: str = echo.group(2).strip()
        before = self.script[: self.start].count(label) if label else 0
        return _printed(shown, label, before)

    def _either_echo(self, shown: str) -> Printed | None:
        match = pattern(_EITHER_ECHO).search(self._after)
        if match is None:
            return None
        good, bad = match.group(1).strip(), match.group(2).strip()
        lines = {line.strip() for line in shown.split("\n")}
        if not good or good == bad or (good in lines) == (bad in lines):
            return None
        word, status = (good, 0) if good in lines else (bad, 1)
        meaning = "failure" if status else "success"
        return Printed(status, word, f"printed what it prints on {meaning}")

    def is_last(self) -> bool:
        """Return whether the text ends with the command."""
        return self.start >= 0 and not self._after.strip()

    def is_filtered_only(self) -> bool:
        """Return whether the text ends here but for pipes into `head`, `tail`, `cat`, `tee`."""
        return self.start >= 0 and pattern(_FILTERS).search(self._after) is not None

    def redirected_to(self) -> str:
        """Return the file that the command's output goes into, empty if it is printed."""
        if ">" not in self._after and ">" not in self.command:
            return ""
        head = _cut(self._after)[0].split("&&")[0].split("|")[0]
        match = pattern(_REDIRECT).search(f" {self.command.split('<<')[0]} {head}")
        return match.group(1) if match else ""

    def is_read_back(self, target: str) -> bool:
        """Return whether later text of the call names `target`, so that it may be shown."""
        name = target.rsplit("/", 1)[-1]
        end = self.start + len(self.command)
        later = self.script[end:].partition(target)[2] if target in self._after else ""
        if not later:
            later = self.script[end:]
        return len(name) > 1 and name != "null" and name in later


def group_commands(effects: Sequence[Effect]) -> tuple[list[int], list[int]]:
    """Return the position of each command's first effect, and for each effect its command.

    A command that is given several resources has an effect for each; the same command with
    the same resource once more is a second run of it.

    Returns:
        Positions in `effects`, in order; numbers of commands, one per effect.
    """
    count = len(effects)
    if count == 1 or len({effect.command for effect in effects}) == count:
        everyone = list(range(count))
        return everyone, everyone
    leaders: list[int] = []
    numbers: list[int] = []
    resources: list[set[str]] = []
    latest: dict[tuple[str, str, str], int] = {}
    for position, effect in enumerate(effects):
        key = (effect.command, effect.program, effect.verb)
        number = latest.get(key) if effect.command else None
        if number is None or effect.resource in resources[number]:
            number = latest[key] = len(leaders)
            leaders.append(position)
            resources.append(set())
        resources[number].add(effect.resource)
        numbers.append(number)
    return leaders, numbers


def places_of(script: str, commands: Sequence[Effect]) -> list[Place]:
    """Return where each of `commands` stands in `script`; one run again stands further on."""
    places: list[Place] = []
    seen: dict[tuple[str, str], int] = {}
    end = 0
    for effect in commands:
        text, start = effect.command, -1
        if text:
            before = seen.get((text, effect.verb))
            start = script.find(text, end if before is None else before + 1)
            if start < 0:
                start = script.find(text)
            seen[text, effect.verb] = start
        places.append(Place(script, text, start))
        end = max(end, start)
    return places


def _cut(after: str) -> tuple[str, str, str]:
    """Split at the first `;` or line break: what belongs to the command, and what follows."""
    ends = [end for end in (after.find(";"), after.find("\n")) if end >= 0]
    if not ends:
        return after, "", ""
    end = min(ends)
    return after[:end], after[end], after[end + 1 :].lstrip(" \t\n;")


def _printed(shown: str, label: str, before: int) -> Printed | None:
    if not label:
        lines = shown.strip().rsplit("\n", 1)
        last = lines[-1].strip()
        is_status = last.isascii() and last.isdigit() and len(last) <= 3
        return Printed(int(last), last, f"printed exit status {last}") if is_status else None
    found = list(
        pattern(rf"^[ \t]*{literal(label)} *(\d{{1,3}})\b", multiline=True).finditer(shown)
    )
    if not found:
        return None
    match = found[min(before, len(found) - 1)]
    digits: str = match.group(1)
    return Printed(int(digits), match.group(0).strip(), f"printed exit status {digits}")
