"""A trace by the OpenInference conventions: an agent, two model calls, a tool that fails."""

import json
from typing import Any

FORMAT = "openinference"
SUFFIX = ".json"


def _span(number: int, parent: int, kind: str, **attributes: Any) -> dict[str, Any]:
    named = {key.replace("__", "."): value for key, value in attributes.items()}
    named["openinference.span.kind"] = kind
    return {
        "traceId": "bb",
        "spanId": f"{number:016x}",
        "parentSpanId": f"{parent:016x}" if parent else "",
        "name": kind.lower(),
        "startTimeUnixNano": str(1_767_323_045_000_000_000 + number * 1_000_000_000),
        "endTimeUnixNano": str(1_767_323_045_500_000_000 + number * 1_000_000_000),
        "attributes": [{"key": key, "value": {"stringValue": named[key]}} for key in named],
        "status": {"code": 2, "message": "no scale"} if kind == "TOOL" else {"code": 1},
    }


def _messages(side: str, *messages: dict[str, str]) -> dict[str, str]:
    return {
        f"llm__{side}_messages__{number}__message__{key}": value
        for number, message in enumerate(messages)
        for key, value in message.items()
    }


def sample() -> bytes:
    """Return one whole file of the format."""
    question = {"role": "user", "content": "How heavy are the pears?"}
    call = "tool_calls__0__tool_call__"
    asked = {"role": "assistant", f"{call}id": "c1", f"{call}function__name": "weigh",
             f"{call}function__arguments": '{"what": "pears"}'}  # fmt: skip
    told = {"role": "tool", "tool_call_id": "c1", "content": "no scale"}
    answer = {"role": "assistant", "contents__0__message_content__type": "text",
              "contents__0__message_content__text": "I cannot tell."}  # fmt: skip
    spans = [
        _span(1, 0, "AGENT", agent__name="grocer", session__id="conv-2"),
        _span(2, 1, "LLM", **_messages("input", question), **_messages("output", asked)),
        _span(3, 1, "TOOL", tool__name="weigh", input__value='{"what": "pears"}'),
        _span(4, 1, "LLM", llm__model_name="model-e", **_messages("input", question, asked, told),
              **_messages("output", answer)),
    ]  # fmt: skip
    request = {"resourceSpans": [{"scopeSpans": [{"scope": {}, "spans": spans}]}]}
    return json.dumps(request).encode()
