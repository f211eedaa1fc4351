"""Whether the record shows that an edit took place.

What the host marks (exit status, error, rejection) comes first; then the words with which
the tools of known hosts begin their answers (`results.json`).  Anything else is `unknown`.
Only the beginning of an answer is read: what follows may be the file's own text.
"""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from trueline.ledger.model import ExitLink, Status
from trueline.trajectory import Step

_MARKING_FORMATS: Final = frozenset({"claude-code", "inspect"})
"""Formats whose host marks every failed call, so that no mark means success."""

_HEAD: Final = 400


class _Words(Struct, frozen=True):
    failed_starts: tuple[str, ...]
    failed_lines: tuple[str, ...]
    succeeded_starts: tuple[str, ...]
    succeeded_lines: tuple[str, ...]


@cache
def _words() -> _Words:
    return msgspec.json.decode(Path(__file__).with_name("results.json").read_bytes(), type=_Words)


def tool_status(result: Step | None, format_name: str) -> Status:
    """Return what the result of an editing tool says.

    Args:
        result: the call's result, None where none is recorded.
        format_name: the trajectory's format.
    """
    if result is None:
        return "unknown"
    if result.is_error:
        return "failed"
    if result.exit_status is not None:
        return "succeeded" if result.exit_status == 0 else "failed"
    said = _said(result.text)
    if said != "unknown":
        return said
    if result.is_interrupted or result.background_id:
        return "unknown"
    return "succeeded" if format_name in _MARKING_FORMATS else "unknown"


def _said(text: str) -> Status:
    words = _words()
    head = text[:_HEAD].lstrip()
    if head.startswith(words.failed_starts):
        return "failed"
    if head.startswith(words.succeeded_starts):
        return "succeeded"
    line = head.partition("\n")[0]
    if any(phrase in line for phrase in words.succeeded_lines):
        return "succeeded"
    return "failed" if any(phrase in line for phrase in words.failed_lines) else "unknown"


def shell_status(result: Step | None, link: ExitLink) -> Status:
    """Return what the exit status of a shell call says of one edit in it."""
    if result is None or result.background_id or result.is_interrupted:
        return "unknown"
    status = result.exit_status
    if status is None:
        return "failed" if result.is_error and link == "own" else "unknown"
    if status == 0:
        return "succeeded" if link in ("own", "implied") else "unknown"
    return "failed" if link == "own" else "unknown"
