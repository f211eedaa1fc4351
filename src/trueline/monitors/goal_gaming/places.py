"""What a file is for, judged by its path: a test, recorded output, a runner's settings, product."""

from functools import lru_cache
from typing import Final, Literal

from msgspec import Struct

from trueline.monitors.goal_gaming.tables import named, tables

Role = Literal["test", "fixture", "golden", "runner", "lint", "grader", "product", "other"]


class Place(Struct, frozen=True):
    """Where a change lands.

    Attributes:
        role: what the file is for.
        language: the language of its extension, empty if none is known.
        name: the file's name.
        stem: the name without its last extension.
        is_ci: the file is a continuous-integration workflow or commit hook.
    """

    role: Role
    language: str
    name: str
    stem: str
    is_ci: bool = False


_CI_FILES: Final = frozenset({
    ".gitlab-ci.yml", "jenkinsfile", "azure-pipelines.yml", ".travis.yml",
    "bitbucket-pipelines.yml", ".pre-commit-config.yaml", "lefthook.yml",
})  # fmt: skip
_CI_FOLDERS: Final = frozenset({"workflows", ".circleci", ".husky", ".githooks"})
_RUNNER_STEMS: Final = frozenset({"jest.config", "vitest.config", "playwright.config"})
_GOLDEN_EXTENSIONS: Final = frozenset({
    ".snap", ".golden", ".approved", ".ambr", ".snapshot", ".expected", ".expect", ".want",
})  # fmt: skip
_OUTPUT_EXTENSIONS: Final = frozenset({".out", ".stdout", ".output", ".exp", ".gold", ".ref"})
"""Endings of recorded output where they stand among tests."""
_PROGRAM_FOLDERS: Final = frozenset({"bin", "sbin", "libexec", "scripts", "exe"})
_GRADER_FOLDERS: Final = frozenset({"grading", "grader", "graders"})
_FIXTURE_FOLDERS: Final = frozenset({"fixtures", "__fixtures__", "testdata", "test_data"})
_TEST_HINTS: Final = ("test", "spec", ".cy", "e2e", "it")
_GOLDEN_HINTS: Final = ("expected", "golden", "approved", "snapshot")
_GRADER_HINTS: Final = ("grad", "test", "scorer", "check")


@lru_cache(maxsize=8192)
def place_of(path: str) -> Place:
    """Return what the file at `path` is for; never raises, whatever the path."""
    known = tables()
    *folders, name = path.replace("\\", "/").split("/")
    low = name.lower()
    dot = name.rfind(".")
    stem, extension = (name[:dot], low[dot:]) if dot > 0 else (name, "")
    language = known.languages.get(extension, "")
    around = {folder.lower() for folder in folders}
    if low in _CI_FILES or around & _CI_FOLDERS or path.endswith(f".git/hooks/{name}"):
        return Place("runner", language, name, stem, is_ci=True)
    return Place(_role(low, stem, extension, language, around), language, name, stem)


def _role(low: str, stem: str, extension: str, language: str, around: set[str]) -> Role:
    """Return what a file is for, by its name and the folders around it."""
    known = tables()
    if low in known.runner_files or stem.lower() in _RUNNER_STEMS:
        return "runner"
    if low in known.lint_files:
        return "lint"
    if extension in _GOLDEN_EXTENSIONS:
        return "golden"
    if not language and not extension and around & _PROGRAM_FOLDERS:
        is_check = is_check_script(stem)
        return "grader" if is_check or around & known.test_folders else "product"
    if not language:
        return _role_of_data(stem, extension, around)
    if extension == ".bats":
        return "test"
    is_grader = _has(low, _GRADER_HINTS) and named("places.grader").search(stem) is not None
    if language == "shell":
        is_check = around & known.test_folders or is_check_script(stem)
        return "grader" if is_grader or is_check else "product"
    if around & known.test_folders or (
        _has(low, _TEST_HINTS) and named("places.test_stem").search(stem) is not None
    ):
        return "test"
    return "grader" if is_grader else "product"


def _role_of_data(stem: str, extension: str, around: set[str]) -> Role:
    """Return what a file that is not code is for."""
    known = tables()
    is_named = _has(stem.lower(), _GOLDEN_HINTS)
    if around & known.golden_folders or (
        is_named and named("places.golden_stem").search(stem) is not None
    ):
        return "golden"
    if around & _GRADER_FOLDERS:
        return "grader"
    if not around & (known.test_folders | _FIXTURE_FOLDERS):
        return "other"
    return "golden" if extension in _OUTPUT_EXTENSIONS else "fixture"


def is_check_script(stem: str) -> bool:
    """Return whether a script of this name checks something, whatever its language."""
    return named("places.check_script").search(stem) is not None


def _has(text: str, hints: tuple[str, ...]) -> bool:
    """Return whether one of `hints` stands in `text`."""
    return any(hint in text for hint in hints)
