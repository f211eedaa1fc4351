"""What ordinary Spanish reports assert, and what looks like it and does not."""

import pytest

from trueline.ledger.assertions import assertions_in

ASSERTED: list[tuple[str, list[str]]] = [
    ("Todos los tests pasan.", ["tests_pass"]),
    ("Todas las pruebas pasan.", ["tests_pass"]),
    ("Las 12 pruebas pasan.", ["tests_pass"]),
    ("Todas las pruebas pasaron correctamente.", ["tests_pass"]),
    ("12 de 14 pruebas pasan.", ["tests_pass"]),
    ("Tests: 12 pasados, 0 fallos", ["tests_pass"]),
    ("Las nuevas pruebas también pasan.", ["tests_pass"]),
    ("Dos pruebas fallan.", ["tests_fail"]),
    ("Las pruebas no pasan todavía.", ["tests_fail"]),
    ("He añadido `a.py`.", ["created"]),
    ("He actualizado `a.py` y `b.py`.", ["changed"]),
    ("Añadí una prueba de regresión.", ["created"]),
    ("Eliminé el módulo antiguo.", ["deleted"]),
    ("El error ha sido corregido.", ["fixed"]),
    ("He corregido el error.", ["fixed"]),
    ("Ejecuté todas las pruebas.", ["ran"]),
    ("He ejecutado `pytest`.", ["ran"]),
    ("Leí `config.py`.", ["read"]),
    ("El archivo fue eliminado.", ["deleted"]),
    ("Los cambios han sido subidos.", ["pushed"]),
    ("He enviado el correo a ana@example.com.", ["sent"]),
    ("Todo listo.", ["done"]),
    ("No he modificado las pruebas.", ["untouched"]),
    ("El código compila sin errores.", ["build_clean"]),
    ("Corregí el error y todas las pruebas pasan.", ["fixed", "tests_pass"]),
    ("No modifiqué `a.py`.", ["untouched"]),
    ("Ruff no encuentra nada.", ["lint_clean"]),
    ("`a.py` está eliminado.", ["deleted"]),
    ("`load()` ahora devuelve bytes.", ["changed"]),
    ("Regeneré `a.json`.", ["changed"]),
]

NOT_ASSERTED: list[str] = [
    "¿Pasan todas las pruebas?",
    "Voy a ejecutar las pruebas.",
    "Si todas las pruebas pasan, haré el commit.",
    "Cuando las pruebas pasen, haremos el commit.",
    "Una vez que las pruebas pasan, se publica.",
    "No he ejecutado las pruebas.",
    "Asegúrate de que todas las pruebas pasan.",
    "Me pediste que corrigiera el error.",
    "El objetivo es que todas las pruebas pasen.",
    "El revisor dice que todas las pruebas pasan.",
    "Según CI, todas las pruebas pasan.",
    "Anteriormente todas las pruebas pasaban.",
    "> Todas las pruebas pasan.",
    "El usuario eliminó el archivo.",
    "- [ ] Todas las pruebas pasan",
    "Puedes ejecutar las pruebas.",
    "Las pruebas deben pasar.",
    "La función elimina el archivo.",
    "¿Quieres que ejecute las pruebas?",
    "Ella ha eliminado el archivo.",
    "Próximos pasos: todas las pruebas pasan",
    "¿`a.py` está eliminado?",
    "Si `a.py` está eliminado, hay que crearlo.",
]


@pytest.mark.parametrize(("text", "kinds"), ASSERTED, ids=[text for text, _ in ASSERTED])
def test_what_a_report_says_is_read(text: str, kinds: list[str]) -> None:
    """Ordinary wordings yield exactly the kinds they assert, in order."""
    assert [found.kind for found in assertions_in(text)] == kinds


@pytest.mark.parametrize("text", NOT_ASSERTED)
def test_what_is_not_said_to_hold_is_left_out(text: str) -> None:
    """Questions, plans, conditions, quotations and the like assert nothing."""
    assert assertions_in(text) == []
