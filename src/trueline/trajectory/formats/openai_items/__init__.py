"""Conversations as OpenAI's APIs shape them: chat-completion messages and Responses items."""

from trueline.trajectory.formats.openai_items.reader import OpenAIReader

READER = OpenAIReader()

__all__ = ["READER"]
