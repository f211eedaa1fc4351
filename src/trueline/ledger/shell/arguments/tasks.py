"""Task runners and build tools: what the names of targets, phases and scripts say.

A target's name is believed only where it is unmistakable (`test`, `lint`, `typecheck`); anything
else is `execute`, and what really ran is read from the output.
"""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from trueline.ledger.model import CHECK_VERBS, Verb
from trueline.ledger.shell.arguments.acts import MAX_RESOURCES, Act, each, option, table_acts
from trueline.ledger.shell.programs import Found, is_known, lookup

_DATA: Final = Path(__file__).with_name("tasks.json")


@cache
def task_verbs() -> dict[str, Verb]:
    """Return the verb of every task name that is unmistakable."""
    content = msgspec.json.decode(_DATA.read_bytes(), type=dict[Verb, list[str]])
    return {name: verb for verb, names in content.items() for name in names}


def _named(name: str) -> Act:
    """Return what a target called `name` does."""
    verb = task_verbs().get(name)
    return Act(verb or "execute", name, is_inferred=True)


def task(found: Found, stdin: str | None) -> list[Act]:
    """Read the targets of a task runner."""
    del stdin
    program = found.path[0]
    names = [name for name in found.operands if "=" not in name]
    if program in ("tox", "nox"):
        names = [
            name
            for value in option(found.arguments, "-e", "-s", "--session", "--env")
            for name in value.split(",")
        ]
    elif program in ("make", "gmake", "just", "task", "ninja", "rake", "gradle"):
        names = names[:MAX_RESOURCES]
    else:
        names = names[:1]  # what follows is for the task itself
    if not names or found.rule.verb not in ("execute", "build"):
        return table_acts(found)
    if names[0].endswith(".py"):
        return [Act("execute", names[0], "file")]
    return [_named(name) for name in names]


def script_or_program(found: Found, stdin: str | None) -> list[Act]:
    """Read `yarn NAME`: a script of the project, or a program installed in it."""
    del stdin
    if not found.operands or len(found.path) > 1:
        return table_acts(found)
    name = found.operands[0]
    if is_known(name):
        inner = lookup(found.arguments[found.arguments.index(name) :])
        if inner is not None and inner.rule.verb in CHECK_VERBS and not inner.special:
            return [msgspec.structs.replace(act, program=name) for act in table_acts(inner)]
    if "." in name:
        return [Act("execute", name, "file")]
    return [_named(name)]


def packages(found: Found, stdin: str | None) -> list[Act]:
    """Read what a package installer installs: packages, requirement files, a project."""
    del stdin
    if found.rule.verb != "install":
        return table_acts(found)
    names = list(found.operands)
    names += option(found.arguments, "-r", "--requirement", "-e", "--editable")
    return each("install", names, "package")


_GRADLE: Final[dict[str, Verb]] = {
    "test": "test", "check": "test", "connectedcheck": "test", "build": "build",
    "assemble": "build", "jar": "build", "classes": "build", "testclasses": "build",
    "bootjar": "build", "shadowjar": "build", "bundle": "build", "lint": "lint", "detekt": "lint",
    "clean": "delete", "dependencies": "read", "tasks": "read", "projects": "read",
    "properties": "read", "publish": "deploy", "publishtomavenlocal": "build", "run": "execute",
    "bootrun": "execute", "spotlessapply": "write", "ktlintformat": "write",
    "spotlesscheck": "format",
}  # fmt: skip


def _gradle_verb(name: str) -> Verb:
    """Return the verb of one Gradle task."""
    last = name.rsplit(":", 1)[-1]
    low = last.lower()
    if low in _GRADLE:
        return _GRADLE[low]
    if last.endswith(("Test", "Tests", "UnitTest")) or last.startswith("test"):
        return "test"
    if last.startswith(("compile", "assemble", "bundle", "package")):
        return "build"
    if low.startswith(("checkstyle", "pmd", "spotbugs", "lint", "ktlint", "detekt")):
        return "lint"
    return "deploy" if low.startswith("publish") else "execute"


def gradle(found: Found, stdin: str | None) -> list[Act]:
    """Read Gradle's tasks."""
    del stdin
    if found.rule.verb != "execute" or not found.operands:
        return table_acts(found)
    return [Act(_gradle_verb(name), name) for name in found.operands[:MAX_RESOURCES]]


_MAVEN: Final[dict[str, Verb]] = {
    "test": "test", "verify": "test", "integration-test": "test", "surefire:test": "test",
    "failsafe:verify": "test", "compile": "build", "test-compile": "build", "package": "build",
    "install": "build", "site": "build", "validate": "lint", "clean": "delete",
    "deploy": "deploy", "checkstyle:check": "lint", "pmd:check": "lint", "spotbugs:check": "lint",
    "spotless:check": "format", "spotless:apply": "write", "formatter:validate": "format",
    "fmt:check": "format", "fmt:format": "write", "versions:set": "write",
}  # fmt: skip


def maven(found: Found, stdin: str | None) -> list[Act]:
    """Read Maven's phases and goals; skipped tests are not tests."""
    del stdin
    if found.rule.verb != "execute" or not found.operands:
        return table_acts(found)
    skips = any(
        word.startswith(("-DskipTests", "-Dmaven.test.skip")) and not word.endswith("=false")
        for word in found.arguments
    )
    acts: list[Act] = []
    for name in found.operands[:MAX_RESOURCES]:
        verb = _MAVEN.get(name)
        if verb is None:
            verb = "read" if name.startswith(("dependency:", "help:")) else "execute"
        acts.append(Act("build" if verb == "test" and skips else verb, name))
    return acts


def xcodebuild(found: Found, stdin: str | None) -> list[Act]:
    """Read xcodebuild's actions."""
    del stdin
    words = found.arguments
    if any(word in ("-list", "-showsdks", "-version", "-showBuildSettings") for word in words):
        return [Act("read")]
    if any(word in ("test", "test-without-building") for word in words):
        return [Act("test")]
    return [Act("delete")] if words and words[-1] == "clean" else [Act("build")]
