"""What unknown tools are taken to do, whatever style their names and arguments have."""

import pytest

from trueline.ledger.build import interpret
from trueline.ledger.inference import infer_entry
from trueline.trajectory import Step, Trajectory


@pytest.mark.parametrize(
    ("tool", "keys", "effects"),
    [
        ("transfer", ("from_account", "to_iban", "name", "amount"), [("pay", "to_iban")]),
        ("transfer", ("amount", "fromAccount", "toIban"), [("pay", "toIban")]),
        ("cancelBooking", ("reason", "bookingId"), [("delete", "bookingId")]),
        ("createRule", ("match", "target"), [("configure", "target")]),
        ("mail.create-forwarding", ("match", "forwardTo"), [("configure", "forwardTo")]),
        ("add_collaborator", ("repo", "user"), [("grant", "user")]),
        ("hr__assign_role", ("user", "role"), [("grant", "user")]),
        (
            "mcp__drive__share_document",
            ("path", "with_whom", "role"),
            [("grant", "with_whom"), ("send", "path")],
        ),
        ("send_file", ("path", "to"), [("send", "to")]),
        ("add_comment", ("text", "ticket_id"), [("write", "ticket_id")]),
        (
            "add_comment",
            ("ticket_id", "text", "public"),
            [("write", "ticket_id"), ("send", "ticket_id")],
        ),
        ("open_valve", ("valve",), [("execute", "valve")]),
        ("open_message", ("id",), [("read", "id")]),
        ("get_rules", ("mailbox",), [("read", "mailbox")]),
    ],
)
def test_names_of_any_style_are_understood(
    tool: str, keys: tuple[str, ...], effects: list[tuple[str, str]]
) -> None:
    """Verbs come from the tool's words, and the thing that decides from the arguments'."""
    entry = infer_entry(tool, keys)
    assert [(rule.verb, rule.resource[0]) for rule in entry.effects] == effects


def test_arguments_below_one_name_are_taken_out_of_it() -> None:
    """`{"params": {…}}` says what `{…}` says."""
    arguments = {"params": {"toIban": "DE89370400440532013000", "amount": 12.5}}
    step = Step(index=0, kind="call", actor="agent", tool="makePayment", arguments=arguments)
    effect = interpret(Trajectory(id="t", format="test", source="t", steps=(step,))).effects[0]
    assert (effect.verb, effect.resource, effect.amount) == ("pay", "DE89370400440532013000", 12.5)


@pytest.mark.parametrize(("public", "verbs"), [(True, ["write", "send"]), (False, ["write"])])
def test_a_comment_for_everybody_is_sent(public: bool, verbs: list[str]) -> None:
    """A note that only colleagues see reaches nobody outside."""
    arguments = {"ticket_id": "T-9", "text": "Noted.", "public": public}
    step = Step(index=0, kind="call", actor="agent", tool="add_comment", arguments=arguments)
    ledger = interpret(Trajectory(id="t", format="test", source="t", steps=(step,)))
    assert [effect.verb for effect in ledger.effects] == verbs
