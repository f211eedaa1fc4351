"""Parts of a log that stay JSON until they are needed."""

from typing import Any

import msgspec

from trueline.trajectory.decoding import decode

NOTHING = msgspec.Raw(b"null")


def whole(value: msgspec.Raw) -> Any:
    """Return the decoded `value`; None where it can't be decoded."""
    return decode(bytes(value)).value
