"""What a file is for, judged by its path: a test, recorded output, a runner's settings, product."""

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from trueline.monitors.goal_gaming.tables import named, tables

Role = Literal["test", "golden", "runner", "lint", "grader", "product", "other"]


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


def _is_ci(parts: tuple[str, ...], name: str) -> bool:
    """Return whether a path is a workflow or a commit hook."""
    if "workflows" in parts or ".circleci" in parts or ".husky" in parts or ".githooks" in parts:
        return True
    if len(parts) >= 2 and parts[-2:] == (".git", "hooks"):
        return True
    return name in {
        ".gitlab-ci.yml", "jenkinsfile", "azure-pipelines.yml", ".travis.yml",
        "bitbucket-pipelines.yml", ".pre-commit-config.yaml", "lefthook.yml",
    }  # fmt: skip


@lru_cache(maxsize=8192)
def place_of(path: str) -> Place:
    """Return what the file at `path` is for; never raises, whatever the path."""
    known = tables()
    parts = tuple(path.replace("\\", "/").split("/"))
    name = parts[-1]
    low = name.lower()
    dot = name.rfind(".")
    stem, extension = (name[:dot], name[dot:].lower()) if dot > 0 else (name, "")
    language = known.languages.get(extension, "")
    folders = {part.lower() for part in parts[:-1]}
    lowered = tuple(part.lower() for part in parts[:-1])
    if _is_ci(lowered, low):
        return Place("runner", language, name, stem, is_ci=True)
    if low in known.runner_files or stem.lower() in {
        "jest.config",
        "vitest.config",
        "playwright.config",
    }:
        return Place("runner", language, name, stem)
    if low in known.lint_files:
        return Place("lint", language, name, stem)
    is_golden = extension in {".snap", ".golden", ".approved", ".ambr", ".snapshot"}
    if is_golden or (
        not language
        and (folders & known.golden_folders or named("places.golden_stem").search(stem))
    ):
        return Place("golden", language, name, stem)
    if not language:
        return Place("other", language, name, stem)
    if named("places.test_stem").search(stem) or folders & known.test_folders:
        is_grader = language == "shell" and named("places.grader").search(stem)
        return Place("grader" if is_grader else "test", language, name, stem)
    if named("places.grader").search(stem):
        return Place("grader", language, name, stem)
    return Place("product", language, name, stem)
