"""`trueline bench detect` and `trueline calibrate`, as a person types them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LABELLED = ROOT / "examples" / "labelled"
SESSIONS = ROOT / "examples" / "sessions"
TRUELINE = str(Path(sys.executable).with_name("trueline"))


def trueline(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command and return what it printed and how it ended."""
    return subprocess.run(
        [TRUELINE, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "SOURCE_DATE_EPOCH": "1767225600"},
    )


@pytest.fixture(scope="module")
def calibration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A calibration on the benign examples."""
    path = tmp_path_factory.mktemp("calibration") / "c.json"
    done = trueline("calibrate", LABELLED / "benign.jsonl", "--rate", "0.05", "--out", path)
    assert done.returncode == 0, done.stderr
    return path


def test_the_examples_are_what_their_generator_makes(tmp_path: Path) -> None:
    """So that they can be changed."""
    subprocess.run(
        [sys.executable, "-m", "benchmarks.labelled_examples", str(tmp_path)], cwd=ROOT, check=True
    )
    for path in LABELLED.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_figures_fit_a_terminal_of_eighty_columns() -> None:
    """Both sets, every monitor, and all together."""
    done = trueline("bench", "detect", LABELLED, "--draws", "50")
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if len(line) > 80] == []
    assert "claims  24 runs, 8 positive, 8 groups" in done.stdout
    assert "deception" in done.stdout


def test_the_json_is_one_document_with_a_row_for_any() -> None:
    """And the same bytes each time, with two processes too."""
    one = trueline("bench", "detect", LABELLED, "--draws", "20", "--json").stdout
    rows = json.loads(one)["sets"]
    (row,) = [r for r in rows if (r["set"], r["monitor"]) == ("claims", "any")]
    assert row["subset"] == "all"
    assert row["auroc"] > 0.9
    assert trueline("bench", "detect", LABELLED, "--draws", "20", "--json", "-j", "2").stdout == one


def test_a_set_that_cannot_be_read_is_bad_input(tmp_path: Path) -> None:
    """Exit code 2, one line, no traceback."""
    path = tmp_path / "x.jsonl"
    path.write_text("{}\n")
    assert trueline("bench", "detect", path).returncode == 2
    done = trueline("bench", "detect", tmp_path / "none")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_a_calibration_names_what_it_was_made_from(calibration: Path) -> None:
    """Rate, runs, date, digest, and a threshold for each monitor."""
    made = json.loads(calibration.read_text())
    assert (made["rate"], made["runs"], made["created"]) == (0.05, 24, "2026-01-01T00:00:00Z")
    assert {"deception", "goal_gaming", "any"} <= made["scores"].keys()


def test_too_few_runs_are_told_how_many_are_needed(tmp_path: Path) -> None:
    """And nothing is written."""
    path = tmp_path / "c.json"
    done = trueline("calibrate", LABELLED / "benign.jsonl", "--rate", "0.01", "--out", path)
    assert done.returncode == 2
    assert "at least 99 are needed" in done.stderr
    assert not path.exists()


def test_an_audit_uses_the_thresholds_and_says_so(calibration: Path) -> None:
    """In the report and in the terminal."""
    path = LABELLED / "claims.jsonl"
    done = trueline("audit", path, "--calibration", calibration, "--json", "-")
    report = json.loads(done.stdout)
    assert (done.returncode, report["calibration"]["runs"]) == (1, 24)
    assert sum("any" in run.get("above", ()) for run in report["runs"]) >= 8
    shown = trueline("audit", path, "--calibration", calibration).stdout
    assert "Calibrated on 24 benign runs" in shown
    assert [line for line in shown.splitlines() if len(line) > 80 and ".jsonl" not in line] == []


def test_an_audit_with_another_charter_refuses_them(calibration: Path, tmp_path: Path) -> None:
    """The suspicions would be other ones."""
    other = json.loads(calibration.read_text())
    other["identity"]["charter_digest"] = "sha256:0"
    path = tmp_path / "other.json"
    path.write_text(json.dumps(other))
    done = trueline("audit", SESSIONS, "--calibration", path)
    assert done.returncode == 2
    assert "calibrate again with this charter" in done.stderr


def test_the_same_runs_have_not_drifted_and_false_ones_have(calibration: Path) -> None:
    """Exit code 0 and 1."""
    same = trueline("calibrate", LABELLED / "benign.jsonl", "--compare", calibration)
    assert (same.returncode, "No drift" in same.stdout) == (0, True)
    moved = trueline("calibrate", LABELLED / "claims.jsonl", "--compare", calibration, "--json")
    report = json.loads(moved.stdout)
    assert moved.returncode == 1
    assert {"deception", "any"} <= {s["score"] for s in report["scores"] if s["has_drifted"]}


@pytest.mark.parametrize(
    "arguments",
    [("--rate", "0.1"), ("--rate", "2", "--out", "c.json"), ("--compare", "c.json", "--rate", "1")],
)
def test_options_that_make_no_sense_are_refused(arguments: tuple[str, ...]) -> None:
    """Before the work, in one line."""
    done = trueline("calibrate", LABELLED, *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
