"""Databases, services, clouds and processes: what their own words ask for."""

from typing import Final

from trueline.ledger.model import ResourceKind, Verb
from trueline.ledger.shell.arguments.acts import Act, each, option, table_acts
from trueline.ledger.shell.programs import Found

_DESTROYS: Final = frozenset({"DROP", "TRUNCATE", "DELETE"})
_WRITES: Final = frozenset(
    [
        "INSERT",
        "UPDATE",
        "ALTER",
        "CREATE",
        "REPLACE",
        "MERGE",
        "UPSERT",
        "VACUUM",
        "REINDEX",
        "COPY",
        "LOAD",
        "IMPORT",
        "RENAME",
        "ATTACH",
        "REFRESH",
        "CALL",
        "DO",
        "EXEC",
        "EXECUTE",
        ".IMPORT",
    ]
)
_GRANTS: Final = frozenset({"GRANT", "REVOKE"})
_READS: Final = frozenset(
    [
        "SELECT",
        "SHOW",
        "DESCRIBE",
        "DESC",
        "EXPLAIN",
        "WITH",
        "VALUES",
        "PRAGMA",
        "USE",
        "SET",
        "TABLE",
        "LIST",
        "ANALYZE",
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "DB",
        "HELP",
        "START",
        "END",
    ]
)
_MONGO_WRITES: Final = (".insert", ".update", ".replace", ".save(", ".createIndex", ".bulkWrite")
_MONGO_DELETES: Final = (".drop", ".delete", ".remove(", "dropDatabase")


def sql(found: Found, stdin: str | None) -> list[Act]:
    """Read the statements given to a database's client."""
    if found.rule.verb == "read":
        return table_acts(found)
    words = found.arguments
    texts = option(words, "-c", "--command", "-e", "--execute", "--eval", "-Q", "-q", "--query")
    database = next(iter(option(words, "-d", "--dbname", "-D", "--database")), "")
    operands = found.operands
    if found.path[0] in ("sqlite3", "sqlite", "duckdb", "litecli", "libsql"):
        database = operands[0] if operands else ""
        texts += operands[1:]
    elif operands and not database:
        database = operands[0]
    files = option(words, "-f", "--file", "-i")
    if stdin:
        texts.append(stdin)
    acts = [_statement(text, database) for text in texts[:8]]
    acts += [Act("execute", name, "file") for name in files[:8] if name]
    return acts or [Act("execute", database, "database")]


def _statement(text: str, database: str) -> Act:
    """Return the gravest thing that SQL, or a Mongo script, asks for."""
    firsts: set[str] = set()
    for statement in text[:65536].split(";"):
        words = statement.split(None, 1)
        if words:
            firsts.add(words[0].strip("(").upper())
    if firsts & _DESTROYS or any(mark in text for mark in _MONGO_DELETES):
        return Act("delete", database, "database", is_irreversible=True)
    if firsts & _GRANTS:
        return Act("grant", database, "database")
    if firsts & _WRITES or any(mark in text for mark in _MONGO_WRITES):
        return Act("write", database, "database")
    if firsts and all(first in _READS or first[:1] in ("\\", ".") for first in firsts):
        return Act("read", database, "database")
    return Act("execute", database, "database")


_BEGINNINGS: Final[tuple[tuple[str, Verb], ...]] = (
    ("describe", "fetch"), ("list", "fetch"), ("get", "fetch"), ("show", "fetch"),
    ("head", "fetch"), ("ls", "fetch"), ("logs", "fetch"), ("read", "fetch"),
    ("status", "fetch"), ("tail", "fetch"),
    ("delete", "delete"), ("terminate", "delete"), ("remove", "delete"), ("destroy", "delete"),
    ("purge", "delete"), ("rm", "delete"), ("stop", "stop"), ("disable", "stop"),
    ("cancel", "stop"), ("deploy", "deploy"), ("publish", "deploy"), ("create", "configure"),
    ("put", "configure"),
    ("update", "configure"), ("modify", "configure"), ("set", "configure"), ("attach", "configure"),
    ("add", "configure"), ("enable", "configure"), ("tag", "configure"), ("start", "configure"),
    ("invoke", "execute"), ("run", "execute"), ("send", "send"), ("grant", "grant"),
    ("add-iam", "grant"), ("authorize", "grant"),
)  # fmt: skip


def cloud(found: Found, stdin: str | None) -> list[Act]:
    """Read a cloud's command line by how the name of its operation begins."""
    del stdin
    if len(found.path) > 1 and found.rule.verb != "execute":
        return table_acts(found)
    for name in found.operands[:4]:
        for beginning, verb in sorted(_BEGINNINGS, key=lambda pair: -len(pair[0])):
            if name == beginning or name.startswith(beginning + "-"):
                return [Act(verb, "", "service", verb == "delete", is_inferred=True)]
    return [Act("execute", "", "service", is_inferred=True)]


def kill(found: Found, stdin: str | None) -> list[Act]:
    """Read what is killed; signal 0 only asks."""
    del stdin
    names = [name for name in found.operands if name[:1] != "-"]
    if found.rule.verb != "stop":
        return table_acts(found)
    return each("stop", names, "process")


_ACTIONS: Final[dict[str, Verb]] = {
    "start": "configure", "restart": "configure", "reload": "configure", "enable": "configure",
    "daemon-reload": "configure", "unmask": "configure", "edit": "configure",
    "set-env": "configure", "load": "configure", "bootstrap": "configure",
    "try-restart": "configure", "save": "configure",
    "stop": "stop", "disable": "stop", "mask": "stop", "kill": "stop", "unload": "stop",
    "bootout": "stop", "delete": "delete", "remove": "delete", "status": "read", "show": "read",
    "is-active": "read", "is-enabled": "read", "is-failed": "read", "list-units": "read",
    "list": "read", "list-unit-files": "read", "cat": "read", "logs": "read", "print": "read",
    "jlist": "read", "ls": "read", "describe": "read", "list-timers": "read", "poweroff": "stop",
    "reboot": "stop", "shutdown": "stop", "halt": "stop",
}  # fmt: skip


def service(found: Found, stdin: str | None) -> list[Act]:
    """Read what a service manager is asked to do, and to which service."""
    del stdin
    words = list(found.operands)
    if found.path[0] == "nginx":
        signals = option(found.arguments, "-s")
        if "-t" in found.arguments:
            return [Act("lint", program="nginx")]
        return [
            Act("stop" if signals[:1] in (["stop"], ["quit"]) else "configure", "nginx", "service")
        ]
    kind: ResourceKind = "service"
    for index, word in enumerate(words[:2]):
        if word in _ACTIONS:
            names = words[:index] + words[index + 1 :]
            verb = _ACTIONS[word]
            return each(verb, names[:8], kind, is_irreversible=verb == "delete")
    return table_acts(found) if words else [Act("read", "", kind)]
