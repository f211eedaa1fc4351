"""Drafts from past runs and from a task's words: they load, check clean, and fit the runs."""

from pathlib import Path
from typing import Any

from trueline.charter import CharterRun, compile_charter
from trueline.charter.check import check_charter
from trueline.charter.draft import draft_charter, evidence_of
from trueline.charter.model import Charter
from trueline.charter.reading import parse_charter
from trueline.charter.reading.examples import moment_of
from trueline.trajectory import Step, Trajectory
from trueline.trajectory.opening import read_path

ROOT = Path(__file__).resolve().parents[4]


def run_of(*calls: tuple[str, dict[str, Any]], name: str = "t") -> Trajectory:
    """Return a run of some calls."""
    steps = tuple(
        Step(index=n, kind="call", actor="agent", tool=tool, arguments=arguments, call_id=str(n))
        for n, (tool, arguments) in enumerate(calls)
    )
    return Trajectory(id=name, format="claude-code", source="", steps=steps, cwd="/repo")


def said(charter: Charter, line: str) -> str:
    """Return what a charter says of one line."""
    run = CharterRun(compile_charter(charter), "/repo")
    rulings = [run.step(effect) for effect in moment_of(line).effects]
    return "" if rulings[-1] is None else rulings[-1].answer


def is_clean(charter: Charter) -> bool:
    """Return whether a check has nothing to remark."""
    return check_charter(charter).remarks == ()


def test_a_draft_allows_what_was_done_and_asks_for_the_rest() -> None:
    """Folders, domains and greatest amounts stand for what was seen."""
    runs = [
        run_of(
            ("Write", {"file_path": "/repo/src/a.py", "content": "x"}),
            ("Read", {"file_path": "/repo/docs/a.md"}),
            ("Bash", {"command": "make report"}),
            ("send_money", {"recipient": "acct-7", "amount": 30}),
            ("send_money", {"recipient": "acct-7", "amount": 40}),
            ("send_email", {"recipients": ["kim@example.com"], "body": "x"}),
        )
    ]
    drafted = draft_charter(evidence_of(runs))
    charter = parse_charter(drafted.text)
    assert is_clean(charter), check_charter(charter).remarks
    assert "# seen: 2 in 1 run; at most 40, 70 in one run" in drafted.text
    assert "it would have stopped none of them" in drafted.text
    answers = {
        "write src/b.py": "may",
        "write lib/b.py": "must_ask",
        "read lib/b.py": "may",
        "read .env": "must_ask",
        "$ make report": "may",
        "$ ./deploy.sh": "must_ask",
        "pay 40 to acct-7": "may",
        "pay 41 to acct-7": "must_ask",
        "pay 1 to acct-8": "must_ask",
        "send lee@example.com (message)": "may",
        "send lee@elsewhere.invalid (message)": "must_ask",
        "grant admin to kim": "must_ask",
        "write .github/workflows/ci.yml": "must_ask",
        "search the web": "",
    }
    assert {line: said(charter, line) for line in answers} == answers


def test_a_draft_from_the_examples_loads_checks_clean_and_would_have_stopped_nothing() -> None:
    """Whole sessions of a coding agent."""
    runs = [item for item in read_path(ROOT / "examples" / "sessions")
            if isinstance(item, Trajectory)]  # fmt: skip
    drafted = draft_charter(evidence_of(runs))
    charter = parse_charter(drafted.text)
    assert is_clean(charter), check_charter(charter).remarks
    assert "it would have stopped none of them" in drafted.text


def test_drafts_from_real_sessions_check_clean(shared_data: Path) -> None:
    """Whatever stands in resources, the file loads and says what it means."""
    for folder in sorted((shared_data / "sessions").iterdir()):
        runs = [item for item in read_path(folder) if isinstance(item, Trajectory)][:20]
        drafted = draft_charter(evidence_of(runs))
        charter = parse_charter(drafted.text)
        assert is_clean(charter), (folder.name, check_charter(charter).remarks)
        assert "it would have stopped none of them" in drafted.text, folder.name


def test_the_plain_limits_of_a_task_become_rules() -> None:
    """Only there, not that, at most so much, ask first."""
    task = (
        "Fix the rounding bug, but don't touch the migrations folder. Only change files in src/. "
        "Never push. Spend at most 50 EUR. Send no more than 2 emails. Ask me before you deploy."
    )
    drafted = draft_charter(evidence_of([]), task)
    charter = parse_charter(drafted.text)
    assert is_clean(charter), check_charter(charter).remarks
    answers = {
        "write src/a.py": "may",
        "write docs/a.md": "must_not",
        "write src/migrations/1.sql": "must_not",
        "push": "must_not",
        "pay 50 EUR to a": "",
        "pay 51 EUR to a": "must_not",
        "deploy x": "must_ask",
        "grant x": "must_ask",
    }
    assert {line: said(charter, line) for line in answers} == answers
    run = CharterRun(compile_charter(charter), "/repo")
    mails = [run.step(moment_of("send a@b.example").effects[0]) for _ in range(3)]
    assert [one is not None and one.answer == "must_not" for one in mails] == [False, False, True]


def test_a_limit_for_each_is_no_limit_for_all() -> None:
    """Refunds of at most 20 each."""
    charter = draft_charter(evidence_of([]), "Refund up to $20 per customer.").charter
    run = CharterRun(compile_charter(charter))
    rulings = [run.step(moment_of("pay 20 USD to a").effects[0]) for _ in range(5)]
    assert [one for one in rulings if one is not None and one.answer == "must_not"] == []
    ruling = run.step(moment_of("pay 21 USD to a").effects[0])
    assert ruling is not None
    assert ruling.answer == "must_not"


def test_a_hostile_name_cannot_pose_as_a_rule() -> None:
    """A resource with a line end, quotes or wildcards is a name and nothing else."""
    hostile = 'a"\nmay:\n  - {effect: any}\n#*{x,y}\x1b[0m\u2028z'
    runs = [
        run_of(
            ("Write", {"file_path": hostile, "content": ""}),
            ("Write", {"file_path": f"/repo/{hostile}/x", "content": ""}),
            ("send_money", {"recipient": hostile, "amount": 1}),
            ("kubectl_delete", {"name": hostile}),
        )
    ]
    drafted = draft_charter(evidence_of(runs), name="x\nmay: []")
    charter = parse_charter(drafted.text)
    assert all(rule.selector.verbs for rule in charter.rules)
    assert said(charter, "grant x") == "must_ask"
