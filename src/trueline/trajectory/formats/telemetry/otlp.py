"""Spans and log events out of OTLP JSON: collector files, exporter requests, SDK dumps.

A file holds export requests, one a line or one document, with keys in camel case (OTLP) or
snake case (protobuf field names), or spans as the SDK's console exporter writes them, one a
line or in a list.  Only attributes with a wanted prefix are kept.

Source: opentelemetry-proto 1.9 (`trace.proto`, `logs.proto`, `common.proto`), JSON mapping.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from trueline.trajectory.chat import json_values
from trueline.trajectory.decoding import as_dict, as_list, as_text
from trueline.trajectory.model import ReadProblem

_MAX_DIGITS: Final = 20
_VALUE_KEYS: Final = ("stringValue", "boolValue", "doubleValue", "bytesValue")
_SNAKE: Final = {
    "resource_spans": "resourceSpans",
    "scope_spans": "scopeSpans",
    "instrumentationLibrarySpans": "scopeSpans",
    "instrumentation_library_spans": "scopeSpans",
    "resource_logs": "resourceLogs",
    "scope_logs": "scopeLogs",
    "log_records": "logRecords",
    "trace_id": "traceId",
    "span_id": "spanId",
    "parent_span_id": "parentSpanId",
    "parent_id": "parentSpanId",
    "start_time_unix_nano": "startTimeUnixNano",
    "end_time_unix_nano": "endTimeUnixNano",
    "time_unix_nano": "timeUnixNano",
    "observed_time_unix_nano": "observedTimeUnixNano",
    "event_name": "eventName",
    "string_value": "stringValue",
    "bool_value": "boolValue",
    "int_value": "intValue",
    "double_value": "doubleValue",
    "bytes_value": "bytesValue",
    "array_value": "arrayValue",
    "kvlist_value": "kvlistValue",
}


class Event(Struct, frozen=True):
    """A span event, or a log record that belongs to a span.

    Attributes:
        name: such as `gen_ai.user.message`.
        time: nanoseconds since 1970, 0 where not recorded.
        attributes: those wanted, decoded.
        body: the body of a log record, decoded; None for span events.
        trace: trace of the span it belongs to, for log records.
        span: span it belongs to, for log records.
    """

    name: str
    time: int
    attributes: dict[str, Any]
    body: Any = None
    trace: str = ""
    span: str = ""


class Span(Struct, frozen=True):
    """One operation. Times are nanoseconds since 1970, 0 where not recorded."""

    trace: str
    id: str
    parent: str
    name: str
    start: int
    end: int
    attributes: dict[str, Any]
    events: list[Event]
    is_error: bool
    status: str
    line: int


def is_telemetry(value: Any) -> bool:
    """Return whether `value` is an export request, a span dump, or a list of them."""
    if isinstance(value, list):
        return bool(value) and is_telemetry(value[0])
    fields = _camel(value)
    return isinstance(fields.get("resourceSpans", fields.get("resourceLogs")), list) or (
        "context" in fields and "attributes" in fields and "name" in fields
    )


def read_spans(
    path: Path, shown: str, prefixes: tuple[str, ...]
) -> Iterator[Span | Event | ReadProblem]:
    """Yield every span and log event in file order, with the attributes that are wanted.

    Args:
        path: the file.
        shown: its name for problems.
        prefixes: beginnings of the attribute names to keep.

    Raises:
        OSError: the file cannot be opened.
    """
    position = 0
    for found in json_values(path, shown):
        if isinstance(found, ReadProblem):
            yield found
            continue
        line, value = found
        if not is_telemetry(value):
            message = "expected an OTLP export request or a span"
            yield ReadProblem(path=shown, line=line, message=message)
            continue
        for part in value if isinstance(value, list) else [value]:
            position += 1
            yield from _request_items(_camel(part), line or position, prefixes)


def _request_items(
    request: dict[str, Any], line: int, prefixes: tuple[str, ...]
) -> Iterator[Span | Event]:
    if "context" in request:
        yield _dumped_span(request, line, prefixes)
        return
    for resource in as_list(request.get("resourceSpans")):
        for scope in as_list(_camel(resource).get("scopeSpans")):
            for span in as_list(as_dict(scope).get("spans")):
                yield _span(_camel(span), line, prefixes)
    for resource in as_list(request.get("resourceLogs")):
        for scope in as_list(_camel(resource).get("scopeLogs")):
            for record in as_list(_camel(scope).get("logRecords")):
                yield _log_event(_camel(record), prefixes)


def _camel(value: Any) -> dict[str, Any]:
    fields = as_dict(value)
    if not any(key in _SNAKE for key in fields):
        return fields
    return {_SNAKE.get(key, key): item for key, item in fields.items()}


def _span(fields: dict[str, Any], line: int, prefixes: tuple[str, ...]) -> Span:
    status = as_dict(fields.get("status"))
    return Span(
        trace=as_text(fields.get("traceId")),
        id=as_text(fields.get("spanId")),
        parent=as_text(fields.get("parentSpanId")),
        name=as_text(fields.get("name")),
        start=_nanoseconds(fields.get("startTimeUnixNano")),
        end=_nanoseconds(fields.get("endTimeUnixNano")),
        attributes=_attributes(fields.get("attributes"), prefixes),
        events=[_event(_camel(event), prefixes) for event in as_list(fields.get("events"))],
        is_error=status.get("code") in (2, "STATUS_CODE_ERROR", "ERROR"),
        status=as_text(status.get("message")),
        line=line,
    )


def _event(fields: dict[str, Any], prefixes: tuple[str, ...]) -> Event:
    return Event(
        name=as_text(fields.get("name")),
        time=_nanoseconds(fields.get("timeUnixNano", fields.get("timestamp"))),
        attributes=_attributes(fields.get("attributes"), (*prefixes, "")),
    )


def _log_event(fields: dict[str, Any], prefixes: tuple[str, ...]) -> Event:
    attributes = _attributes(fields.get("attributes"), (*prefixes, "event.name"))
    time = fields.get("timeUnixNano") or fields.get("observedTimeUnixNano")
    return Event(
        name=as_text(fields.get("eventName")) or as_text(attributes.get("event.name")),
        time=_nanoseconds(time),
        attributes=attributes,
        body=_value(fields.get("body")),
        trace=as_text(fields.get("traceId")),
        span=as_text(fields.get("spanId")),
    )


def _dumped_span(fields: dict[str, Any], line: int, prefixes: tuple[str, ...]) -> Span:
    """Return a span as the SDK prints it, under OTLP's names."""
    context = _camel(fields.get("context"))
    status = as_dict(fields.get("status"))
    renamed = {
        "traceId": context.get("traceId"),
        "spanId": context.get("spanId"),
        "startTimeUnixNano": fields.get("start_time"),
        "endTimeUnixNano": fields.get("end_time"),
        "status": {"code": status.get("status_code"), "message": status.get("description")},
    }
    return _span(fields | renamed, line, prefixes)


def _attributes(value: Any, prefixes: tuple[str, ...]) -> dict[str, Any]:
    """Return wanted attributes from a list of key and value, or from a plain object."""
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if key.startswith(prefixes)}
    found: dict[str, Any] = {}
    for pair in as_list(value):
        fields = as_dict(pair)
        key = fields.get("key")
        if isinstance(key, str) and key.startswith(prefixes):
            found[key] = _value(fields.get("value"))
    return found


def _value(value: Any) -> Any:
    """Return what an `AnyValue` holds; recurses within the depth that decoding allows."""
    if not isinstance(value, dict):
        return value
    for key in _VALUE_KEYS:
        if key in value:
            return value[key]
    fields = _camel(value)
    if "intValue" in fields:
        return _integer(fields["intValue"])
    if "arrayValue" in fields:
        return [_value(item) for item in as_list(as_dict(fields["arrayValue"]).get("values"))]
    if "kvlistValue" in fields:
        return _attributes(as_dict(fields["kvlistValue"]).get("values"), ("",))
    return next((fields[key] for key in _VALUE_KEYS if key in fields), None)


def _integer(value: Any) -> Any:
    if isinstance(value, str) and len(value) <= _MAX_DIGITS and value.lstrip("-").isdecimal():
        return int(value)
    return value


def _nanoseconds(value: Any) -> int:
    """Return a time stamp in nanoseconds, from a number, its digits or RFC 3339 text."""
    number = _integer(value)
    if isinstance(number, int):
        return number
    if isinstance(number, str) and number:
        try:
            moment = datetime.fromisoformat(number[:40])
            return int(moment.timestamp() * 1_000_000) * 1_000
        except (ValueError, OverflowError, OSError):
            return 0
    return 0


def time_text(nanoseconds: int) -> str | None:
    """Return a time stamp as RFC 3339 in UTC, None where there is none or it is absurd."""
    if nanoseconds <= 0:
        return None
    try:
        moment = datetime.fromtimestamp(nanoseconds // 1_000 / 1_000_000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.isoformat().replace("+00:00", "Z")
