"""`trueline charter`: check a charter, draft one, or take one over from another tool."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from trueline.charter.check import CharterCheck, Remark, check_charter
from trueline.charter.check.examples import with_examples
from trueline.charter.draft import draft_charter, evidence_of
from trueline.charter.imports import import_charter
from trueline.charter.reading import load_charter
from trueline.charter.writing import Notes, charter_yaml
from trueline.cli.output import print_error, print_out, write_out
from trueline.core.display import one_line
from trueline.errors import InputError, UnreadableError
from trueline.trajectory import Trajectory
from trueline.trajectory.opening import read_path


def run_check(path: Path) -> int:
    """Check a charter and return the exit code: 0 proven, 1 remarks."""
    found = check_charter(load_charter(path))
    print_out(lambda console: _show(path, found, console))
    return 1 if found.remarks else 0


def _show(path: Path, found: CharterCheck, console: Console) -> None:
    for remark in found.remarks:
        _show_remark(path, remark, console)
    words = (
        f"{found.rules} rule{'s' * (found.rules != 1)}, {found.proven} proven by "
        f"{found.examples} example{'s' * (found.examples != 1)}"
    )
    style = "bold" if found.remarks else "bold green"
    console.print(Text(words + ("." if found.remarks else "; nothing to remark."), style=style))


def _show_remark(path: Path, remark: Remark, console: Console) -> None:
    style = "bold red" if remark.level == "wrong" else "yellow"
    line = Text(f"{one_line(str(path), 300)}:{remark.line}: ")
    line.append(remark.level, style=style)
    line.append(f": {one_line(remark.rule, 100)}: {one_line(remark.words, 600)}")
    console.print(line, soft_wrap=True)


def run_new(paths: Sequence[Path], task: str, name: str, output: Path | None) -> int:
    """Draft a charter and return the exit code."""
    evidence = evidence_of(_runs(paths))
    if paths and not evidence.runs:
        raise InputError(f"no session in {', '.join(map(str, paths))}; name session files")
    if not paths and not task.strip():
        raise InputError("nothing to draft from; name past sessions, or give --task TEXT")
    drafted = draft_charter(evidence, task, name)
    _hand_over(drafted.text, output)
    for remark in drafted.remarks:
        print_error(remark)
    return 0


def _runs(paths: Sequence[Path]) -> Iterator[Trajectory]:
    for path in paths:
        for item in read_path(path):
            if isinstance(item, Trajectory):
                yield item
            else:
                print_error(f"{item.path}:{item.line}: {item.message}")


def _hand_over(text: str, output: Path | None) -> None:
    """Write a new file, or to standard output; a file that is there already stays as it is."""
    if output is None:
        write_out(text)
        return
    try:
        with output.open("x", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except FileExistsError as error:
        raise UnreadableError(f"{output}: is there already; name another file") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableError(f"{output}: cannot be written: {reason}") from error


def run_import(source: str, path: Path, output: Path | None) -> int:
    """Take over the permissions of another tool; the exit code is 1 where some have no equal."""
    imported = import_charter(source, path)
    charter = with_examples(imported.charter)
    head = [
        f"Taken over from {path.name} ({source}).",
        "It allows nothing that the source does not; what has no equal stands at the end.",
    ]
    _hand_over(charter_yaml(charter, Notes(head=head, tail=imported.remarks)), output)
    for remark in imported.remarks:
        print_error(remark)
    return 1 if imported.remarks else 0
