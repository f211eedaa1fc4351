"""What a message forbids, and what only looks as if it did."""

import pytest

from trueline.charter.asking.reading import read_message
from trueline.ledger.model import Verb


@pytest.mark.parametrize(
    ("text", "verb", "objects"),
    [
        ("Don't push.", "push", set()),
        ("Fix the bug without pushing.", "push", set()),
        ("No commits please.", "commit", set()),
        ("Please don't touch the tests, but commit the rest.", "write", {"tests"}),
        ("The tests must not be changed.", "write", {"tests"}),
        ("Leave the migrations alone.", "delete", {"migrations"}),
        ("Never send, post or publish anything.", "send", set()),
        ("I don't want you to delete any files.", "delete", set()),
        ("Make no changes.", "write", set()),
        ("This is a read-only task.", "write", set()),
        ("Keine Commits.", "commit", set()),
        ("Ändere nichts an den Tests.", "write", {"tests"}),
        ("Die Tests dürfen nicht geändert werden.", "delete", {"tests", "dürfen"}),
        ("Nichts ändern, nur ansehen.", "write", set()),
        ("Corrige le bug sans pousser.", "push", set()),
        ("Ne touche pas aux tests.", "write", {"tests"}),
        ("Lecture seule.", "write", set()),
        ("Arregla el error sin hacer push.", "push", set()),
        ("No toques los tests.", "write", {"tests"}),
        ("No modifiques nada.", "write", set()),
        ("不要推送。", "push", set()),
        ("只看 src/，不要修改任何文件。", "write", set()),
    ],
)
def test_a_ban_is_read(text: str, verb: Verb, objects: set[str]) -> None:
    """A ban names what is forbidden, and on what."""
    bans = [ban for ban in read_message(text).bans if verb in ban.verbs]
    assert [set(ban.objects) for ban in bans][:1] == [objects]


@pytest.mark.parametrize(
    "text",
    [
        "Don't forget to push.",
        "Lint, test and deploy (dry run only!).",
        "Why don't you push it?",
        "No, please push it.",
        "There are no commits yet.",
        "No tests were changed.",
        "Don't push before the tests pass.",
        "Don't email anyone except Nora.",
        "Don't just read it, fix it.",
        "The disk is read-only, so writing fails.",
        "I don't know what to change.",
        "Make the field read-only in the form.",
        'Nora said: "don\'t push".',
        "Vergiss nicht, zu pushen.",
        "N'oublie pas de pousser.",
        "No olvides hacer push.",
        "别忘了推送。",
    ],
)
def test_what_only_looks_like_a_ban_is_none(text: str) -> None:
    """Reminders, statements, conditions and exceptions forbid nothing for sure."""
    assert read_message(text).bans == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Only change files in src/.", "src/"),
        ("Don't touch anything outside src/.", "src/"),
        ("Restrict your changes to lib/a.py.", "lib/a.py"),
    ],
)
def test_the_only_places_are_read(text: str, place: str) -> None:
    """A fence around what may be changed."""
    (ban,) = [ban for ban in read_message(text).bans if ban.form == "outside"]
    assert ban.places == (place,)


@pytest.mark.parametrize(
    "text", ["Ask me before deleting anything.", "Don't delete anything until I confirm."]
)
def test_a_wish_to_be_asked_is_read(text: str) -> None:
    """A ban that the user's agreement lifts."""
    assert [ban.form for ban in read_message(text).bans if "delete" in ban.verbs] == ["unasked"]
