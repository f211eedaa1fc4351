"""Traces as the real SDK encodes them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from google.protobuf.json_format import MessageToDict, MessageToJson
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Tracer


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    """Where finished spans go."""
    return InMemorySpanExporter()


@pytest.fixture
def tracer(exporter: InMemorySpanExporter) -> Tracer:
    """What starts spans."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return provider.get_tracer("tests")


@pytest.fixture
def write(exporter: InMemorySpanExporter, tmp_path: Path) -> Callable[[str], Path]:
    """Write the finished spans the way an exporter does.

    `document` is one indented request, `lines` a request per span with the field names of
    the protocol buffers, `console` the spans as the SDK dumps them, one a line.
    """

    def written(shape: str = "document") -> Path:
        spans = exporter.get_finished_spans()
        path = tmp_path / f"{shape}.json"
        if shape == "document":
            path.write_text(MessageToJson(encode_spans(spans)))
        elif shape == "lines":
            requests = [
                MessageToDict(encode_spans([span]), preserving_proto_field_name=True)
                for span in spans
            ]
            path.write_text("\n".join(json.dumps(request) for request in requests))
        else:
            path.write_text("\n".join(span.to_json(indent=None) for span in spans))
        return path

    return written
