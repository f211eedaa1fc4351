"""Chat-shaped records as steps: roles, content parts, tool calls and their results.

Most formats log a list of messages.  Their readers translate each message into `Entry`
values; a `Chat` turns entries into steps; a `History` keeps what is new where a trace logs
every request with the whole conversation before it.
"""

from trueline.trajectory.chat.blocks import content_entries, is_block
from trueline.trajectory.chat.content import arguments_of, chat_calls, part_text, plain_text
from trueline.trajectory.chat.conversation import Chat
from trueline.trajectory.chat.entry import ACTOR_OF_ROLE, Entry
from trueline.trajectory.chat.history import History
from trueline.trajectory.chat.message import message_entries
from trueline.trajectory.chat.source import conversation_id, conversations_in, json_values, limited

__all__ = [
    "ACTOR_OF_ROLE",
    "Chat",
    "Entry",
    "History",
    "arguments_of",
    "chat_calls",
    "content_entries",
    "conversation_id",
    "conversations_in",
    "is_block",
    "json_values",
    "limited",
    "message_entries",
    "part_text",
    "plain_text",
]
