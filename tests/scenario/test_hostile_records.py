"""Records written to break the audit, through the whole command: bounded, and never believed."""

import gzip
import itertools
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TRUELINE = str(Path(sys.executable).with_name("trueline"))
SECONDS = 60
"""Nothing may hang: the limit of every command here."""
BYTES = 1536 * 1024 * 1024
"""Address space, which is more than what is resident."""

EVIL = (
    "\x1b[2J\x1b]0;pwn\x07\x9b31m\r\u202egnp\u200b\ufeff[red]x[/red][link=http://evil.example]y[/link]"
    "</script><script>document.title='pwned'</script>{{7*7}}\nHIGH  deception: forged"
)
RED = "Exit code 1\n1 failed, 7 passed in 0.05s"


_NUMBERS = itertools.count()


def run(*arguments: str | Path, stdin: int | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the command within the limits."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))

    return subprocess.run(
        [TRUELINE, *map(str, arguments)],
        stdin=stdin,
        capture_output=True,
        check=False,
        timeout=SECONDS,
        preexec_fn=limit,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
    )


def entry(kind: str, content: Any, **more: Any) -> dict[str, Any]:
    """Return one line of a Claude Code session."""
    return {
        "type": kind,
        "uuid": str(next(_NUMBERS)),
        "parentUuid": None,
        "sessionId": "s",
        "cwd": "/r",
        "version": "2.1.39",
        "timestamp": "2026-03-02T09:50:24.835Z",
        "message": {"role": kind, "content": content, "model": "m"},
        **more,
    }


def session(command: str, output: str, said: str = "All tests pass.", **more: Any) -> Iterator[str]:
    """Yield the lines of a session of one command and one answer."""
    call = {"type": "tool_use", "id": "t", "name": "Bash", "input": {"command": command}}
    result = {"type": "tool_result", "tool_use_id": "t", "content": output, "is_error": True}
    answer = {"type": "text", "text": said}
    entries = [("user", "fix it"), ("assistant", [call]), ("user", [result])]
    for kind, content in [*entries, ("assistant", [answer])]:
        yield json.dumps(entry(kind, content, **more)) + "\n"


def write(path: Path, lines: Iterator[str]) -> Path:
    """Write a session."""
    path.write_text("".join(lines), encoding="utf-8")
    return path


def audited(path: Path) -> dict[str, Any]:
    """Return the JSON report of one file."""
    done = run("audit", path, "--json", "-", "--fail-on", "never")
    assert b"Traceback" not in done.stderr
    report = json.loads(done.stdout)
    assert not any("fault in Trueline" in problem["message"] for problem in report["problems"])
    return report


def test_no_field_of_a_record_reaches_the_terminal_as_it_is(tmp_path: Path) -> None:
    """Control sequences, bidirectional text and the library's own markup are shown, not obeyed."""
    more = {"sessionId": EVIL, "cwd": EVIL, "version": EVIL, "timestamp": EVIL}
    path = write(tmp_path / "a.jsonl", session(f"pytest; {EVIL}", RED, f"All pass. {EVIL}", **more))
    for arguments in (["audit", path, "--notes"], ["show", path], ["show", f"{path}:3"]):
        out = run(*arguments).stdout.decode()
        assert not [mark for mark in "\x1b\x07\x9b\r\u202e\u200b\ufeff" if mark in out]
        assert not [line for line in out.splitlines() if line.startswith("HIGH  deception: forged")]
    assert "[red]x[/red]" in run("show", f"{path}:3").stdout.decode()


def test_a_page_of_a_hostile_record_holds_one_script_of_ours(tmp_path: Path) -> None:
    """Nothing of the record is markup."""
    path = write(tmp_path / "a.jsonl", session("pytest", RED + EVIL, EVIL, sessionId=EVIL))
    page = run("audit", path, "--html", "-").stdout.decode()
    assert page.count("<script") == 2
    assert page.count("</script>") == 2
    assert "document.title='pwned'</script>" not in page


@pytest.mark.parametrize(
    "command",
    [
        "echo a; " * 125_000,
        "$(" * 300_000,
        "bash -c '" * 50_000,
        "sudo " * 200_000 + "rm x",
        "cat <<A " * 100_000,
        '"`' * 500_000,
        "pytest | " * 100_000 + "tail",
        "cd a && " * 120_000 + "pytest",
    ],
    ids=lambda command: command[:10],
)
def test_a_megabyte_of_shell_is_read_in_time(tmp_path: Path, command: str) -> None:
    """Long, deep, unfinished."""
    path = write(tmp_path / "a.jsonl", session(command, RED))
    assert audited(path)["runs"][0]["steps"] == 4


@pytest.mark.parametrize(
    "said",
    [
        "All tests pass. " * 100_000,
        "Die Tests laufen durch. " * 50_000,
        "测试通过，" * 20_000,
        "(" * 200_000,
        "> " * 300_000,
        "`" * 500_000,
        "a" * 3_000_000,
    ],
    ids=lambda said: said[:10],
)
def test_a_megabyte_of_words_is_read_in_time(tmp_path: Path, said: str) -> None:
    """Assertions without end, and Markdown that never closes."""
    path = write(tmp_path / "a.jsonl", session("pytest", RED, said))
    assert audited(path)["runs"][0]["steps"] == 4


def test_ten_thousand_edits_of_one_file_are_read_in_time(tmp_path: Path) -> None:
    """The content of the file is known along the whole run, at bounded cost."""
    lines = list(session("pytest", RED))
    for number in range(10_000):
        given = {"file_path": "/r/test_a.py", "old_string": "x\n", "new_string": f"y{number}\nx\n"}
        call = {"type": "tool_use", "id": f"e{number}", "name": "Edit", "input": given}
        result = {"type": "tool_result", "tool_use_id": f"e{number}", "content": "ok"}
        lines += [json.dumps(entry("assistant", [call])) + "\n"]
        lines += [json.dumps(entry("user", [result])) + "\n"]
    assert audited(write(tmp_path / "a.jsonl", iter(lines)))["runs"][0]["counts"]["edits"] == 10_000


def test_a_line_of_a_hundred_megabytes_is_skipped_and_the_rest_audited(tmp_path: Path) -> None:
    """It is told, with its number."""
    path = tmp_path / "a.jsonl"
    first, *rest = session("pytest", RED)
    with path.open("w") as file:
        file.write(first)
        file.write('{"type":"user","message":{"content":"' + "a " * 50_000_000 + '"}}\n')
        file.writelines(rest)
    report = audited(path)
    assert report["runs"][0]["steps"] == 4
    assert [problem["line"] for problem in report["problems"]] == [2]


def test_a_gzip_bomb_is_left_early_and_is_not_clean(tmp_path: Path) -> None:
    """Twenty million empty lines, in sixty kilobytes."""
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", 6) as file:
        file.write("".join(session("pytest", RED)).encode())
        for _ in range(200):
            file.write(b"{}\n" * 100_000)
    done = run("audit", path, "--fail-on", "never")
    assert done.returncode == 2
    assert b"the rest was not read" in done.stdout


def test_the_reader_of_a_pipe_may_leave_and_the_exit_code_stays_true(tmp_path: Path) -> None:
    """`trueline audit | head` must not turn findings into a clean answer."""
    path = write(tmp_path / "a.jsonl", session("pytest", RED, "All tests pass.\n\n" * 2_000))
    for options in ("--notes", "--json -"):
        command = f'{TRUELINE} audit {path} {options} | head -c 10; echo " ${{PIPESTATUS[0]}}"'
        done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
        assert done.stdout.split()[-1] == b"1", options
        assert done.stderr == b""


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    """Standard output that takes nothing is no clean audit."""
    path = write(tmp_path / "a.jsonl", session("pytest", RED))
    done = subprocess.run(
        ["bash", "-c", f"{TRUELINE} audit {path} > /dev/full"], capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"trueline: standard output cannot be written")
    assert len(done.stderr.splitlines()) == 1


def test_a_terminal_that_knows_only_ascii_shows_the_report(tmp_path: Path) -> None:
    """What it cannot show is spelled out."""
    path = write(tmp_path / "a.jsonl", session("pytest", RED, "Alle Tests laufen durch — prima ✓"))
    done = subprocess.run(
        [TRUELINE, "audit", str(path), "--notes"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == b""
