"""`trueline show`: a run's timeline, or one step of it whole."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

from trueline.audit.timeline import text_of, timeline_of
from trueline.cli.output import print_out
from trueline.core.display import neutral, one_line
from trueline.errors import InputError
from trueline.ledger.build import interpret
from trueline.trajectory import ReadProblem, Trajectory
from trueline.trajectory.opening import read_path
from trueline.trajectory.places import known_sessions

_STYLES = {"user": "cyan", "agent": "bold", "system": "dim", "tool": "", "host": "dim"}


def run_show(run: str, paths: list[Path]) -> int:
    """Show what was asked for and return the exit code."""
    name, step = _split(run)
    found = list(_find(name, paths))
    if not found:
        raise InputError(
            f"no run {name!r}: give a session file, or the beginning of a run's id "
            "and where to look for it"
        )
    print_out(lambda console: _show(name, step, found, console))
    return 0


def _show(name: str, step: int | None, found: list[Trajectory], console: Console) -> None:
    if step is not None:
        if len(found) > 1:
            ids = ", ".join(trajectory.id for trajectory in found[:5])
            raise InputError(f"{name!r} names {len(found)} runs ({ids}); give more of the id")
        _show_step(found[0], step, console)
        return
    for trajectory in found:
        _show_run(trajectory, console)


def _split(run: str) -> tuple[str, int | None]:
    """Split `RUN:STEP`; a path with a colon in it stays whole."""
    name, colon, step = run.rpartition(":")
    if colon and step.isascii() and step.isdigit() and not _is_there(Path(run)):
        return name, int(step)
    return run, None


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _find(name: str, paths: list[Path]) -> Iterator[Trajectory]:
    """Yield the runs meant: all of a file, or those whose ids begin with the name."""
    is_file = not paths and _is_there(Path(name))
    places = [Path(name)] if is_file else paths or known_sessions()
    for place in places:
        for item in read_path(place):
            if isinstance(item, ReadProblem):
                continue
            if is_file or item.id.startswith(name):
                yield item


def _show_run(trajectory: Trajectory, console: Console) -> None:
    console.print(Text(one_line(trajectory.id, 100), style="bold"), soft_wrap=True)
    agent = "  ".join(one_line(word, 100) for word in (trajectory.agent, trajectory.model) if word)
    for words in (agent, one_line(trajectory.cwd, 300), one_line(trajectory.source, 300)):
        if words:
            console.print(Text(f"  {words}", style="dim"), soft_wrap=True)
    for line in timeline_of(interpret(trajectory)):
        row = Text(f"{line.index:>5} ", style="dim")
        name = line.tool or line.kind
        row.append(f"{line.actor:<6} {one_line(name, 14):<14} ", style=_STYLES.get(line.actor, ""))
        if line.status:
            row.append(f"{line.status} ", style="green" if line.status == "succeeded" else "red")
        if line.tag:
            row.append(f"[{line.tag}] ", style="dim")
        row.append(one_line(line.text, 200))
        console.print(row, overflow="ellipsis", no_wrap=True)


def _show_step(trajectory: Trajectory, index: int, console: Console) -> None:
    if index >= len(trajectory.steps):
        raise InputError(_no_step(trajectory, index))
    step = trajectory.steps[index]
    where = f"{trajectory.source}:{step.line}" if step.line else trajectory.source
    head = f"{trajectory.id}:{index}  {step.actor} {step.kind} {step.tool}".rstrip()
    console.print(Text(one_line(head, 300), style="bold"), soft_wrap=True)
    when = one_line(step.time or "", 40)
    console.print(Text(f"{one_line(where, 300)}  {when}".rstrip(), style="dim"), soft_wrap=True)
    facts = {
        "answers step": step.call_index if step.kind == "result" else None,
        "result at step": step.call_index if step.kind == "call" else None,
        "exit status": step.exit_status,
        "marked": " ".join(
            word
            for word, holds in (
                ("error", step.is_error),
                ("interrupted", step.is_interrupted),
                ("truncated", step.is_truncated),
                (step.tag, bool(step.tag)),
            )
            if holds
        ),
    }
    for name, value in facts.items():
        if value not in (None, ""):
            console.print(Text(one_line(f"{name}: {value}", 300), style="dim"), soft_wrap=True)
    console.print()
    for line in neutral(text_of(step)).splitlines():  # set in, so that no text can pose as a fact
        console.print(Text(f"  {line}"), soft_wrap=True)


def _no_step(trajectory: Trajectory, index: int) -> str:
    """Say that there is no such step, and which step a line of that number is."""
    steps = len(trajectory.steps)
    last = steps - 1
    run = one_line(trajectory.id, 100)
    words = f"run {run} has steps 0 to {last}; no step {index}" if steps else f"run {run} is empty"
    meant = next((step.index for step in trajectory.steps if step.line == index), None)
    return words if meant is None else f"{words} (line {index} of its file is step {meant})"
