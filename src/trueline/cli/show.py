"""`trueline show`: a run's timeline, or one step of it whole."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

from trueline.audit.timeline import text_of, timeline_of
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
    console = Console()
    if step is not None:
        if len(found) > 1:
            ids = ", ".join(trajectory.id for trajectory in found[:5])
            raise InputError(f"{name!r} names {len(found)} runs ({ids}); give more of the id")
        _show_step(found[0], step, console)
        return 0
    for trajectory in found:
        _show_run(trajectory, console)
    return 0


def _split(run: str) -> tuple[str, int | None]:
    """Split `RUN:STEP`; a path with a colon in it stays whole."""
    name, colon, step = run.rpartition(":")
    if colon and step.isascii() and step.isdigit() and not Path(run).exists():
        return name, int(step)
    return run, None


def _find(name: str, paths: list[Path]) -> Iterator[Trajectory]:
    """Yield the runs meant: all of a file, or those whose ids begin with the name."""
    is_file = not paths and Path(name).exists()
    places = [Path(name)] if is_file else paths or known_sessions()
    for place in places:
        for item in read_path(place):
            if isinstance(item, ReadProblem):
                continue
            if is_file or item.id.startswith(name):
                yield item


def _show_run(trajectory: Trajectory, console: Console) -> None:
    console.print(Text(f"{one_line(trajectory.id, 100)}", style="bold"))
    about = [trajectory.agent, trajectory.model, trajectory.cwd, trajectory.source]
    console.print(Text("  " + "  ".join(one_line(word, 100) for word in about if word), "dim"))
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
        raise InputError(f"run {trajectory.id} has {len(trajectory.steps)} steps; no step {index}")
    step = trajectory.steps[index]
    where = f"{trajectory.source}:{step.line}" if step.line else trajectory.source
    head = f"{trajectory.id}:{index}  {step.actor} {step.kind} {step.tool}".rstrip()
    console.print(Text(one_line(head, 300), style="bold"), soft_wrap=True)
    console.print(Text(f"{one_line(where, 300)}  {step.time or ''}", style="dim"), soft_wrap=True)
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
            console.print(Text(f"{name}: {value}", style="dim"))
    console.print(Text(neutral(text_of(step))), soft_wrap=True)
