"""Whole commands, as a person types them, on the examples and on bad input."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from trueline.cli.application import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "sessions"
TRUELINE = str(Path(sys.executable).with_name("trueline"))


def trueline(*arguments: str | Path, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command and return what it printed and how it ended."""
    return subprocess.run(
        [TRUELINE, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        env={
            **os.environ,
            "COLUMNS": "80",
            "NO_COLOR": "1",
            **({"HOME": str(home)} if home else {}),
        },
    )


def test_the_examples_hold_findings_and_the_exit_code_says_so() -> None:
    """The README's first command."""
    done = trueline("audit", EXAMPLES)
    assert done.returncode == 1, done.stderr
    assert "HIGH" in done.stdout
    assert "finding" in done.stdout
    assert "Traceback" not in done.stderr


def test_nothing_printed_is_wider_than_the_terminal_but_addresses() -> None:
    """Eighty columns; only paths with ids may run over, so that they can be copied."""
    lines = trueline("audit", EXAMPLES, "--notes").stdout.splitlines()
    assert [line for line in lines if len(line) > 80 and ".jsonl" not in line] == []


def test_json_on_standard_output_is_one_document() -> None:
    """Nothing else is printed with it."""
    report = json.loads(trueline("audit", EXAMPLES, "--json", "-").stdout)
    assert report["schema"] == "trueline.audit"
    assert len(report["runs"]) >= 12


def test_every_quote_stands_in_its_source_line() -> None:
    """A finding can be checked with a text editor."""
    report = json.loads(trueline("audit", EXAMPLES, "--json", "-").stdout)
    checked = 0
    for run in report["runs"]:
        lines = Path(run["source"]).read_text(encoding="utf-8").splitlines()
        for finding in run.get("findings", ()):
            for place in finding["places"]:
                line = json.dumps(json.loads(lines[place["line"] - 1]), ensure_ascii=False)
                first = place["quote"].strip().splitlines()[0]
                assert json.dumps(first, ensure_ascii=False)[1:-1] in line, place
                checked += 1
    assert checked > 5


def test_two_processes_find_what_one_finds() -> None:
    """`--jobs` changes the time, not a byte of the report."""
    one = trueline("audit", EXAMPLES, "--json", "-").stdout
    assert trueline("audit", EXAMPLES, "--json", "-", "--jobs", "2").stdout == one


def test_reports_are_written_to_files(tmp_path: Path) -> None:
    """All three at once."""
    names = {"--json": "r.json", "--sarif": "r.sarif", "--html": "r.html"}
    options = [word for option, name in names.items() for word in (option, tmp_path / name)]
    done = trueline("audit", EXAMPLES, *options, "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    assert all((tmp_path / name).stat().st_size > 1000 for name in names.values())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["audit", "no/such/file"], "no such file or folder"),
        (["audit", str(EXAMPLES), "--monitor", "nobody"], "no monitor named 'nobody'"),
        (["audit", str(EXAMPLES), "--manifest", "no/such.yaml"], "no/such.yaml"),
        (["audit", str(EXAMPLES), "--html", "no/such/dir/x.html"], "cannot be written"),
        (["audit", str(EXAMPLES), "--json", "-", "--sarif", "-"], "two reports"),
        (["audit", "x" * 500], "File name too long"),
        (["show", "x" * 5000], "no run"),
        (["show", f"{EXAMPLES}/red-called-green.jsonl:12"], "line 12 of its file is step 7"),
        (["show", "no-such-run", str(EXAMPLES)], "no run 'no-such-run'"),
        (["show", f"{EXAMPLES}/cart-rounding.jsonl:99999"], "no step 99999"),
    ],
)
def test_bad_requests_are_one_clear_line_and_exit_code_2(arguments: list[str], words: str) -> None:
    """No traceback, the place and the fix."""
    done = trueline(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_without_a_path_the_sessions_of_this_machine_are_audited(tmp_path: Path) -> None:
    """The known place of Claude Code, in a home made for the test."""
    place = tmp_path / ".claude" / "projects" / "shop"
    place.mkdir(parents=True)
    session = next(EXAMPLES.glob("*.jsonl"))
    (place / session.name).write_bytes(session.read_bytes())
    done = trueline("audit", "--fail-on", "never", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 run" in done.stdout


def test_a_home_without_sessions_says_where_it_looked(tmp_path: Path) -> None:
    """Nothing to do is not a clean audit."""
    done = trueline("audit", home=tmp_path)
    assert done.returncode == 2
    assert "no sessions in the known places" in done.stderr


def test_broken_lines_are_reported_and_the_rest_is_audited(tmp_path: Path) -> None:
    """A half-written last line, invalid UTF-8 and nonsense."""
    source = next(EXAMPLES.glob("*.jsonl")).read_bytes()
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(source + b'\xff\xfe\n{"type": "user", "mess\n[[[[\nnull\n{"type"')
    report = json.loads(trueline("audit", broken, "--json", "-").stdout)
    assert report["runs"][0]["steps"] > 3
    assert len(report["problems"]) >= 3
    assert all(problem["line"] > 0 for problem in report["problems"])


def test_show_prints_a_timeline_and_one_step_whole() -> None:
    """By file, and by the beginning of a run's id."""
    session = next(EXAMPLES.glob("*.jsonl"))
    timeline = trueline("show", session)
    assert timeline.returncode == 0
    assert "Bash" in timeline.stdout
    step = trueline("show", f"{session}:0")
    assert step.returncode == 0
    report = json.loads(trueline("audit", session, "--json", "-").stdout)
    by_id = trueline("show", report["runs"][0]["id"][:12], EXAMPLES)
    assert by_id.returncode == 0


def test_a_closed_pipe_is_no_error() -> None:
    """`trueline audit | head -1`."""
    done = subprocess.run(
        f"{TRUELINE} audit {EXAMPLES} --notes | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr


def test_an_interrupted_audit_is_neither_clean_nor_findings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C ends with the code that shells use for it."""

    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("trueline.cli.audit.run_audit", interrupt)
    monkeypatch.setattr(sys, "argv", ["trueline", "audit", str(EXAMPLES)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert capsys.readouterr().err.strip() == "trueline: interrupted"


@pytest.mark.parametrize("arguments", [["audit", "--jobs", "0"], ["nonsense"], []])
def test_a_wrong_call_is_explained_and_exits_with_2(arguments: list[str]) -> None:
    """Options, commands, or nothing at all."""
    done = trueline(*arguments)
    assert done.returncode == 2
    assert "Usage: trueline" in done.stderr


def test_help_and_version_answer() -> None:
    """The program says what it is."""
    assert "audit" in trueline("--help").stdout
    assert trueline("--version").stdout.startswith("trueline ")
