"""`trueline charter`: check a charter, draft one, or take one over from another tool."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

from trueline.charter.check import CharterCheck, Remark, check_charter
from trueline.charter.reading import load_charter
from trueline.cli.output import print_out
from trueline.core.display import one_line


def run_check(path: Path) -> int:
    """Check a charter and return the exit code: 0 proven, 1 remarks."""
    found = check_charter(load_charter(path))
    print_out(lambda console: _show(path, found, console))
    return 1 if found.remarks else 0


def _show(path: Path, found: CharterCheck, console: Console) -> None:
    for remark in found.remarks:
        _show_remark(path, remark, console)
    words = f"{found.rules} rules, {found.proven} proven by {found.examples} examples"
    style = "bold" if found.remarks else "bold green"
    console.print(Text(words + ("." if found.remarks else "; nothing to remark."), style=style))


def _show_remark(path: Path, remark: Remark, console: Console) -> None:
    style = "bold red" if remark.level == "wrong" else "yellow"
    line = Text(f"{one_line(str(path), 300)}:{remark.line}: ")
    line.append(remark.level, style=style)
    line.append(f": {one_line(remark.rule, 100)}: {one_line(remark.words, 600)}")
    console.print(line, soft_wrap=True)
