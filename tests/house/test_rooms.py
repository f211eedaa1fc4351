"""The rules of the house that a program can check."""

import ast
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "trueline"
FILES = sorted(SOURCE.rglob("*.py"))
NAMELESS = {"utils.py", "util.py", "helpers.py", "helper.py", "common.py", "misc.py"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_file_is_one_idea_of_at_most_500_lines(path: Path) -> None:
    """Long files hide several ideas."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
    assert path.name not in NAMELESS


def test_a_folder_holds_at_most_twelve_modules() -> None:
    """A folder with more is several rooms."""
    counts = Counter(path.parent for path in FILES if path.name != "__init__.py")
    assert {str(folder): n for folder, n in counts.items() if n > 12} == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_function_fits_on_a_screen(path: Path) -> None:
    """Functions are at most 60 lines long, docstring included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > 60
        and path.parent.name != "cli"  # a command's options are its signature
    ]
    assert long == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_in_the_package_swallows_errors_in_silence(path: Path) -> None:
    """`except Exception` stands only where a plug-in is called and where a worker works."""
    text = path.read_text(encoding="utf-8")
    allowed = {
        SOURCE / "audit" / "run.py",
        SOURCE / "audit" / "campaign.py",
        SOURCE / "monitors" / "loading.py",
    }
    assert "except Exception" not in text or path in allowed
    assert "except:" not in text
