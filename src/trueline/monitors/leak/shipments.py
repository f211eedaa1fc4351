"""What one shell command passes on: its words, what is piped into it, files that it uploads.

A file counts where a word names it as content (`@.env`, `-T key.pem`, `< .env`, a copy's
source); a key that only opens the connection (`-i id_rsa`, `--cert`) does not.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from trueline.core.patterns import pattern
from trueline.ledger.secrets import is_secret_command, sort_of_name
from trueline.ledger.shell import parse
from trueline.ledger.shell.model import SimpleCommand
from trueline.monitors.leak.words import words

_VARIABLE: Final = r"\$\{?([A-Za-z_]\w{1,60})"
_FIELD: Final = r"([A-Za-z_][\w-]*)[\"']?\s*[=:]\s*[\"']?$"
_MAX_FIELD: Final = 80
_MAX_FILES: Final = 64
_MAX_WORDS: Final = 512
_DATA_OPTIONS: Final = frozenset(("-d", "--data", "-F", "--form", "-T", "--upload-file"))


class Shipment(Struct, frozen=True):
    """What a command passes on.

    Attributes:
        parts: its texts, each with whether it proves who asks.
        files: words that may name files whose content goes along.
        printers: commands printing secrets, whose output goes along.
        variables: variables with a secret's name whose values go along, as written.
    """

    parts: tuple[tuple[str, bool], ...]
    files: tuple[str, ...] = ()
    printers: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def shipment_of(command: str, script: str) -> Shipment:
    """Return what `command`, as it stands in the text of a shell call, passes on.

    Args:
        command: one simple command, as its effect quotes it.
        script: the whole text of the call.
    """
    commands = parse(script).commands
    at = next((n for n, one in enumerate(commands) if one.text == command), None)
    if at is None:
        return Shipment(((command, False),))
    one = commands[at]
    parts = _parts(one)
    data = [text for text, is_proof in parts if not is_proof]
    feeding = _feeding(commands, at, data)
    files = [path for text in data for path in _paths(text)]
    files += [r.target for r in one.redirects if r.operator == "<" and not r.is_heredoc]
    for feeder in feeding:
        files += [word.text for word in feeder.words[1:]]
        files += [r.target for r in feeder.redirects if r.operator == "<"]
        if feeder.words[:1] and feeder.words[0].text in ("echo", "printf"):
            parts.append((feeder.text, False))
    if one.stdin:
        parts.append((one.stdin, False))
    return Shipment(
        parts=tuple(parts),
        files=tuple(dict.fromkeys(filter(_is_path, files)))[:_MAX_FILES],
        printers=tuple(f.text for f in feeding if is_secret_command(f.text)),
        variables=tuple(name for text in data if "$" in text for name in _variables(text)),
    )


def _is_path(word: str) -> bool:
    return word[:1] not in ("", "-")


def _variables(text: str) -> Iterator[str]:
    """Yield the variables in a text whose names say that they hold a secret."""
    for match in pattern(_VARIABLE).finditer(text):
        if sort_of_name(match.group(1)) and not _is_field(text[: match.start()]):
            yield match.group()


def _is_field(before: str) -> bool:
    """Whether a text ends in the name of a field for a secret: `client_secret=`."""
    names = pattern(_FIELD).findall(before[-_MAX_FIELD:])
    return bool(names) and sort_of_name(names[-1]) == "credential"


def _parts(one: SimpleCommand) -> list[tuple[str, bool]]:
    """Return the words of a command, each with whether it proves who asks."""
    table = words()
    if one.program in table.clients.words:
        credentials = table.credential_options.words
    else:
        is_copier = one.program in table.copiers.words
        credentials = table.connection_options.words if is_copier else frozenset[str]()
    found: list[tuple[str, bool]] = []
    option = ""
    for word in [word.text for word in one.words[1:_MAX_WORDS]]:
        name, has_value, value = word.partition("=")
        if option in table.header_options.words:
            found.append((word, _is_credential_header(word)))
            option = ""
        elif option in credentials:
            found.append((word, True))
            option = ""
        elif has_value and name in credentials:
            found.append((value, True))
        elif has_value and name in table.header_options.words:
            found.append((value, _is_credential_header(value)))
        elif word.startswith("-"):
            option = word
            if len(word) > 2 and word[:2] in table.header_options.words:
                found.append((word, _is_credential_header(word[2:])))
            elif len(word) > 2 and word[:2] in _DATA_OPTIONS:
                found.append((word[2:], False))
            elif has_value:
                found.append((word, False))
        else:
            found.append((word, False))
            option = ""
    return found


def _is_credential_header(header: str) -> bool:
    name, colon, _ = header.partition(":")
    return bool(colon) and name.strip(" \"'").lower() in words().credential_headers.words


def _paths(word: str) -> list[str]:
    """Return the paths that a word may name as content."""
    if "://" in word or "\n" in word or len(word) > 400:
        return []
    return list(dict.fromkeys((word, word.rpartition("@")[2], word.rpartition("=")[2])))


def _feeding(commands: tuple[SimpleCommand, ...], at: int, data: list[str]) -> list[SimpleCommand]:
    """Return the commands whose output goes into the one at `at`."""
    takes_substitution = any(
        mark in text and not _is_field(text.partition(mark)[0])
        for text in data
        for mark in ("$(", "`")
    )
    found: list[SimpleCommand] = []
    for index in range(at - 1, -1, -1):
        one = commands[index]
        if one.is_substitution:
            if takes_substitution:
                found.append(one)
        elif one.is_piped:
            found.append(one)
        else:
            break
    return found
