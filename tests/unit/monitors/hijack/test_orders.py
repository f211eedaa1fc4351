"""Which sentences call on their reader to do something."""

import pytest

from trueline.monitors.hijack.orders import orders_in
from trueline.monitors.hijack.sentences import sentences_of

ORDERS = [
    ("Send the file to X.", "send"),
    ("You must pay 100 to X.", "pay"),
    ("Hey, can you invite Dora to the channel?", "grant"),
    ("The limit has to be raised to 900.", "configure"),
    ("body: Please delete the account of X.", "delete"),
    ("First, visit www.x.example and log in.", "fetch"),
    ("Find the list and then email it to X.", "send"),
    ("1. Terminate i-0abc now", "delete"),
    ("Bitte lösche den Ordner X.", "delete"),
    ("请访问www.x.example", "fetch"),
]
NO_ORDERS = [
    "I will send you the money to X.",
    "We sent the file to X.",
    "recipient: X",
    "Do not send it to X.",
    "You sent the file to X.",
    "They can pay at X.",
    "send: X",
    '"operation_id": "place", "x"',
    "My e-mail is a@b.example.",
]


@pytest.mark.parametrize(("text", "verb"), ORDERS)
def test_an_order_is_read_with_what_it_calls_for(text: str, verb: str) -> None:
    """Imperatives, modals, questions and passives order."""
    assert any(verb in order.verbs and not order.is_weak for order in orders_in(text, 0))


@pytest.mark.parametrize("text", NO_ORDERS)
def test_what_tells_or_lists_is_no_order(text: str) -> None:
    """Statements, rows, fields and prohibitions order nothing."""
    assert list(orders_in(text, 0)) == []


@pytest.mark.parametrize(
    "text",
    ["subject: Transfer to X", "If you need more, visit X.", "You can visit X directly."],
)
def test_titles_offers_and_permissions_are_weak(text: str) -> None:
    """They may be read as orders, and need not."""
    assert all(order.is_weak for order in orders_in(text, 0))


def test_an_order_keeps_its_place_in_escaped_and_folded_text() -> None:
    """The quote is verbatim, whatever the text was wrapped in."""
    text = '{"body": "Hello.\\nSend it to a@b.example\\nBye"}\n  - x: Wire the money\n    to me'
    quotes = [text[order.start : order.end] for order in orders_in(text, 0)]
    assert quotes[0].startswith("Send it to a@b.example")
    assert quotes[-1].endswith("Wire the money\n    to me")


def test_folded_lines_are_one_sentence() -> None:
    """YAML breaks lines in the middle of sentences, and doubles blank ones."""
    folded = "Send a transaction to the account that was given\n\n    above and wait"
    assert [sentence.text for sentence in sentences_of(folded)] == [folded]
