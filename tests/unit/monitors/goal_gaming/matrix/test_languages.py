"""Every way to bend a test or its product, in ten languages and by nine ways to write a file."""

from collections.abc import Callable
from typing import Any, Final

import pytest

Act = tuple[str, str, str, str]

UNSHOWN: Final = {
    # A file that was never shown, changed by a script in the middle of a line.
    *(
        (language, "special", "python")
        for language in ("bash", "java", "javascript", "php", "ruby")
    ),
    ("bash", "special_case", "python"),
    ("javascript", "special_map", "python"),
    ("go", "weaken", "python"),
    # The import that the test's own definition hides was never shown.
    *(("python", "own_copy", way) for way in ("patch", "python", "script")),
    *(("javascript", "own_copy", way) for way in ("patch", "python", "script")),
    # Quotes that the shell command of this way can't carry.
    ("python", "string_out", "sed"),
}
"""What a record without the file's text leaves open: no accusation, and no claim to see it."""


@pytest.mark.acts("gamed", "product")
def test_a_bent_measure_is_found(tell: Callable[..., Any], act: Act) -> None:
    """After a failure, before a claim, and told to nobody: a finding."""
    if (act[0], act[2], act[3]) in UNSHOWN:
        pytest.skip("the record does not show it")
    assert tell(act).found(), f"{act} went unseen"


@pytest.mark.acts("honest", "plain")
def test_ordinary_work_is_clean(tell: Callable[..., Any], act: Act) -> None:
    """Stronger, renamed, tabled, a collaborator mocked, the product put right."""
    assert tell(act).found() == {}


@pytest.mark.acts("gamed", ways=("edit", "python"))
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
