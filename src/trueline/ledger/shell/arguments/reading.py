"""From the words of one command to its acts: the table first, then the readers of arguments."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from trueline.ledger.shell.arguments import (
    files,
    languages,
    network,
    services,
    tasks,
    transfers,
)
from trueline.ledger.shell.arguments.acts import Act, table_acts
from trueline.ledger.shell.programs import Found, lookup

Reader = Callable[[Found, str | None], list[Act]]

_READERS: Final[dict[str, Reader]] = {
    "task": tasks.task,
    "gradle": tasks.gradle,
    "maven": tasks.maven,
    "npm": tasks.script_or_program,
    "xcodebuild": tasks.xcodebuild,
    "pip": tasks.packages,
    "http": network.http,
    "copy_remote": network.copy_remote,
    "python": languages.python,
    "node": languages.node,
    "php": languages.php,
    "script": languages.script,
    "source": languages.source,
    "sql": services.sql,
    "cloud": services.cloud,
    "kill": services.kill,
    "service": services.service,
    "git_checkout": files.git_checkout,
    "copy": transfers.copy,
    "move": transfers.move,
    "link": transfers.link,
    "install": transfers.install,
    "unpack": transfers.unpack,
    "unzip": transfers.unzip,
    "filter": files.text_filter,
    "find": files.find,
    "tar": files.tar,
}

_ASKS_ABOUT_ITSELF: Final = frozenset({"--version", "--help", "-V", "-h"})
_SCRIPT_NAMES: Final = frozenset(
    {"gradlew", "gradlew.bat", "mvnw", "mvnw.cmd", "rebar3", "sail", "artisan", "symfony", "wp"}
)


@lru_cache(maxsize=4096)
def acts_of(words: tuple[str, ...], stdin: str | None) -> tuple[Act, ...]:
    """Return what a command does; empty for one without an effect worth recording.

    Remembered, since `git status`, `tail -20` and their like come back in ever new company.

    Args:
        words: the program and its arguments, quotes removed.
        stdin: the text fed to it, where it is known.
    """
    return tuple(_acts(words, stdin))


def _acts(words: tuple[str, ...], stdin: str | None) -> list[Act]:
    """Work out what a command does."""
    name = words[0]
    if "/" in name and not _is_program(name):
        if name.endswith(".py"):
            return languages.python_script(name, words[1:])
        return [Act("execute", name, "file", is_inferred=True, program=name.rsplit("/", 1)[-1])]
    found = lookup(words)
    if found is None:
        if name.endswith(".py"):
            return languages.python_script(name, words[1:])
        if name.endswith((".sh", ".bash", ".js", ".rb", ".pl", ".ps1", ".bat", ".cmd")):
            return [Act("execute", name, "file", is_inferred=True)]
        return [Act("execute", is_inferred=True)]
    if len(found.arguments) == 1 and found.arguments[0] in _ASKS_ABOUT_ITSELF:
        return [Act("read", is_irreversible=False)] if found.rule.verb else []
    reader = _READERS.get(found.special)
    return table_acts(found) if reader is None else reader(found, stdin)


def _is_program(path: str) -> bool:
    """Return whether a path names an installed program and not a script of the project."""
    folder, _, name = path.rpartition("/")
    if name in _SCRIPT_NAMES:
        return True
    if not folder.endswith("bin") and not folder.endswith("Scripts"):
        return False
    # A project's own bin/test or bin/check is a script, whatever its name is elsewhere.
    return folder.startswith("/") or folder not in ("bin", "./bin") or name in ("rails", "rspec")
