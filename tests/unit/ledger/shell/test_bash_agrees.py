"""Exit links held against a real bash: every claim is tried with every outcome."""

import itertools
import os
import random
import shutil
import subprocess

import pytest

from trueline.ledger.shell import SimpleCommand, parse

BASH = shutil.which("bash")
FUNCTIONS = "".join(
    f"p{name}() {{ echo {name} >&9; return $P{name.upper()}; }}; export -f p{name}; "
    for name in "abc"
)
FIXED = [
    "true", "echo x", "false", ":", "exit 0", "exit 1", "exit", "exit $?", "set -e", "set +e",
    "set -o pipefail", "cat </dev/null", "[ $? -eq 0 ]", "rc=$?", "exit $rc", "return 1",
    "wait $!", "exit ${PIPESTATUS[0]}", "tail -1", "set -eo pipefail", "[ $rc -eq 0 ]",
]  # fmt: skip


def simple(rng: random.Random, names: list[str]) -> str:
    """Return one simple command; each of `names` is used at most once."""
    if names and rng.random() < 0.75:
        return "p" + names.pop()
    return rng.choice(FIXED)


def script(rng: random.Random, names: list[str], depth: int = 0) -> str:
    """Return a random script."""
    kind = rng.random()
    if depth > 3 or kind < 0.3:
        return simple(rng, names)

    def inner(step: int = 1) -> str:
        return script(rng, names, depth + step)

    if kind < 0.42:
        return f"{inner()} && {inner(2)}"
    if kind < 0.54:
        return f"{inner()} || {inner(2)}"
    if kind < 0.62:
        return f"{inner(2)} | {inner(2)}"
    if kind < 0.78:
        return f"{inner()}{rng.choice(['; ', chr(10)])}{inner()}"
    if kind < 0.81:
        return f"{{ {inner()}; }}"
    if kind < 0.85:
        return f"( {inner()} )"
    if kind < 0.90:
        otherwise = f"; else {inner(2)}" if rng.random() < 0.6 else ""
        return f"if {inner(2)}; then {inner(2)}{otherwise}; fi"
    if kind < 0.92:
        return f"! {simple(rng, names)}"
    if kind < 0.94:
        return "bash -c '" + inner(2).replace("'", "") + "'"
    if kind < 0.96:
        return f"for i in 1 2; do {inner(2)}; done"
    if kind < 0.98:
        call = rng.choice(["f", "f && true", "f || exit 1", "f; true"])
        return f"f() {{ {inner(2)}; }}; {call}"
    return f"{simple(rng, names)} & {inner()}"


def run(text: str, outcomes: tuple[int, ...]) -> tuple[int, str]:
    """Run `text` with the given exit statuses of pa, pb and pc; return status and what ran."""
    assert BASH is not None
    read_end, write_end = os.pipe()
    environment = dict(os.environ) | {
        f"P{name}": str(outcome) for name, outcome in zip("ABC", outcomes, strict=True)
    }
    done = subprocess.run(
        [BASH, "-c", f'exec 9>&{write_end}; {FUNCTIONS} exec bash -c "$1"', "x", text],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(write_end,),
        check=False,
        timeout=20,
    )
    os.close(write_end)
    with os.fdopen(read_end) as log:
        return done.returncode, log.read()


def claims_of(text: str) -> dict[str, SimpleCommand]:
    """Return the commands of which the status is said to tell something, by letter."""
    return {
        command.program[1]: command
        for command in parse(text).commands
        if command.program in ("pa", "pb", "pc") and command.exit_link != "hidden"
    }


@pytest.mark.skipif(BASH is None, reason="no bash on this machine")
@pytest.mark.parametrize("seed", range(6))
def test_no_claim_about_a_status_is_refuted_by_bash(seed: int) -> None:
    """Zero means success wherever it is said to, and `own` means that nonzero is failure."""
    tried = 0
    for number in range(40):
        text = script(random.Random(seed * 1000 + number), list("abc"))
        claims = claims_of(text)
        if not claims:
            continue
        for outcomes in itertools.product((0, 1), repeat=3):
            status, log = run(text, outcomes)
            for letter, command in claims.items():
                succeeded = letter in log and outcomes["abc".index(letter)] == 0
                assert status != 0 or succeeded, (text, letter, outcomes)
                if command.exit_link == "own":
                    assert not succeeded or status == 0, (text, letter, outcomes)
        tried += 1
    assert tried >= 5
