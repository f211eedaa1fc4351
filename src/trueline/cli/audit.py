"""`trueline audit`: run the audit, show what it found, and say so by exit code."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from trueline.audit.campaign import Campaign, Item, Settings
from trueline.audit.model import AuditReport
from trueline.audit.reports.json_report import json_schema, to_json
from trueline.audit.reports.sarif import to_sarif
from trueline.audit.summary import compose, exit_code
from trueline.cli.judge import bill_of
from trueline.cli.output import print_error, print_out, write_out
from trueline.cli.terminal import print_report
from trueline.errors import InputError, UnreadableError
from trueline.trajectory.places import known_places, known_sessions

if TYPE_CHECKING:
    from trueline.monitors.judge import JudgeSettings


class AuditOptions(Struct, frozen=True, kw_only=True):
    """The options of the command, as given."""

    paths: tuple[Path, ...]
    json: Path | None
    sarif: Path | None
    html: Path | None
    fail_on: str
    monitors: tuple[str, ...]
    manifests: tuple[Path, ...]
    charter: Path | None
    calibration: Path | None
    baseline: Path | None = None
    monitor_timeout: float
    jobs: int
    notes: bool
    quiet: bool
    judge: "JudgeSettings | None" = None


def run_audit(options: AuditOptions) -> int:
    """Audit, report, and return the exit code."""
    _check_outputs(options)
    paths = options.paths or _known()
    settings = Settings(
        monitors=options.monitors,
        manifests=options.manifests,
        charter=options.charter,
        calibration=options.calibration,
        baseline=options.baseline,
        with_timeline=options.html is not None,
        with_words=options.notes or options.json is not None or options.html is not None,
        monitor_timeout_s=options.monitor_timeout,
        judge=options.judge,
    )
    campaign = Campaign(settings)
    items = list(_progressing(campaign, settings, paths, options))
    report = compose(items, campaign.monitors, campaign.calibration)
    if not report.runs and not report.problems:
        raise InputError(
            f"no session in {', '.join(map(str, paths))}; name a session file or a folder of them"
        )
    if not _write(options, report):
        print_out(
            lambda console: print_report(
                report, console, with_notes=options.notes, is_quiet=options.quiet
            )
        )
    if options.judge is not None and not options.quiet:
        print_error(bill_of(report.runs) or "judge: nothing was asked")
    return exit_code(report, options.fail_on)


def _check_outputs(options: AuditOptions) -> None:
    """Refuse before the work what would fail, or be mixed up, after it."""
    reports = [path for path in (options.json, options.sarif, options.html) if path is not None]
    for path in reports:
        if reports.count(path) > 1:
            what = "standard output" if _is_standard(path) else str(path)
            raise InputError(f"two reports cannot both go to {what}; name a file for each")
        if not _is_standard(path) and not path.parent.is_dir():
            raise UnreadableError(f"{path}: cannot be written: no folder {path.parent}")


def _is_standard(path: Path) -> bool:
    return str(path) == "-"


def _known() -> tuple[Path, ...]:
    """Return where agents keep their sessions on this machine."""
    found = known_sessions()
    if not found:
        places = ", ".join(map(str, known_places()))
        raise InputError(f"no sessions in the known places ({places}); name a file or a folder")
    return tuple(found)


def _progressing(
    campaign: Campaign, settings: Settings, paths: Sequence[Path], options: AuditOptions
) -> Iterator[Item]:
    """Yield what the audit finds, with a bar on standard error when a person watches."""
    sources = campaign.sources(paths)
    found = campaign.audit(sources)
    if options.jobs > 1 and len(sources) > 1:
        from trueline.audit.parallel import audit_parallel  # start-up time  # noqa: PLC0415

        found = audit_parallel(settings, sources, options.jobs)
    if options.quiet or len(sources) < 2 or not sys.stderr.isatty():
        for _, items in found:
            yield from items
        return
    from trueline.cli.progress import with_bar  # start-up time  # noqa: PLC0415

    for items in with_bar(found, len(sources)):
        yield from items


def _write(options: AuditOptions, report: AuditReport) -> bool:
    """Write the reports that were asked for; return whether standard output is taken."""
    is_taken = False
    for path, convert in (
        (options.json, to_json),
        (options.sarif, to_sarif),
        (options.html, _to_page),
    ):
        if path is None:
            continue
        if _is_standard(path):
            write_out(convert(report))
            is_taken = True
        else:
            _save(path, convert(report))
    return is_taken


def _to_page(report: AuditReport) -> bytes:
    from trueline.audit.reports.page import to_page  # start-up time  # noqa: PLC0415

    return to_page(report)


def _save(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableError(f"{path}: cannot be written: {reason}") from error


def print_schema() -> None:
    """Print the JSON Schema of the report."""
    write_out(msgspec.json.format(msgspec.json.encode(json_schema()), indent=2) + b"\n")
