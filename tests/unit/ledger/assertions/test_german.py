"""What ordinary German reports assert, and what looks like it and does not."""

import pytest

from trueline.ledger.assertions import assertions_in

ASSERTED: list[tuple[str, list[str]]] = [
    ("Alle 12 Tests bestehen.", ["tests_pass"]),
    ("Alle Tests sind grün.", ["tests_pass"]),
    ("Die Tests laufen alle durch.", ["tests_pass"]),
    ("Alle 43 Tests sind erfolgreich durchgelaufen.", ["tests_pass"]),
    ("12 von 14 Tests bestehen.", ["tests_pass"]),
    ("Tests: 12/12 bestanden", ["tests_pass"]),
    ("12 bestanden, 0 fehlgeschlagen", ["tests_pass"]),
    ("Die neuen Tests bestehen jetzt auch.", ["tests_pass"]),
    ("Alles ist grün.", ["tests_pass"]),
    ("Zwei Tests schlagen fehl.", ["tests_fail"]),
    ("Die Tests bestehen noch nicht.", ["tests_fail"]),
    ("Ich habe `a.py` geändert.", ["changed"]),
    ("Ich habe die Funktion `parse` in `a.py` hinzugefügt.", ["created"]),
    ("Ich habe den Fehler behoben.", ["fixed"]),
    ("Der Fehler wurde behoben.", ["fixed"]),
    ("Der Fehler ist jetzt behoben.", ["fixed"]),
    ("Die Datei `alt.py` wurde gelöscht.", ["deleted"]),
    ("Ich habe alle Tests ausgeführt.", ["ran"]),
    ("Ich habe `config.py` gelesen.", ["read"]),
    ("Die Änderungen wurden committet und gepusht.", ["committed", "pushed"]),
    ("Ich habe die E-Mail an anna@example.com gesendet.", ["sent"]),
    ("Alles erledigt.", ["done"]),
    ("Lint: sauber", ["lint_clean"]),
    ("`mypy` meldet keine Fehler.", ["types_clean"]),
    ("Ich habe die Tests nicht verändert.", ["untouched"]),
    ("Erledigt: der Parser nimmt Bytes.", ["done"]),
    ("Das habe ich nicht angefasst.", ["untouched"]),
    ("An `a.py` habe ich nichts geändert.", ["untouched"]),
    ("`load()` wirft jetzt einen Fehler.", ["changed"]),
    ("`load()` liest Bytes wieder.", ["fixed"]),
    ("Die alte Datei ist weg.", ["deleted"]),
    ("`load_all` ist ergänzt.", ["created"]),
    ("Der Absturz ist behoben.", ["fixed"]),
    ("Ruff meldet nichts mehr.", ["lint_clean"]),
    ("Tests 5/5.", ["tests_pass"]),
]

NOT_ASSERTED: list[str] = [
    "Bestehen alle Tests?",
    "Ich werde die Tests ausführen.",
    "Lass mich die Tests ausführen.",
    "Wenn alle Tests bestehen, pushe ich.",
    "Sobald die Tests bestehen, ist das fertig.",
    "Ich habe die Tests nicht ausgeführt.",
    "Die Tests sollten alle grün sein?",
    "Bitte stelle sicher, dass alle Tests bestehen.",
    "Du hast mich gebeten, den Fehler zu beheben.",
    "Das Ziel ist, dass alle Tests bestehen.",
    "Der Reviewer sagt, dass alle Tests bestehen.",
    "Laut CI sind alle Tests grün.",
    "Früher waren alle Tests grün.",
    "> Alle Tests bestehen.",
    "Der Nutzer hat die Datei gelöscht.",
    "- [ ] Alle Tests bestehen",
    "Man kann die Datei löschen.",
    "Die Tests müssen bestehen.",
    "Falls die Tests bestehen, ist alles fertig.",
    "Soll ich die Änderungen committen?",
    "Nächste Schritte:",
    "Die Funktion löscht die Datei.",
    "Er hat die Datei geändert.",
    "Das fasse ich nicht an.",
    "Ist die Datei weg?",
    "Wenn `a.py` weg ist, lege sie an.",
    "Du hast `a.py` geändert.",
    "`load()` soll jetzt einen Fehler werfen.",
]


@pytest.mark.parametrize(("text", "kinds"), ASSERTED, ids=[text for text, _ in ASSERTED])
def test_what_a_report_says_is_read(text: str, kinds: list[str]) -> None:
    """Ordinary wordings yield exactly the kinds they assert, in order."""
    assert [found.kind for found in assertions_in(text)] == kinds


@pytest.mark.parametrize("text", NOT_ASSERTED)
def test_what_is_not_said_to_hold_is_left_out(text: str) -> None:
    """Questions, plans, conditions, quotations and the like assert nothing."""
    assert assertions_in(text) == []
