"""What the record says came of each effect: statuses, whose they are, and what shows them."""

from typing import Any

import pytest

from trueline.ledger.model import Effect, ExitLink, Outcome, Verb
from trueline.ledger.outcomes import outcomes_of
from trueline.trajectory import Step, Trajectory

Command = tuple[Verb, str, ExitLink]


def effect_of(step: int, command: Command, program: str = "") -> Effect:
    """Return the effect of one command: its verb, its text, and what the status says of it."""
    verb, text, link = command
    name = program or text.split()[0].rsplit("/", 1)[-1]
    return Effect(step=step, verb=verb, program=name, command=text, exit_link=link)


def shell(
    script: str, output: str, *commands: Command, status: int | None = 0, **result: Any
) -> list[Outcome]:
    """Return the outcomes of one shell call that printed `output` and ended with `status`."""
    steps = (
        Step(index=0, kind="call", actor="agent", tool="Bash", arguments={"command": script},
             call_id="a", call_index=1),
        Step(index=1, kind="result", actor="tool", tool="Bash", text=output, call_id="a",
             call_index=0, exit_status=status, is_error=bool(status), **result),
    )  # fmt: skip
    effects = [effect_of(0, command) for command in commands]
    trajectory = Trajectory(id="t", format="test", source="t", steps=steps)
    found = outcomes_of(trajectory, effects)
    assert [outcome.effect for outcome in found] == list(range(len(effects)))
    return found


def one(script: str, output: str, verb: Verb, link: ExitLink, **more: Any) -> Outcome:
    """Return the outcome of a call whose script is one command, perhaps with more after it."""
    command = script
    for separator in ("|", ";", "&&"):
        command = command.partition(separator)[0]
    command = command.strip()
    (found,) = shell(script, output, (verb, command, link), **more)
    return found


def test_an_own_status_decides() -> None:
    """Zero is success and anything else failure where the status is the command's own."""
    assert one("make install", "", "execute", "own").status == "succeeded"
    failed = one("make install", "Exit code 2\nboom", "execute", "own", status=2)
    assert (failed.status, failed.because, failed.quote) == (
        "failed", "exit status 2", "Exit code 2",
    )  # fmt: skip


def test_an_implied_status_of_zero_is_success_and_another_is_not_known() -> None:
    """`a && b` with status 1 does not say whether `a` failed; `b` did not come to its end."""
    commands: tuple[Command, ...] = (
        ("execute", "./one", "implied"), ("execute", "./two", "implied"),
    )  # fmt: skip
    good = shell("./one && ./two", "", *commands)
    bad = shell("./one && ./two", "", *commands, status=1)
    assert [outcome.status for outcome in good] == ["succeeded", "succeeded"]
    assert [outcome.status for outcome in bad] == ["unknown", "failed"]
    assert bad[1].because == "exit status 1: it failed or was not reached"


def test_a_hidden_status_says_nothing() -> None:
    """`cmd | tail` with status 0 is not a success of `cmd`."""
    found = one("./deploy.sh | tail -3", "an error occurred, 3 failed", "deploy", "hidden")
    assert (found.status, found.quote) == ("unknown", "")


def test_totals_decide_where_the_status_is_hidden() -> None:
    """`pytest | tail` is judged by the totals it printed."""
    bad = one("pytest | tail -5", "3 failed, 10 passed in 0.30s\n", "test", "hidden")
    good = one("pytest | tail -5", "10 passed in 0.30s\n", "test", "hidden")
    assert (bad.status, bad.because) == ("failed", "pytest: 3 failed, 10 passed")
    assert bad.quote == "3 failed, 10 passed in 0.30s"
    assert (good.status, good.tests[0].passed) == ("succeeded", 10)


def test_a_wrapper_is_judged_by_what_ran_in_it() -> None:
    """`make test; echo done` is recognised by pytest's totals."""
    found = one("make test; echo done", "=== 10 passed in 0.2s ===\ndone", "test", "hidden")
    assert (found.status, found.tests[0].runner) == ("succeeded", "pytest")


def test_no_tests_is_neither_success_nor_failure() -> None:
    """A run that collected nothing says nothing of the tests, whatever its status."""
    for output, status in (("no tests ran in 0.01s\n", 5), ("Ran 0 tests in 0.0s\n\nOK\n", 0)):
        found = one("pytest", output, "test", "own", status=status)
        assert found.status == "unknown"
        assert "no tests ran" in found.because


def test_a_missing_program_is_no_failing_test() -> None:
    """Status 127 says that nothing was checked."""
    found = one("pytest", "bash: pytest: command not found", "test", "own", status=127)
    assert (found.status, "not found" in found.because) == ("unknown", True)


def test_a_failing_status_over_passing_totals_is_said_so() -> None:
    """Passing tests with status 1 (a coverage limit, say) are not failing tests."""
    found = one("npm test", "Tests:       5 passed, 5 total\n", "test", "own", status=1)
    assert (found.status, found.because) == ("unknown", "exit status 1, though jest: 5 passed")
    assert found.tests[0].is_ok


def test_failing_totals_over_a_zero_status_are_failing_tests() -> None:
    """A runner that ends with 0 after a failing test has still failed it."""
    text = "[ FAIL 1 | WARN 0 | SKIP 0 | PASS 3 ]\n"
    found = one("Rscript run.R", text, "test", "own")
    assert (found.status, "though exit status 0" in found.because) == ("failed", True)


def test_a_script_that_exits_with_zero_succeeded_whatever_ran_in_it() -> None:
    """`execute` is about the command; what failed inside may be meant to."""
    found = one("python demo.py", "1 failed in 0.10s\n", "execute", "own")
    assert found.status == "succeeded"
    assert found.tests[0].failed == 1


@pytest.mark.parametrize(
    ("script", "output", "status"),
    [
        ('pytest; echo "exit: $?"', "boom\nexit: 1\n", "failed"),
        ("pytest; echo EXIT=$?", "fine\nEXIT=0\n", "succeeded"),
        ("pytest > out.log 2>&1; echo $?", "0\n", "succeeded"),
        ('pytest; rc=$?; echo "rc=$rc"', "boom\nrc=2\n", "failed"),
        ('pytest | tail -3; echo "code ${PIPESTATUS[0]}"', "boom\ncode 1\n", "failed"),
        ("pytest && echo GOOD || echo BAD", "boom\nBAD\n", "failed"),
        ("pytest && echo GOOD || echo BAD", "fine\nGOOD\n", "succeeded"),
    ],
)
def test_a_printed_status_counts(script: str, output: str, status: str) -> None:
    """A status that the script itself prints right after the command is the command's."""
    assert one(script, output, "test", "hidden").status == status


@pytest.mark.parametrize(
    ("script", "output"),
    [
        ("pytest | tail -3; echo EXIT=$?", "boom\nEXIT=0\n"),  # tail's status
        ("pytest; ls; echo EXIT=$?", "boom\nEXIT=0\n"),  # ls's status
        ("pytest; echo 'EXIT=$?'", "EXIT=0\n"),  # not expanded
        ("pytest; echo done", "done\n"),
        ("pytest || true", "EXIT=0\n"),
        ("pytest && echo GOOD || echo BAD", "GOOD\nBAD\n"),
    ],
)
def test_another_commands_printed_status_does_not_count(script: str, output: str) -> None:
    """A status printed for something else leaves the command unknown."""
    assert one(script, output, "test", "hidden").status == "unknown"


def test_a_silent_tool_in_a_pipe_is_judged_by_its_silence() -> None:
    """`tsc | head` that prints nothing found nothing; with `grep` in between that is not known."""
    good = one("tsc --noEmit 2>&1 | head -20", "", "typecheck", "hidden")
    filtered = one("tsc --noEmit 2>&1 | grep cart", "", "typecheck", "hidden")
    cut = one("tsc --noEmit 2>&1 | head -20", "", "typecheck", "hidden", is_truncated=True)
    loud = one("mypy . | tail -3", "", "typecheck", "hidden")
    statuses = [found.status for found in (good, filtered, cut, loud)]
    assert statuses == ["succeeded", "unknown", "unknown", "unknown"]


def test_commands_of_one_call_get_their_own_reports() -> None:
    """In `ruff check . && pytest` each is judged by its own lines."""
    ruff, tests = shell(
        "ruff check . && pytest -q",
        "All checks passed!\n1 failed in 0.1s\n",
        ("lint", "ruff check .", "implied"),
        ("test", "pytest -q", "implied"),
        status=1,
    )
    assert (ruff.status, ruff.diagnoses[0].tool, ruff.tests) == ("succeeded", "ruff", ())
    assert (tests.status, tests.tests[0].failed, tests.diagnoses) == ("failed", 1, ())


def test_two_runs_of_one_runner_are_told_apart_by_order() -> None:
    """The first report belongs to the first run."""
    first, second = shell(
        "pytest a; pytest b",
        "1 failed in 0.1s\n3 passed in 0.2s\n",
        ("test", "pytest a", "hidden"),
        ("test", "pytest b", "own"),
    )
    assert (first.status, second.status) == ("failed", "succeeded")


def test_what_follows_a_failed_command_was_not_reached() -> None:
    """`pytest && git commit && git push` with failing tests committed and pushed nothing."""
    found = shell(
        "pytest -q && git commit -m x && git push",
        "1 failed in 0.1s\n",
        ("test", "pytest -q", "implied"),
        ("commit", "git commit -m x", "implied"),
        ("push", "git push", "implied"),
        status=1,
    )
    assert [outcome.status for outcome in found] == ["failed", "failed", "failed"]
    assert found[1].because == "not reached: pytest: 1 failed"


def test_what_ran_shows_that_what_came_before_it_succeeded() -> None:
    """In `./build.sh && pytest` failing tests show that the build did not fail."""
    build, _ = shell(
        "./build.sh && pytest -q",
        "1 failed in 0.1s\n",
        ("build", "./build.sh", "implied"),
        ("test", "pytest -q", "implied"),
        status=1,
    )
    assert build.status == "succeeded"


@pytest.mark.parametrize(
    ("verb", "command", "text", "status"),
    [
        ("commit", "git commit -m x", "[main abc1234] x\n 1 file changed\n", "succeeded"),
        ("commit", "git commit -m x", "nothing to commit, working tree clean\n", "failed"),
        ("push", "git push", "   99b497c..ceff8c3  main -> main\n", "succeeded"),
        ("push", "git push", " * [new branch]      topic -> topic\n", "succeeded"),
        ("push", "git push", "Everything up-to-date\n", "succeeded"),
        ("push", "git push", " ! [rejected]        main -> main (fetch first)\n", "failed"),
        ("install", "npm install", "added 12 packages in 2s\n", "succeeded"),
        ("install", "npm install", "npm ERR! code ERESOLVE\n", "failed"),
        ("install", "pip install x", "Successfully installed x-1.0\n", "succeeded"),
        ("install", "pip install x", "ERROR: No matching distribution found for x\n", "failed"),
        ("commit", "git commit -m x", "an error, it failed\n", "unknown"),
        ("write", "./gen.sh", "error: everything failed\n", "unknown"),
    ],
)
def test_a_tools_own_words_decide_where_nothing_else_does(
    verb: Verb, command: str, text: str, status: str
) -> None:
    """Only the lines that the tool itself prints on success or failure count."""
    found = one(f"{command} | tail -5", text, verb, "hidden")
    assert found.status == status
    assert found.quote in text


def test_shown_text_is_no_run() -> None:
    """`cat`, `grep` and `git log` show totals of others; they ran no tests."""
    shown: tuple[tuple[Verb, str], ...] = (
        ("read", "cat ci.log"),
        ("search", "grep passed ci.log"),
    )
    for verb, command in shown:
        found = one(command, "12 passed in 0.40s\n", verb, "own")
        assert found.tests == ()


def test_totals_that_the_command_spells_out_are_no_report() -> None:
    """What an agent has its own command print is not what a runner printed."""
    script = "python -c \"print('=== 5 passed in 0.10s ===')\""
    (found,) = shell(script, "=== 5 passed in 0.10s ===\n", ("execute", script, "own"))
    assert found.tests == ()


def test_output_that_went_elsewhere_belongs_to_nobody() -> None:
    """After `pytest > /dev/null` an old log on the screen is not this run's."""
    commands: tuple[Command, ...] = (("test", "pytest -q", "hidden"), ("read", "cat old", "own"))
    gone = shell("pytest -q > /dev/null 2>&1; cat old", "12 passed in 0.4s\n", *commands)
    back = shell("pytest -q > old 2>&1; cat old", "12 passed in 0.4s\n", *commands)
    assert (gone[0].status, gone[0].tests) == ("unknown", ())
    assert (back[0].status, back[0].tests[0].passed) == ("succeeded", 12)


@pytest.mark.parametrize(
    ("command", "status", "because"),
    [
        ("grep foo x", 1, "exit status 1: nothing found"),
        ("diff a b", 1, "exit status 1: differences found"),
    ],
)
def test_an_answer_is_no_failure(command: str, status: int, because: str) -> None:
    """`grep` with status 1 found nothing; it did not fail."""
    found = one(command, "", "search", "own", status=status)
    assert (found.status, found.because) == ("succeeded", because)


def test_gofmt_that_lists_files_found_something() -> None:
    """`gofmt -l` always ends with 0; the files that it lists are unformatted."""
    assert one("gofmt -l .", "a.go\nb.go\n", "format", "own").status == "failed"
    assert one("gofmt -l .", "", "format", "own").status == "unknown"


def test_a_turned_down_call_did_nothing() -> None:
    """A refused deletion did not happen; a refused check says nothing of the code."""
    words = "The user doesn't want to proceed with this tool use. The tool use was rejected."
    steps = (
        Step(index=0, kind="call", actor="agent", tool="Bash", arguments={"command": "rm x"},
             call_id="a", call_index=2),
        Step(index=1, kind="decision", actor="user", text=words, call_id="a", call_index=0),
        Step(index=2, kind="result", actor="tool", text=words, call_id="a", call_index=0,
             is_error=True, is_interrupted=True),
    )  # fmt: skip
    trajectory = Trajectory(id="t", format="test", source="t", steps=steps)
    expected: tuple[tuple[Verb, str], ...] = (("delete", "failed"), ("test", "unknown"))
    for verb, status in expected:
        (found,) = outcomes_of(trajectory, [effect_of(0, (verb, "rm x", "own"))])
        assert (found.status, found.because) == (status, "the call was turned down")


def test_an_interrupted_call_is_unknown() -> None:
    """What was cut off neither succeeded nor failed."""
    found = one("pytest", "collected 3 items", "test", "own", status=None, is_interrupted=True)
    assert (found.status, found.because) == ("unknown", "interrupted before it ended")


def test_a_call_without_a_result_is_unknown() -> None:
    """A run that ends with a call leaves it open."""
    step = Step(index=0, kind="call", actor="agent", tool="Bash", arguments={"command": "ls"})
    trajectory = Trajectory(id="t", format="test", source="t", steps=(step,))
    (found,) = outcomes_of(trajectory, [effect_of(0, ("read", "ls", "own"))])
    assert (found.status, found.step) == ("unknown", None)


def background(*later: Step) -> Outcome:
    """Return the outcome of tests started in the background, with what came later."""
    steps = (
        Step(index=0, kind="call", actor="agent", tool="Bash", call_id="a", call_index=1,
             arguments={"command": "pytest"}),
        Step(index=1, kind="result", actor="tool", call_id="a", call_index=0,
             text="Command running in background with ID: b12345", background_id="b12345"),
        *later,
    )  # fmt: skip
    trajectory = Trajectory(id="t", format="test", source="t", steps=steps)
    (found,) = outcomes_of(trajectory, [effect_of(0, ("test", "pytest", "own"))])
    return found


def test_a_background_task_is_judged_by_its_later_result() -> None:
    """The result that tells of the task's end decides, and is the one pointed at."""
    running = background()
    asked = Step(index=2, kind="call", actor="agent", tool="TaskOutput", call_id="b", call_index=3,
                 arguments={"task_id": "b12345"})  # fmt: skip
    answer = Step(index=3, kind="result", actor="tool", call_id="b", call_index=2, exit_status=0,
                  background_id="b12345", text="<output>\n12 passed in 0.4s\n")  # fmt: skip
    ended = background(asked, answer)
    assert (running.status, "still running" in running.because) == ("unknown", True)
    assert (ended.status, ended.step, ended.tests[0].passed) == ("succeeded", 3, 12)


def test_a_background_task_is_judged_by_its_output_file() -> None:
    """Reading the file that the host writes a task's output to shows what came of it."""
    asked = Step(index=2, kind="call", actor="agent", tool="Bash", call_id="b", call_index=3,
                 arguments={"command": "tail /tmp/tasks/b12345.output"})  # fmt: skip
    answer = Step(index=3, kind="result", actor="tool", call_id="b", call_index=2, exit_status=0,
                  text="2 failed, 1 passed in 0.4s\n")  # fmt: skip
    found = background(asked, answer)
    assert (found.status, found.step, found.tests[0].failed) == ("failed", 3, 2)


@pytest.mark.parametrize(
    ("text", "flags", "status"),
    [
        ("The file has been updated.", {}, "succeeded"),
        ("String to replace not found.", {"is_error": True}, "failed"),
        ("Error: user not found", {}, "failed"),
        ('{"error": "no such flight"}', {}, "failed"),
        ('{"error": null, "id": 3}', {}, "succeeded"),
        ('{"success": false, "id": 3}', {}, "failed"),
        ("the words error and failed stand in a sentence", {}, "succeeded"),
    ],
)
def test_a_tool_is_judged_by_its_flags(text: str, flags: dict[str, Any], status: str) -> None:
    """The host's flag decides, else the tool's own field or opening word."""
    steps = (
        Step(index=0, kind="call", actor="agent", tool="book", call_id="a", call_index=1),
        Step(index=1, kind="result", actor="tool", text=text, call_id="a", call_index=0, **flags),
    )
    trajectory = Trajectory(id="t", format="test", source="t", steps=steps)
    effect = Effect(step=0, verb="send", program="book")
    (found,) = outcomes_of(trajectory, [effect])
    assert found.status == status
    assert found.quote in text


def test_a_file_that_speaks_of_errors_was_read_all_the_same() -> None:
    """What is read may begin with anything."""
    steps = (
        Step(index=0, kind="call", actor="agent", tool="Read", call_id="a", call_index=1),
        Step(index=1, kind="result", actor="tool", text="Error: 3", call_id="a", call_index=0),
    )
    trajectory = Trajectory(id="t", format="test", source="t", steps=steps)
    (found,) = outcomes_of(trajectory, [Effect(step=0, verb="read", program="Read")])
    assert found.status == "succeeded"


def test_totals_in_a_file_that_a_later_call_reads_belong_to_the_run() -> None:
    """`pytest > run.log`, then `cat run.log`: the log is this run's, and is pointed at."""
    steps = (
        Step(index=0, kind="call", actor="agent", tool="Bash", call_id="a", call_index=1,
             arguments={"command": "pytest > run.log 2>&1; echo done"}),
        Step(index=1, kind="result", actor="tool", call_id="a", call_index=0, exit_status=0,
             text="done\n"),
        Step(index=2, kind="call", actor="agent", tool="Read", call_id="b", call_index=3,
             arguments={"file_path": "/repo/run.log"}),
        Step(index=3, kind="result", actor="tool", call_id="b", call_index=2,
             text="2 failed, 1 passed in 0.4s\n"),
    )  # fmt: skip
    trajectory = Trajectory(id="t", format="test", source="t", steps=steps)
    effects = [effect_of(0, ("test", "pytest", "hidden")), Effect(step=2, verb="read")]
    tests, read = outcomes_of(trajectory, effects)
    assert (tests.status, tests.step, tests.tests[0].failed) == ("failed", 3, 2)
    assert (read.status, read.tests) == ("succeeded", ())


def test_failed_tests_count_where_the_totals_are_cut_off() -> None:
    """`pytest | grep FAILED` shows failures, if not how many tests passed."""
    text = "FAILED tests/test_a.py::test_x - assert 1 == 2\n"
    found = one("pytest | grep FAILED", text, "test", "hidden")
    assert (found.status, found.tests[0].failed, found.tests[0].passed) == ("failed", 1, None)


def test_effects_of_one_command_share_what_came_of_it() -> None:
    """`pytest a b` has an effect for each path, and all of them have the one result."""
    steps = (
        Step(index=0, kind="call", actor="agent", tool="Bash", call_id="a", call_index=1,
             arguments={"command": "pytest a b"}),
        Step(index=1, kind="result", actor="tool", call_id="a", call_index=0, exit_status=1,
             text="1 failed, 4 passed in 0.4s\n", is_error=True),
    )  # fmt: skip
    trajectory = Trajectory(id="t", format="test", source="t", steps=steps)
    effects = [
        Effect(step=0, verb="test", program="pytest", command="pytest a b", resource=resource)
        for resource in ("a", "b")
    ]
    found = outcomes_of(trajectory, effects)
    assert [outcome.because for outcome in found] == ["pytest: 1 failed, 4 passed"] * 2
    assert found[0].tests == found[1].tests


def test_a_command_run_twice_has_two_outcomes() -> None:
    """`pytest; pytest` are two runs, told apart by order."""
    first, second = shell(
        "pytest; pytest",
        "1 failed in 0.1s\n3 passed in 0.2s\n",
        ("test", "pytest", "hidden"),
        ("test", "pytest", "own"),
    )
    assert (first.status, second.status) == ("failed", "succeeded")


def test_a_look_at_a_failed_task_has_not_failed() -> None:
    """`TaskOutput` of a task that ended with 1 was answered all the same."""
    steps = (
        Step(index=0, kind="call", actor="agent", tool="Bash", call_id="a", call_index=1,
             arguments={"command": "make x"}),
        Step(index=1, kind="result", actor="tool", call_id="a", call_index=0, text="started",
             background_id="b12345"),
        Step(index=2, kind="call", actor="agent", tool="TaskOutput", call_id="b", call_index=3,
             arguments={"task_id": "b12345"}),
        Step(index=3, kind="result", actor="tool", call_id="b", call_index=2, exit_status=1,
             background_id="b12345", text="boom"),
    )  # fmt: skip
    trajectory = Trajectory(id="t", format="test", source="t", steps=steps)
    task, look = outcomes_of(
        trajectory,
        [effect_of(0, ("execute", "make x", "own")), Effect(step=2, verb="read")],
    )
    assert (task.status, task.step, task.because) == ("failed", 3, "exit status 1")
    assert (look.status, look.step) == ("succeeded", 3)
