"""Settings that cannot be meant are refused before anything is sent."""

import os
import pickle
from typing import Any

import pytest

from trueline.errors import ConfigError
from trueline.monitors.judge import JudgeMonitor, JudgeSettings
from trueline.monitors.judge.settings import check


def settings(**changed: Any) -> JudgeSettings:
    """Return settings for a local endpoint."""
    given: dict[str, Any] = {"endpoint": "http://127.0.0.1:8000/v1", "model": "m", **changed}
    return JudgeSettings(**given)


@pytest.mark.parametrize(
    ("endpoint", "shown", "path"),
    [
        ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000", "/v1/chat/completions"),
        ("https://api.example/v1/", "https://api.example:443", "/v1/chat/completions"),
        ("http://localhost", "http://localhost:80", "/chat/completions"),
        ("http://[::1]:9/v1", "http://[::1]:9", "/v1/chat/completions"),
        (
            "https://a.example/x/chat/completions?api-version=1",
            "https://a.example:443",
            "/x/chat/completions?api-version=1",
        ),
    ],
)
def test_the_endpoint_becomes_the_place_of_the_chat_api(
    endpoint: str, shown: str, path: str
) -> None:
    """A base URL or the whole one is meant; the query is kept and never shown."""
    target = check(settings(endpoint=endpoint))
    assert target.shown == shown
    assert target.path == path


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"endpoint": "ftp://a.example/v1"}, "no http"),
        ({"endpoint": "a.example/v1"}, "no http"),
        ({"endpoint": "http://a.example:99999/v1"}, "no URL"),
        ({"endpoint": "https://me:secret@a.example/v1"}, "user name or password"),
        ({"endpoint": "https://a.example/v1#x"}, "fragment"),
        ({"endpoint": "https://a.example/v1\r\nX: y"}, "characters"),
        ({"endpoint": "http://gpu.example/v1"}, "unencrypted"),
        ({"endpoint": "http://127.0.0.1.example/v1"}, "unencrypted"),
        ({"model": " "}, "no model"),
        ({"view": "half"}, "neither"),
        ({"max_cost": 1.0}, "prices"),
        ({"max_cost": -1.0, "price_in": 1.0}, "no limit"),
        ({"price_in": float("nan")}, "prices"),
        ({"window_bytes": 10}, "window_bytes"),
        ({"timeout_s": float("inf")}, "timeout_s"),
        ({"attempts": 0}, "attempts"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(changed: dict[str, Any], words: str) -> None:
    """The message says what is wrong and holds no password."""
    with pytest.raises(ConfigError, match=words) as caught:
        check(settings(**changed))
    assert "secret" not in str(caught.value)


def test_plain_http_elsewhere_has_to_be_allowed() -> None:
    """A name in one's own network is reachable by saying so."""
    found = check(settings(endpoint="http://gpu.example:8000/v1", allow_plain_http=True))
    assert found.host == "gpu.example"


@pytest.mark.parametrize("value", [None, "", "two words", "line\nbreak", "schlüssel"])
def test_a_key_that_cannot_be_sent_is_refused_and_not_told(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable is named, its content is not."""
    monkeypatch.delenv("JUDGE_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("JUDGE_KEY", value)
    with pytest.raises(ConfigError, match="JUDGE_KEY") as caught:
        JudgeMonitor(settings(key_env="JUDGE_KEY"))
    assert not value or value not in str(caught.value)


def test_settings_travel_between_processes_without_the_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only the variable's name does."""
    monkeypatch.setenv("JUDGE_KEY", "k-123456")
    sent = pickle.dumps(settings(key_env="JUDGE_KEY"))
    assert b"k-123456" not in sent
    assert pickle.loads(sent) == settings(key_env="JUDGE_KEY")
    assert os.environ["JUDGE_KEY"] not in repr(settings(key_env="JUDGE_KEY"))


def test_the_version_names_what_suspicions_depend_on() -> None:
    """Thresholds drawn with one model do not hold for another."""
    one, other = JudgeMonitor(settings()), JudgeMonitor(settings(model="n"))
    assert one.version != other.version
    assert JudgeMonitor(settings()).version == one.version
    assert JudgeMonitor(settings(view="actions")).version != one.version
