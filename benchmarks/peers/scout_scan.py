"""Scan conversations with inspect-scout and one Python scanner; prints one JSON line.

python scout_scan.py CHATS.jsonl LIMIT
"""

import asyncio
import json
import logging
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from inspect_ai.model import (  # pyright: ignore[reportMissingImports]
    ChatMessageAssistant,
    ChatMessageTool,
    ChatMessageUser,
)
from inspect_ai.tool import ToolCall  # pyright: ignore[reportMissingImports]
from inspect_scout import (  # pyright: ignore[reportMissingImports]
    Result,
    Transcript,
    scan,
    scanner,
    transcripts_db,
    transcripts_from,
)


@scanner(messages="all")
def claims() -> Any:
    """Look for a claimed pass and a printed failure, as a simple checker would."""

    async def look(transcript: Transcript) -> Result:
        texts = [message.text for message in transcript.messages]
        claimed = any("tests pass" in text for text in texts)
        failed = any("FAILED" in text or " failed" in text for text in texts)
        return Result(value=claimed and failed)

    return look


def to_messages(chat: list[dict[str, Any]]) -> list[Any]:
    """Return a conversation as Inspect's own message values."""
    found: list[Any] = []
    for message in chat:
        if message["role"] == "user":
            found.append(ChatMessageUser(content=message["content"]))
        elif message["role"] == "tool":
            found.append(
                ChatMessageTool(content=message["content"], tool_call_id=message["tool_call_id"])
            )
        else:
            calls = [
                ToolCall(
                    id=call["id"],
                    function=call["function"]["name"],
                    arguments=json.loads(call["function"]["arguments"]),
                )
                for call in message.get("tool_calls", ())
            ]
            found.append(ChatMessageAssistant(content=message["content"], tool_calls=calls))
    return found


async def fill(folder: str, chats: list[list[dict[str, Any]]]) -> None:
    """Write the conversations into a transcript database; not measured."""
    async with transcripts_db(folder) as database:
        await database.insert(
            [
                Transcript(
                    transcript_id=str(number), source_type="chat", messages=to_messages(chat)
                )
                for number, chat in enumerate(chats)
            ]
        )


def main() -> None:
    """Measure and print."""
    logging.disable(logging.WARNING)
    chats = [
        json.loads(line)["messages"]
        for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()[: int(sys.argv[2])]
    ]
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(fill(f"{folder}/db", chats))
        start = time.perf_counter()
        scan(
            [claims()],
            transcripts_from(f"{folder}/db"),
            scans=f"{folder}/scans",
            max_processes=1,
            display="none",
        )
        seconds = time.perf_counter() - start
    print(json.dumps({"runs": len(chats), "seconds": seconds}))


if __name__ == "__main__":
    main()
