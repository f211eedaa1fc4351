"""Lists and objects written as one attribute per field: `llm.input_messages.0.message.role`."""

from typing import Any, Final

MAX_ITEMS: Final = 100_000
"""A list index from here on is hostile; attributes that use one are passed over."""

_MAX_WORDS: Final = 24


def nested(attributes: dict[str, Any], prefix: str) -> Any:
    """Return what the attributes below `prefix` spell, None where there are none.

    A level whose names are all numbers becomes a list in the order of the numbers.
    """
    tree: dict[str, Any] = {}
    start = f"{prefix}."
    for name, value in attributes.items():
        if not name.startswith(start):
            continue
        words = name[len(start) :].split(".")
        if len(words) > _MAX_WORDS:
            continue
        level = tree
        for word in words[:-1]:
            below = level.setdefault(word, {})
            if not isinstance(below, dict):
                below = level[word] = {"": below}
            level = below
        last = level.get(words[-1])
        if isinstance(last, dict):
            last[""] = value
        else:
            level[words[-1]] = value
    return _listed(tree) if tree else None


def _listed(value: Any) -> Any:
    """Recurses at most `_MAX_WORDS` deep, as deep as `nested` built."""
    if not isinstance(value, dict) or not value:
        return value
    if all(_is_index(word) for word in value):
        return [_listed(value[word]) for word in sorted(value, key=int)]
    return {word: _listed(below) for word, below in value.items()}


def _is_index(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= 6 and int(word) < MAX_ITEMS
