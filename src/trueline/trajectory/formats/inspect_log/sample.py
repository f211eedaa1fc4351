"""One sample of an Inspect log as one trajectory.

The conversation is `messages`; a sample without (one that was cut off) is put together
from its model events, whose inputs may stand in a pool.  Target, metadata and reductions
are labels and stay out; scores become `score` steps at the end.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from msgspec import Struct

from trueline.trajectory.bounds import is_deep, may_be_deep
from trueline.trajectory.chat import Chat, History
from trueline.trajectory.decoding import (
    DECODE_ERRORS,
    as_dict,
    as_json,
    as_list,
    as_text,
    decode_slowly,
)
from trueline.trajectory.formats.inspect_log.attachments import Attachments
from trueline.trajectory.formats.inspect_log.messages import message_entries
from trueline.trajectory.formats.inspect_log.raw import NOTHING, whole
from trueline.trajectory.model import Trajectory
from trueline.trajectory.reader import MAX_DEPTH

MAX_POOL_MESSAGES: Final = 1_000_000
"""References into the pool beyond this many messages of one sample are not followed."""


class Sample(Struct):
    """The fields of `EvalSample` that are read; the decoder passes over all others.

    `message_refs` stands in chunked samples only.
    """

    id: Any = None
    epoch: Any = None
    uuid: Any = None
    messages: Any = None
    message_refs: Any = None
    scores: Any = None
    error: Any = None
    limit: Any = None
    started_at: Any = None
    completed_at: Any = None
    attachments: msgspec.Raw = NOTHING
    events: msgspec.Raw = NOTHING
    events_data: msgspec.Raw = NOTHING


class Run(Struct, frozen=True, kw_only=True):
    """What all samples of one log share."""

    source: str
    id: str
    agent: str
    model: str
    metadata: dict[str, Any]


class UnreadableSampleError(Exception):
    """Why a sample cannot be read; never leaves the reader."""


_DECODER: Final = msgspec.json.Decoder(Sample)


def decode_sample(data: bytes) -> Sample:
    """Return the sample in `data`, mended where Inspect wrote `NaN` or worse.

    Raises:
        UnreadableSampleError: it is not a JSON object, or nested too deep.
    """
    try:
        sample = _DECODER.decode(data)
    except DECODE_ERRORS:
        sample = _decode_mended(data)
    if may_be_deep(data) and is_deep(sample):
        raise UnreadableSampleError(f"JSON is nested deeper than {MAX_DEPTH} levels")
    return sample


def _decode_mended(data: bytes) -> Sample:
    found = decode_slowly(data)
    if found.failure:
        raise UnreadableSampleError(found.failure)
    try:
        return _DECODER.decode(msgspec.json.encode(found.value))
    except (*DECODE_ERRORS, TypeError, ValueError, OverflowError) as error:
        raise UnreadableSampleError(f"not a sample: {error}") from error


def trajectory_of(sample: Sample, run: Run) -> Trajectory:
    """Return `sample` as a trajectory of `run`."""
    chat = Chat()
    attachments = Attachments(sample.attachments)
    messages = as_list(sample.messages)
    if messages:
        for line, message in enumerate(messages, 1):
            chat.add_all(message_entries(message, attachments), line=line)
    else:
        _add_model_events(chat, sample, attachments)
    _add_scores(chat, sample.scores)
    return Trajectory(
        id=as_text(sample.uuid) or f"{run.id}/{_word(sample.id)}/{_word(sample.epoch)}",
        format="inspect",
        source=run.source,
        agent=run.agent,
        model=run.model,
        steps=chat.steps,
        metadata=run.metadata | dict(_facts(sample)),
    )


def _facts(sample: Sample) -> Iterator[tuple[str, Any]]:
    yield "sample", _word(sample.id)
    yield "epoch", sample.epoch
    for name in ("started_at", "completed_at"):
        value = as_text(getattr(sample, name))
        if value:
            yield name, value
    error = as_text(as_dict(sample.error).get("message"))
    if error:
        yield "error", error
    limit = as_text(as_dict(sample.limit).get("type"))
    if limit:
        yield "limit", limit


def _word(value: Any) -> str:
    return value if isinstance(value, str) else as_json(value)


def _add_scores(chat: Chat, scores: Any) -> None:
    for name, score in as_dict(scores).items():
        fields = as_dict(score)
        value = fields.get("value", score)
        explanation = as_text(fields.get("explanation"))
        text = f"{name}: {explanation}" if explanation else name
        chat.assembly.add("score", "host", text, extra={"score": value})


def _add_model_events(chat: Chat, sample: Sample, attachments: Attachments) -> None:
    """Add what the model was told and said, call by call."""
    history = History(chat)
    pool = as_list(as_dict(whole(sample.events_data)).get("messages"))
    budget = MAX_POOL_MESSAGES
    for line, event in enumerate(as_list(whole(sample.events)), 1):
        fields = as_dict(event)
        if fields.get("event") != "model":
            continue
        messages = as_list(fields.get("input"))
        if not messages:
            messages = referenced(fields.get("input_refs"), pool, budget)
            budget -= len(messages)
        told = [entry for message in messages for entry in message_entries(message, attachments)]
        time = as_text(fields.get("timestamp")) or None
        history.request(told, line=line, time=time)
        choices = as_list(as_dict(fields.get("output")).get("choices"))
        if choices:
            answer = as_dict(choices[0]).get("message")
            history.response(message_entries(answer, attachments), line=line, time=time)


def referenced(references: Any, pool: list[Any], limit: int) -> list[Any]:
    """Return the messages of `pool` in the half-open ranges `references`, at most `limit`."""
    found: list[Any] = []
    for reference in as_list(references):
        match reference:
            case [int(start), int(end)] if 0 <= start <= end:
                found.extend(pool[start : min(end, start + limit - len(found))])
            case _:
                continue
        if len(found) >= limit:
            break
    return found
