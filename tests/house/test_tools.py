"""Style, types and floors hold: what `make check` runs, the tests run too."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of this interpreter's environment in the project's root."""
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=280
    )


def test_the_linter_is_content() -> None:
    """Every rule of ruff that pyproject.toml selects holds."""
    done = run(sys.executable, "-m", "ruff", "check", "src", "tests", "benchmarks")
    assert done.returncode == 0, done.stdout


def test_the_formatter_would_change_nothing() -> None:
    """The code stands as `make format` leaves it."""
    done = run(sys.executable, "-m", "ruff", "format", "--check", "src", "tests", "benchmarks")
    assert done.returncode == 0, done.stdout


def test_every_public_name_has_a_docstring() -> None:
    """Interrogate finds all of them."""
    done = run(sys.executable, "-m", "interrogate", "-q", "src")
    assert done.returncode == 0, done.stdout


def test_imports_only_go_down_the_floors() -> None:
    """Import-linter holds the layers and the independence of siblings."""
    script = Path(sys.executable).with_name("lint-imports")
    done = run(str(script), "--no-cache")
    assert done.returncode == 0, done.stdout


def test_types_hold_in_strict_mode() -> None:
    """Pyright in strict mode has nothing to say; it needs Node, which a bare machine may lack."""
    if shutil.which("node") is None:
        pytest.skip("pyright needs Node")
    done = run(sys.executable, "-m", "pyright", "--pythonpath", sys.executable)
    assert done.returncode == 0, done.stdout[-4000:]
