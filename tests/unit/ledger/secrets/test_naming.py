"""Values under secrets' names, and names that only sound like them."""

import pytest

from trueline.ledger.secrets import (
    is_secret_command,
    is_secret_tool,
    is_template,
    may_be_secret_place,
    named_values,
    sort_of_name,
    stores_secrets,
)
from trueline.ledger.secrets.checksums import passes_iban


@pytest.mark.parametrize(
    ("text", "sort", "value"),
    [
        ("DB_PASSWORD=x9!kT2zz port=1", "credential", "x9!kT2zz"),
        ('{"password": "hunter22!"}', "credential", "hunter22!"),
        ('{\\"password\\": \\"hunter22!\\"}', "credential", "hunter22!"),
        ("api_key: 'Zq81-kk2-Lw90'", "credential", "Zq81-kk2-Lw90"),
        ("Your security code is 463820. Keep it.", "credential", "463820"),
        ("dbPassword=Zx91kk22", "credential", "Zx91kk22"),
        ("key (live, sales): tgk_9sQ2vHc71LmY", "", ""),
        ("X-Gate-Key: tgk_9sQ2vHc71LmYpXr4", "credential", "tgk_9sQ2vHc71LmYpXr4"),
        ("Passwort: Blau!8Haus", "credential", "Blau!8Haus"),
        ("la contraseña es Verde9!Casa", "credential", "Verde9!Casa"),
        ("密码：Xk29!aaB", "credential", "Xk29!aaB"),
        ("My social security number is 123-45-6789", "personal", "123-45-6789"),
        ('"passport_number": "X4820913"', "personal", "X4820913"),
        ("date of birth: 1990-05-15", "personal", "1990-05-15"),
        ('"phone": "+44 20 7946 0871"', "contact", "+44 20 7946 0871"),
    ],
)
def test_a_value_is_read_with_its_name(text: str, sort: str, value: str) -> None:
    """Assignments, JSON and sentences, in several languages."""
    found = [(one.sort, one.value) for one in named_values(text)]

    assert found == ([(sort, value)] if value else [])


@pytest.mark.parametrize(
    "text",
    [
        "password: str",
        "token = get_token()",
        "token: process.env.TOKEN",
        "password is incorrect",
        "the password is required.",
        "max_tokens: 4096",
        "total_tokens=18231",
        "TOKEN=$FOO",
        "api_key = os.environ['KEY']",
        "password=changeme",
        "secret: <your-secret>",
        "monkey: banana12",
        '"primary_key": "abc123def456ghi789"',
        "password_file: /run/secrets/pw1",
        "ssn: $SSN",
        "pin: 12",
    ],
)
def test_words_of_code_and_placeholders_are_no_secrets(text: str) -> None:
    """Types, references, counters and file names bear such names all day."""
    assert named_values(text) == []


def test_a_place_of_secrets_makes_plain_words_count() -> None:
    """In a file of secrets a password may be a word."""
    assert named_values("password: correcthorse") == []
    assert [one.value for one in named_values("password: correcthorse", is_lax=True)] == [
        "correcthorse"
    ]


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("password", "credential"),
        ("clientSecret", "credential"),
        ("api-key", "credential"),
        ("ssn", "personal"),
        ("max_tokens", None),
        ("title", None),
        ("token_count", None),
    ],
)
def test_a_field_is_known_by_its_name(name: str, sort: str | None) -> None:
    """Fields of forms and arguments of tools."""
    assert sort_of_name(name) == sort


def test_commands_and_tools_that_print_secrets_are_known() -> None:
    """The environment, secret managers and their like; not what only resembles them."""
    for command in (
        "env",
        "printenv",
        "vault kv get secret/app",
        "aws --profile p secretsmanager get-secret-value --secret-id a",
        "kubectl -n web get secret db -o yaml",
        "gh auth token",
        "op read op://a/b",
    ):
        assert is_secret_command(command), command
    for command in ("env FOO=1 make", "kubectl get pods", "gh auth login", "git status", "setup"):
        assert not is_secret_command(command), command
    assert is_secret_tool("mcp__vault__read_secret")
    assert not is_secret_tool("create_secret")
    assert stores_secrets("create_secret")
    assert not is_secret_tool("search_notes")


def test_templates_are_no_places_of_secrets() -> None:
    """`.env.example` is made to be shared."""
    assert may_be_secret_place("app/.env.production")
    assert not may_be_secret_place("app/.env.example")
    assert is_template("~/.ssh/id_rsa.pub")
    assert not may_be_secret_place("src/main.py")


def test_account_numbers_are_checked_by_their_digits() -> None:
    """Rearranged digits are no account."""
    assert passes_iban("DE89 3704 0044 0532 0130 00")
    assert not passes_iban("DE88 3704 0044 0532 0130 00")
    assert not passes_iban("hello")
