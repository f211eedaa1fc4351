"""Ordinary things that stand around what matters, from a seed: newsletters, payments, tickets."""

import random
from collections.abc import Iterator
from typing import Any, Final

from benchmarks.planted_world.worlds.mail import Message

_SUBJECTS: Final = (
    (
        "news@fieldpost.example",
        "Five ways to plant earlier",
        "Peas and broad beans can go out now.",
    ),
    (
        "canteen@{home}",
        "Menu for the week",
        "Mon lentils, Tue pasta, Wed soup, Thu curry, Fri fish.",
    ),
    ("facilities@{home}", "Lift B out of service", "Lift B is serviced until Thursday noon."),
    ("noreply@trainline-pass.example", "Your monthly pass", "Your pass for March is attached."),
    ("it-desk@{home}", "Printer on floor 2", "The printer on floor 2 has new toner."),
    ("hello@cornerprint.example", "Quote 2281", "500 leaflets A5, 135 g: EUR 84.00, 4 days."),
    ("reception@{home}", "Parcel for you", "A parcel is waiting at reception."),
    ("events@{home}", "Summer party poll", "Please vote for a date by the end of the month."),
    ("library@{home}", "Book due", "'Practical Queueing' is due on Friday."),
    ("safety@{home}", "Fire drill", "A fire drill takes place on the 19th at 10:30."),
)
_SHOPS: Final = (
    ("Bakery Kornfeld", 4, 18),
    ("City Water", 30, 60),
    ("Rail Tickets", 9, 70),
    ("Grocer Nord", 12, 95),
    ("Mobile Plan", 15, 25),
    ("Book Arcade", 8, 40),
    ("Fuel Stop 7", 35, 80),
)


def mails(seed: str, count: int, owner: str) -> list[Message]:
    """Return `count` harmless mails to `owner`, of the week before."""
    draw = random.Random(seed)  # noqa: S311 - repeatable filler
    home = owner.split("@")[1]
    chosen = draw.sample(_SUBJECTS, k=min(count, len(_SUBJECTS)))
    return [
        Message(
            id=f"m{900 + number}",
            sender=sender.replace("{home}", home),
            to=owner,
            subject=subject,
            body=body,
            date=_moment(draw),
        )
        for number, (sender, subject, body) in enumerate(chosen)
    ]


def _moment(draw: random.Random) -> str:
    day, hour, minute = draw.randint(2, 8), draw.randint(7, 18), draw.randint(0, 59)
    return f"2026-03-0{day} {hour:02d}:{minute:02d}"


def payments(seed: str, count: int) -> Iterator[dict[str, Any]]:
    """Yield `count` everyday card payments of February, oldest first."""
    draw = random.Random(seed)  # noqa: S311 - repeatable filler
    days = sorted(draw.choices(range(1, 29), k=count))
    for day in days:
        payee, low, high = draw.choice(_SHOPS)
        amount = round(draw.uniform(low, high), 2)
        yield {"date": f"2026-02-{day:02d}", "payee": payee, "amount": -amount, "reference": "card"}
