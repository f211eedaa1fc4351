"""What `sed -i` makes of a file whose content is known.

**Covers** one or several of `s`, `d`, `c`, `i` and `a` with line numbers, `$`, patterns and
ranges of them as addresses.
**Does not cover** hold space, branches, back-references in patterns; the answer is None then.
"""

from typing import Final

from msgspec import Struct

from trueline.core.patterns import Pattern, pattern

_MAX_LINES: Final = 20_000
_MAX_COMMANDS: Final = 16


class _Command(Struct, frozen=True):
    first: int | Pattern | None
    last: int | Pattern | None
    verb: str
    old: Pattern | None = None
    new: str = ""
    is_global: bool = False


def after_sed(content: str, scripts: tuple[str, ...], *, is_extended: bool) -> str | None:
    """Return `content` as these scripts leave it, None where one is not understood."""
    commands: list[_Command] = []
    for script in scripts:
        read = _read(script, is_extended=is_extended)
        if read is None:
            return None
        commands += read
    lines = content.split("\n")
    if not commands or len(commands) > _MAX_COMMANDS or len(lines) > _MAX_LINES:
        return None
    ends = lines and lines[-1] == ""
    body = lines[:-1] if ends else lines
    for command in commands:
        body = _applied(body, command)
    return "\n".join(body) + ("\n" if ends else "")


def deleted_text(script: str) -> str:
    """Return the literal text that names the lines which a script deletes, empty if none."""
    found = pattern(r"^\s*/((?:[^/\\]|\\.)+)/(?:\s*,[^;]*)?\s*d\s*$").match(script)
    if found is None:
        return ""
    text = pattern(r"\\([()\[\]{}.*+?^$/|])").sub(r"\1", str(found.group(1)))
    return text.strip("^$").replace(".*", " ").strip()


def _read(script: str, *, is_extended: bool) -> list[_Command] | None:
    """Return the commands of one script."""
    found: list[_Command] = []
    rest = script.strip()
    while rest:
        taken = _command(rest, is_extended=is_extended)
        if taken is None:
            return None
        command, rest = taken
        found.append(command)
        rest = rest.lstrip("; \n")
    return found


def _command(text: str, *, is_extended: bool) -> tuple[_Command, str] | None:
    """Return the first command of a script and what follows it."""
    first, text = _address(text, is_extended=is_extended)
    last: int | Pattern | None = None
    if first is not None and text.startswith(","):
        last, text = _address(text[1:].lstrip(), is_extended=is_extended)
        if last is None:
            return None
    text = text.lstrip()
    verb = text[:1]
    if verb == "d":
        return _Command(first, last, "d"), text[1:]
    if verb in ("c", "i", "a") and verb:
        body = text[1:].lstrip(" ")
        body = body[1:].lstrip("\n") if body.startswith("\\") else body
        return _Command(first, last, verb, new=body.replace("\\\n", "\n")), ""
    if verb != "s" or len(text) < 4:
        return None
    old, new, flags, rest = _fields(text)
    source = _translated(old, is_extended=is_extended)
    if source is None or pattern(r"\\\d|(?:^|[^\\])&").search(new) is not None:
        return None
    compiled = _compiled(("(?i)" if "i" in flags.lower() else "") + source)
    if compiled is None:
        return None
    plain = pattern(r"\\(.)").sub(r"\1", new.replace("\\n", "\n").replace("\\t", "\t"))
    return _Command(first, last, "s", compiled, plain, "g" in flags), rest


def _address(text: str, *, is_extended: bool) -> tuple[int | Pattern | None, str]:
    """Return the address at the start of `text`, None if there is none; and what follows."""
    number = pattern(r"^\d+").match(text)
    if number is not None:
        return int(str(number.group(0))[:9]), text[number.end() :]
    if text.startswith("$"):
        return -1, text[1:]
    if not text.startswith("/"):
        return None, text
    found = pattern(r"^/((?:[^/\\]|\\.)*)/").match(text)
    if found is None:
        return None, text
    source = _translated(str(found.group(1)), is_extended=is_extended)
    compiled = _compiled(source) if source is not None else None
    return compiled, text[found.end() :]


def _fields(text: str) -> tuple[str, str, str, str]:
    """Return the pattern, the replacement and the flags of `s/…/…/…`, and what follows."""
    mark = text[1]
    parts: list[str] = []
    start = index = 2
    while index < len(text) and len(parts) < 2:
        if text[index] == "\\":
            index += 2
            continue
        if text[index] == mark:
            parts.append(text[start:index].replace("\\" + mark, mark))
            start = index + 1
        index += 1
    parts += [""] * (2 - len(parts))
    flags = pattern(r"^[gIipm\d]*").match(text[start:])
    size = flags.end() if flags is not None else 0
    return parts[0], parts[1], text[start : start + size], text[start + size :]


def _translated(source: str, *, is_extended: bool) -> str | None:
    """Return a sed pattern as RE2 writes it, None where it can't be said."""
    if pattern(r"\\\d").search(source) is not None:
        return None
    if is_extended:
        return source
    made: list[str] = []
    index = 0
    while index < len(source):
        char = source[index]
        if char == "\\" and index + 1 < len(source):
            follower = source[index + 1]
            made.append(follower if follower in "(){}+?|" else "\\" + follower)
            index += 2
            continue
        made.append("\\" + char if char in "(){}+?|" else char)
        index += 1
    return "".join(made)


def _compiled(source: str) -> Pattern | None:
    """Return the pattern, None if RE2 has none such."""
    try:
        return pattern(source) if source and len(source) < 2000 else None
    except ValueError:
        return None


def _applied(lines: list[str], command: _Command) -> list[str]:
    """Return the lines as one command leaves them."""
    made: list[str] = []
    is_open = False
    for number, line in enumerate(lines, 1):
        is_last = number == len(lines)
        if is_open:
            is_chosen = True
            is_open = not _ends(command.last, number, line, is_last=is_last)
        else:
            is_chosen = command.first is None or _meets(
                command.first, number, line, is_last=is_last
            )
            is_open = is_chosen and command.last is not None
            if is_open and isinstance(command.last, int) and -1 < command.last <= number:
                is_open = False
        if not is_chosen:
            made.append(line)
        elif command.verb == "s":
            assert command.old is not None
            new = command.new.replace("\\", "\\\\")
            made += command.old.sub(new, line, count=0 if command.is_global else 1).split("\n")
        elif command.verb == "i":
            made += [*command.new.split("\n"), line]
        elif command.verb == "a":
            made += [line, *command.new.split("\n")]
        elif command.verb == "c" and not is_open:
            made += command.new.split("\n")
    return made


def _meets(address: int | Pattern, number: int, line: str, *, is_last: bool) -> bool:
    """Return whether an address names a line."""
    if isinstance(address, int):
        return is_last if address == -1 else address == number
    return address.search(line) is not None


def _ends(address: int | Pattern | None, number: int, line: str, *, is_last: bool) -> bool:
    """Return whether a range ends with a line."""
    return address is None or is_last or _meets(address, number, line, is_last=is_last)
