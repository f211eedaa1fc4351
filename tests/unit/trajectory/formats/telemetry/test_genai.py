"""OpenTelemetry's GenAI conventions of every age, encoded by the real SDK."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.trace import Status, StatusCode, Tracer

from trueline.trajectory import Step, Trajectory
from trueline.trajectory.formats.telemetry.genai import READER
from trueline.trajectory.opening import recognise

Write = Callable[[str], Path]


def runs(path: Path) -> list[Trajectory]:
    """Return the runs of a file that its reader recognises and reads without problems."""
    assert recognise(path) is READER
    items = list(READER.read(path, path.name))
    assert all(isinstance(item, Trajectory) for item in items)
    return [item for item in items if isinstance(item, Trajectory)]


def told(steps: tuple[Step, ...]) -> list[tuple[str, str, str]]:
    """Return kind, actor and text or tool of every step."""
    return [(step.kind, step.actor, step.text or step.tool) for step in steps]


def message(role: str, *parts: dict[str, Any]) -> dict[str, Any]:
    """Return a message of the current conventions."""
    return {"role": role, "parts": list(parts)}


def text(words: str) -> dict[str, Any]:
    """Return a text part."""
    return {"type": "text", "content": words}


def chat(given: list[Any], answered: list[Any], **more: Any) -> dict[str, Any]:
    """Return the attributes of a model call."""
    return {
        "gen_ai.operation.name": "chat",
        "gen_ai.input.messages": json.dumps(given),
        "gen_ai.output.messages": json.dumps(answered),
        **more,
    }


def tool(name: str, **more: Any) -> dict[str, Any]:
    """Return the attributes of a tool's execution."""
    fields = {f"gen_ai.tool.{key.replace('__', '.')}": value for key, value in more.items()}
    return {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": name, **fields}


def agent(name: str, **more: Any) -> dict[str, Any]:
    """Return the attributes of an agent's run."""
    return {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": name, **more}


QUESTION = message("user", text("What is here?"))
CALL = {"type": "tool_call", "id": "c1", "name": "ls", "arguments": {"path": "."}}
ASKED = message("assistant", {"type": "reasoning", "content": "Look."}, text("I look."), CALL)
ANSWERED = message("tool", {"type": "tool_call_response", "id": "c1", "response": "a b"})
DONE = message("assistant", text("Two files."))
WHOLE = [
    ("message", "system", "Be brief."),
    ("message", "user", "What is here?"),
    ("reasoning", "agent", "Look."),
    ("message", "agent", "I look."),
    ("call", "agent", "ls"),
    ("result", "tool", "a b"),
    ("message", "agent", "Two files."),
]


def record(tracer: Tracer, *, with_tool: bool = True) -> None:
    """Record two model calls, the second with the whole conversation, and a tool between."""
    system = {"gen_ai.system_instructions": json.dumps([text("Be brief.")])}
    with tracer.start_as_current_span("invoke_agent", attributes=agent("lister")):
        with tracer.start_as_current_span("chat", attributes=chat([QUESTION], [ASKED], **system)):
            pass
        if with_tool:
            attributes = tool("ls", call__id="c1", call__arguments='{"path": "."}',
                              call__result="a b")  # fmt: skip
            with tracer.start_as_current_span("execute_tool ls", attributes=attributes):
                pass
        model = {"gen_ai.response.model": "model-x"}
        given = [QUESTION, ASKED, ANSWERED]
        attributes = chat(given, [DONE], **system, **model)
        with tracer.start_as_current_span("chat", attributes=attributes):
            pass
    with tracer.start_as_current_span("GET /", attributes={"http.method": "GET"}):
        pass


@pytest.mark.parametrize("shape", ["document", "lines", "console"])
@pytest.mark.parametrize("with_tool", [True, False])
def test_a_conversation_is_told_once_from_however_many_spans(
    tracer: Tracer, write: Write, shape: str, with_tool: bool
) -> None:
    """In order of time, though spans are written when they end."""
    record(tracer, with_tool=with_tool)
    [run] = runs(write(shape))
    assert told(run.steps) == WHOLE
    assert run.steps[4].call_index == 5
    assert run.steps[4].arguments == {"path": "."}
    assert (run.agent, run.model) == ("lister", "model-x")
    times = [step.time for step in run.steps]
    assert None not in times
    assert times == sorted(times, key=str)


def test_an_agent_below_a_tool_is_a_child_run(tracer: Tracer, write: Write) -> None:
    """Linked from the call that started it."""
    with tracer.start_as_current_span("a", attributes=agent("boss")):
        with tracer.start_as_current_span(
            "b", attributes=chat([QUESTION], [message("assistant", CALL)])
        ):
            pass
        with (
            tracer.start_as_current_span("c", attributes=tool("ls", call__id="c1")),
            tracer.start_as_current_span("d", attributes=agent("worker")),
            tracer.start_as_current_span(
                "e", attributes=chat([message("user", text("Work."))], [DONE])
            ),
        ):
            pass
    boss, worker = runs(write("document"))
    assert (worker.agent, worker.parent_id) == ("worker", boss.id)
    assert [step.text for step in worker.steps] == ["Work.", "Two files."]
    [call] = [step for step in boss.steps if step.kind == "call"]
    assert call.child_id == worker.id


def test_traces_of_one_conversation_are_one_run(tracer: Tracer, write: Write) -> None:
    """One trace for each thing that the user says."""
    named = {"gen_ai.conversation.id": "conv-7"}
    again = message("user", text("And there?"))
    for given in ([QUESTION], [QUESTION, DONE, again]):
        with tracer.start_as_current_span("chat", attributes=chat(given, [DONE], **named)):
            pass
    [run] = runs(write("lines"))
    assert run.id == "conv-7"
    assert [step.text for step in run.steps] == [
        "What is here?", "Two files.", "And there?", "Two files.",
    ]  # fmt: skip


def test_a_tool_that_failed_is_an_error_even_without_a_recorded_result(
    tracer: Tracer, write: Write
) -> None:
    """The status says why."""
    with tracer.start_as_current_span("t", attributes=tool("ls")) as span:
        span.set_status(Status(StatusCode.ERROR, "permission denied"))
    [run] = runs(write("document"))
    assert told(run.steps) == [("call", "agent", "ls"), ("result", "tool", "permission denied")]
    assert run.steps[1].is_error


def test_a_tool_span_without_an_id_answers_the_call_that_the_model_made(
    tracer: Tracer, write: Write
) -> None:
    """By name and arguments; the next request adds nothing."""
    asked = message("assistant", CALL)
    with tracer.start_as_current_span("run"):
        with tracer.start_as_current_span("chat", attributes=chat([QUESTION], [asked])):
            pass
        with tracer.start_as_current_span("t", attributes=tool("ls", call__result="a b")):
            pass
        given = [QUESTION, asked, ANSWERED]
        with tracer.start_as_current_span("chat", attributes=chat(given, [DONE])):
            pass
    [run] = runs(write("document"))
    assert told(run.steps) == [
        ("message", "user", "What is here?"),
        ("call", "agent", "ls"),
        ("result", "tool", "a b"),
        ("message", "agent", "Two files."),
    ]
    assert run.steps[2].call_id == "c1"


def test_events_on_spans_up_to_1_36_tell_the_conversation(tracer: Tracer, write: Write) -> None:
    """Content stands in attributes of the events; calls may be JSON text."""
    calls = json.dumps([{"id": "c1", "function": {"name": "ls", "arguments": '{"path": "."}'}}])
    attributes = {"gen_ai.operation.name": "chat", "gen_ai.request.model": "m"}
    with tracer.start_as_current_span("run"):
        with tracer.start_as_current_span("chat", attributes=attributes) as span:
            span.add_event("gen_ai.system.message", {"content": "Be brief."})
            span.add_event("gen_ai.user.message", {"content": "What is here?"})
            span.add_event(
                "gen_ai.choice", {"index": 0, "message": json.dumps({"tool_calls": calls})}
            )
        with tracer.start_as_current_span("chat", attributes=attributes) as span:
            span.add_event("gen_ai.system.message", {"content": "Be brief."})
            span.add_event("gen_ai.user.message", {"content": "What is here?"})
            span.add_event("gen_ai.assistant.message", {"tool_calls": calls})
            span.add_event("gen_ai.tool.message", {"id": "c1", "content": "a b"})
            span.add_event("gen_ai.choice", {"index": 0, "message": '{"content": "Two files."}'})
            span.add_event("gen_ai.choice", {"index": 1, "message": '{"content": "Unsent."}'})
    [run] = runs(write("document"))
    assert told(run.steps) == [entry for entry in WHOLE if entry[2] not in ("Look.", "I look.")]
    assert run.steps[2].arguments == {"path": "."}
    assert run.steps[2].call_index == 3


def test_log_records_belong_to_their_span(tmp_path: Path) -> None:
    """Bodies are structured; logs may come in a request of their own, before or after."""

    def value(item: Any) -> dict[str, Any]:
        if isinstance(item, dict):
            pairs = [{"key": key, "value": value(inner)} for key, inner in item.items()]
            return {"kvlistValue": {"values": pairs}}
        if isinstance(item, list):
            return {"arrayValue": {"values": [value(inner) for inner in item]}}
        return {"stringValue": item}

    def record(time: int, name: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"timeUnixNano": str(time), "traceId": "t", "spanId": "s", "eventName": name,
                "body": value(body)}  # fmt: skip

    operation = {"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}}
    span = {"traceId": "t", "spanId": "s", "name": "chat", "startTimeUnixNano": "1",
            "attributes": [operation]}  # fmt: skip
    call = {"id": "c1", "type": "function", "function": {"name": "ls", "arguments": "{}"}}
    records = [
        record(
            3, "gen_ai.choice", {"index": "0", "message": {"content": "Two.", "tool_calls": [call]}}
        ),
        record(2, "gen_ai.user.message", {"content": "What is here?"}),
    ]
    path = tmp_path / "logs.jsonl"
    path.write_text(
        json.dumps({"resourceLogs": [{"scopeLogs": [{"logRecords": records}]}]})
        + "\n"
        + json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]})
    )
    [run] = runs(path)
    assert told(run.steps) == [
        ("message", "user", "What is here?"),
        ("message", "agent", "Two."),
        ("call", "agent", "ls"),
    ]


def test_one_attribute_per_field_is_read_as_traceloop_writes_it(
    tracer: Tracer, write: Write
) -> None:
    """Messages and calls by index; the second request repeats the first."""
    first = {
        "gen_ai.prompt.0.role": "system",
        "gen_ai.prompt.0.content": "Be brief.",
        "gen_ai.prompt.1.role": "user",
        "gen_ai.prompt.1.content": "What is here?",
    }
    called = "tool_calls.0."
    answer = {
        "gen_ai.completion.0.role": "assistant",
        f"gen_ai.completion.0.{called}id": "c1",
        f"gen_ai.completion.0.{called}name": "ls",
        f"gen_ai.completion.0.{called}arguments": '{"path": "."}',
    }
    second = first | {
        "gen_ai.prompt.2.role": "assistant",
        f"gen_ai.prompt.2.{called}id": "c1",
        f"gen_ai.prompt.2.{called}name": "ls",
        f"gen_ai.prompt.2.{called}arguments": '{"path": "."}',
        "gen_ai.prompt.3.role": "tool",
        "gen_ai.prompt.3.tool_call_id": "c1",
        "gen_ai.prompt.3.content": "a b",
        "gen_ai.completion.0.role": "assistant",
        "gen_ai.completion.0.content": "Two files.",
    }
    with tracer.start_as_current_span("workflow"):
        for attributes in (first | answer, second):
            with tracer.start_as_current_span("openai.chat", attributes=attributes):
                pass
    [run] = runs(write("document"))
    assert told(run.steps) == [entry for entry in WHOLE if entry[2] not in ("Look.", "I look.")]
    assert run.steps[2].arguments == {"path": "."}


def test_prompt_and_completion_as_json_text_are_read(tracer: Tracer, write: Write) -> None:
    """The first convention."""
    attributes = {
        "gen_ai.prompt": json.dumps([{"role": "user", "content": "Hi"}]),
        "gen_ai.completion": json.dumps([{"role": "assistant", "content": "Hello"}]),
    }
    with tracer.start_as_current_span("llm") as span:
        span.add_event("gen_ai.content.prompt", {"gen_ai.prompt": attributes["gen_ai.prompt"]})
        span.set_attributes(attributes)
    [run] = runs(write("document"))
    assert [step.text for step in run.steps] == ["Hi", "Hello"]


def test_an_agent_whose_model_calls_were_not_recorded_tells_itself(
    tracer: Tracer, write: Write
) -> None:
    """Its own input and output are the conversation."""
    attributes = chat([QUESTION], [DONE]) | agent("quiet")
    with tracer.start_as_current_span("invoke_agent", attributes=attributes):
        pass
    [run] = runs(write("document"))
    assert [step.text for step in run.steps] == ["What is here?", "Two files."]


def test_an_agent_is_told_by_itself_where_its_model_calls_hold_no_content(
    tracer: Tracer, write: Write
) -> None:
    """Capturing content may be switched on for one and off for the other."""
    attributes = chat([QUESTION], [DONE]) | agent("half")
    with (
        tracer.start_as_current_span("invoke_agent", attributes=attributes),
        tracer.start_as_current_span("chat", attributes={"gen_ai.operation.name": "chat"}),
    ):
        pass
    [run] = runs(write("document"))
    assert [step.text for step in run.steps] == ["What is here?", "Two files."]


def test_a_run_that_tells_nothing_hands_its_children_to_its_parent(
    tracer: Tracer, write: Write
) -> None:
    """No parent or child is named that is not there."""
    words = chat([QUESTION], [DONE])
    with tracer.start_as_current_span("a", attributes=agent("top")):
        with tracer.start_as_current_span("b", attributes=words):
            pass
        with (
            tracer.start_as_current_span("t", attributes=tool("ask")),
            tracer.start_as_current_span("c", attributes=agent("silent")),
            tracer.start_as_current_span("d", attributes=agent("deep")),
            tracer.start_as_current_span("e", attributes=words),
        ):
            pass
    top, deep = runs(write("document"))
    assert (top.agent, deep.agent, deep.parent_id) == ("top", "deep", top.id)
    assert [step.child_id for step in top.steps if step.kind == "call"] == [""]


def test_parents_in_a_circle_end(tmp_path: Path) -> None:
    """Two agents below each other are two runs, and reading ends."""

    def span(own: str, parent: str) -> dict[str, Any]:
        fields = agent(own) | chat([message("user", text(own))], []) | agent(own)
        pairs = [{"key": key, "value": {"stringValue": fields[key]}} for key in fields]
        return {"traceId": "t", "spanId": own, "parentSpanId": parent, "attributes": pairs}

    spans = [span("a", "b"), span("b", "a")]
    path = tmp_path / "circle.json"
    path.write_text(json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": spans}]}]}))
    found = runs(path)
    assert len(found) == 2
    parents = {run.id: run.parent_id for run in found}
    assert all(parents.get(parents[name], "") != name for name in parents)


def test_a_chain_of_agents_of_any_length_is_read(tmp_path: Path) -> None:
    """Time stays linear and nothing recurses, also where children come first."""
    fields = [
        {"key": "gen_ai.operation.name", "value": {"stringValue": "invoke_agent"}},
        {"key": "gen_ai.input.messages", "value": {"stringValue": json.dumps([QUESTION])}},
    ]
    spans = [
        {"traceId": "t", "spanId": str(n), "parentSpanId": str(n - 1), "attributes": fields,
         "startTimeUnixNano": str(20_000 - n)}
        for n in range(1, 20_000)
    ]  # fmt: skip
    path = tmp_path / "chain.json"
    path.write_text(json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": spans}]}]}))
    assert len(runs(path)) == len(spans)
