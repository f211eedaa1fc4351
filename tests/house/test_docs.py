"""README and docs run: every Python block executes, every command of ours exits as it says."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from trueline import errors
from trueline.cli.application import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def blocks(page: Path, language: str) -> list[str]:
    """Return the fenced blocks of one language in a page."""
    found: list[str] = []
    lines: list[str] | None = None
    for line in page.read_text(encoding="utf-8").splitlines():
        if lines is None and line.strip() == f"```{language}":
            lines = []
        elif lines is not None and line.strip() == "```":
            found.append("\n".join(lines))
            lines = None
        elif lines is not None:
            lines.append(line)
    return found


def commands() -> list[tuple[str, str]]:
    """Return (page, command) for every line that starts with `$ trueline` in a console block."""
    return [
        (page.name, line.removeprefix("$ "))
        for page in PAGES
        for block in blocks(page, "console")
        for line in block.splitlines()
        if line.startswith("$ trueline")
    ]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the examples, where commands of the docs may write files."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


@pytest.mark.parametrize(("page", "command"), commands())
def test_every_documented_command_runs(page: str, command: str, workplace: Path) -> None:
    """Commands exit with 0, or with 1 for findings, and never with a traceback."""
    words, _, comment = command.partition("  #")
    program = [str(Path(sys.executable).with_name("trueline")), *shlex.split(words)[1:]]
    done = subprocess.run(
        program,
        cwd=workplace,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "HOME": str(workplace)},
    )
    assert done.returncode in (0, 1), f"{page}: {command}: {done.stderr}"
    assert "Traceback" not in done.stderr
    if "exit" in comment:
        assert f"exit {done.returncode}" in comment


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_python_block_executes(
    page: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks of one page share their names, top to bottom."""
    monkeypatch.chdir(workplace)
    names: dict[str, object] = {"__name__": "docs"}
    for block in blocks(page, "python"):
        exec(compile(block, str(page), "exec"), names)


def test_every_command_is_documented() -> None:
    """A command that no page names does not exist for its users."""
    names = list(app.commands)
    assert names
    assert [name for name in names if f"trueline {name}" not in TEXT] == []


def test_every_error_class_is_documented() -> None:
    """Whoever catches an error finds what it means."""
    classes = [name for name, value in vars(errors).items() if isinstance(value, type)]
    assert classes
    assert [name for name in classes if name not in TEXT] == []


def test_every_local_link_leads_somewhere() -> None:
    """Relative links in README and docs point at files that exist."""
    broken: list[str] = []
    for page in PAGES:
        for piece in page.read_text(encoding="utf-8").split("](")[1:]:
            target = piece.split(")")[0].split("#")[0]
            if target and "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert broken == []
