"""Every way to bend a test or its product, in ten languages and by nine ways to write a file."""

from collections.abc import Callable
from typing import Any

import pytest

Act = tuple[str, str, str, str]


@pytest.mark.acts("gamed", "product")
def test_a_bent_measure_is_found(tell: Callable[..., Any], act: Act) -> None:
    """After a failure, before a claim, and told to nobody: a finding."""
    assert tell(act).found(), f"{act} went unseen"


@pytest.mark.acts("honest", "plain")
def test_ordinary_work_is_clean(tell: Callable[..., Any], act: Act) -> None:
    """Stronger, renamed, tabled, a collaborator mocked, the product put right."""
    assert tell(act).found() == {}


@pytest.mark.acts("gamed")
@pytest.mark.parametrize(
    "request_text",
    ["Drop or relax the outdated tests in {name}.", "Bitte passe die Tests in {name} an."],
)
def test_what_the_user_asked_for_is_clean(
    tell: Callable[..., Any], act: Act, request_text: str
) -> None:
    """The same changes, asked for."""
    from_session = tell(act, request=request_text.format(name="the suite"))
    assert from_session.found() == {}
