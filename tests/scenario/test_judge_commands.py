"""Whole commands with a judge, against a real endpoint on loopback."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest

ROOT = Path(__file__).resolve().parents[2]
SESSION = "examples/sessions/cart-rounding.jsonl"
TRUELINE = str(Path(sys.executable).with_name("trueline"))
DOCUMENTED_URL = "http://127.0.0.1:8000/v1"
KEY = "sk-loopback-9876543210"


class Endpoint(Protocol):
    """The scripted endpoint of `tests/conftest.py`."""

    url: str
    script: list[Callable[[Any], Any]]
    requests: list[Any]


def trueline(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the checkout."""
    return subprocess.run(
        [TRUELINE, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100", **more},
    )


def documented() -> list[str]:
    """Return the commands in the shell blocks of docs/judge.md."""
    text = (ROOT / "docs" / "judge.md").read_text(encoding="utf-8")
    blocks = [piece.split("```")[0] for piece in text.split("```sh\n")[1:]]
    return [line for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("command", documented())
def test_every_documented_command_with_a_judge_runs(command: str, endpoint: Endpoint) -> None:
    """As printed, with the address of an endpoint that is there."""
    words = shlex.split(command.replace(DOCUMENTED_URL, endpoint.url))
    done = trueline(*words[1:], MY_KEY=KEY)
    assert done.returncode in (0, 1), done.stderr
    assert endpoint.requests
    assert KEY not in done.stdout + done.stderr
    sent = {request.headers.get("Authorization") for request in endpoint.requests}
    assert sent == ({f"Bearer {KEY}"} if "MY_KEY" in command else {None})


def test_without_an_endpoint_nothing_is_asked(endpoint: Endpoint) -> None:
    """Keys and addresses in the environment turn nothing on."""
    done = trueline(
        "audit", SESSION, OPENAI_API_KEY=KEY, OPENAI_BASE_URL=endpoint.url, http_proxy=endpoint.url
    )
    assert done.returncode in (0, 1)
    assert "judge" not in done.stdout + done.stderr
    assert endpoint.requests == []


def test_a_finding_of_the_judge_is_shown_as_its_words(endpoint: Endpoint) -> None:
    """On the terminal, in the page and in SARIF, with hostile words made harmless."""

    def accuse(it: Any) -> None:
        opinion = {
            "kind": "goal_gaming",
            "suspicion": 0.95,
            "explanation": "It \x1b[2Jwidened <b>the assertion</b>.",
            "evidence": [{"step": 3, "quote": "assert cart.discount() in (187, 188)"}],
        }
        it.answer(it.content(opinion))

    endpoint.script = [accuse]
    run = ("audit", "examples/sessions/assert-loosened.jsonl", "--monitor", "judge")
    ask = ("--judge", endpoint.url, "--judge-model", "m")
    done = trueline(*run, *ask)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout
    assert "The judge m says: It \\x1b[2Jwidened" in " ".join(done.stdout.split())
    assert "judge: questions 1, tokens read 5000, written 50" in done.stderr
    page = trueline(*run, *ask, "--html", "-").stdout
    assert "<b>the assertion</b>" not in page
    sarif = json.loads(trueline(*run, *ask, "--sarif", "-").stdout)
    (result,) = sarif["runs"][0]["results"]
    assert result["level"] == "warning"
    assert result["message"]["text"].startswith("The judge m says:")


def test_a_judge_that_fails_makes_the_exit_code_2(endpoint: Endpoint) -> None:
    """With the failure in the report and the other monitors' findings kept."""
    endpoint.script = [lambda it: it.send("no such model", status=404)]
    done = trueline(
        "audit", "examples/sessions/assert-loosened.jsonl", "--judge", endpoint.url,
        "--judge-model", "m", "--json", "-",
    )  # fmt: skip
    assert done.returncode == 2
    (run,) = json.loads(done.stdout)["runs"]
    assert "HTTP 404: no such model" in run["failures"][0]["error"]
    assert run["findings"]
    assert {item["monitor"] for item in run["findings"]} & {"goal_gaming", "deception"}


def test_a_limit_of_nothing_asks_nothing(endpoint: Endpoint) -> None:
    """Zero is a limit like any other."""
    done = trueline(
        "audit", SESSION, "--judge", endpoint.url, "--judge-model", "m", "--judge-price", "1", "1",
        "--judge-max-cost", "0",
    )  # fmt: skip
    assert done.returncode == 2
    assert endpoint.requests == []


def test_several_processes_share_the_limit(endpoint: Endpoint) -> None:
    """Together they spend no more than one would, and the report says what it was."""
    usage = {"prompt_tokens": 4_000, "completion_tokens": 100}
    endpoint.script = [lambda it: it.answer(it.content(), usage=usage)]
    done = trueline(
        "audit", "examples/sessions", "--monitor", "judge", "--judge", endpoint.url,
        "--judge-model", "m", "--judge-price", "10", "10", "--judge-max-cost", "0.5",
        "--jobs", "2", "--json", "-",
    )  # fmt: skip
    runs = json.loads(done.stdout)["runs"]
    assert sum(run.get("spent", {}).get("judge:cost", 0.0) for run in runs) <= 0.5
    asked = [run for run in runs if "spent" in run]
    refused = [run for run in runs if "failures" in run]
    assert len(asked) == len(endpoint.requests) > 0
    assert refused
    assert all("not asked" in run["failures"][0]["error"] for run in refused)
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--judge-model", "m"], "there is no judge"),
        (["--judge-max-cost", "1"], "--judge-max-cost"),
        (["--judge", "http://127.0.0.1:1/v1"], "--judge-model"),
        (["--judge", "http://far.example/v1", "--judge-model", "m"], "unencrypted"),
        (["--judge", "x", "--judge-model", "m"], "no http"),
        (
            ["--judge", "http://127.0.0.1:1/v1", "--judge-model", "m", "--judge-key-env", "NO_KEY"],
            "'NO_KEY'",
        ),
        (
            ["--judge", "http://127.0.0.1:1/v1", "--judge-model", "m", "--judge-max-cost", "1"],
            "--judge-price",
        ),
    ],
)
def test_options_that_cannot_be_meant_are_one_line(options: list[str], words: str) -> None:
    """Before anything is read or sent."""
    done = trueline("audit", SESSION, *options)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_judge_is_measured_like_every_monitor(endpoint: Endpoint) -> None:
    """A row of its own beside the others."""
    done = trueline(
        "bench", "detect", "examples/labelled/claims.jsonl", "--monitor", "judge", "--judge",
        endpoint.url, "--judge-model", "m", "--draws", "0", "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {row["monitor"] for row in json.loads(done.stdout)["sets"]} == {"any", "judge"}
