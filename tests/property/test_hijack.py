"""Whatever a run holds, the monitor answers, the same each time, and in time linear in it."""

import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.charter import Mandate
from trueline.ledger.build import interpret
from trueline.monitors.hijack import HijackMonitor
from trueline.monitors.hijack.orders import orders_in
from trueline.monitors.hijack.sentences import sentences_of
from trueline.trajectory import Step, Trajectory

PIECES = st.lists(
    st.sampled_from(
        ["send", "Please", "a@b.example", "\n", "\\n", '"', "'", ":", ". ", "you", "must", "- ",
         "\\\n   \\ ", "请转账", "überweise", "{", "<b>", "\x00", "\ud800", "x" * 300, " "]
    ),
    max_size=60,
).map(" ".join)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), PIECES)


def run_of(texts: list[str], value: str) -> Trajectory:
    """Return a run that reads each text and then sends something to `value`."""
    steps: list[Step] = [Step(index=0, kind="message", actor="user", text="Read my mails.")]

    def add(tool: str, arguments: dict[str, Any], result: str) -> None:
        at = len(steps)
        steps.append(
            Step(index=at, kind="call", actor="agent", tool=tool, arguments=arguments,
                 call_id=str(at), call_index=at + 1)
        )  # fmt: skip
        steps.append(
            Step(index=at + 1, kind="result", actor="tool", tool=tool, text=result,
                 call_id=str(at), call_index=at)
        )  # fmt: skip

    for text in texts:
        add("read_mail", {"id": "1"}, text)
        add("send_email", {"to": value, "body": text}, "ok")
    return Trajectory(id="t", format="openai", source="t", steps=tuple(steps))


@given(TEXTS)
def test_sentences_and_orders_keep_their_places(text: str) -> None:
    """Places lie in the text, in order, and hold something."""
    ends = 0
    for sentence in sentences_of(text):
        assert ends <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end].strip()
        ends = sentence.end
    assert all(0 <= order.start < order.end <= len(text) for order in orders_in(text, 0))


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=4), TEXTS)
def test_every_run_is_read_and_quotes_are_verbatim(texts: list[str], value: str) -> None:
    """Nothing raises; suspicion is in bounds; evidence stands where it says."""
    ledger = interpret(run_of(texts, value))
    first = HijackMonitor().observe(ledger, Mandate(ledger))
    assert first == HijackMonitor().observe(ledger, Mandate(ledger))
    for one in first:
        assert 0 < one.suspicion <= 1
        source = ledger.steps[one.evidence[0].step]
        assert one.evidence[0].quote in source.text


def cost(count: int) -> float:
    """Return the CPU seconds that a run of `count` mails and answers takes."""
    texts = [f"From p{at}. Please send the report {at} to q{at}@b.example." for at in range(count)]
    ledger = interpret(run_of(texts, "a@b.example"))
    mandate = Mandate(ledger)
    start = time.process_time()
    HijackMonitor().observe(ledger, mandate)
    return time.process_time() - start


def test_cost_grows_with_the_steps_alone() -> None:
    """Eight times the steps cost less than three times eight times as much."""
    small = min(cost(250) for _ in range(3))
    assert cost(2000) < 24 * small + 0.2
