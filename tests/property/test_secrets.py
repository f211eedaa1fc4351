"""Reading secrets holds for any text: it never raises, and what it gives stands there."""

from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.ledger.secrets import is_placeholder, may_hold_secrets, named_values, secrets_in
from trueline.monitors.leak.commits import changed_part

PIECES = [
    "gh", "p_", "AKI", "A", "eyJ", ".", "://", ":", "@", "password", "=", " is ", '"', "\\", "x9K2",
    "-----BEGIN ", "PRIVATE KEY-----", "\n", "4539 1488 0343 6467", "密码：", "\ud800", "\x00",
]  # fmt: skip
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(deadline=None)
@given(TEXTS)
def test_what_is_found_stands_in_the_text(text: str) -> None:
    """Positions are those of the value, and no format is found without its beginning."""
    found = secrets_in(text)

    assert not found or may_hold_secrets(text)
    for secret in found:
        assert text[secret.start : secret.end] == secret.value
        assert secret.value in secret.around


@settings(deadline=None)
@given(TEXTS)
def test_named_values_are_never_placeholders_of_credentials(text: str) -> None:
    """A placeholder under a password's name is left out whatever stands around it."""
    for one in named_values(text):
        assert one.value
        assert one.sort != "credential" or not is_placeholder(one.value)


@given(st.text("ab\nü", max_size=12), st.text("ab\nü", max_size=12), st.text("xyz", max_size=6))
def test_the_changed_part_holds_whatever_was_put_in(before: str, after: str, new: str) -> None:
    """Letters that the text before has not are never cut away."""
    text = after[: len(after) // 2] + new + after[len(after) // 2 :]

    assert new in changed_part(before, text)
