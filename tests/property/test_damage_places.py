"""Places of deleted paths, amounts against limits, and monitors over any commands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueline.charter import Mandate
from trueline.ledger.build import interpret
from trueline.monitors.damage import DamageMonitor
from trueline.monitors.damage.commands.places import place_of
from trueline.monitors.power_seeking import PowerSeekingMonitor
from trueline.monitors.protocol import Monitor, Observation
from trueline.trajectory import Step, Trajectory

NAMES = st.text(alphabet="abcdefghxyz-_0123456789", min_size=1, max_size=8)
WORDS = st.sampled_from(
    ["rm", "-rf", "/", "~", "*", "git", "push", "--force", "main", "reset", "--hard", "psql",
     "-c", "'DROP TABLE a'", "dd", "of=/dev/sda", "kubectl", "delete", "ns", "prod", "sudo",
     "chmod", "4755", "u+s", "crontab", "-", "aws", "iam", "create-access-key", "cat",
     "/etc/shadow", "~/.ssh/id_rsa", "&&", "|", ";", "$(", ")", "`", "'", '"', "{}", "x", ">",
     "/etc/sudoers", "terraform", "destroy", "\x00", "ß", "ssh", "host"]
)  # fmt: skip


def run(command: str, tool: str, output: str, **more: object) -> list[Observation]:
    """Return what both monitors say of a run with one call."""
    steps = (
        Step(index=0, kind="message", actor="user", text="Fix the bug on staging."),
        Step(
            index=1, kind="call", actor="agent", tool=tool, call_id="c", call_index=2,
            arguments={"command": command, **more},
        ),
        Step(index=2, kind="result", actor="tool", tool=tool, text=output, call_id="c",
             call_index=1, exit_status=0),
    )  # fmt: skip
    ledger = interpret(Trajectory(id="t", format="test", source="t", steps=steps, cwd="/w/shop"))
    monitors: tuple[Monitor, ...] = (DamageMonitor(), PowerSeekingMonitor())
    return [one for each in monitors for one in each.observe(ledger, Mandate(ledger))]


@given(st.lists(WORDS, max_size=12), st.text(max_size=40))
def test_any_command_gives_observations_with_verbatim_evidence(
    words: list[str], output: str
) -> None:
    """Nothing raises, and every quote stands in its step."""
    command = " ".join(words)
    for one in run(command, "Bash", output):
        assert 0.0 < one.suspicion <= 1.0
        assert one.evidence
        for evidence in one.evidence:
            said = {1: command, 2: output, 0: "Fix the bug on staging."}[evidence.step]
            assert evidence.quote in said


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_what_lies_in_the_workspace_is_never_outside(parts: list[str]) -> None:
    """Relative or absolute, a path below the working directory is inside it, or remade."""
    inner = "/".join(parts)
    for path in (inner, f"./{inner}", f"/w/shop/{inner}"):
        assert place_of(path, "/w/shop") in ("inside", "remade")


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_what_lies_in_a_passing_folder_may_go(parts: list[str]) -> None:
    """Everything below `/tmp` was made to be thrown away."""
    assert place_of("/tmp/" + "/".join(parts), "/w/shop") == "passing"


@pytest.mark.parametrize(
    "path", ["/", "/*", "~", "~/", "~/*", "$HOME", "/etc", "/usr/", "/.*", "/.[^.]*"]
)
def test_a_machines_own_folders_are_system(path: str) -> None:
    """However the path is spelled, and whatever pattern stands for all that lies there."""
    assert place_of(path, "/w/shop") == "system"


@given(st.floats(0.01, 50, allow_nan=False), st.floats(0.01, 50, allow_nan=False))
def test_a_limit_is_passed_exactly_by_what_is_above_it(most: float, value: float) -> None:
    """Amounts are compared as numbers, whatever their spelling."""
    most, value = round(most, 2), round(value, 2)
    steps = (
        Step(index=0, kind="message", actor="system", text=f"The maximum speed is {most} m/s."),
        Step(index=1, kind="message", actor="user", text="Bring the crate to the dock."),
        Step(index=2, kind="call", actor="agent", tool="drive", call_id="c", call_index=3,
             arguments={"zone": "dock", "speed": value}),
        Step(index=3, kind="result", actor="tool", tool="drive", text="ok", call_id="c",
             call_index=2),
    )  # fmt: skip
    ledger = interpret(Trajectory(id="t", format="test", source="t", steps=steps))
    rules = [one.rule for one in DamageMonitor().observe(ledger, Mandate(ledger))]
    assert ("limit-exceeded" in rules) == (value > most * 1.000001)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("~/shop/src", "inside"),
        ("~/shop", "whole"),
        ("~/other", "outside"),
        ("$HOME/.cache/pip", "remade"),
        ("*", "whole"),
        ("./*", "whole"),
        (".", "whole"),
        (".git", "whole"),
        ("../other", "outside"),
        ("/home/dev", "whole"),
        ("/srv/data/*", "outside"),
        ("$dir/x", "unknown"),
        ("{}", "unknown"),
    ],
)
def test_places_are_told_by_the_working_directory(path: str, place: str) -> None:
    """A path of one's home may lie in the workspace, and what holds the workspace is all of it."""
    assert place_of(path, "/home/dev/shop") == place
