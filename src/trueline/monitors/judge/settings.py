"""What a judge is told: where it is, what it may cost, how long it may take.

Nothing here has a default destination, and the key never stands in a setting: only the name
of the environment variable that holds it.
"""

import math
from ipaddress import ip_address
from typing import Final, Literal
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from trueline.errors import ConfigError

MIN_WINDOW: Final = 8_000
"""Bytes: less has no room for the request, a step and what is around it."""


class JudgeSettings(Struct, frozen=True, kw_only=True):
    """Which endpoint is asked, and within what.

    Attributes:
        endpoint: base URL of an OpenAI-compatible API, such as `http://127.0.0.1:8000/v1`.
        model: the model's name there.
        key_env: environment variable that holds the key; no key is sent when empty.
        view: `full`, or `actions` without what the agent says and thinks.
        max_cost: most that may be spent in all, in the currency of the prices; None for no limit.
        price_in: of a million tokens read.
        price_out: of a million tokens written.
        max_tokens: most that one answer may take; models that reason need more.
        window_bytes: of one message; a token is about three to four bytes of English text.
        max_windows: of one run; what is beyond is a recorded failure.
        attempts: how often one question is put at most.
        connect_timeout_s: until the connection stands, in seconds for each address.
        timeout_s: for one whole exchange, in seconds.
        longest_wait_s: between attempts, in seconds; an endpoint that asks for more has failed.
        allow_plain_http: send the record unencrypted to another machine.
    """

    endpoint: str
    model: str
    key_env: str = ""
    view: Literal["full", "actions"] = "full"
    max_cost: float | None = None
    price_in: float = 0.0
    price_out: float = 0.0
    max_tokens: int = 4_096
    window_bytes: int = 96_000
    max_windows: int = 50
    attempts: int = 3
    connect_timeout_s: float = 10.0
    timeout_s: float = 180.0
    longest_wait_s: float = 30.0
    allow_plain_http: bool = False


class Target(Struct, frozen=True):
    """An endpoint taken apart.

    Attributes:
        host: name or address.
        port: number.
        path: of the chat API, with the query that the user named.
        is_tls: the connection is encrypted.
    """

    host: str
    port: int
    path: str
    is_tls: bool

    @property
    def shown(self) -> str:
        """Where it is, without path and query: they may hold a secret."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.is_tls else 'http'}://{host}:{self.port}"


def check(settings: JudgeSettings) -> Target:
    """Return where to send, after refusing settings that cannot be meant.

    Raises:
        ConfigError: one of them; the message names it and the fix.
    """
    if not settings.model.strip():
        raise ConfigError("the judge has no model; name one with --judge-model")
    if settings.view not in ("full", "actions"):
        raise ConfigError(f"judge: view {settings.view!r} is neither 'full' nor 'actions'")
    prices = (settings.price_in, settings.price_out)
    if not all(math.isfinite(price) and price >= 0 for price in prices):
        raise ConfigError(f"judge: prices {prices} are not numbers from 0 up")
    if settings.max_cost is not None:
        if not (math.isfinite(settings.max_cost) and settings.max_cost >= 0):
            raise ConfigError(f"judge: a cost of {settings.max_cost} is no limit")
        if not any(prices):
            raise ConfigError(
                "judge: a limit on the cost needs prices per million tokens; "
                "give --judge-price IN OUT"
            )
    _check_bounds(settings)
    return _target(settings)


def _check_bounds(settings: JudgeSettings) -> None:
    for name, value, least in (
        ("max_tokens", settings.max_tokens, 64),
        ("window_bytes", settings.window_bytes, MIN_WINDOW),
        ("max_windows", settings.max_windows, 1),
        ("attempts", settings.attempts, 1),
        ("connect_timeout_s", settings.connect_timeout_s, 0.001),
        ("timeout_s", settings.timeout_s, 0.001),
        ("longest_wait_s", settings.longest_wait_s, 0),
    ):
        if not (math.isfinite(value) and value >= least):
            raise ConfigError(f"judge: {name} is {value}, expected at least {least}")


def _target(settings: JudgeSettings) -> Target:
    try:
        url = urlsplit(settings.endpoint.strip())
        port = url.port
    except ValueError:
        raise ConfigError("judge: the endpoint is no URL; expected https://HOST/v1") from None
    host = url.hostname or ""
    if url.scheme not in ("http", "https") or not host:
        raise ConfigError("judge: the endpoint is no http(s) URL; expected https://HOST/v1")
    if url.username is not None or url.password is not None:
        raise ConfigError(
            "judge: the endpoint holds a user name or password, which would stand in shell "
            "histories; name an environment variable with --judge-key-env"
        )
    if url.fragment or not _is_plain(settings.endpoint.strip()) or not _is_name(host):
        raise ConfigError("judge: the endpoint has a fragment or characters that no URL has")
    is_tls = url.scheme == "https"
    if not is_tls and not settings.allow_plain_http and not is_loopback(host):
        raise ConfigError(
            f"judge: http://{host} would carry the record unencrypted; use https, or say "
            "--judge-allow-http if the way there is yours"
        )
    return Target(host, port or (443 if is_tls else 80), _path(url), is_tls)


def _path(url: SplitResult) -> str:
    path = url.path.rstrip("/")
    if not path.endswith("/chat/completions"):
        path += "/chat/completions"
    return f"{path}?{url.query}" if url.query else path


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def _is_name(host: str) -> bool:
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine, judged by its name alone."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
