"""The commands and their options; what they do stands in the module of each command."""

import sys
from pathlib import Path
from typing import Any, Final

import click

from trueline import __version__
from trueline.cli.judge import judge_options, take_judge
from trueline.errors import CharterError, TruelineError

EXIT_BAD: Final = 2
"""Bad input, a bad setting, or a monitor that failed: the answer is not to be relied on."""

EXIT_INTERRUPTED: Final = 130
"""What shells use for SIGINT: neither clean nor findings."""

_MESSAGE_LIMIT: Final = 2_000

_FILE = click.Path(path_type=Path, readable=False)

_MONITORS = click.option(
    "--monitor", "monitors", multiple=True, help="Run only this monitor; may be repeated."
)
_MANIFESTS = click.option(
    "--manifest", "manifests", multiple=True, type=_FILE, help="YAML that says what your tools do."
)
_JOBS = click.option(
    "--jobs", "-j", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="trueline", message="%(prog)s %(version)s")
def app() -> None:
    """Hold what AI agents said against what the record shows they did."""


@app.command()
@click.argument("paths", nargs=-1, type=_FILE)
@click.option("--json", type=_FILE, help="Write the report as JSON; - is standard output.")
@click.option("--sarif", type=_FILE, help="Write the findings as SARIF 2.1.0; - as above.")
@click.option("--html", type=_FILE, help="Write one self-contained page; - as above.")
@click.option(
    "--fail-on",
    type=click.Choice(["low", "medium", "high", "critical", "never"]),
    default="medium",
    show_default=True,
    help="Exit with 1 from this severity on.",
)
@_MONITORS
@_MANIFESTS
@click.option("--charter", type=_FILE, help="YAML that says what the agents may do.")
@click.option("--calibration", type=_FILE, help="Thresholds made by `trueline calibrate`.")
@click.option("--baseline", type=_FILE, help="Past runs learnt by `trueline baseline`.")
@_JOBS
@click.option(
    "--monitor-timeout",
    type=click.FloatRange(0, 86_400),
    default=0.0,
    metavar="SECONDS",
    help="A monitor that takes longer on one run has failed on it; by default none does.",
)
@judge_options
@click.option("--notes", is_flag=True, help="Show notes and every assertion with its verdict.")
@click.option("--quiet", "-q", is_flag=True, help="Only findings: no summary, no progress bar.")
def audit(**options: Any) -> None:
    """Find what agents said or did that the record does not bear out.

    PATHS are session files or folders; without any, the sessions of Claude Code and Codex on
    this machine.

    Exit codes: 0 clean, 1 findings from --fail-on up, 2 bad input or a failed monitor.
    """
    from trueline.cli.audit import AuditOptions, run_audit  # start-up time  # noqa: PLC0415

    judge = take_judge(options, options["jobs"])
    sys.exit(run_audit(AuditOptions(judge=judge, **options)))


@app.command()
@click.argument("run", metavar="RUN[:STEP]")
@click.argument("paths", nargs=-1, type=_FILE)
def show(run: str, paths: tuple[Path, ...]) -> None:
    """Show a run's timeline, or one step of it whole.

    RUN is a session file, or the beginning of a run's id; PATHS say where to look for it, the
    known places when left out.
    """
    from trueline.cli.show import run_show  # start-up time  # noqa: PLC0415

    sys.exit(run_show(run, list(paths)))


@app.group()
def bench() -> None:
    """Measure how well the monitors do where the truth is known."""


@bench.command()
@click.argument("paths", nargs=-1, type=_FILE, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@_MONITORS
@_MANIFESTS
@click.option("--charter", type=_FILE, help="YAML that says what the agents may do.")
@_JOBS
@click.option(
    "--draws",
    type=click.IntRange(0, 1_000_000),
    default=1_000,
    show_default=True,
    help="Bootstrap draws for the intervals.",
)
@click.option(
    "--half",
    type=click.Choice(["both", "develop", "confirm"]),
    default="both",
    show_default=True,
    help="Only the groups of one half, split by a hash of their names.",
)
@judge_options
@click.option(
    "--where", multiple=True, metavar="FIELD=VALUE", help="Only runs with this; may be repeated."
)
def detect(**options: Any) -> None:
    """Measure detection on labelled sets: AUROC, recall at 1% false alarms, and more.

    PATHS are JSON Lines (plain or gzip) with a label on each run, or folders of them.

    Exit codes: 0 measured, 2 bad input or a failed monitor.
    """
    from trueline.cli.bench import run_detect  # start-up time  # noqa: PLC0415

    judge = take_judge(options, options["jobs"])
    sys.exit(run_detect(judge=judge, **options))


@app.command()
@click.argument("paths", nargs=-1, type=_FILE, required=True)
@click.option("--rate", type=float, help="Wished false-alarm rate: 0.01 is one run in a hundred.")
@click.option("--out", type=_FILE, help="Write the calibration here.")
@click.option("--compare", type=_FILE, help="Compare the runs with this calibration's sample.")
@click.option(
    "--group-by",
    type=click.Choice(["project+agent", "project", "agent", "model", "file"]),
    default="project+agent",
    show_default=True,
    help="What runs of one group share.",
)
@_MONITORS
@_MANIFESTS
@click.option("--charter", type=_FILE, help="YAML that says what the agents may do.")
@_JOBS
@judge_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
def calibrate(**options: Any) -> None:
    """Draw thresholds for a wished false-alarm rate from runs that are known to be benign.

    PATHS are session files or folders. Use the result with `trueline audit --calibration`.

    Exit codes: 0 written, or nothing has drifted; 1 with --compare, the benign runs have
    drifted; 2 bad input, too few runs or a failed monitor.
    """
    from trueline.cli.calibrate import CalibrateOptions, run_calibrate  # noqa: PLC0415

    judge = take_judge(options, options["jobs"])
    sys.exit(run_calibrate(CalibrateOptions(judge=judge, **options)))


@app.command()
@click.argument("paths", nargs=-1, type=_FILE, required=True)
@click.option("--out", type=_FILE, required=True, help="Write the baseline here.")
@_MANIFESTS
def baseline(paths: tuple[Path, ...], out: Path, manifests: tuple[Path, ...]) -> None:
    """Learn what an agent's past runs did, so that later runs that depart are noted.

    PATHS are session files or folders. Use the result with `trueline audit --baseline`.
    """
    from trueline.cli.baseline import run_baseline  # start-up time  # noqa: PLC0415

    sys.exit(run_baseline(paths, out, manifests))


@app.command()
def schema() -> None:
    """Print the JSON Schema of `audit --json`."""
    from trueline.cli.audit import print_schema  # start-up time  # noqa: PLC0415

    print_schema()


@app.group()
def charter() -> None:
    """Check, draft or import a charter: what agents may do, must ask for, must not do."""


@charter.command("new")
@click.argument("paths", nargs=-1, type=_FILE)
@click.option("--task", default="", help="A task's words, for the plain limits in them.")
@click.option("--name", default="draft", show_default=True, help="The charter's name.")
@click.option("--output", "-o", type=_FILE, help="A new file for it; standard output if left out.")
def charter_new(paths: tuple[Path, ...], task: str, name: str, output: Path | None) -> None:
    """Draft a charter from past runs, from a task's words, or from both.

    PATHS are session files or folders.  What they did is allowed, generalised to folders,
    domains and greatest amounts; what would matter and was never done is to be asked for.
    """
    from trueline.cli.charter import run_new  # start-up time  # noqa: PLC0415

    sys.exit(run_new(paths, task, name, output))


@charter.command("check")
@click.argument("file", type=_FILE)
def charter_check(file: Path) -> None:
    """Prove from the examples beside each rule that it can fire and can hold.

    Rules that can never fire are told too.

    Exit codes: 0 all proven, 1 remarks, 2 the file does not load.
    """
    from trueline.cli.charter import run_check  # start-up time  # noqa: PLC0415

    sys.exit(run_check(file))


@charter.command("import")
@click.argument("source", type=click.Choice(["claude-code", "inspect", "cedar"]))
@click.argument("file", type=_FILE)
@click.option("--output", "-o", type=_FILE, help="A new file for it; standard output if left out.")
def charter_import(source: str, file: Path, output: Path | None) -> None:
    """Take over the permissions of Claude Code, Inspect or Cedar as a charter.

    Nothing is allowed that the source does not allow.

    Exit codes: 0 all taken over, 1 something has no equal and is told, 2 bad input.
    """
    from trueline.cli.charter import run_import  # start-up time  # noqa: PLC0415

    sys.exit(run_import(source, file, output))


def main() -> None:
    """Run the command line; every failure that was foreseen is one line and exit code 2."""
    _be_lenient()
    try:
        app(prog_name="trueline", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.stderr.write("trueline: interrupted\n")
        sys.exit(EXIT_INTERRUPTED)
    except TruelineError as error:
        from trueline.core.display import one_line  # start-up time  # noqa: PLC0415

        # A charter's mistakes stand one on a line, each made safe to print by its reader.
        told = str(error).splitlines() if isinstance(error, CharterError) else [str(error)]
        for line in told:
            sys.stderr.write(f"trueline: {one_line(line, _MESSAGE_LIMIT)}\n")
        sys.exit(EXIT_BAD)


def _be_lenient() -> None:
    """Spell out what the terminal's encoding cannot show instead of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
