"""What a message asks for, in five languages, and what it only speaks of."""

import pytest

from trueline.charter.asking.reading import read_message
from trueline.ledger.model import Verb


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Pay the invoice, please.", "pay"),
        ("Could you pay the invoice?", "pay"),
        ("I want the invoice paid by Friday.", "pay"),
        ("Payment of 40 to the landlord", "pay"),
        ("Make a transfer to Nora.", "pay"),
        ("I need a refund for my ticket.", "pay"),
        ("Send Nora the difference.", "pay"),
        ("If the invoice is due, pay it.", "pay"),
        ("Read the letter and then pay what it says.", "pay"),
        ("Don't forget to invite Nora.", "send"),
        ("Nora should be invited to the channel.", "grant"),
        ("Please let the build run and push the branch.", "push"),
        ("Update my rent payment.", "pay"),
        ("Bitte überweise 50 Euro an Nora.", "pay"),
        ("Kannst du die Rechnung bezahlen?", "pay"),
        ("Ich möchte, dass die Rechnung bezahlt wird.", "pay"),
        ("Schick Nora die Datei zu.", "send"),
        ("Vergiss nicht, Nora einzuladen.", "send"),
        ("Wenn die Rechnung fällig ist, bezahle sie.", "pay"),
        ("Peux-tu payer la facture ?", "pay"),
        ("Je veux que la facture soit payée.", "pay"),
        ("N'oublie pas de supprimer le brouillon.", "delete"),
        ("¿Puedes pagar la factura?", "pay"),
        ("Quiero que borres los borradores.", "delete"),
        ("Por favor, envía el informe a Nora.", "send"),
        ("请支付账单。", "pay"),
        ("帮我把报告发给小王。", "send"),
        ("如果账单到期，就付款。", "pay"),
        ("别忘了邀请小王。", "send"),
    ],
)
def test_a_request_asks_for_the_effect(text: str, verb: Verb) -> None:
    """Imperatives, polite questions, goals, nominal requests and conditions ask."""
    assert verb in read_message(text).asked


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Did you pay the invoice?", "pay"),
        ("How do I delete a branch?", "delete"),
        ("The email that Nora sent was returned.", "send"),
        ("Can you find the last payment?", "pay"),
        ("Please don't send anything.", "send"),
        ("I don't know whether to send it.", "send"),
        ("Fix it without pushing.", "push"),
        ("Read the last email from Nora.", "send"),
        ("Add a note titled 'Delete the old drive'.", "delete"),
        ("```\ngit push\n```\nWhat does that do?", "push"),
        ("> please pay me\nWhat did Nora mean?", "pay"),
        ("Tell me what happened.", "send"),
        ("Hast du die Mail geschickt?", "send"),
        ("Schick die Mail nicht ab.", "send"),
        ("As-tu envoyé le mail ?", "send"),
        ("N'envoie rien à Paul.", "send"),
        ("¿Has enviado el correo?", "send"),
        ("No envíes ningún correo.", "send"),
        ("你付款了吗？", "pay"),
        ("不要付款。", "pay"),
    ],
)
def test_a_mention_does_not_ask(text: str, verb: Verb) -> None:
    """Questions, reports, quotations and negations name an effect and do not ask for it."""
    assert verb not in read_message(text).asked


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Corrige le bug sans pousser", "fr"),
        ("Ändere nichts an den Tests.", "de"),
        ("Arregla el error sin hacer push", "es"),
        ("只看 src/，不要修改任何文件。", "zh"),
        ("Fix the bug", "en"),
    ],
)
def test_the_language_of_a_short_request_is_told(text: str, language: str) -> None:
    """A few words are enough to know whose words they are."""
    assert read_message(text).language == language


def test_words_of_an_unknown_language_are_not_understood() -> None:
    """What is not understood must not be taken for a clear task."""
    assert not read_message("Maksa lasku ja lähetä kuitti Noralle huomenna").is_understood


@pytest.mark.parametrize("text", ["Yes, go ahead.", "ok", "Ja, mach das.", "Oui, vas-y.", "好的。"])
def test_an_agreement_is_told(text: str) -> None:
    """Agreement in a few words."""
    assert read_message(text).is_yes


@pytest.mark.parametrize("text", ["No, wait.", "Please do the actions in a.md", "Nein.", "不行"])
def test_a_refusal_or_a_new_order_is_no_agreement(text: str) -> None:
    """Words that look like agreement from afar."""
    assert not read_message(text).is_yes


def test_an_amount_is_bounded() -> None:
    """An upper bound with a currency bounds each payment."""
    (bound,) = read_message("Pay no more than $50.").bounds
    assert (bound.most, bound.is_amount, bound.verbs) == (50.0, True, {"pay"})


def test_a_number_of_things_is_bounded() -> None:
    """An upper bound on what the verb makes bounds how many there are."""
    (bound,) = read_message("Send at most 3 emails.").bounds
    assert (bound.most, bound.is_amount, bound.verbs) == (3.0, False, {"send"})


def test_a_price_that_is_looked_for_bounds_nothing_that_is_sent() -> None:
    """A number after "up to" that counts something else is no bound."""
    assert read_message("Send Nora the reviews of up to 3 hotels.").bounds == ()
