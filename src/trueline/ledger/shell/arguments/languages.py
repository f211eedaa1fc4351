"""Interpreters: which script, module or text they run, and which of these are checks."""

from typing import Final

from msgspec.structs import replace

from trueline.ledger.model import Verb
from trueline.ledger.shell.arguments.acts import Act, each, table_acts
from trueline.ledger.shell.programs import Found, lookup

_MODULES: Final[dict[str, tuple[Verb, bool]]] = {
    "unittest": ("test", True), "doctest": ("test", True), "nose": ("test", True),
    "test": ("test", True), "twisted.trial": ("test", True),
    "xmlrunner": ("test", True), "compileall": ("build", True), "py_compile": ("build", True),
    "build": ("build", False), "pyflakes": ("lint", True), "tabnanny": ("lint", True),
    "json.tool": ("read", True), "tokenize": ("read", True), "ast": ("read", True),
    "dis": ("read", True), "site": ("read", False), "sysconfig": ("read", False),
    "platform": ("read", False), "venv": ("write", True), "virtualenv": ("write", True),
    "ensurepip": ("install", False), "zipfile": ("write", False), "tarfile": ("write", False),
    "http.server": ("execute", False), "lib2to3": ("write", True), "smtpd": ("execute", False),
}  # fmt: skip
"""Verb of a Python module run with `-m`, and whether its arguments are files."""

_MANAGE: Final[dict[str, Verb]] = {
    "test": "test", "check": "lint", "migrate": "write", "makemigrations": "write",
    "flush": "delete", "loaddata": "write", "collectstatic": "write", "showmigrations": "read",
    "startapp": "write",
    "dumpdata": "read", "createsuperuser": "grant", "changepassword": "grant", "show_urls": "read",
}  # fmt: skip

_SETUP: Final[dict[str, Verb]] = {
    "test": "test", "install": "install", "develop": "install", "build": "build", "sdist": "build",
    "bdist_wheel": "build", "build_ext": "build", "upload": "deploy", "clean": "delete",
    "check": "lint",
}  # fmt: skip

_VALUES: Final = frozenset({"-W", "-X", "-Q", "--check-hash-based-pycs"})


def python(found: Found, stdin: str | None) -> list[Act]:
    """Read Python's own options up to `-m`, `-c`, a script, or standard input."""
    words = found.arguments
    i = 0
    while i < len(words):
        word = words[i]
        if word[:1] != "-" or word == "-":
            break
        if word in ("-V", "-VV", "--version", "-h", "--help"):
            return [Act("read")]
        if word == "-c" or (word.endswith("c") and word[1:2] != "-" and len(word) <= 4):
            return [Act("execute")]
        if word == "-m" or (word.endswith("m") and word[1:2] != "-" and len(word) <= 4):
            return python_module(words[i + 1 :])
        if word.startswith("-m") and len(word) > 2:
            return python_module((word[2:], *words[i + 1 :]))
        i += 2 if word in _VALUES else 1
    if i >= len(words) or words[i] == "-":
        del stdin  # what a heredoc does cannot be read from here
        return [Act("execute")]
    return python_script(words[i], words[i + 1 :])


def python_module(words: tuple[str, ...]) -> list[Act]:
    """Read `-m MODULE …`."""
    if not words:
        return [Act("execute")]
    module = words[0]
    if module in ("coverage", "trace", "cProfile", "pdb", "memory_profiler", "kernprof"):
        return _profiled(words)
    known = _MODULES.get(module)
    if known is None:
        inner = lookup(words)
        if inner is not None and inner.rule.verb is not None:
            if inner.special == "pip":
                return [replace(act, program=module) for act in _installed(inner)]
            return [replace(act, program=module) for act in table_acts(inner)]
        return [Act("execute", module, program=module)]
    verb, has_files = known
    names = [word for word in words[1:] if word[:1] != "-" and word != "discover"]
    acts = each(verb, names if has_files else [], "file")
    return [replace(act, program=module) for act in acts]


def _installed(inner: Found) -> list[Act]:
    """Return what `python -m pip install` installs."""
    return each("install", inner.operands, "package")


def _profiled(words: tuple[str, ...]) -> list[Act]:
    """Read `coverage run -m pytest` and the like."""
    rest = words[1:]
    if rest[:1] == ("run",):
        rest = rest[1:]
    elif words[0] == "coverage":
        return [Act("read", program="coverage")]
    for index, word in enumerate(rest):
        if word == "-m":
            return python_module(rest[index + 1 :])
        if word[:1] != "-":
            return python_script(word, rest[index + 1 :])
    return [Act("execute", program=words[0])]


def python_script(path: str, arguments: tuple[str, ...]) -> list[Act]:
    """Read a Python script: `manage.py` and `setup.py` say what they do, others do not."""
    name = path.rsplit("/", 1)[-1]
    first = next((word for word in arguments if word[:1] != "-"), "")
    if name == "manage.py" and first:
        verb = _MANAGE.get(first, "execute")
        kind = "database" if first in ("migrate", "flush", "loaddata", "dumpdata") else "unknown"
        if verb == "test":
            targets = [word for word in arguments if word[:1] != "-"][1:]
            return [replace(act, program=name) for act in each("test", targets, "unknown")]
        return [Act(verb, "", kind, is_irreversible=first == "flush", program=name)]
    if name == "setup.py" and first in _SETUP:
        return [Act(_SETUP[first], program=name)]
    if name in ("pytest", "py.test"):
        return [Act("test", program="pytest")]
    return [Act("execute", path, "file")]


def node(found: Found, stdin: str | None) -> list[Act]:
    """Read Node's options: its test runner, a syntax check, or a script."""
    del stdin
    words = found.arguments
    if "--test" in words or "--test-only" in words:
        return each("test", found.operands)
    if "--check" in words or words[:1] == ("-c",):
        return each("lint", found.operands)
    if words[:1] in (("-v",), ("--version",)):
        return [Act("read")]
    if any(word in ("-e", "--eval", "-p", "--print", "-pe") for word in words):
        return [Act("execute")]
    return _script(found)


def php(found: Found, stdin: str | None) -> list[Act]:
    """Read PHP's script: Laravel's artisan and programs in `vendor/bin` are known by name."""
    del stdin
    if "-r" in found.arguments or found.rule.verb != "execute":
        return table_acts(found)
    return _script(found)


def script(found: Found, stdin: str | None) -> list[Act]:
    """Read the script of any other interpreter."""
    del stdin
    words = found.arguments
    if found.path[0] in ("perl", "ruby") and any(_edits_in_place(word) for word in words):
        names = found.operands
        is_text_in_option = any(word in ("-e", "-E") or word.endswith("e") for word in words[:4])
        return each("write", names[0 if is_text_in_option and "-e" in words else 1 :])
    if found.rule.verb != "execute":
        return table_acts(found)
    if any(word in ("-e", "-E", "-c", "-Command", "-l") for word in words):
        return [Act("execute")]
    return _script(found)


def _edits_in_place(word: str) -> bool:
    """Return whether a joined option such as `-pi` or `-i.bak` edits files in place."""
    if word[:1] != "-" or word[1:2] == "-":
        return False
    letters = word[1:].split(".", 1)[0]
    return "i" in letters and set(letters) <= set("pi0wnalse")


def _script(found: Found) -> list[Act]:
    """Return the run of the first operand; a program known by name counts as itself."""
    if not found.operands:
        return [Act("execute")]
    path = found.operands[0]
    name = path.rsplit("/", 1)[-1]
    if "/bin/" in path or "/.bin/" in path or name in ("artisan", "mix", "rake", "rspec"):
        start = found.arguments.index(path)
        inner = lookup((name.removesuffix(".js"), *found.arguments[start + 1 :]))
        if inner is not None and inner.rule.verb is not None:
            return [replace(act, program=name) for act in table_acts(inner)]
    return [Act("execute", path, "file")]


_ENVIRONMENT: Final = (".env", "rc", "profile", "nvm.sh", "activate", "activate.fish", "env.sh")


def source(found: Found, stdin: str | None) -> list[Act]:
    """Read `source FILE`; a file that only sets the environment has no effect of its own."""
    del stdin
    if found.operands and found.operands[0].endswith(_ENVIRONMENT):
        return []
    return table_acts(found)
