"""Totals over an audit, and the reports that hold no more than they need."""

from trueline.audit.model import JudgedAssertion, RunReport
from trueline.audit.totals import totals_by_agent, without_words
from trueline.ledger import Assertion

SAID = Assertion(step=3, kind="tests_pass", quote="All 12 tests pass.")
RUN = RunReport(
    id="r1",
    format="fake",
    source="r1.jsonl",
    agent="Agent",
    steps=4,
    assertions=(
        JudgedAssertion(assertion=SAID, line=7, verdict="supported", because="they did"),
        JudgedAssertion(assertion=SAID, line=9, verdict="stale", because="edited since"),
    ),
)


def test_a_report_without_words_is_counted_like_the_whole_one() -> None:
    """What the summary shows does not depend on whether words were kept."""
    bare = without_words(RUN)
    assert totals_by_agent([bare]) == totals_by_agent([RUN])
    assert [judged.verdict for judged in bare.assertions] == ["supported", "stale"]


def test_a_report_without_words_holds_none() -> None:
    """The agent's words are what takes the memory, so none of them may stay."""
    bare = without_words(RUN)
    assert not any(judged.assertion.quote or judged.because for judged in bare.assertions)
    assert bare.notes == ()
