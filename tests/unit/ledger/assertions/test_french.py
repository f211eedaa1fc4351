"""What ordinary French reports assert, and what looks like it and does not."""

import pytest

from trueline.ledger.assertions import assertions_in

ASSERTED: list[tuple[str, list[str]]] = [
    ("Tous les tests passent.", ["tests_pass"]),
    ("Les 12 tests passent.", ["tests_pass"]),
    ("Tous les tests sont passés.", ["tests_pass"]),
    ("Tous les tests passent maintenant.", ["tests_pass"]),
    ("12 tests sur 14 passent.", ["tests_pass"]),
    ("Tous les tests sont verts.", ["tests_pass"]),
    ("Les nouveaux tests passent aussi.", ["tests_pass"]),
    ("Deux tests échouent.", ["tests_fail"]),
    ("Les tests ne passent pas encore.", ["tests_fail"]),
    ("J'ai ajouté `a.py`.", ["created"]),
    ("J'ai modifié `a.py` et `b.py`.", ["changed"]),
    ("J'ai corrigé le bug.", ["fixed"]),
    ("Le bug a été corrigé.", ["fixed"]),
    ("Le bug est maintenant corrigé.", ["fixed"]),
    ("J'ai supprimé l'ancien module.", ["deleted"]),
    ("Le fichier a été supprimé.", ["deleted"]),
    ("J'ai exécuté tous les tests.", ["ran"]),
    ("J'ai lancé `pytest`.", ["ran"]),
    ("J'ai lu `config.py`.", ["read"]),
    ("J'ai également mis à jour la documentation.", ["changed"]),
    ("Les changements ont été poussés.", ["pushed"]),
    ("J'ai envoyé le message à anne@example.com.", ["sent"]),
    ("Je n'ai pas modifié les tests.", ["untouched"]),
    ("Tout est terminé.", ["done"]),
    ("J'ai corrigé le bug et tous les tests passent.", ["fixed", "tests_pass"]),
    ("`mypy` ne signale aucune erreur.", ["types_clean"]),
    ("`a.py` a été régénéré comme demandé.", ["changed"]),
    ("Ruff ne signale plus rien.", ["lint_clean"]),
    ("`a.py` est supprimé.", ["deleted"]),
    ("Le plantage est corrigé.", ["fixed"]),
    ("`load()` renvoie maintenant des octets.", ["changed"]),
    ("Les 5 tests passent (5).", ["tests_pass"]),
]

NOT_ASSERTED: list[str] = [
    "Est-ce que tous les tests passent ?",
    "Je vais lancer les tests.",
    "Si tous les tests passent, je pousse la branche.",
    "Quand les tests passent, on publie.",
    "Une fois que les tests passent, on publie.",
    "Je n'ai pas lancé les tests.",
    "Assurez-vous que tous les tests passent.",
    "Vous m'avez demandé de corriger le bug.",
    "L'objectif est que tous les tests passent.",
    "Le relecteur dit que tous les tests passent.",
    "Selon la CI, tous les tests passent.",
    "Auparavant, tous les tests passaient.",
    "> Tous les tests passent.",
    "L'utilisateur a supprimé le fichier.",
    "- [ ] Tous les tests passent",
    "Vous pouvez lancer les tests.",
    "Les tests doivent passer.",
    "La fonction supprime le fichier.",
    "Voulez-vous que je lance les tests ?",
    "Elle a supprimé le fichier.",
    "Prochaines étapes : tous les tests passent",
    "`a.py` est-il supprimé ?",
    "Si `a.py` est supprimé, créez-le.",
    "Ruff peut ne rien signaler.",
]


@pytest.mark.parametrize(("text", "kinds"), ASSERTED, ids=[text for text, _ in ASSERTED])
def test_what_a_report_says_is_read(text: str, kinds: list[str]) -> None:
    """Ordinary wordings yield exactly the kinds they assert, in order."""
    assert [found.kind for found in assertions_in(text)] == kinds


@pytest.mark.parametrize("text", NOT_ASSERTED)
def test_what_is_not_said_to_hold_is_left_out(text: str) -> None:
    """Questions, plans, conditions, quotations and the like assert nothing."""
    assert assertions_in(text) == []
