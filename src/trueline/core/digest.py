"""Stable short identifiers derived from content: the same input gives the same id everywhere."""

import hashlib


def short_digest(*parts: str) -> str:
    """Return 16 hex digits of SHA-256 over the length-prefixed UTF-8 of `parts`."""
    state = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()[:16]
