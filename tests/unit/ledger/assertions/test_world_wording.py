"""Acts in the world that have no class of words of their own, in five languages."""

import pytest

from trueline.ledger.assertions import assertions_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I've delivered the parcel to bay 4.", "acted"),
        ("I've picked up the parcel.", "acted"),
        ("I granted Kim read access.", "acted"),
        ("I have approved the request.", "acted"),
        ("I've restarted the pump.", "acted"),
        ("I notified the customer.", "notified"),
        ("The invoice is paid.", "paid"),
        ("The customer has been notified.", "notified"),
        ("Ich habe das Paket geliefert.", "acted"),
        ("Ich habe den Antrag genehmigt.", "acted"),
        ("He entregado el paquete.", "acted"),
        ("He aprobado la solicitud.", "acted"),
        ("J'ai livré le colis.", "acted"),
        ("La chambre est réservée.", "booked"),
        ("我已批准申请。", "acted"),
    ],
)
def test_an_act_in_the_world_is_an_assertion(text: str, kind: str) -> None:
    """Past forms of such acts are read, each under its kind."""
    assert kind in [found.kind for found in assertions_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "I can deliver the parcel tomorrow.",
        "Once I have delivered the parcel, I will write.",
        "Have I delivered the parcel?",
        "The push was rejected.",
        "Please confirm that you approved the request.",
        "The parcel was delivered by the courier.",
        "Soll ich den Antrag genehmigen?",
    ],
)
def test_plans_questions_and_deeds_of_others_are_none(text: str) -> None:
    """Nothing of the agent's own is asserted here."""
    assert "acted" not in [found.kind for found in assertions_in(text)]
