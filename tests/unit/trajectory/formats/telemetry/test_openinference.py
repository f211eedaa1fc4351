"""OpenInference spans, encoded by the real SDK."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.trace import Status, StatusCode, Tracer

from trueline.trajectory import Trajectory
from trueline.trajectory.formats.telemetry.openinference import READER
from trueline.trajectory.opening import recognise

Write = Callable[[str], Path]


def runs(path: Path) -> list[Trajectory]:
    """Return the runs of a file that its reader recognises and reads without problems."""
    assert recognise(path) is READER
    items = list(READER.read(path, path.name))
    assert all(isinstance(item, Trajectory) for item in items)
    return [item for item in items if isinstance(item, Trajectory)]


def kind(name: str, **more: Any) -> dict[str, Any]:
    """Return the attributes of a span of a kind."""
    fields = {key.replace("__", "."): value for key, value in more.items()}
    return {"openinference.span.kind": name, **fields}


def messages(side: str, *given: dict[str, Any]) -> dict[str, Any]:
    """Return messages as one attribute per field."""
    return {
        f"llm.{side}_messages.{number}.message.{key}": value
        for number, fields in enumerate(given)
        for key, value in fields.items()
    }


QUESTION = {"role": "user", "content": "What is here?"}
ASKED = {
    "role": "assistant",
    "tool_calls.0.tool_call.id": "c1",
    "tool_calls.0.tool_call.function.name": "ls",
    "tool_calls.0.tool_call.function.arguments": '{"path": "."}',
}
ANSWERED = {"role": "tool", "tool_call_id": "c1", "content": "a b"}
DONE = {
    "role": "assistant",
    "contents.0.message_content.type": "text",
    "contents.0.message_content.text": "Two files.",
    "contents.1.message_content.type": "image",
}


@pytest.mark.parametrize("shape", ["document", "lines", "console"])
def test_a_conversation_is_told_once(tracer: Tracer, write: Write, shape: str) -> None:
    """Model calls repeat it; the tool span and the message tell one result."""
    with tracer.start_as_current_span("agent", attributes=kind("AGENT", session__id="s1")):
        attributes = kind("LLM") | messages("input", QUESTION) | messages("output", ASKED)
        with tracer.start_as_current_span("llm", attributes=attributes):
            pass
        attributes = kind(
            "TOOL", tool__name="ls", input__value='{"path": "."}', output__value="a b"
        )
        with tracer.start_as_current_span("ls", attributes=attributes):
            pass
        given = messages("input", QUESTION, ASKED, ANSWERED)
        attributes = kind("LLM", llm__model_name="m") | given | messages("output", DONE)
        with tracer.start_as_current_span("llm", attributes=attributes):
            pass
    [run] = runs(write(shape))
    assert [(step.kind, step.actor, step.text or step.tool) for step in run.steps] == [
        ("message", "user", "What is here?"),
        ("call", "agent", "ls"),
        ("result", "tool", "a b"),
        ("message", "agent", "Two files.\n[image]"),
    ]
    assert run.steps[1].arguments == {"path": "."}
    assert run.steps[1].call_index == 2
    assert (run.id, run.model, run.agent) == ("s1", "m", "agent")


def test_a_tool_that_failed_tells_its_exception(tracer: Tracer, write: Write) -> None:
    """Recorded as an event of the span."""
    with tracer.start_as_current_span("ls", attributes=kind("TOOL", input__value="x")) as span:
        span.record_exception(ValueError("no such folder"))
        span.set_status(Status(StatusCode.ERROR))
    [run] = runs(write("document"))
    call, result = run.steps
    assert (call.tool, call.arguments) == ("ls", {"input": "x"})
    assert (result.text, result.is_error) == ("no such folder", True)


def test_a_retriever_is_a_call_whose_result_is_its_documents(tracer: Tracer, write: Write) -> None:
    """One after the other."""
    attributes = kind("RETRIEVER", input__value="pears") | {
        f"retrieval.documents.{n}.document.content": f"text {n}" for n in range(3)
    }
    with tracer.start_as_current_span("search", attributes=attributes):
        pass
    [run] = runs(write("document"))
    assert run.steps[1].text == "text 0\ntext 1\ntext 2"


def test_without_messages_input_and_output_are_the_conversation(
    tracer: Tracer, write: Write
) -> None:
    """Agents whose library records no more."""
    attributes = kind("AGENT", input__value="Go.", output__value='"Gone."')
    with tracer.start_as_current_span("runner", attributes=attributes):
        pass
    [run] = runs(write("document"))
    assert [(step.actor, step.text) for step in run.steps] == [("user", "Go."), ("agent", "Gone.")]


def test_a_request_in_the_input_value_is_read_as_messages(tracer: Tracer, write: Write) -> None:
    """Some libraries record the raw request only."""
    said = [{"role": "system", "content": "s"}, {"role": "user", "content": "Go."}]
    request = json.dumps({"model": "m", "messages": said})
    with tracer.start_as_current_span("llm", attributes=kind("LLM", input__value=request)):
        pass
    [run] = runs(write("document"))
    assert [(step.actor, step.text) for step in run.steps] == [("system", "s"), ("user", "Go.")]
