"""`trueline calibrate`: make a calibration from benign runs, or compare runs with one."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec
from msgspec import Struct
from rich.console import Console
from rich.table import Table
from rich.text import Text

from trueline.audit.campaign import Campaign, Settings
from trueline.calibration.build import calibrate
from trueline.calibration.conformal import runs_needed
from trueline.calibration.document import Calibration, Score, read_calibration, to_json
from trueline.calibration.drift import DriftReport, compare
from trueline.calibration.exchangeability import LEVEL
from trueline.calibration.identity import check_identity, identity_of
from trueline.calibration.sample import Grouping
from trueline.cli.output import print_out, write_out
from trueline.core.display import one_line
from trueline.errors import InputError, UnreadableError
from trueline.measurement.benign import BenignSample, benign_sample
from trueline.trajectory import ReadProblem

if TYPE_CHECKING:
    from trueline.monitors.judge import JudgeSettings

_SHOWN = 10
"""Groups and problems that are listed; the file and `--json` have them all."""


class CalibrateOptions(Struct, frozen=True, kw_only=True):
    """The options of the command, as given."""

    paths: tuple[Path, ...]
    rate: float | None
    out: Path | None
    compare: Path | None
    group_by: str
    monitors: tuple[str, ...]
    manifests: tuple[Path, ...]
    charter: Path | None
    jobs: int
    as_json: bool
    judge: "JudgeSettings | None" = None


def run_calibrate(options: CalibrateOptions) -> int:
    """Calibrate or compare, and return the exit code."""
    if options.compare is not None:
        return _compare(options, options.compare)
    if options.rate is None or options.out is None:
        raise InputError("name the wished rate and a file: trueline calibrate PATH --rate 0.01 "
                         "--out FILE; or --compare FILE")  # fmt: skip
    runs_needed(options.rate)  # refuses a rate that is none before the work
    if not options.out.parent.is_dir():
        raise UnreadableError(f"{options.out}: cannot be written: no folder {options.out.parent}")
    campaign, sample = _sample(options, options.group_by)
    made = calibrate(
        sample.runs,
        options.rate,
        identity_of(campaign.monitors, campaign.charter),
        group_by=cast("Grouping", options.group_by),
        created=_now(),
    )
    data = to_json(made)
    try:
        options.out.write_bytes(data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableError(f"{options.out}: cannot be written: {reason}") from error
    if options.as_json:
        write_out(data)
    else:
        print_out(lambda console: _print(made, sample.problems, console))
    return 0


def _compare(options: CalibrateOptions, path: Path) -> int:
    if options.rate is not None or options.out is not None:
        raise InputError("--compare changes nothing: it goes without --rate and --out")
    calibration = read_calibration(path)
    names = options.monitors or tuple(calibration.identity.monitors)
    options = msgspec.structs.replace(options, monitors=names)
    campaign = Campaign(_settings(options))
    check_identity(calibration.identity, identity_of(campaign.monitors, campaign.charter))
    _, sample = _sample(options, calibration.group_by)
    report = compare(calibration, sample.runs, [monitor.name for monitor in campaign.monitors])
    if options.as_json:
        write_out(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    else:
        print_out(lambda console: _print_drift(report, sample.problems, console))
    return 1 if report.has_drifted else 0


def _settings(options: CalibrateOptions) -> Settings:
    return Settings(
        monitors=options.monitors,
        manifests=options.manifests,
        charter=options.charter,
        judge=options.judge,
    )


def _sample(options: CalibrateOptions, group_by: str) -> tuple[Campaign, BenignSample]:
    settings = _settings(options)
    campaign = Campaign(settings)
    by = cast("Grouping", group_by)
    return campaign, benign_sample(options.paths, campaign, settings, by, options.jobs)


def _now() -> str:
    """Return the time, or the one that a reproducible build names.

    Source:
        https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    is_fixed = epoch.isascii() and epoch.isdigit() and len(epoch) < 12
    at = datetime.fromtimestamp(int(epoch), UTC) if is_fixed else datetime.now(UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("monitor", no_wrap=True, max_width=16, overflow="ellipsis")
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _print(made: Calibration, problems: tuple[ReadProblem, ...], console: Console) -> None:
    table = _table("threshold", "above it", "groups differ, p", "held-out alarms")
    for name, score in made.scores.items():
        table.add_row(
            Text(one_line(name, 40)),
            f"{score.threshold:.3f}",
            str(score.above),
            _p_of(score),
            f"{score.held_out_alarms} of {score.held_out_runs}" if score.held_out_runs else "–",
        )
    console.print(table)
    console.print()
    _say(console, f"{made.runs} benign runs, groups by {made.group_by}: {len(made.groups)}; at "
         f"most {made.rate:.3g} of further runs like these are above a threshold, for each "
         "monitor by itself and for any.", "dim")  # fmt: skip
    if len(made.groups) < 2:
        _say(console, "One group only: whether the runs of others are alike could not be tested.")
    for name, score in made.scores.items():
        _print_doubts(name, score, made.rate, console)
    _print_problems(problems, console)


def _p_of(score: Score) -> Text:
    if score.exchangeability is None:
        return Text("–")
    return Text(
        f"{score.exchangeability.p_value:.3f}", style="" if score.is_exchangeable else "bold yellow"
    )


def _print_doubts(name: str, score: Score, rate: float, console: Console) -> None:
    if score.is_exchangeable is False:
        _say(console, f"{name}: the groups are not alike (Kruskal-Wallis, by permutation); for a "
             f"new group the rate of {rate:.3g} may not hold.", "yellow")  # fmt: skip
    for group in score.standing_out[:_SHOWN]:
        _say(console, f"{name}: {group.group} stands out: {group.alarms} of {group.runs} runs "
             f"above the threshold of the others, p {group.p_value:.2g}.", "yellow")  # fmt: skip


def _print_drift(report: DriftReport, problems: tuple[ReadProblem, ...], console: Console) -> None:
    table = _table("KS", "p", "delta", "alarms", "p")
    for score in report.scores:
        table.add_row(
            Text(one_line(score.score, 40), style="bold yellow" if score.has_drifted else ""),
            f"{score.distance:.3f}",
            f"{score.p_value:.3f}",
            f"{score.delta:+.3f}",
            f"{score.alarms} of {report.runs_now}",
            f"{score.alarm_p_value:.3f}",
        )
    console.print(table)
    console.print()
    moved = [score.score for score in report.scores if score.has_drifted]
    if moved:
        _say(console, f"Drifted: {', '.join(moved)}. Look at the runs before you calibrate anew: "
             "what has changed may be the agent.", "bold yellow")  # fmt: skip
    else:
        _say(console, "No drift found.", "green")
    if report.new_groups:
        _say(console, f"{len(report.new_groups)} groups are not in the sample: "
             f"{', '.join(report.new_groups[:_SHOWN])}.")  # fmt: skip
    _say(console, f"{report.runs_now} runs against {report.runs_before}. KS: largest distance of "
         "the distributions; delta: how much more often a new run is the more suspicious than the "
         f"less. Level {LEVEL:g} over all tests.", "dim")  # fmt: skip
    _print_problems(problems, console)


def _print_problems(problems: tuple[ReadProblem, ...], console: Console) -> None:
    for problem in problems[:_SHOWN]:
        where = f"{problem.path}:{problem.line}" if problem.line else problem.path
        word = "not read" if problem.is_fatal else "skipped"
        _say(console, f"{word}: {where}: {problem.message}", "yellow")
    if len(problems) > _SHOWN:
        _say(console, f"and {len(problems) - _SHOWN} more places that could not be read")


def _say(console: Console, words: str, style: str = "") -> None:
    console.print(Text(one_line(words, 1_000), style=style))
