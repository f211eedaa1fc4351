"""The steps of a run as a person reads them: bounded, with the evidence in them."""

from trueline.audit.model import Place
from trueline.audit.timeline import TEXT_LIMIT, timeline_of
from trueline.ledger.build import interpret
from trueline.trajectory import Step, Trajectory


def texts(text: str, *quotes: str) -> list[str]:
    """Return what a timeline keeps of a run with one message."""
    step = Step(index=0, kind="message", actor="agent", text=text)
    run = Trajectory(id="r", format="native", source="r", steps=(step,))
    places = [
        Place(step=0, line=0, actor="agent", kind="message", role="record", quote=quote)
        for quote in quotes
    ]
    return [line.text for line in timeline_of(interpret(run), evidence=places)]


def test_a_short_text_is_whole() -> None:
    """Nothing is added and nothing is missing."""
    assert texts("Pears.", "Pears") == ["Pears."]


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    """Totals of test runs stand at the end."""
    (text,) = texts("begin " + "x" * 50_000 + " 1 failed, 7 passed")
    assert text.startswith("begin")
    assert text.endswith("1 failed, 7 passed")
    assert len(text) < TEXT_LIMIT + 100
    assert "[… 46025 characters left out …]" in text


def test_evidence_in_the_middle_of_a_long_text_stays_findable() -> None:
    """A page marks it there."""
    (text,) = texts("x" * 50_000 + "FAILED test_pear" + "y" * 50_000, "FAILED test_pear", "nowhere")
    assert "FAILED test_pear" in text
    assert text.count("characters left out") == 2
    assert len(text) < TEXT_LIMIT + 1_000


def test_a_quote_as_long_as_the_text_does_not_lift_the_limit() -> None:
    """Evidence is bounded too."""
    long = "z" * 50_000
    (text,) = texts(long, *[long] * 100)
    assert len(text) < 3 * TEXT_LIMIT
