"""The formats that can be read, most specific first; modules load when first needed."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Final, cast

from trueline.trajectory.reader import Reader

FORMATS: Final[tuple[str, ...]] = (
    "native",
    "claude_code",
    "codex",
    "inspect_log",
    "telemetry.openinference",
    "telemetry.genai",
    "swe_agent",
    "openhands",
    "agentdojo",
    "labelled",
    "anthropic_messages",
    "openai_items",
)
"""Modules of `trueline.trajectory.formats`, each with its reader under the name `READER`.

The first that recognises a file reads it, so a format whose sign could also stand in
another's content comes after that one.
"""


@cache
def _reader(name: str) -> Reader:
    return cast("Reader", import_module(f"trueline.trajectory.formats.{name}").READER)


def each_reader() -> Iterator[Reader]:
    """Yield one reader per format in the order in which they are asked, loading each only then."""
    return (_reader(name) for name in FORMATS)


def readers() -> tuple[Reader, ...]:
    """Return one reader per format, in the order in which they are asked."""
    return tuple(each_reader())
