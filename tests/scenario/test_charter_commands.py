"""`trueline charter` and `audit --charter`, as a person types them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
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


def test_the_charters_among_the_examples_are_proven() -> None:
    """Exit code 0, and the count of rules."""
    for name in ("refunds", "coding"):
        done = trueline("charter", "check", EXAMPLES / "charters" / f"{name}.yaml")
        assert done.returncode == 0, done.stdout
        assert "nothing to remark" in done.stdout


def test_a_rule_that_is_not_as_its_example_says_exits_with_one(tmp_path: Path) -> None:
    """With file, line and rule."""
    file = tmp_path / "c.yaml"
    file.write_text(
        "version: 1\nmust_not:\n  - id: r\n    effect: pay\n"
        "    examples: {fires: [read x], holds: [read y]}\n"
    )
    done = trueline("charter", "check", file)
    assert done.returncode == 1
    assert f"{file}:5: wrong: r: should fire on `read x`" in done.stdout


def test_a_charter_that_does_not_load_exits_with_two_and_tells_every_mistake(
    tmp_path: Path,
) -> None:
    """One line each, on standard error, from the check and from the audit."""
    file = tmp_path / "c.yaml"
    file.write_text("version: 1\nmay:\n  - effect: pya\n    over: 3\nlimits: {stpes: 3}\n")
    for command in (("charter", "check", file), ("audit", EXAMPLES, "--charter", file)):
        done = trueline(*command)
        assert done.returncode == 2
        lines = done.stderr.splitlines()
        assert [line.split(":")[2] for line in lines] == ["3", "4", "5"], done.stderr
        assert "did you mean `pay`?" in lines[0]
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_audit_runs_under_a_charter(jobs: str) -> None:
    """Alone and in several processes."""
    charter = EXAMPLES / "charters" / "coding.yaml"
    done = trueline("audit", EXAMPLES / "sessions", "--charter", charter, "-j", jobs, "-q")
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""


def test_a_draft_loads_and_checks_clean(tmp_path: Path) -> None:
    """From runs, from words, from both; a file that is there is not written over."""
    both = ("charter", "new", EXAMPLES / "sessions", "--task", "Never push. Only edit src/.")
    for number, command in enumerate((both[:3], (*both[:2], *both[3:]), both)):
        file = tmp_path / f"{number}.yaml"
        done = trueline(*command, "-o", file)
        assert done.returncode == 0, done.stderr
        check = trueline("charter", "check", file)
        assert check.returncode == 0, check.stdout
        again = trueline(*command, "-o", file)
        assert again.returncode == 2
        assert "is there already" in again.stderr
    assert trueline("charter", "new").returncode == 2
    assert trueline("charter", "new", tmp_path / "none.jsonl").returncode == 2


def test_an_import_loads_and_tells_what_has_no_equal(tmp_path: Path) -> None:
    """On standard error and at the end of the file."""
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"permissions": {"deny": ["Agent(x)", "Read(.env)"]}}))
    done = trueline("charter", "import", "claude-code", file, "-o", tmp_path / "c.yaml")
    assert done.returncode == 1
    assert "Agent(x)" in done.stderr
    assert "Agent(x)" in (tmp_path / "c.yaml").read_text().splitlines()[-2]
    assert trueline("charter", "check", tmp_path / "c.yaml").returncode == 0
    assert trueline("charter", "import", "inspect", file).returncode == 2


def test_help_and_a_plain_audit_do_without_pydantic_and_yaml() -> None:
    """They are imported when a charter file is read."""
    code = (
        "import sys\n"
        "import trueline.cli.application, trueline.cli.audit, trueline.charter\n"
        "from trueline.audit.campaign import Campaign\n"
        "Campaign()\n"
        "print(sorted({'pydantic', 'yaml'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
