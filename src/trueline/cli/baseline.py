"""`trueline baseline`: learn what an agent's past runs did, for the monitor `drift`."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from trueline.audit.campaign import Campaign, Settings
from trueline.cli.output import print_out
from trueline.core.display import one_line
from trueline.errors import InputError, UnreadableError
from trueline.ledger import Ledger
from trueline.ledger.build import interpret
from trueline.monitors.drift.baseline import Baseline, learnt, to_json
from trueline.monitors.drift.departure import LEAST_RUNS
from trueline.trajectory import ReadProblem
from trueline.trajectory.opening import read_source


def run_baseline(paths: tuple[Path, ...], out: Path, manifests: tuple[Path, ...]) -> int:
    """Write the baseline of the runs under `paths`, and return the exit code."""
    if not out.parent.is_dir():
        raise UnreadableError(f"{out}: cannot be written: no folder {out.parent}")
    campaign = Campaign(Settings(monitors=("drift",), manifests=manifests))
    problems: list[ReadProblem] = []
    found = learnt(_ledgers(campaign, paths, problems))
    if not found.agents:
        raise InputError(
            f"no run that does anything in {', '.join(map(str, paths))}; name session files or "
            "a folder of them"
        )
    try:
        out.write_bytes(to_json(found) + b"\n")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableError(f"{out}: cannot be written: {reason}") from error
    print_out(lambda console: _print(found, problems, console))
    return 0


def _ledgers(
    campaign: Campaign, paths: tuple[Path, ...], problems: list[ReadProblem]
) -> Iterator[Ledger]:
    for source in campaign.sources(paths):
        for item in read_source(source):
            if isinstance(item, ReadProblem):
                problems.append(item)
            else:
                yield interpret(item, campaign.manifests)


def _print(found: Baseline, problems: list[ReadProblem], console: Console) -> None:
    for agent, profiles in found.agents.items():
        few = "" if len(profiles) >= LEAST_RUNS else f"; at least {LEAST_RUNS} say something"
        console.print(f"{one_line(agent, 60)}: {len(profiles)} runs{few}", markup=False)
    for problem in problems[:10]:
        where = f"{problem.path}:{problem.line}" if problem.line else problem.path
        console.print(f"not read: {one_line(f'{where}: {problem.message}', 500)}", markup=False)
