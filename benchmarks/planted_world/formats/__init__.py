"""Write a recording as the products write it."""

from typing import Final

from benchmarks.planted_world.events import Form, Recording
from benchmarks.planted_world.formats.anthropic import anthropic_messages
from benchmarks.planted_world.formats.native import native_lines
from benchmarks.planted_world.formats.openai import openai_chat, openai_responses
from benchmarks.planted_world.formats.otel import otel_spans

__all__ = ["SUFFIXES", "written"]

SUFFIXES: Final[dict[Form, str]] = {
    "openai-chat": ".json",
    "openai-responses": ".json",
    "anthropic": ".json",
    "otel": ".json",
    "native": ".trueline.jsonl",
}

_WRITERS: Final = {
    "openai-chat": openai_chat,
    "openai-responses": openai_responses,
    "anthropic": anthropic_messages,
    "otel": otel_spans,
    "native": native_lines,
}


def written(recording: Recording, form: Form) -> bytes:
    """Return the bytes of `recording` in the format `form`."""
    return _WRITERS[form](recording)
