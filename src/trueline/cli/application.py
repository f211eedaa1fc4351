"""The commands and their options; what they do stands in the module of each command."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trueline import __version__
from trueline.errors import TruelineError

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_BAD = 2
"""Bad input, a bad setting, or a monitor that failed: the answer is not to be relied on."""


class FailOn(StrEnum):
    """The least severity that makes `audit` exit with 1."""

    low = "low"
    medium = "medium"
    high = "high"
    critical = "critical"
    never = "never"


app = typer.Typer(
    name="trueline",
    help="Hold what AI agents said against what the record shows they did.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"trueline {__version__}")
        raise typer.Exit(EXIT_CLEAN)


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Hold what AI agents said against what the record shows they did."""


@app.command()
def audit(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Session files or folders. Without any: the sessions of Claude Code and Codex "
            "on this machine.",
            show_default=False,
        ),
    ] = None,
    json: Annotated[
        Path | None,
        typer.Option(
            "--json", help="Write the report as JSON to this file, - for standard output."
        ),
    ] = None,
    sarif: Annotated[
        Path | None,
        typer.Option("--sarif", help="Write the findings as SARIF 2.1.0, - for standard output."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write one self-contained page to this file.")
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit with 1 from this severity on.")
    ] = FailOn.medium,
    monitor: Annotated[
        list[str] | None,
        typer.Option("--monitor", help="Run only this monitor; may be given several times."),
    ] = None,
    manifest: Annotated[
        list[Path] | None,
        typer.Option("--manifest", help="A YAML file that says what your own tools do."),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=1, max=256, help="Processes to use.")
    ] = 1,
    notes: Annotated[
        bool, typer.Option("--notes", help="Show notes and every assertion with its verdict.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress bar, only findings.")
    ] = False,
) -> None:
    """Find what agents said or did that the record does not bear out.

    Exit codes: 0 clean, 1 findings from --fail-on up, 2 bad input or a failed monitor.
    """
    from trueline.cli.audit import AuditOptions, run_audit  # start-up time  # noqa: PLC0415

    options = AuditOptions(
        paths=paths or [],
        json=json,
        sarif=sarif,
        html=html,
        fail_on=fail_on.value,
        monitors=monitor or [],
        manifests=manifest or [],
        jobs=jobs,
        with_notes=notes,
        is_quiet=quiet,
    )
    raise typer.Exit(run_audit(options))


@app.command()
def show(
    run: Annotated[
        str,
        typer.Argument(
            metavar="RUN[:STEP]",
            help="A session file, or the first characters of a run's id; a step shows whole.",
        ),
    ],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Where to look for the run; known places when left out."),
    ] = None,
) -> None:
    """Show a run's timeline, or one step of it whole."""
    from trueline.cli.show import run_show  # start-up time  # noqa: PLC0415

    raise typer.Exit(run_show(run, paths or []))


@app.command()
def schema() -> None:
    """Print the JSON Schema of `audit --json`."""
    from trueline.cli.audit import print_schema  # start-up time  # noqa: PLC0415

    print_schema()


def main() -> None:
    """Run the command line; every failure that was foreseen is one line and exit code 2."""
    try:
        app()
    except TruelineError as error:
        from trueline.core.display import neutral  # noqa: PLC0415

        sys.stderr.write(f"trueline: {neutral(str(error))}\n")
        sys.exit(EXIT_BAD)
    except KeyboardInterrupt:
        sys.stderr.write("trueline: stopped\n")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(EXIT_CLEAN)
