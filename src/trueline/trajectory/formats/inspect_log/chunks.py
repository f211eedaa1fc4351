"""Chunked samples: one sample spread over many members of the archive.

`samples/ID_epoch_N/sample.json` is a shell without the long lists, which lie beside it in
chunks named by the position of their first item: `messages/0.json`, `messages/1000.json`.
The shell's `message_refs` are half-open ranges of positions in the messages.

Source: inspect_ai.log._recorders.chunked.format, release 0.3.285.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from trueline.trajectory.bounds import is_deep
from trueline.trajectory.decoding import as_list, decode
from trueline.trajectory.formats.inspect_log.archive import (
    Archive,
    ArchiveError,
    ArchiveLimitError,
    Member,
)
from trueline.trajectory.formats.inspect_log.sample import (
    MAX_POOL_MESSAGES,
    Sample,
    decode_sample,
    referenced,
)


def chunked_samples(found: dict[str, Member]) -> Iterator[tuple[str, dict[str, Member]]]:
    """Yield the prefix and the members below it, by the rest of their name, per chunked sample."""
    by_prefix: dict[str, dict[str, Member]] = {}
    for name, member in found.items():
        words = name.split("/")
        if len(words) in (3, 4) and words[0] == "samples" and name.endswith(".json"):
            by_prefix.setdefault(words[1], {})["/".join(words[2:])] = member
    for prefix, parts in by_prefix.items():
        if "sample.json" in parts:
            yield f"samples/{prefix}", parts


def joined_sample(archive: Archive, parts: dict[str, Member]) -> tuple[Sample, list[str]]:
    """Return the sample with its messages and attachments, and what could not be read.

    Raises:
        ArchiveLimitError: too much was unpacked already.
        ArchiveError: the shell is damaged.
        UnreadableSampleError: the shell is not a sample.
    """
    sample = decode_sample(archive.read(parts["sample.json"]))
    problems: list[str] = []
    pool = _sequence(archive, parts, "messages", problems)
    messages = referenced(sample.message_refs, pool, MAX_POOL_MESSAGES)
    sample.messages = messages
    texts = _sequence(archive, parts, "attachments", problems)
    sample.attachments = msgspec.Raw(msgspec.json.encode(texts))
    if not messages:
        events = _sequence(archive, parts, "events", problems)
        sample.events = msgspec.Raw(msgspec.json.encode(events))
        sample.events_data = msgspec.Raw(msgspec.json.encode({"messages": pool}))
    return sample, problems


def _sequence(
    archive: Archive, parts: dict[str, Member], sequence: str, problems: list[str]
) -> list[Any]:
    """Return the items of all chunks in order; those of a damaged chunk are None."""
    items: list[Any] = []
    for start, member in sorted(_chunks(parts, sequence)):
        try:
            found = decode(archive.read(member))
        except ArchiveLimitError:
            raise
        except ArchiveError as error:
            problems.append(f"{member.name}: {error}")
            continue
        if found.failure or is_deep(found.value):
            problems.append(f"{member.name}: {found.failure}")
            continue
        if len(items) < start <= MAX_POOL_MESSAGES:
            items.extend([None] * (start - len(items)))
        items.extend(as_list(found.value))
    return items


def _chunks(parts: dict[str, Member], sequence: str) -> Iterator[tuple[int, Member]]:
    for name, member in parts.items():
        folder, _, rest = name.partition("/")
        number = rest.removesuffix(".json")
        if folder == sequence and number.isascii() and number.isdecimal() and len(number) < 12:
            yield int(number), member
