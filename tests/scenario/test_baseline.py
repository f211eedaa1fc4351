"""`trueline baseline` and `trueline audit --baseline`, as a person types them."""

import os
import subprocess
import sys
from pathlib import Path

SESSIONS = Path(__file__).resolve().parents[2] / "examples" / "sessions"
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
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
    )


def test_a_baseline_is_learnt_and_an_audit_uses_it(tmp_path: Path) -> None:
    """The same runs give the same bytes; they do not depart from themselves."""
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    for path in (first, second):
        done = trueline("baseline", SESSIONS, "--out", path)
        assert done.returncode == 0, done.stderr
    assert "Claude Code" in done.stdout
    assert first.read_bytes() == second.read_bytes()
    audit = trueline("audit", SESSIONS, "--baseline", first, "--monitor", "drift")
    assert audit.returncode == 0, audit.stdout + audit.stderr


def test_what_is_no_baseline_is_a_bad_setting(tmp_path: Path) -> None:
    """One line, exit code 2."""
    path = tmp_path / "baseline.json"
    path.write_text("{}")
    done = trueline("audit", SESSIONS, "--baseline", path)
    assert done.returncode == 2
    assert "make one with `trueline baseline`" in done.stderr


def test_a_folder_without_runs_gives_no_baseline(tmp_path: Path) -> None:
    """Nothing is written."""
    empty = tmp_path / "empty"
    empty.mkdir()
    done = trueline("baseline", empty, "--out", tmp_path / "b.json")
    assert done.returncode == 2
    assert not (tmp_path / "b.json").exists()
