"""Shell text parsed once: the effects and edits of a text that stands in a run many times."""

from functools import lru_cache
from typing import Final

from trueline.ledger.model import Edit, Effect
from trueline.ledger.shell import shell_edits, shell_effects

_MAX_CACHED: Final = 4096
"""Longer shell text is parsed each time, so that the caches stay small."""

_cached_effects = lru_cache(maxsize=1024)(shell_effects)
_cached_edits = lru_cache(maxsize=512)(shell_edits)

_EDITING: Final = (">", "sed", "tee", "rm", "mv", "cp", "perl", "patch", "git", "truncate", "dd")
"""Without one of these in it no shell text is an edit that can be read."""


def parsed_effects(text: str) -> tuple[Effect, ...]:
    """Return what `text` does, with `step=0`."""
    return _cached_effects(text) if len(text) <= _MAX_CACHED else shell_effects(text)


def parsed_edits(text: str) -> tuple[Edit, ...]:
    """Return the changes to files that `text` makes, with `step=0`."""
    if not any(word in text for word in _EDITING):
        return ()
    return _cached_edits(text) if len(text) <= _MAX_CACHED else shell_edits(text)
