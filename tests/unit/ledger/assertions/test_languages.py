"""What ordinary reports assert in each language, and what looks like it and does not.

The data stand in `languages/`, a file a language: `asserted` pairs a text with the kinds it
asserts, in order; `not_asserted` lists texts that assert nothing.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from trueline.ledger.assertions import assertions_in

LANGUAGES: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(Path(__file__).with_name("languages").glob("*.toml"))
}
ASSERTED: list[tuple[str, str, str]] = [
    (language, text, kinds)
    for language, cases in LANGUAGES.items()
    for text, kinds in cases["asserted"]
]
NOT_ASSERTED: list[tuple[str, str]] = [
    (language, text) for language, cases in LANGUAGES.items() for text in cases["not_asserted"]
]


def test_every_language_has_its_cases() -> None:
    """A file that is lost or empty does not pass for one that holds."""
    assert list(LANGUAGES) == ["chinese", "english", "french", "german", "spanish"]
    for cases in LANGUAGES.values():
        assert len(cases["asserted"]) >= 20
        assert len(cases["not_asserted"]) >= 20


@pytest.mark.parametrize(("language", "text", "kinds"), ASSERTED)
def test_what_a_report_says_is_read(language: str, text: str, kinds: str) -> None:
    """Ordinary wordings yield exactly the kinds they assert, in order."""
    assert [found.kind for found in assertions_in(text)] == kinds.split(), language


@pytest.mark.parametrize(("language", "text"), NOT_ASSERTED)
def test_what_is_not_said_to_hold_is_left_out(language: str, text: str) -> None:
    """Questions, plans, conditions, quotations and the like assert nothing."""
    assert assertions_in(text) == [], language
