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
        "Don't touch a.py or lib/b.py.",
        "Don't touch a.py, lib/b.py",
        "Please don't modify a.py and lib/b.py for now.",
        "Fix the bug without touching `a.py` or lib/b.py.",
        "a.py and lib/b.py must not be changed.",
        "Neither a.py nor lib/b.py may be changed.",
        "Leave a.py and lib/b.py alone.",
        "Hands off a.py and lib/b.py, please.",
        "Fass a.py oder lib/b.py nicht an.",
        "Ändere weder a.py noch lib/b.py.",
        "Bitte a.py und lib/b.py nicht verändern.",
        "Finger weg von a.py und lib/b.py!",
        "Ne touche pas à a.py ni à lib/b.py.",
        "No toques a.py ni lib/b.py.",
        "不要修改a.py和lib/b.py。",
    ],
)
def test_everything_in_a_list_is_forbidden(text: str) -> None:
    """The second thing of a list is forbidden as the first is."""
    bans = [ban for ban in read_message(text).bans if "write" in ban.verbs]
    assert {item for ban in bans for item in ban.objects} == {"a.py", "lib/b.py"}


def test_each_noun_of_a_list_is_a_ban_of_its_own() -> None:
    """Neither is the name of the other: a path need not hold both."""
    bans = read_message("Don't delete the logs, the backups or dumps/old.sql.").bans
    assert [set(ban.objects) for ban in bans] == [{"logs"}, {"backups"}, {"dumps/old.sql"}]


@pytest.mark.parametrize(
    "text",
    [
        "Don't touch a.py, b.py is where the bug is.",
        "Don't touch a.py but b.py is fine.",
        "Don't touch a.py, fix b.py instead.",
        "Don't touch a.py, only b.py.",
        "Don't touch a.py and fix b.py.",
        "Fass a.py nicht an und repariere b.py.",
    ],
)
def test_what_only_follows_a_ban_is_no_part_of_it(text: str) -> None:
    """A path that a ban's sentence goes on to speak of is not forbidden."""
    assert {item for ban in read_message(text).bans for item in ban.objects} == {"a.py"}


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
