"""Which labelled runs are measured: one half of the groups, or those with some value in a field.

What is fitted must be scored on other groups than it was fitted on.  Groups are split by a hash
of their name, so that everybody's halves are the same: `develop` may be looked at, `confirm` is
only scored.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, Final, Literal

from msgspec import Struct

from trueline.errors import InputError

Half = Literal["both", "develop", "confirm"]


class Selection(Struct, frozen=True, kw_only=True):
    """What is asked of a run before it counts; by default nothing.

    Attributes:
        half: of the groups.
        where: fields of the labelled row with the value that each must have, as text.
    """

    half: Half = "both"
    where: tuple[tuple[str, str], ...] = ()

    def takes(self, labels: Mapping[str, Any], group: str) -> bool:
        """Return whether a run with these labels counts."""
        if self.half != "both" and half_of(group) != self.half:
            return False
        return all(str(labels.get(field, "")) == value for field, value in self.where)


WHOLE: Final = Selection()
"""Every run counts."""


def half_of(group: str) -> Half:
    """Return the half that a group belongs to: `develop` where its SHA-256 is even."""
    digest = hashlib.sha256(group.encode("utf-8", "surrogatepass")).digest()
    return "confirm" if digest[-1] % 2 else "develop"


def selection(half: Half, where: tuple[str, ...]) -> Selection:
    """Return a selection from a half and `FIELD=VALUE` texts.

    Raises:
        InputError: a text has no equals sign.
    """
    pairs: list[tuple[str, str]] = []
    for text in where:
        field, sign, value = text.partition("=")
        if not sign or not field:
            raise InputError(f"--where {text!r}: expected FIELD=VALUE, such as model=base")
        pairs.append((field, value))
    return Selection(half=half, where=tuple(pairs))
